/// One word of a line, quotes taken off.
public struct Word: Sendable, Hashable {
  /// What the word says: `'lúa gạo'` and `lúa\ gạo` both say `lúa gạo`.
  public var text: String
  /// Whether any part of it stood in quotes or after a backslash.
  public var wasQuoted: Bool
  /// Whether it begins in quotes, which keeps a `-` in front from making it an option: `'--x'`, but not
  /// `--title='a b'`.
  public var beginsQuoted: Bool
  /// Where it stood in its line, quotes included, in UTF-8 bytes; empty for words of a shell.
  public var range: Range<Int>

  /// A word that a shell has already split and unquoted.
  public init(_ text: String, wasQuoted: Bool = false, beginsQuoted: Bool? = nil, range: Range<Int> = 0..<0) {
    self.text = text
    self.wasQuoted = wasQuoted
    self.beginsQuoted = beginsQuoted ?? wasQuoted
    self.range = range
  }

  /// `text` as it must be typed to be read back as one word: bare where it can be, else in the quotes that read
  /// best. Safe in `sh` as well, unless it holds line breaks or tabs.
  public static func quoted(_ text: String) -> String {
    if isBare(text) { return text }
    if text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) {
      return Quote.double.around(text)
    }
    let isPlainInDouble = !text.utf8.contains { [0x21, 0x22, 0x24, 0x5C, 0x60].contains($0) }  // ! " $ \ `
    return text.utf8.contains(0x27) && isPlainInDouble ? Quote.double.around(text) : Quote.single.around(text)
  }

  /// Whether `text` means itself without quotes, here and in a shell.
  static func isBare(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(isBareByte) && !text.utf8.starts(with: [0xEF, 0xBB, 0xBF])
  }

  static func isBareByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...: true
    case 0x25, 0x2B...0x2F, 0x3A, 0x3D, 0x40, 0x5E, 0x5F: true  // % + , - . / : = @ ^ _
    default: false
    }
  }
}
