/// XML 1.0 in UTF-8, an element after the other; nothing is indented.
///
/// What XML 1.0 forbids (section 2.2: most control characters, U+FFFE, U+FFFF) is left out of texts; what a parser would
/// change on reading (carriage returns, and in attributes tabs and line ends) is written as references.
struct XMLWriter {
  private(set) var bytes = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)

  /// An element that holds a text, or nothing.
  mutating func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], _ text: String = ""
  ) {
    open(name, attributes, isEmpty: text.isEmpty)
    guard !text.isEmpty else { return }
    append(text, isAttribute: false)
    close(name)
  }

  /// An element that holds others.
  mutating func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
    _ content: (inout XMLWriter) throws -> Void
  ) rethrows {
    open(name, attributes, isEmpty: false)
    bytes.append(UInt8(ascii: "\n"))
    try content(&self)
    close(name)
  }

  private mutating func open(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>, isEmpty: Bool
  ) {
    bytes.append(UInt8(ascii: "<"))
    append(name)
    for (attribute, value) in attributes {
      bytes.append(UInt8(ascii: " "))
      append(attribute)
      bytes += "=\"".utf8
      append(value, isAttribute: true)
      bytes.append(UInt8(ascii: "\""))
    }
    bytes += (isEmpty ? "/>\n" : ">").utf8
  }

  private mutating func close(_ name: StaticString) {
    bytes += "</".utf8
    append(name)
    bytes += ">\n".utf8
  }

  private mutating func append(_ name: StaticString) { name.withUTF8Buffer { bytes += $0 } }

  private mutating func append(_ text: String, isAttribute: Bool) {
    var text = text
    text.withUTF8 { source in
      var index = 0
      while index < source.count {
        switch source[index] {
        case UInt8(ascii: "&"): bytes += "&amp;".utf8
        case UInt8(ascii: "<"): bytes += "&lt;".utf8
        // Only `]]>` has to be, and it is shorter to do than to look for.
        case UInt8(ascii: ">"): bytes += "&gt;".utf8
        case UInt8(ascii: "\"") where isAttribute: bytes += "&quot;".utf8
        case 0x09 where isAttribute: bytes += "&#9;".utf8
        case 0x0A where isAttribute: bytes += "&#10;".utf8
        case 0x0D: bytes += "&#13;".utf8
        case 0x00..<0x09, 0x0B..<0x0D, 0x0E..<0x20: break
        case 0xEF where Self.isForbidden(source, index): index += 2
        case let byte: bytes.append(byte)
        }
        index += 1
      }
    }
  }

  /// Whether U+FFFE or U+FFFF begins here: EF BF BE, EF BF BF.
  private static func isForbidden(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    index + 2 < text.count && text[index] == 0xEF && text[index + 1] == 0xBF && text[index + 2] >= 0xBE
  }
}
