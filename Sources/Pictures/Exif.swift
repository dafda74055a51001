import Foundation
import SenKernel

/// The three things that are read of EXIF: how the picture lies, when it was taken, what it is called.
///
/// Offsets in it are somebody else's: each is held against the bytes that there are, no directory is read twice
/// and no more than 512 entries of one. What makes no sense is as if it were not there. (CIPA DC-008, TIFF 6.0.)
struct Exif {
  var orientation = 1
  var takenAt: CameraTime?
  var title: String?

  private static let mostEntries = 512
  private static let mostText = 1000

  /// - Parameter tiff: from `II` or `MM` on, without the `Exif` before it.
  init(_ tiff: ByteView) {
    let isBig = tiff.has("MM", at: 0)
    guard isBig || tiff.has("II", at: 0), tiff.integer(2, 2, isBig: isBig) == 42,
      let first = tiff.integer(4, 4, isBig: isBig)
    else { return }
    let main = Self.entries(tiff, at: first, isBig)
    if let value = main[0x0112]?.integer, (1...8).contains(value) { orientation = value }
    title = main[0x010E]?.text ?? main[0x9C9B]?.wideText
    // Only from the main directory and only once: a directory that points at itself leads nowhere.
    let photo = main[0x8769]?.integer.map { Self.entries(tiff, at: $0, isBig) } ?? [:]
    if let text = photo[0x9003]?.text ?? photo[0x9004]?.text {
      takenAt = Self.time(text, offset: photo[0x9011]?.text)
    }
  }

  private struct EntryValue {
    let bytes: ByteView
    let type: Int
    let isBig: Bool

    var integer: Int? {
      type == 3 ? bytes.integer(0, 2, isBig: isBig) : type == 4 ? bytes.integer(0, 4, isBig: isBig) : nil
    }

    var text: String? {
      guard type == 2 else { return nil }
      return Self.clean(String(validating: bytes.array.prefix { $0 != 0 }, as: UTF8.self))
    }

    /// Windows writes titles as UTF-16 in bytes.
    var wideText: String? {
      guard type == 1, bytes.count % 2 == 0 else { return nil }
      let units = (0..<bytes.count / 2).compactMap { bytes.little($0 * 2, 2).map(UInt16.init) }
      return Self.clean(String(validating: units.prefix { $0 != 0 }, as: UTF16.self))
    }

    private static func clean(_ text: String?) -> String? {
      guard let text else { return nil }
      let words = text.split { $0.isWhitespace || $0.isNewline }.joined(separator: " ")
      let isPlain = words.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
      return words.isEmpty || !isPlain ? nil : words
    }
  }

  private static func entries(_ tiff: ByteView, at offset: Int, _ isBig: Bool) -> [Int: EntryValue] {
    guard let count = tiff.integer(offset, 2, isBig: isBig) else { return [:] }
    var found: [Int: EntryValue] = [:]
    for index in 0..<min(count, mostEntries) {
      let place = offset + 2 + index * 12
      guard let tag = tiff.integer(place, 2, isBig: isBig),
        let type = tiff.integer(place + 2, 2, isBig: isBig),
        let length = tiff.integer(place + 4, 4, isBig: isBig), let size = [1: 1, 2: 1, 3: 2, 4: 4][type],
        length > 0, length <= mostText
      else { continue }
      let bytes = length * size
      let start = bytes <= 4 ? place + 8 : tiff.integer(place + 8, 4, isBig: isBig) ?? -1
      guard found[tag] == nil, let value = tiff.slice(start, bytes) else { continue }
      found[tag] = EntryValue(bytes: value, type: type, isBig: isBig)
    }
    return found
  }

  /// `2019:06:01 17:05:09`, and `+07:00` or nothing.
  static func time(_ text: String, offset: String?) -> CameraTime? {
    let numbers = text.split(whereSeparator: { $0 == ":" || $0 == " " }).compactMap { Int($0) }
    guard numbers.count == 6, (1826...9999).contains(numbers[0]), (1...12).contains(numbers[1]),
      Timestamp.isDay(numbers[0], numbers[1], numbers[2]), (0...23).contains(numbers[3]),
      (0...59).contains(numbers[4]),
      (0...59).contains(numbers[5])
    else { return nil }
    let components = DateComponents(
      year: numbers[0], month: numbers[1], day: numbers[2], hour: numbers[3], minute: numbers[4],
      second: numbers[5])
    return CameraTime(components, offset: offset.flatMap(seconds))
  }

  private static func seconds(_ text: String) -> Int? {
    let parts = text.dropFirst().split(separator: ":").compactMap { Int($0) }
    guard let sign = text.first, "+-".contains(sign), parts.count == 2, (0...14).contains(parts[0]),
      (0...59).contains(parts[1])
    else { return nil }
    return (sign == "-" ? -1 : 1) * (parts[0] * 3600 + parts[1] * 60)
  }
}
