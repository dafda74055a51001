import ContentModel
import Foundation

@testable import Formats

/// SplitMix64, so that random content is the same in every run.
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  mutating func text() -> String {
    let parts = [
      "a", "Đ", "ế", "e\u{302}\u{301}", " ", "  ", "\n", "\n\n", "\r\n", "\r", "\t", "\"", "\\", "'", ",",
      ";", ":", ": ",
      " #", "# ", "-", "- ", "---", "|", "&a", "*a", "?", "!", "%", "@", "`", "{", "}", "[", "]", "no",
      "null", "~", "1.10",
      "0x1F", "2026-11-24", "👩‍👩‍👧", "\u{2028}", "\u{2029}", "\u{85}", "\u{A0}", "\u{FEFF}", "\u{7F}", "\u{1}",
      "\u{1B}",
      "\u{FFFD}", "\u{FFFE}", "\u{10FFFF}", "<b>", "</script>", "=1+1", "日本", "e5", ".5", "...", "\u{0}",
    ]
    return (0..<Int.random(in: 0...9, using: &self)).map { _ in parts.randomElement(using: &self) ?? "" }
      .joined()
  }

  mutating func value(depth: Int = 3) -> FieldValue {
    switch Int.random(in: 0...(depth > 0 ? 9 : 6), using: &self) {
    case 0: .null
    case 1: .bool(Bool.random(using: &self))
    case 2: .integer([.min, .max, 0, -1, 42].randomElement(using: &self) ?? 0)
    case 3: .real(number())
    case 7: .list((0..<Int.random(in: 0...4, using: &self)).map { _ in value(depth: depth - 1) })
    case 8, 9: .map(map(depth: depth - 1))
    default: .text(text())
    }
  }

  mutating func map(depth: Int = 3) -> FieldMap {
    var map = FieldMap()
    for index in 0..<Int.random(in: 0...5, using: &self) { map["\(index)\(text())"] = value(depth: depth) }
    return map
  }

  private mutating func number() -> Double {
    let number = Double(bitPattern: next())
    return number.isFinite ? number : 1e20
  }
}

enum Samples {
  /// The big list of naughty strings from the data folder beside the repository; nil where it is not there.
  static let naughty: [String]? = {
    var root = URL(filePath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let path = root.appending(path: "shared/data/strings/blns/blns.json").path
    guard let source = try? ByteSource(path: path), let bytes = try? source.read(maximum: 10_000_000),
      case .list(let list)? = try? JSONReader.value(bytes)
    else { return nil }
    return list.compactMap(\.text)
  }()

  /// Some words and pairs of spellings from the Vietnamese lists there; none where they are not there.
  static let vietnamese: [String] = ["vi-tone-pairs-attested.tsv", "vi-wordlist/Viet22K.txt"].flatMap {
    name in
    var root = URL(filePath: #filePath)
    for _ in 0..<4 { root.deleteLastPathComponent() }
    let path = root.appending(path: "shared/data/strings/\(name)").path
    guard let source = try? ByteSource(path: path), let bytes = try? source.read(maximum: 1_000_000) else {
      return [String]()
    }
    let lines = bytes.split(separator: 0x0A).enumerated().filter { $0.offset % 40 == 0 }
    return lines.map { String(decoding: $0.element, as: UTF8.self) }
  }

  /// `value` as YAML gives it back: scalars as text, no byte order mark at a text's start (Foundation, with
  /// which Yams makes its strings, drops it).
  static func asYAML(_ value: FieldValue) -> FieldValue {
    switch value {
    case .text(let text) where text.unicodeScalars.first == "\u{FEFF}":
      .text(String(text.unicodeScalars.dropFirst()))
    case .bool(let bool): .text("\(bool)")
    case .integer(let integer): .text("\(integer)")
    case .real(let real):
      .text("\(real)".contains(".") ? "\(real)" : "\(real)".replacingOccurrences(of: "e", with: ".0e"))
    case .date(let date): .text(Timestamp.text(date))
    case .list(let list): .list(list.map(asYAML))
    case .map(let map): .map(map.entries.reduce(into: [:]) { $0.append($1.name, asYAML($1.value)) })
    default: value
    }
  }

  /// Byte-exact form of a value, since texts compare by canonical equivalence.
  static func exact(_ value: FieldValue) -> [UInt8] {
    var bytes: [UInt8] = []
    do { try JSONWriter.append(value, to: &bytes) } catch { return Array("\(error)".utf8) }
    return bytes
  }

  static func exact(_ map: FieldMap) -> [UInt8] { exact(.map(map)) }

  static func text(_ value: FieldValue) -> String { String(decoding: exact(value), as: UTF8.self) }
}

/// A folder for one test, which goes with it.
final class TestFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "formats-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func write(_ bytes: some Sequence<UInt8>, _ name: String) throws -> String {
    let file = "\(path)/\(name)"
    try Data(Array(bytes)).write(to: URL(filePath: file))
    return file
  }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: "\(path)/\(name)")))
  }

  func names(_ inner: String = "") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(inner)").sorted()
  }
}

/// The refusal that `body` throws; nil where it throws none.
func refusal(_ body: () throws -> Void) throws -> Refusal? {
  do {
    try body()
    return nil
  } catch let refusal as Refusal {
    return refusal
  }
}
