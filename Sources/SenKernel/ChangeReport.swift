import ContentModel
import Formats
import Foundation
import GRDB
import Grammar

/// What a command did to items, told at its end: ids for `--porcelain`, a sentence for people, and for
/// `--dry-run` the fields that would change. A report of many items holds little of each.
struct ChangeReport {
  private struct Line {
    let id: Int64
    let slug: String
    let title: String
  }

  private let context: CommandContext
  private let noun: String
  /// `Changed`, `Trashed`: what was done.
  private let past: String
  private var ids: [Int64] = []
  private var first: [Line] = []
  private var differences: [String] = []
  private var notes: OperationNotes?

  /// So many items are told one by one.
  private static let mostLines = 3
  /// So many items of a dry run are shown with their fields.
  private static let mostDiffs = 20

  init(_ past: String, _ noun: String, _ context: CommandContext) {
    (self.past, self.noun, self.context) = (past, noun, context)
  }

  /// Takes note of one item.
  /// - Parameter old: what it was; nil for a new one.
  mutating func add(_ new: Item, old: Item?, _ operation: Operation) throws {
    ids.append(new.envelope.id)
    notes = operation.notes
    if first.count < Self.mostLines {
      first.append(Line(id: new.envelope.id, slug: new.envelope.slug, title: new.envelope.title))
    }
    guard context.isDryRun, ids.count <= Self.mostDiffs else { return }
    let shape = try operation.site.shape(new.envelope.type)
    let record = ItemRecord(
      fields: ItemFields(shape), names: Names(operation.site, operation.db), style: .people)
    let fields =
      try old.map { try FieldDifference.between($0, new, record) } ?? FieldDifference.made(new, record)
    differences.append("\(noun) \(old == nil ? "(new)" : String(new.envelope.id)) “\(new.envelope.title)”")
    differences += fields.flatMap { $0.lines(context.style) }.map { "  \($0)" }
  }

  func tell() throws {
    try tellChanges()
    notes?.tell(context.output)
  }

  private func tellChanges() throws {
    let isDry = context.isDryRun
    for line in differences { context.output.note(line) }
    if isDry, ids.count > Self.mostDiffs { context.output.note("… and \(ids.count - Self.mostDiffs) more") }
    if context.invocation.has("porcelain") {
      // Ids that a dry run gave belong to nobody.
      guard !isDry else { return }
      return try context.output.bytes.write(Array(ids.map { "\($0)\n" }.joined().utf8))
    }
    let dry = isDry ? "Dry run, nothing written: " : ""
    if ids.isEmpty { return context.output.note("\(dry)Nothing to change") }
    let verb = isDry ? "would have " + past.lowercased() : past
    if ids.count > Self.mostLines {
      return context.output.note("\(dry)\(verb) \(Counted.text(ids.count, noun))")
    }
    for line in first {
      context.output.note("\(dry)\(verb) \(noun)\(isDry ? "" : " \(line.id)") “\(line.title)” (\(line.slug))")
    }
  }
}

/// Numbers of things in words of help and messages.
public enum Counted {
  /// `1 article`, `3 categories`.
  public static func text(_ count: Int, _ noun: String) -> String {
    count == 1 ? "1 \(noun)" : "\(count) \(plural(noun))"
  }

  /// A bar of at most 30 characters, as long as `count` is of `most`; none for what is less than nothing.
  public static func bar(_ count: Int, of most: Int) -> String {
    let share = Double(count) * 30 / Double(max(most, 1))
    return String(repeating: "█", count: Int(min(max(share, 0), 30)))
  }

  static func plural(_ noun: String) -> String {
    if noun.hasSuffix("y"), let before = noun.dropLast().last, !"aeiou".contains(before) {
      return noun.dropLast() + "ies"
    }
    let hisses = ["s", "x", "ch", "sh"].contains { noun.hasSuffix($0) }
    return noun + (hisses ? "es" : "s")
  }
}
