/// One word of a line, quotes taken off.
public struct Word: Sendable, Hashable {
  /// What the word says: `'lúa gạo'` and `lúa\ gạo` both say `lúa gạo`.
  public var text: String
  /// Whether any part of it stood in quotes or after a backslash.
  public var wasQuoted: Bool
  /// Where it stood in its line, quotes included, in UTF-8 bytes; empty for words of a shell.
  public var range: Range<Int>

  /// A word that a shell has already split and unquoted.
  public init(_ text: String, wasQuoted: Bool = false, range: Range<Int> = 0..<0) {
    self.text = text
    self.wasQuoted = wasQuoted
    self.range = range
  }

  /// `text` as it must be typed to be read back as one word: bare where it can be, else in single
  /// quotes, else in double quotes. Safe in `sh` as well, unless it holds line breaks or tabs.
  public static func quoted(_ text: String) -> String {
    if isBare(text) { return text }
    let needsEscapes = text.utf8.contains { $0 == 0x27 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    return needsEscapes ? Quote.double.around(text) : Quote.single.around(text)
  }

  /// Whether `text` means itself without quotes, here and in a shell.
  static func isBare(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(isBareByte)
  }

  static func isBareByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
    case 0x25, 0x2B...0x2F, 0x3A, 0x3D, 0x40, 0x5E, 0x5F, 0x7E: true  // % + , - . / : = @ ^ _ ~
    default: false
    }
  }
}
