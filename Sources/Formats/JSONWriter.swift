public import ContentModel
import Foundation

/// Field values as JSON text (RFC 8259), always the same bytes for the same value.
///
/// Escaped is only what must be: `"`, `\` and control characters. Dates are RFC 3339 texts in UTC.
public enum JSONWriter {
  /// Appends `value` in its shortest form; refuses a real that is not finite.
  public static func append(_ value: FieldValue, to target: inout [UInt8]) throws(Refusal) {
    switch value {
    case .null: target += "null".utf8
    case .bool(let bool): target += (bool ? "true" : "false").utf8
    case .integer(let integer): appendInteger(integer, to: &target)
    case .real(let real): try appendReal(real, to: &target)
    case .text(let text): appendText(text, to: &target)
    case .date(let date): appendDate(date, to: &target)
    case .map(let map): try append(map, to: &target)
    case .list(let list):
      target.append(0x5B)
      for (index, value) in list.enumerated() {
        if index > 0 { target.append(0x2C) }
        try append(value, to: &target)
      }
      target.append(0x5D)
    }
  }

  /// Appends `map` as an object in its order.
  public static func append(_ map: FieldMap, to target: inout [UInt8]) throws(Refusal) {
    target.append(0x7B)
    var isFirst = true
    for (name, value) in map.entries {
      if !isFirst { target.append(0x2C) }
      isFirst = false
      appendText(name, to: &target)
      target.append(0x3A)
      try append(value, to: &target)
    }
    target.append(0x7D)
  }

  /// Appends `value` over several lines, two spaces a level, without an end of line after it.
  public static func appendPretty(
    _ value: FieldValue, to target: inout [UInt8], indent: Int = 0
  ) throws(Refusal) {
    func breakLine(_ indent: Int, _ target: inout [UInt8]) {
      target.append(0x0A)
      target.append(contentsOf: repeatElement(0x20, count: indent))
    }
    switch value {
    case .map(let map) where !map.isEmpty:
      target.append(0x7B)
      for (index, entry) in map.entries.enumerated() {
        if index > 0 { target.append(0x2C) }
        breakLine(indent + 2, &target)
        appendText(entry.name, to: &target)
        target += ": ".utf8
        try appendPretty(entry.value, to: &target, indent: indent + 2)
      }
      breakLine(indent, &target)
      target.append(0x7D)
    case .list(let list) where !list.isEmpty:
      target.append(0x5B)
      for (index, value) in list.enumerated() {
        if index > 0 { target.append(0x2C) }
        breakLine(indent + 2, &target)
        try appendPretty(value, to: &target, indent: indent + 2)
      }
      breakLine(indent, &target)
      target.append(0x5D)
    default: try append(value, to: &target)
    }
  }

  /// Appends `text` in quotes.
  public static func appendText(_ text: String, to target: inout [UInt8]) {
    var text = text
    text.withUTF8 { appendText($0, to: &target) }
  }

  /// Appends a text of valid UTF-8 in quotes.
  public static func appendText(_ bytes: UnsafeBufferPointer<UInt8>, to target: inout [UInt8]) {
    target.append(0x22)
    var from = 0
    while true {
      let end = Bytes.firstSpecial(in: bytes, from: from)
      target.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[from..<end]))
      guard end < bytes.count else { break }
      appendEscape(bytes[end], to: &target)
      from = end + 1
    }
    target.append(0x22)
  }

  /// Appends the shortest digits that read back as the same real.
  static func appendReal(_ real: Double, to target: inout [UInt8]) throws(Refusal) {
    guard real.isFinite else {
      throw Refusal(.invalid, "\(real) is not a number that can be written", hint: "Use a finite number.")
    }
    target += real.description.utf8
  }

  static func appendInteger(_ integer: Int64, to target: inout [UInt8]) {
    target += integer.description.utf8
  }

  private static func appendDate(_ date: Date, to target: inout [UInt8]) {
    target.append(0x22)
    target += Timestamp.text(date).utf8
    target.append(0x22)
  }

  private static func appendEscape(_ byte: UInt8, to target: inout [UInt8]) {
    target.append(0x5C)
    switch byte {
    case 0x22, 0x5C: target.append(byte)
    case 0x08: target.append(0x62)
    case 0x09: target.append(0x74)
    case 0x0A: target.append(0x6E)
    case 0x0C: target.append(0x66)
    case 0x0D: target.append(0x72)
    default:
      let digits = Array("0123456789abcdef".utf8)
      target += "u00".utf8
      target.append(digits[Int(byte >> 4)])
      target.append(digits[Int(byte & 15)])
    }
  }
}
