/// The two quotes: nothing is special in single ones; `\"`, `\\`, `\n` and `\t` are in double ones.
enum Quote: UInt8, Sendable, Hashable {
  case single = 0x27
  case double = 0x22

  var mark: String { self == .single ? "'" : "\"" }

  /// `text` within these quotes.
  func around(_ text: String) -> String { mark + inside(text) + mark }

  /// `text` as it stands after an opening quote of this kind.
  func inside(_ text: String) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch (self, byte) {
      case (.single, 0x27): result += [0x27, 0x5C, 0x27, 0x27]
      case (.double, 0x22), (.double, 0x5C): result += [0x5C, byte]
      case (.double, 0x0A): result += [0x5C, 0x6E]
      case (.double, 0x09): result += [0x5C, 0x74]
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// `text` without quotes, a backslash before each byte that would not mean itself; for text without
  /// line breaks, which a backslash does not keep.
  static func backslashed(_ text: String) -> String {
    var result: [UInt8] = []
    for byte in text.utf8 {
      if !Word.isBareByte(byte) { result.append(0x5C) }
      result.append(byte)
    }
    return String(decoding: result, as: UTF8.self)
  }
}
