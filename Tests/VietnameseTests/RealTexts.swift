import Foundation

/// Texts that lie beside the project, not in it; a checkout without them skips the tests that read them.
enum RealTexts {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data")

  static let isThere = FileManager.default.fileExists(atPath: folder.path)

  /// The lines of a file, each split at its tabs.
  static func table(_ path: String) throws -> [[String]] {
    try lines(path).map { line in
      line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
  }

  static func lines(_ path: String) throws -> [String] {
    try String(contentsOf: folder.appending(path: path), encoding: .utf8).split(separator: "\n").map(
      String.init)
  }

  /// The strings that break programs (the big list of naughty strings).
  static func naughty() throws -> [String] {
    let data = try Data(contentsOf: folder.appending(path: "strings/blns/blns.json"))
    return try JSONDecoder().decode([String].self, from: data)
  }

  /// Some five hundred encyclopaedia articles.
  static func articles() throws -> [String] {
    let articles = folder.appending(path: "vi-text/viwiki")
    return try FileManager.default.contentsOfDirectory(atPath: articles.path).sorted()
      .filter { $0.hasSuffix(".txt") }
      .map { try String(contentsOf: articles.appending(path: $0), encoding: .utf8) }
  }
}

/// Random numbers that are the same in every run (SplitMix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

extension String {
  /// Foundation's form; wrong for characters beyond U+FFFF with marks behind them.
  var nfc: String { precomposedStringWithCanonicalMapping }
  var nfd: String { decomposedStringWithCanonicalMapping }
  var bytes: [UInt8] { Array(utf8) }

  /// Random characters of all of Unicode, many of them Vietnamese letters and marks.
  static func random(_ random: inout Seeded) -> String {
    let common = Array(
      "aăâbcdđeêoôơuưy AĐÊ-./\u{0300}\u{0301}\u{0303}\u{0309}\u{0323}\u{0302}\u{031B}".unicodeScalars)
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<24, using: &random) {
      let value = UInt32.random(in: 0..<0x11_0000, using: &random)
      let isCommon = Bool.random(using: &random)
      text.append(isCommon ? common.randomElement(using: &random)! : Unicode.Scalar(value) ?? "đ")
    }
    return String(text)
  }
}
