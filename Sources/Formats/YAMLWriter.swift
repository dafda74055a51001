public import ContentModel
import Foundation

/// Field values as YAML that readers of YAML 1.1 and 1.2 take alike.
///
/// Text stands plain only where no reader could take it for anything else: `no`, `1.10`, `2026-11-24`, `~`
/// and whatever holds `: ` or ` #` are quoted; text of several lines is a literal block where it comes back
/// byte for byte, else quoted with escapes. Dates are YAML timestamps, null is `null`.
public enum YAMLWriter {
  /// Appends `value`, its lines indented by `indent` spaces and ended with LF. With `isInline`, the place of
  /// writing is already behind `- ` at that indent.
  public static func append(
    _ value: FieldValue, to target: inout [UInt8], indent: Int = 0, isInline: Bool = false
  ) throws(Refusal) {
    var isInline = isInline
    switch value {
    case .map(let map) where !map.isEmpty:
      for (name, value) in map.entries {
        if !isInline { appendIndent(indent, &target) }
        isInline = false
        try appendEntry(name, value, to: &target, indent: indent)
      }
    case .list(let list) where !list.isEmpty:
      for value in list {
        if !isInline { appendIndent(indent, &target) }
        isInline = false
        target += "- ".utf8
        try append(value, to: &target, indent: indent + 2, isInline: true)
      }
    default:
      if !isInline { appendIndent(indent, &target) }
      try appendScalar(value, to: &target, indent: indent)
    }
  }

  /// Appends `name: value` without indenting its first line.
  static func appendEntry(
    _ name: String, _ value: FieldValue, to target: inout [UInt8], indent: Int
  ) throws(Refusal) {
    // A reader looks no further than 1,024 characters for the colon of a simple key.
    if name.utf8.count > 900 {
      target += "? ".utf8
      appendLine(name, to: &target)
      appendIndent(indent, &target)
    } else {
      appendLine(name, to: &target, isEnded: false)
    }
    target.append(0x3A)
    switch value {
    case .map(let map) where !map.isEmpty:
      target.append(0x0A)
      try append(value, to: &target, indent: indent + 2)
    case .list(let list) where !list.isEmpty:
      target.append(0x0A)
      try append(value, to: &target, indent: indent + 2)
    default:
      target.append(0x20)
      try appendScalar(value, to: &target, indent: indent + 2)
    }
  }

  /// Appends a value that is no collection, with its end of line; `indent` is that of a block's lines.
  private static func appendScalar(
    _ value: FieldValue, to target: inout [UInt8], indent: Int
  ) throws(Refusal) {
    switch value {
    case .null: target += "null\n".utf8
    case .bool(let bool): target += (bool ? "true\n" : "false\n").utf8
    case .integer(let integer): target += "\(integer)\n".utf8
    case .real(let real):
      var digits: [UInt8] = []
      try JSONWriter.appendReal(real, to: &digits)
      // YAML 1.1 takes `1e+20` for a text; it asks for the point.
      if let exponent = digits.firstIndex(of: 0x65), !digits.contains(0x2E) {
        digits.insert(contentsOf: ".0".utf8, at: exponent)
      }
      target += digits
      target.append(0x0A)
    case .date(let date): target += "\(Timestamp.text(date))\n".utf8
    case .list: target += "[]\n".utf8
    case .map: target += "{}\n".utf8
    case .text(let text):
      if YAMLText.fitsBlock(text) {
        appendBlock(text, to: &target, indent: indent)
      } else {
        appendLine(text, to: &target)
      }
    }
  }

  private static func appendLine(_ text: String, to target: inout [UInt8], isEnded: Bool = true) {
    if YAMLText.isPlain(text) { target += text.utf8 } else { YAMLText.appendQuoted(text, to: &target) }
    if isEnded { target.append(0x0A) }
  }

  private static func appendBlock(_ text: String, to target: inout [UInt8], indent: Int) {
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)[...]
    if lines.last?.isEmpty != true {
      target += "|-\n".utf8
    } else {
      lines.removeLast()
      target += (lines.last?.isEmpty == true ? "|+\n" : "|\n").utf8
    }
    for line in lines {
      if !line.isEmpty { appendIndent(indent, &target) }
      target += line
      target.append(0x0A)
    }
  }

  private static func appendIndent(_ indent: Int, _ target: inout [UInt8]) {
    target.append(contentsOf: repeatElement(0x20, count: indent))
  }
}
