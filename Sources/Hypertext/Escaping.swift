/// Text as HTML writes it: `&`, `<`, `>`, `"` and `'` as references, what HTML forbids left out.
///
/// Forbidden are control characters besides tab, line feed, form feed and carriage return
/// (https://html.spec.whatwg.org/multipage/syntax.html#text-2).
enum Escaping {
  /// For every byte: 0 copy, 1 leave out, above that a reference.
  private static let kinds: [UInt8] = (0...255).map { byte in
    switch UInt8(byte) {
    case 0x26: 2
    case 0x3C: 3
    case 0x3E: 4
    case 0x22: 5
    case 0x27: 6
    case 0x09, 0x0A, 0x0C, 0x0D: 0
    case ..<0x20, 0x7F: 1
    default: 0
    }
  }

  /// Adds a text, escaped; `bytes` has to be UTF-8.
  static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
    bytes.reserveCapacity(grown(bytes.capacity, bytes.count + text.count))
    kinds.withUnsafeBufferPointer { kinds in
      var start = 0
      var index = 0
      while index < text.count {
        let kind = kinds[Int(text[index])]
        guard kind != 0 else {
          index += 1
          continue
        }
        bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start..<index]))
        append(reference: kind, to: &bytes)
        index += 1
        start = index
      }
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[start...]))
    }
  }

  /// Adds a text, escaped.
  static func append(_ text: String, to bytes: inout [UInt8]) {
    var text = text
    text.withUTF8 { append($0, to: &bytes) }
  }

  private static func append(reference kind: UInt8, to bytes: inout [UInt8]) {
    let reference: StaticString
    switch kind {
    case 2: reference = "&amp;"
    case 3: reference = "&lt;"
    case 4: reference = "&gt;"
    case 5: reference = "&quot;"
    case 6: reference = "&#39;"
    default: return
    }
    reference.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  /// Room that doubles, so that many small texts do not move all that there is.
  private static func grown(_ capacity: Int, _ needed: Int) -> Int {
    needed <= capacity ? capacity : max(needed, capacity * 2)
  }
}
