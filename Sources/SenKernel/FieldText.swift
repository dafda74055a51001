import ContentModel
import Formats
import Foundation
import Grammar

/// Reads what people type, or what a codec gives as text, as the value of a field.
struct FieldText {
  let now: Date
  let timeZone: TimeZone
  /// Finds items by name; may make those that are missing.
  let id: (_ text: String, _ noun: String) throws -> Int64

  /// The value of `kind` that `value` stands for. Values that have the right case already stay.
  func value(_ value: FieldValue, of kind: FieldKind, isOptional: Bool) throws -> FieldValue {
    switch (value, kind) {
    case (.null, .references), (.null, .texts): return .list([])
    case (.null, _): return .null
    case (.text(let text), _): return try self.value(text, of: kind, isOptional: isOptional)
    case (.list(let values), .references(let noun)):
      return .list(
        try values.map { value in
          guard case .text(let text) = value else { return value }
          return .integer(try id(text, noun))
        })
    case (.integer(let integer), .text): return .text(String(integer))
    case (.integer(let integer), .real): return .real(Double(integer))
    case (.integer(let integer), .bool) where integer == 0 || integer == 1: return .bool(integer == 1)
    default: return value
    }
  }

  private func value(_ text: String, of kind: FieldKind, isOptional: Bool) throws -> FieldValue {
    if kind == .text { return .text(text) }
    let trimmed = Self.trimmed(text)
    switch kind {
    case .text: return .text(text)
    case .references, .texts:
      // CSV and tables write lists as JSON, so that no mark inside a text parts it.
      if trimmed.hasPrefix("["), case .list(let list)? = try? JSONReader.value(trimmed) {
        return try value(.list(list), of: kind, isOptional: isOptional)
      }
      // Texts may hold commas; names of items are told apart by them.
      let parts = trimmed.split(separator: trimmed.contains("|") || kind == .texts ? "|" : ",")
        .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
      guard case .references(let noun) = kind else { return .list(parts.map { .text($0) }) }
      return .list(try parts.map { .integer(try id($0, noun)) })
    case _ where trimmed.isEmpty && isOptional: return .null
    case .url, .media, .choice: return .text(trimmed)
    case .integer:
      guard let integer = Int64(trimmed) else { throw Refusal(.invalid, "“\(text)” is no whole number") }
      return .integer(integer)
    case .real:
      guard let real = Double(trimmed.replacing(",", with: ".")), real.isFinite else {
        throw Refusal(.invalid, "“\(text)” is no number", hint: "Example: 33.16")
      }
      return .real(real)
    case .bool:
      guard let bool = BoolText.parse(trimmed) else {
        throw Refusal(.invalid, "“\(text)” is neither yes nor no", hint: "Write true or false.")
      }
      return .bool(bool)
    case .date:
      if let date = Timestamp.date(trimmed) { return .date(date) }
      return .date(try DateText.parse(trimmed, now: now, timeZone: timeZone))
    case .reference(let noun): return .integer(try id(trimmed, noun))
    }
  }

  /// `text` without white space around it; looks at its ends first, most texts having none.
  private static func trimmed(_ text: String) -> String {
    let ends = [text.unicodeScalars.first, text.unicodeScalars.last]
    guard ends.contains(where: { $0?.properties.isWhitespace == true }) else { return text }
    return text.trimmingCharacters(in: .whitespaces)
  }
}
