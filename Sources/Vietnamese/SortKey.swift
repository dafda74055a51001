import Foundation

/// The key that sorts Vietnamese text by its own alphabet: a ă â b c d đ e ê … u ư … y, tones second.
///
/// Keys compare as plain bytes, so SQLite can index and sort by them. First come the letters of the whole
/// text, then a zero byte, then the tones, so that `ma < mà < mả < mã < má < mạ < mai`, and `da < đa < e`.
public enum SortKey {
  /// The key of `text`; equal keys mean that only case or normalisation differs.
  public static func make(_ text: String) -> [UInt8] {
    var text = text
    return text.withUTF8(plain) ?? general(text)
  }

  /// The key of a text that is all ASCII, precomposed Vietnamese and common punctuation; else nil.
  private static func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    let table = Letter.table
    var key = Key(length: bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        guard bytes[index] != 0 else { return nil }
        key.append(Unicode.Scalar(bytes[index]))
        index += 1
      } else if let (letter, length) = Letter.at(index, in: bytes, table) {
        key.append(letter)
        index += length
      } else if Letter.isPunctuation(index, in: bytes) {
        key.append(punctuation: bytes[index..<index + 3])
        index += 3
      } else {
        return nil
      }
    }
    key.endLetter()
    return key.bytes
  }

  /// The key of any text, by the decompositions of Unicode.
  static func general(_ text: String) -> [UInt8] {
    var key = Key(length: text.utf8.count)
    let decomposed = Normalization.nfd(text).unicodeScalars
    for scalar in decomposed { key.append(scalar) }
    key.endLetter()
    var bytes = key.bytes
    guard key.saysLess else { return bytes }
    bytes.append(0)
    for scalar in decomposed { bytes.append(contentsOf: scalar.properties.lowercaseMapping.utf8) }
    return bytes
  }

  /// What is known of a text while its decomposed characters come in.
  private struct Key {
    var letters: [UInt8] = []
    /// One byte a letter, 1 for no tone.
    var tones: [UInt8] = []
    /// The length of `tones` without the bytes 1 at their end, which order nothing.
    var tonesLength = 0
    /// Whether two texts could give these letters and tones, foreign marks being in neither.
    var saysLess = false
    private var isInLetter = false
    private var quality: UInt8 = 0
    private var tone: UInt8 = 0

    init(length: Int) {
      letters.reserveCapacity(2 * length + 1)
      tones.reserveCapacity(length)
    }

    /// The letters, a zero byte, the tones.
    var bytes: [UInt8] { letters + CollectionOfOne(0) + tones.prefix(tonesLength) }

    mutating func append(_ letter: Letter) {
      begin(letter.base, quality: letter.isDStroke ? SortKey.dStroke : letter.quality)
      tone = letter.tone == 0 ? 0 : letter.tone + 1
    }

    mutating func append(punctuation bytes: Slice<UnsafeBufferPointer<UInt8>>) {
      endLetter()
      letters.append(contentsOf: bytes)
    }

    mutating func append(_ scalar: Unicode.Scalar) {
      switch scalar.value {
      case 0x61...0x7A: begin(UInt8(scalar.value))
      case 0x41...0x5A: begin(UInt8(scalar.value) + 0x20)
      case 1..<0x80:
        endLetter()
        letters.append(UInt8(scalar.value))
      case 0:
        endLetter()
        letters.append(1)
        saysLess = true
      case 0x0306: mark(quality: 1)  // ă
      case 0x0302: mark(quality: 2)  // â ê ô
      case 0x031B: mark(quality: 3)  // ơ ư
      case 0x0300: mark(tone: 2)  // the order of dictionaries: huyền, hỏi, ngã, sắc, nặng
      case 0x0309: mark(tone: 3)
      case 0x0303: mark(tone: 4)
      case 0x0301: mark(tone: 5)
      case 0x0323: mark(tone: 6)
      case 0x0110, 0x0111: begin(0x64, quality: SortKey.dStroke)
      case 0x00D0, 0x00F0:  // eth, which old Vietnamese fonts show as Đ
        begin(0x64, quality: SortKey.dStroke)
        saysLess = true
      case _ where scalar.value >= 0x300 && scalar.properties.canonicalCombiningClass != .notReordered:
        saysLess = true
      default: appendForeign(scalar)
      }
    }

    private mutating func appendForeign(_ scalar: Unicode.Scalar) {
      endLetter()
      for lower in scalar.properties.lowercaseMapping.unicodeScalars {
        endLetter()
        letters.append(contentsOf: String(lower).utf8)
        isInLetter = lower.properties.isAlphabetic
      }
    }

    private mutating func begin(_ letter: UInt8, quality: UInt8 = 0) {
      endLetter()
      letters.append(letter)
      isInLetter = true
      self.quality = quality
    }

    private mutating func mark(quality mark: UInt8) {
      saysLess = saysLess || !isInLetter || quality != 0
      if isInLetter { quality = max(quality, mark) }
    }

    private mutating func mark(tone mark: UInt8) {
      saysLess = saysLess || !isInLetter || tone != 0
      if isInLetter { tone = max(tone, mark) }
    }

    /// Writes what orders the variants of a letter, and its tone.
    mutating func endLetter() {
      guard isInLetter else { return }
      letters.append(1 + quality)
      tones.append(max(1, tone))
      if tone > 1 { tonesLength = tones.count }
      (isInLetter, quality, tone) = (false, 0, 0)
    }
  }

  /// Behind d with any mark, before e.
  private static let dStroke: UInt8 = 8
}
