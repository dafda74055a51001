import ContentModel
import Formats
import Foundation
import GRDB
import Grammar
import Storage

/// What tags have beyond the verbs of every noun.
enum TagCommands {
  static let all: [Command] = [rename, merge, prune]

  private static let rename = Command(
    CommandSpec(
      noun: "tag", verb: "rename", summary: "Gives a tag another title, and a slug to match",
      discussion: "The former slug goes on leading to it.",
      arguments: [
        ArgumentSpec("ref", help: "The tag", kind: .reference(noun: "tag")),
        ArgumentSpec("title", help: "Its new title"),
      ], heeds: SharedOption.change, examples: ["sen tag rename lua 'Lúa gạo'"])
  ) { context in
    let site = try context.site
    let title = context.invocation.value("title") ?? ""
    let report = try site.write(isDryRun: context.isDryRun) { operation in
      let selection = ItemSelection(site: site, context: context, shape: Shape(Tag.self), db: operation.db)
      let result = try operation.change(selection.one(context.invocation.value("ref") ?? "")) { tag in
        tag.values[0] = .text(title)
        tag.envelope.slug = ""
      }
      var report = ChangeReport("Renamed", Tag.name, context)
      if result.hasChanged { try report.add(result.new, old: result.old, operation) }
      return report
    }
    try report.tell()
  }

  private static let merge = Command(
    CommandSpec(
      noun: "tag", verb: "merge", summary: "Puts one tag in the place of another",
      arguments: [
        ArgumentSpec("from", help: "The tag that goes", kind: .reference(noun: "tag")),
        ArgumentSpec("into", help: "The tag that stays", kind: .reference(noun: "tag")),
      ], examples: ["sen tag merge lua lua-nuoc"])
  ) { context in
    let site = try context.site
    let count = try site.write(isDryRun: context.isDryRun) { operation in
      let selection = ItemSelection(site: site, context: context, shape: Shape(Tag.self), db: operation.db)
      return try operation.merge(
        tag: selection.one(context.invocation.value("from") ?? ""),
        into: selection.one(context.invocation.value("into") ?? ""))
    }
    context.output.note(
      "\(context.isDryRun ? "Dry run, nothing written: would have merged" : "Merged"); \(Counted.text(count, "item")) carried it"
    )
  }

  private static let prune = Command(
    CommandSpec(
      noun: "tag", verb: "prune", summary: "Trashes the tags that no item carries",
      examples: ["sen tag prune --yes"])
  ) { context in
    let site = try context.site
    func unused(_ db: Database) throws -> [Int64] {
      try Int64.fetchAll(
        db,
        sql: """
          SELECT id FROM item WHERE type = 'tag' AND trashedAt IS NULL
          AND NOT EXISTS (SELECT 1 FROM itemLink WHERE targetId = item.id) ORDER BY id
          """)
    }
    let count = try site.read(unused).count
    guard count > 0 else { return context.output.note("Every tag is in use") }
    try context.confirm("Trash \(Counted.text(count, "tag")) without items?")
    try site.write(isDryRun: context.isDryRun) { operation in
      for id in try unused(operation.db) { try operation.trash(id) }
    }
    context.output.note(
      "\(context.isDryRun ? "Would have trashed" : "Trashed") \(Counted.text(count, "tag"))")
  }
}
