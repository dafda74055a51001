/// Text made safe to show: nothing in it can move the cursor, change colours or turn the reading order.
///
/// `a⟨ESC⟩[2Jb` becomes `a\e[2Jb`, a newline `⏎`, a tab `\t`, other controls `\x07`, and the characters
/// that override direction (U+202A–E, U+2066–9) `\u{202e}`.
public enum VisibleText {
  /// The visible form of `text`; the same string where it is harmless already.
  ///
  /// - Parameter keepsNewlines: leaves line feeds alone (and folds CR LF into one), for text of many lines.
  public static func escape(_ text: String, keepsNewlines: Bool = false) -> String {
    if isHarmless(text) { return text }
    var result = ""
    result.reserveCapacity(text.utf8.count + 16)
    var afterReturn = false
    for scalar in text.unicodeScalars {
      if afterReturn, scalar != "\n" { result += "\\r" }
      afterReturn = scalar == "\r"
      if afterReturn { continue }
      switch scalar.value {
      case 0x0A, 0x2028, 0x2029: result += keepsNewlines ? "\n" : "⏎"
      case 0x09: result += "\\t"
      case 0x1B: result += "\\e"
      case 0...0x1F, 0x7F...0x9F:
        result += scalar.value < 16 ? "\\x0" : "\\x"
        result += String(scalar.value, radix: 16)
      case 0x202A...0x202E, 0x2066...0x2069: result += "\\u{\(String(scalar.value, radix: 16))}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    if afterReturn { result += "\\r" }
    return result
  }

  /// Looks at bytes only: controls below U+0020, DEL, C1 (`C2 80–9F`), and the blocks of U+2028–2069
  /// that hold separators and overrides (a few harmless neighbours take the slow way).
  static func isHarmless(_ text: String) -> Bool {
    var previous: UInt8 = 0
    var beforePrevious: UInt8 = 0
    for byte in text.utf8 {
      if byte < 0x20 || byte == 0x7F { return false }
      if previous == 0xC2, byte < 0xA0 { return false }
      if beforePrevious == 0xE2 {
        if previous == 0x80, (0xA8...0xAE).contains(byte) { return false }
        if previous == 0x81, (0xA6...0xA9).contains(byte) { return false }
      }
      beforePrevious = previous
      previous = byte
    }
    return true
  }
}
