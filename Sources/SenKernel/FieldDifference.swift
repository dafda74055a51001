import ContentModel
import Foundation

/// What one field was and is, as people read it.
struct FieldDifference {
  let field: String
  let old: FieldValue
  let new: FieldValue
  /// Whether its words are compared: a text of the item's own, and no name or address.
  let isProse: Bool

  /// The fields in which two states of an item differ; `updatedAt`, which always does, aside.
  static func between(_ old: Item, _ new: Item, _ record: ItemRecord) throws -> [FieldDifference] {
    try (record.fields.names + ["uid"]).compactMap { name in
      guard name != "updatedAt", try record.fields.value(name, of: old) != record.fields.value(name, of: new)
      else { return nil }
      return FieldDifference(
        name, old: try record.value(name, of: old), new: try record.value(name, of: new), record)
    }
  }

  /// The fields that a new item has a value in.
  static func made(_ item: Item, _ record: ItemRecord) throws -> [FieldDifference] {
    try record.fields.names.compactMap { name in
      let value = try record.value(name, of: item)
      return value.isBlank ? nil : FieldDifference(name, old: .null, new: value, record)
    }
  }

  /// What takes it back.
  var reversed: FieldDifference { FieldDifference(field, old: new, new: old, isProse: isProse) }

  init(_ field: String, old: FieldValue, new: FieldValue, isProse: Bool) {
    (self.field, self.old, self.new, self.isProse) = (field, old, new, isProse)
  }

  private init(_ field: String, old: FieldValue, new: FieldValue, _ record: ItemRecord) {
    (self.field, self.old, self.new) = (field, old, new)
    let shape = record.fields.shape[field]
    isProse = shape?.kind == .text && shape?.has(.secret) == false
  }

  /// Lines such as `state: draft → published`, `tags: lúa, [-mía-]{+ngô+}` and `title: Hội [-nghị-]{+thi+}`; texts of
  /// several lines below their name.
  /// - Parameter tone: shows a piece, made harmless, in a tone.
  func lines(_ style: PeopleStyle, tone: (String, Tone) -> String = { text, _ in text }) -> [String] {
    switch (old, new) {
    case (.text(let before), .text(let after)) where isProse && !before.isEmpty && before != after:
      return textLines(TextDifference(before, after), before, after, tone)
    case (.list(let before), .list(let after)) where !before.isEmpty:
      return [head(tone) + " " + Self.list(before.map { style.text($0) }, after.map { style.text($0) }, tone)]
    default: break
    }
    let (before, after) = (style.text(old), style.text(new))
    if before.isEmpty, !after.contains("\n"), after.count <= Self.short {
      return [head(tone) + " " + tone(after, .inserted)]
    }
    guard max(before.count, after.count) > Self.short || before.contains("\n") || after.contains("\n") else {
      let (left, right) = (before.isEmpty ? "(empty)" : before, after.isEmpty ? "(empty)" : after)
      return [head(tone) + " " + tone(left, .removed) + " → " + tone(right, .inserted)]
    }
    return [head(tone)] + Self.rows(TextDifference(before, after), tone)
  }

  private static let short = 60

  private func head(_ tone: (String, Tone) -> String) -> String { tone("\(field):", .strong) }

  private func textLines(
    _ difference: TextDifference, _ before: String, _ after: String, _ tone: (String, Tone) -> String
  ) -> [String] {
    let rows = Self.rows(difference, tone)
    let isLine = !before.contains("\n") && !after.contains("\n")
    guard isLine, rows.count == 1 || before.count + after.count <= Self.short else {
      return [head(tone)] + rows
    }
    if difference.isRelated, rows.count == 1 { return [head(tone) + " " + rows[0].dropFirst(2)] }
    return [
      head(tone) + " " + tone(before, .removed) + " → " + tone(after.isEmpty ? "(empty)" : after, .inserted)
    ]
  }

  private static func rows(_ difference: TextDifference, _ tone: (String, Tone) -> String) -> [String] {
    difference.rows.map { row in
      switch row {
      case .omitted(let count): "  " + tone("… \(Counted.text(count, "line"))", .quiet)
      case .line(let runs):
        "  "
          + runs.map { run in
            switch run.mark {
            case .same: tone(run.text, .plain)
            case .removed: tone("[-\(run.text)-]", .removed)
            case .inserted: tone("{+\(run.text)+}", .inserted)
            case .omitted: tone("…", .quiet)
            }
          }.joined()
      }
    }
  }

  /// Elements in their order, those that go and come marked.
  private static func list(_ old: [String], _ new: [String], _ tone: (String, Tone) -> String) -> String {
    var parts: [String] = []
    for run in Alignment(old, new).runs {
      if run.isSame {
        parts += old[run.old].map { tone($0, .plain) }
      } else {
        parts += old[run.old].map { tone("[-\($0)-]", .removed) }
        parts += new[run.new].map { tone("{+\($0)+}", .inserted) }
      }
    }
    return parts.joined(separator: ", ")
  }
}

/// How a piece of text stands out where data are shown in colours.
public enum Tone: Sendable, Hashable {
  case plain, strong, quiet, removed, inserted
}
