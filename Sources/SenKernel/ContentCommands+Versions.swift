import ContentModel
import Formats
import Foundation
import GRDB
import Grammar
import Storage

/// Former versions of an item: listed, compared, brought back.
extension ContentCommands {
  var revisions: Command {
    command(
      "revisions", "Lists the versions of an item", arguments: [one], heeds: SharedOption.records,
      examples: ["revisions 12"]
    ) {
      context in
      let site = try context.site
      var sink = try Presentation(context, usual: "table").list(["version", "at", "by", "title", "state"])
      try site.read { db in
        let (current, former) = try versions(context, site, db)
        // Who replaced a version made the next one; who made the first, which may bear another's name as its
        // author, is in the log.
        let made = current.envelope
        var maker = try Journal.maker(of: made.id, noun, at: made.createdAt, db)
        for (item, replacedBy) in former.map({ ($0.item, $0.actor) }) + [(current, nil)] {
          try sink.write([
            "version": .integer(item.envelope.version), "at": .date(item.envelope.updatedAt),
            "by": maker.fieldValue, "title": .text(item.envelope.title),
            "state": .text(item.envelope.state.rawValue),
          ])
          maker = replacedBy
        }
      }
      try sink.finish()
    }
  }

  var diff: Command {
    command(
      "diff", "Shows what changed between two versions of an item",
      discussion: "Without versions: the last change. With one: from that version to the present.",
      arguments: [
        one, ArgumentSpec("from", help: "A version that `revisions` lists", kind: .integer, arity: .optional),
        ArgumentSpec("to", help: "A later one; else the present", kind: .integer, arity: .optional),
      ], heeds: SharedOption.records, examples: ["diff 12", "diff 12 1", "diff 12 1 3 --format json"]
    ) { context in
      let site = try context.site
      let presentation = try Presentation(context, usual: "table")
      try site.read { db in
        let (current, former) = try versions(context, site, db)
        func version(_ name: String) throws -> Item? {
          guard let text = context.invocation.value(name) else { return nil }
          if text == String(current.envelope.version) { return current }
          guard let found = former.first(where: { String($0.version) == text }) else {
            throw noVersion(text, current, former)
          }
          return found.item
        }
        let new = try version("to") ?? current
        let old = try version("from") ?? former.last?.item ?? current
        let names = Names(site, db)
        for revision in former { try names.recall(revision.tagSlugs) }
        let record = ItemRecord(fields: fields, names: names, style: .people)
        let differences = try FieldDifference.between(old, new, record)
        guard presentation.format != "table" else {
          if differences.isEmpty { return context.output.note("No difference") }
          let lines = differences.flatMap { $0.lines(context.style, tone: context.output.toned) }
          return try context.output.bytes.write(Array(lines.map { $0 + "\n" }.joined().utf8))
        }
        var sink = try presentation.list(["field", "old", "new"])
        for difference in differences {
          try sink.write([
            "field": .text(difference.field), "old": difference.old, "new": difference.new,
          ])
        }
        try sink.finish()
      }
    }
  }

  /// The item of the argument `ref` and what it was before, oldest first.
  private func versions(_ context: CommandContext, _ site: Site, _ db: Database) throws -> (
    Item, [ItemStore.Revision]
  ) {
    let id = try ItemSelection(site: site, context: context, shape: shape, db: db)
      .one(context.invocation.value("ref") ?? "", isTrashed: nil)
    guard let current = try site.store.fetch(id, db) else {
      throw Refusal(.notFound, "There is no \(noun) \(id)")
    }
    return (current, try site.store.revisions(of: id, db))
  }

  private func noVersion(_ text: String, _ current: Item, _ former: [ItemStore.Revision]) -> Refusal {
    let known = former.map { String($0.version) } + [String(current.envelope.version)]
    return Refusal(
      .notFound, "\(noun) \(current.envelope.id) has no version \(text)",
      hint: "It has: \(known.joined(separator: ", "))")
  }

  /// A former version without its references to what has been removed since, which is told; a tag that was merged
  /// into another gives way to it.
  private func withoutLost(
    _ revision: ItemStore.Revision, _ context: CommandContext, _ operation: Operation
  ) throws -> Item {
    var item = revision.item
    let (store, db) = (operation.site.store, operation.db)
    func isThere(_ id: Int64?, _ noun: String, _ field: String, _ name: String? = nil) throws -> Bool {
      guard let id else { return true }
      if try store.has(id, of: noun, db) { return true }
      let what = noun == FieldKind.anyItem ? "item" : noun
      context.output.note("\(field): \(what) \(name ?? String(id)) is there no more and was left out")
      return false
    }
    var tags: [Int64] = []
    for tag in item.tags {
      var id = tag
      let slug = revision.tagSlugs[tag]
      if try !store.has(tag, of: Tag.name, db), let slug,
        let heir = try store.id(slug: slug, of: Tag.name, db)
      {
        let name = try store.name(of: heir, .title, db) ?? String(heir)
        context.output.note("tags: \(slug) is “\(name)” now")
        id = heir
      }
      if try isThere(id, Tag.name, "tags", slug), !tags.contains(id) { tags.append(id) }
    }
    item.tags = tags
    for (index, field) in shape.fields.enumerated() {
      guard let noun = field.kind.target else { continue }
      if case .list(let values) = item.values[index] {
        item.values[index] = .list(try values.filter { try isThere($0.integer, noun, field.name) })
      } else if try !isThere(item.values[index].integer, noun, field.name) {
        item.values[index] = .null
      }
    }
    return item
  }

  var revert: Command {
    command(
      "revert", "Makes an item what it was in a former version",
      arguments: [one, ArgumentSpec("version", help: "A version that `revisions` lists", kind: .integer)],
      heeds: SharedOption.change,
      examples: ["revert 12 1"]
    ) { context in
      let site = try context.site
      let report = try site.write(isDryRun: context.isDryRun) { operation in
        let (current, former) = try versions(context, site, operation.db)
        let text = context.invocation.value("version") ?? ""
        guard let revision = former.first(where: { String($0.version) == text }) else {
          guard text == String(current.envelope.version) else { throw noVersion(text, current, former) }
          let known = former.map { String($0.version) }
          throw Refusal(
            .conflict,
            "\(noun) \(current.envelope.id) is at version \(text) already: there is nothing to revert",
            hint: known.isEmpty
              ? "It has not been changed since it was made."
              : "It can become again what it was as: \(known.joined(separator: ", "))")
        }
        let result = try operation.change(current.envelope.id) { item in
          item = try withoutLost(revision, context, operation)
          try operation.refuseTrashed(item, old: current)
          (item.envelope.version, item.envelope.updatedAt) =
            (current.envelope.version, current.envelope.updatedAt)
          // What is in the trash, and what others stand on, is no matter of what an item says.
          item.envelope.trashedAt = current.envelope.trashedAt
        }
        var report = ChangeReport("Reverted", noun, context)
        if result.hasChanged { try report.add(result.new, old: result.old, operation) }
        return report
      }
      try report.tell()
    }
  }
}
