/// How one text may stand in YAML.
enum YAMLText {
  /// Plain words that some reader takes for a truth value, null or a number (YAML 1.1, section 10).
  private static let reserved: Set<String> = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf",
  ]

  /// Whether `text` may stand without quotes: it begins with a letter, holds letters, digits, spaces and
  /// harmless marks, and is no reserved word.
  static func isPlain(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, isLetter(first), text.utf8.last != 0x20 else {
      return false
    }
    for scalar in text.unicodeScalars where !isLetter(scalar) {
      switch scalar {
      case "0"..."9", " ", "_", "-", ".", ",", "/", "(", ")", "+", "%", "?", "!", ";", "'", "\"": continue
      default: return false
      }
    }
    return text.utf8.count > 5 || !reserved.contains(text.lowercased())
  }

  /// Whether `text` comes back byte for byte from a literal block: several lines, nothing that needs an
  /// escape, and neither blanks at its start nor a last line of blanks, which readers take for indentation.
  static func fitsBlock(_ text: String) -> Bool {
    guard text.utf8.contains(0x0A), let first = text.utf8.first, first != 0x0A, first != 0x20, first != 0x09
    else { return false }
    let last = text.utf8.split(separator: 0x0A).last ?? [][...]
    guard !last.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) else { return false }
    return text.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || !needsEscape($0) }
  }

  /// Appends `text` in double quotes.
  static func appendQuoted(_ text: String, to target: inout [UInt8]) {
    target.append(0x22)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": target += #"\""#.utf8
      case "\\": target += #"\\"#.utf8
      case "\n": target += #"\n"#.utf8
      case "\r": target += #"\r"#.utf8
      case "\t": target += #"\t"#.utf8
      case _ where needsEscape(scalar):
        let digits = String(scalar.value, radix: 16, uppercase: true)
        target += "\\u".utf8
        target.append(contentsOf: repeatElement(0x30, count: 4 - digits.utf8.count))
        target += digits.utf8
      default: target.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    target.append(0x22)
  }

  /// `text` fit for a comment: what is not printable, or ends a line, becomes a space.
  static func comment(_ text: Substring.UTF8View) -> String {
    var result = String.UnicodeScalarView()
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      result.append(needsEscape(scalar) ? " " : scalar)
    }
    return String(result)
  }

  /// Not printable after YAML 1.1, section 5.1, or a line end of it besides LF. All are below U+10000.
  private static func needsEscape(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }

  private static func isLetter(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A: true
    case 0..<0xA1: false
    default: !needsEscape(scalar)
    }
  }
}
