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

  /// An element that holds a text in UTF-8, or nothing.
  mutating func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>, utf8 text: [UInt8]
  ) {
    open(name, attributes, isEmpty: text.isEmpty)
    guard !text.isEmpty else { return }
    text.withUnsafeBufferPointer { append($0, isAttribute: false) }
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
    text.withUTF8 { append($0, isAttribute: isAttribute) }
  }

  private mutating func append(_ source: UnsafeBufferPointer<UInt8>, isAttribute: Bool) {
    var (start, index) = (0, 0)
    /// Writes what was passed over, and in place of what stands at the index something else.
    func put(_ reference: StaticString, skipping length: Int = 1) {
      bytes += source[start..<index]
      append(reference)
      index += length
      start = index
    }
    let isPlain = Self.isPlain
    while true {
      // Nearly all of a text is of these.
      index = isPlain.withUnsafeBufferPointer { isPlain in
        source[index...].firstIndex { !isPlain[Int($0)] } ?? source.count
      }
      guard index < source.count else { break }
      switch source[index] {
      case UInt8(ascii: "&"): put("&amp;")
      case UInt8(ascii: "<"): put("&lt;")
      // Only `]]>` has to be, and it is shorter to do than to look for.
      case UInt8(ascii: ">"): put("&gt;")
      case UInt8(ascii: "\"") where isAttribute: put("&quot;")
      case 0x09 where isAttribute: put("&#9;")
      case 0x0A where isAttribute: put("&#10;")
      case 0x0D: put("&#13;")
      case 0x00..<0x09, 0x0B..<0x0D, 0x0E..<0x20: put("")
      case 0xEF where Self.isForbidden(source, index): put("", skipping: 3)
      default: index += 1
      }
    }
    bytes += source[start...]
  }

  /// By byte, whether it stands for itself wherever it is.
  private static let isPlain: [Bool] = (0...255).map { byte in
    byte >= 0x20 && byte != 0xEF && !"&<>\"".utf8.contains(UInt8(byte))
  }

  /// Whether U+FFFE or U+FFFF begins here: EF BF BE, EF BF BF.
  private static func isForbidden(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Bool {
    index + 2 < text.count && text[index] == 0xEF && text[index + 1] == 0xBF && text[index + 2] >= 0xBE
  }
}
