import ContentModel
import Foundation

/// What one field was and is, as people read it.
struct FieldDifference {
  let field: String
  let old: FieldValue
  let new: FieldValue

  /// The fields in which two states of an item differ; `updatedAt`, which always does, aside.
  static func between(_ old: Item, _ new: Item, _ record: ItemRecord) throws -> [FieldDifference] {
    try record.fields.names.compactMap { name in
      guard name != "updatedAt", try record.fields.value(name, of: old) != record.fields.value(name, of: new)
      else { return nil }
      return FieldDifference(
        field: name, old: try record.value(name, of: old), new: try record.value(name, of: new))
    }
  }

  /// The fields that a new item has a value in.
  static func made(_ item: Item, _ record: ItemRecord) throws -> [FieldDifference] {
    try record.fields.names.compactMap { name in
      let value = try record.value(name, of: item)
      return value.isBlank ? nil : FieldDifference(field: name, old: .null, new: value)
    }
  }

  /// Lines such as `state: draft → published`; long texts as the lines that go (`-`) and come (`+`).
  func lines(_ style: PeopleStyle) -> [String] {
    let (before, after) = (style.text(old), style.text(new))
    if before.isEmpty, after.count <= Self.short, !after.contains("\n") { return ["\(field): \(after)"] }
    guard max(before.count, after.count) > Self.short || before.contains("\n") || after.contains("\n") else {
      return ["\(field): \(before.isEmpty ? "(empty)" : before) → \(after.isEmpty ? "(empty)" : after)"]
    }
    return ["\(field):"] + Self.lineDiff(before, after)
  }

  private static let short = 60

  /// The changed lines of a text, one line around them; unchanged stretches as `  …`.
  static func lineDiff(_ old: String, _ new: String) -> [String] {
    let before =
      old.isEmpty ? [] : old.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let after =
      new.isEmpty ? [] : new.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let difference = after.difference(from: before)
    var (removed, inserted): (Set<Int>, Set<Int>) = ([], [])
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var marked: [(mark: String, text: String)] = []
    var (i, j) = (0, 0)
    while i < before.count || j < after.count {
      if i < before.count, removed.contains(i) {
        marked.append(("-", before[i]))
        i += 1
      } else if j < after.count, inserted.contains(j) {
        marked.append(("+", after[j]))
        j += 1
      } else {
        marked.append((" ", before[i]))
        (i, j) = (i + 1, j + 1)
      }
    }
    var lines: [String] = []
    for (index, line) in marked.enumerated() {
      let isNear = (max(0, index - 1)...min(marked.count - 1, index + 1)).contains { marked[$0].mark != " " }
      if isNear {
        lines.append("  \(line.mark) \(line.text)")
      } else if lines.last != "    …" {
        lines.append("    …")
      }
    }
    return lines
  }
}
