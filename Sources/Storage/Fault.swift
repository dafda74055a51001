import ContentModel
import Foundation
import GRDB

/// What is wrong with a stored value, and what comes in its place.
///
/// As much of it is kept as can be understood: a day without a time, a list that is cut off.
struct Fault {
  /// After the field's name: `is “hôm qua”, which is not a date`.
  let reason: String
  /// After “mended it”: `becomes empty`.
  let outcome: String
  let repair: DatabaseValue

  init(_ value: FieldValue, _ kind: FieldKind, repair: FieldValue) {
    reason = "is \(value.summary), which is not \(kind.phrase)"
    outcome = repair.isBlank ? "becomes empty" : "becomes \(Self.told(repair))"
    self.repair = Column.encode(repair)
  }

  private init(reason: String, outcome: String, repair: DatabaseValue) {
    (self.reason, self.outcome, self.repair) = (reason, outcome, repair)
  }

  /// The same of a value that nobody may see.
  var hidden: Fault { Fault(reason: "cannot be read", outcome: outcome, repair: repair) }

  /// What is wrong with what a column holds; nil where nothing is.
  /// - Parameters:
  ///   - spare: what comes in its place where nothing of it can be understood.
  ///   - reading: what keeps the field from taking a value.
  static func find(
    _ stored: RawRow.Storage, _ kind: FieldKind, isOptional: Bool, spare: FieldValue,
    reading: (FieldValue) -> Refusal? = { _ in nil }
  ) -> Fault? {
    let shown: FieldValue
    switch (stored, kind) {
    case (.null, _) where isOptional: return nil
    case (.null, _): shown = .null
    case (.integer(0), .bool), (.integer(1), .bool): return nil
    case (.integer, .integer), (.integer, .reference), (.real, .real):
      return check(stored, kind, spare, reading)
    case (.integer(let integer), .bool): return Fault(.integer(integer), kind, repair: .bool(integer != 0))
    case (.integer(let integer), .real): return Fault(.integer(integer), kind, repair: .real(Double(integer)))
    case (.integer(let integer), _): shown = .integer(integer)
    case (.real(let real), _): shown = .real(real)
    case (.blob, _): return Fault(.text("bytes"), kind, repair: spare)
    case (.text(let bytes), .date):
      // As Sen writes it; what is written otherwise would be found and sorted wrongly.
      if bytes.count == 20, bytes[10] == 0x54, bytes[19] == 0x5A, Timestamp.date(utf8: bytes) != nil {
        return nil
      }
      shown = .text(String(decoding: bytes, as: UTF8.self))
    case (.text(let bytes), .bool), (.text(let bytes), .integer), (.text(let bytes), .real),
      (.text(let bytes), .reference):
      shown = .text(String(decoding: bytes, as: UTF8.self))
    case (.text(let bytes), .choice(let words)):
      shown = .text(String(decoding: bytes, as: UTF8.self))
      if words.contains(shown.text ?? "") { return nil }
    case (.text, _): return check(stored, kind, spare, reading)
    }
    return Fault(shown, kind, repair: understood(shown, kind) ?? spare)
  }

  /// A number that no archive can bring: one that not every reader of JSON keeps exactly, or none.
  static func beyond(_ stored: RawRow.Storage, _ kind: FieldKind) -> Fault? {
    switch (stored, kind) {
    case (.integer(let number), .integer) where !SideTable.numbers.contains(number):
      Fault(
        reason: "is \(number), which is no whole number up to \(SideTable.numbers.upperBound)",
        outcome: "becomes empty", repair: .null)
    case (.real(let number), .real) where !number.isFinite:
      Fault(reason: "is \(number), which is not a number", outcome: "becomes empty", repair: .null)
    default: nil
    }
  }

  /// What the field itself says of a value of its kind.
  private static func check(
    _ stored: RawRow.Storage, _ kind: FieldKind, _ spare: FieldValue, _ reading: (FieldValue) -> Refusal?
  ) -> Fault? {
    guard case .text(let bytes) = stored else {
      guard let value = try? Column.decode(stored, kind), reading(value) != nil else { return nil }
      return Fault(value, kind, repair: spare)
    }
    if kind == .text, bytes.contains(0) {
      let text = String(decoding: bytes, as: UTF8.self)
      return Fault(
        reason: "is \(FieldValue.text(text).summary), which holds a NUL character", outcome: "is without it",
        repair: text.replacing("\0", with: "").databaseValue)
    }
    if String(validating: bytes, as: UTF8.self) == nil {
      let text = String(decoding: bytes, as: UTF8.self)
      return Fault(.text(text), kind, repair: understood(.text(text), kind) ?? spare)
    }
    do {
      let value = try Column.decode(stored, kind)
      guard reading(value) != nil else { return nil }
      return Fault(value, kind, repair: spare)
    } catch {
      let value = FieldValue.text(String(decoding: bytes, as: UTF8.self))
      return Fault(value, kind, repair: understood(value, kind) ?? spare)
    }
  }

  /// As much of a value as can be understood; nil where it is nothing.
  private static func understood(_ value: FieldValue, _ kind: FieldKind) -> FieldValue? {
    guard case .text(let text) = value else { return nil }
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    switch kind {
    case .date:
      return [trimmed, trimmed + "Z", trimmed + "T00:00:00Z"].lazy.compactMap { Timestamp.date($0) }.first
        .map { .date($0) }
    case .choice(let words): return words.first { $0.lowercased() == trimmed.lowercased() }.map { .text($0) }
    case .integer, .reference: return Int64(trimmed).map { .integer($0) }
    case .texts: return .list(parts(trimmed).map { .text($0) })
    case .text: return value
    default: return nil
    }
  }

  /// The texts in quotation marks of a list that is no JSON; else all of it as one text.
  private static func parts(_ text: String) -> [String] {
    guard !text.isEmpty else { return [] }
    let found = text.matches(of: #/"(?:[^"\\]|\\.)*"/#).compactMap { match in
      try? JSONDecoder().decode(String.self, from: Data(match.output.utf8))
    }
    guard found.isEmpty else { return found }
    return text.contains { $0.isLetter || $0.isNumber } ? [text] : []
  }

  private static func told(_ value: FieldValue) -> String {
    guard case .list(let values) = value else { return value.summary }
    return values.map(\.summary).joined(separator: ", ")
  }
}
