/// Text written into HTML.
enum Escape {
  /// The text with `&`, `<`, `>`, `"` and `'` as character references: safe as content and in quoted attributes.
  static func html(_ text: String) -> String {
    var text = text
    return text.withUTF8 { bytes in
      guard bytes.contains(where: isSpecial) else { return nil }
      var written: [UInt8] = []
      written.reserveCapacity(bytes.count + bytes.count / 8)
      for byte in bytes {
        switch byte {
        case UInt8(ascii: "&"): written.append(contentsOf: "&amp;".utf8)
        case UInt8(ascii: "<"): written.append(contentsOf: "&lt;".utf8)
        case UInt8(ascii: ">"): written.append(contentsOf: "&gt;".utf8)
        case UInt8(ascii: "\""): written.append(contentsOf: "&quot;".utf8)
        case UInt8(ascii: "'"): written.append(contentsOf: "&#39;".utf8)
        default: written.append(byte)
        }
      }
      return String(decoding: written, as: UTF8.self)
    } ?? text
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""), UInt8(ascii: "'"): true
    default: false
    }
  }
}
