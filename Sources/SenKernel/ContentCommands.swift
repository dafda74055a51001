import ContentModel
import Formats
import Foundation
import Grammar
import Storage

/// The verbs that every content noun has, derived from its shape.
struct ContentCommands {
  let shape: Shape
  var drawing: Drawing?
  var noun: String { shape.name }
  var fields: ItemFields { ItemFields(shape) }

  var all: [Command] {
    [
      list, show, create, set, edit, delete, restore, clone, exists, publish, unpublish, move, revisions,
      diff, revert, generate,
    ]
  }

  func command(
    _ verb: String, _ summary: String, discussion: String = "", arguments: [ArgumentSpec] = [],
    flags: [FlagSpec] = [], heeds: Set<String> = [], aliases: [String] = [], examples: [String],
    run: @escaping @Sendable (CommandContext) throws -> Void
  ) -> Command {
    Command(
      CommandSpec(
        noun: noun, verb: verb, aliases: aliases, summary: summary, discussion: discussion,
        arguments: arguments,
        flags: flags, heeds: heeds, examples: examples.map { "sen \(noun) \($0)" }), run: run)
  }

  var one: ArgumentSpec {
    ArgumentSpec("ref", help: "An id, a slug or @last", kind: .reference(noun: noun))
  }
  var many: ArgumentSpec {
    ArgumentSpec(
      "refs", help: "Ids, slugs, ranges such as 10-20, @last, or - for ids from standard input",
      kind: .reference(noun: noun), arity: .many)
  }

  // MARK: Looking

  /// The columns that `list` shows to people.
  var usualColumns: [String] {
    let title = shape.fields.first { $0.has(.title) }?.name ?? "title"
    let further = shape.fields.filter {
      if case .reference = $0.kind { return true } else { return false }
    }.prefix(2).map(\.name)
    return ["id", title] + further + ["state", "publishAt"]
  }

  /// All columns, for `--fields '*'` and the machine formats.
  var allColumns: [String] { ["id", "uid"] + fields.names + ["version"] }

  func columns(_ context: CommandContext, _ format: String) throws -> [String] {
    let chosen = context.invocation.flag("field") ?? context.invocation.flag("fields")
    guard let chosen else {
      return ["table", "markdown"].contains(format) ? usualColumns : allColumns
    }
    if chosen == "*" { return allColumns }
    let names = chosen.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    for name in names { _ = try fields.field(name) }
    return names
  }

  var list: Command {
    command(
      "list",
      shape.parentField == nil ? "Lists items, newest first" : "Lists items, as the tree that they are",
      heeds: SharedOption.list, aliases: ["ls"],
      examples: ["list --limit 20", "list --filter 'state=draft and age>30d' --sort title"]
    ) { context in
      let site = try context.site
      let presentation = try Presentation(context, usual: "table")
      try site.read { db in
        var query = Query(order: [.init("id", descends: true)])
        if let filter = context.invocation.flag("filter") {
          query.condition = try FilterCompiler(site: site, shape: shape, db: db).condition(filter)
        }
        if let sort = context.invocation.flag("sort") { query.order = try order(sort) }
        query.limit = try context.count("limit")
        query.offset = try context.count("offset") ?? 0
        if presentation.format == "count" {
          let count = try site.store.count(noun, query, db)
          return try context.output.bytes.write(Array("\(count)\n".utf8))
        }
        let columns = presentation.format == "ids" ? ["id"] : try columns(context, presentation.format)
        if shape.parentField != nil, !context.invocation.has("sort") {
          return try ItemTree(shape, query, site, db).show(columns, presentation, context)
        }
        try show(columns, query, presentation, context, site, db)
      }
    }
  }

  /// The order of `--sort title,-publishAt`.
  private func order(_ text: String) throws -> [Query.Order] {
    try text.split(separator: ",").map { part in
      let descends = part.first == "-"
      let name = String(descends ? part.dropFirst() : part).trimmingCharacters(in: .whitespaces)
      return Query.Order(try fields.openField(name).name, descends: descends)
    }
  }

  var show: Command {
    let draw = FlagSpec("draw", help: "Draws it as well, on a terminal with colours; --limit says how much")
    return command(
      "show", "Shows items whole", arguments: [many], flags: drawing == nil ? [] : [draw],
      heeds: SharedOption.show.union(drawing == nil ? [] : ["limit"]),
      examples: ["show 12", "show 12 --format json"] + (drawing == nil ? [] : ["show 12 --draw"])
    ) {
      context in
      if drawing != nil, context.invocation.has("draw") { return try showDrawn(context) }
      let site = try context.site
      let presentation = try Presentation(context, usual: "card")
      try site.read { db in
        let ids = try ItemSelection(site: site, context: context, shape: shape, db: db).all(
          "refs", isTrashed: nil)
        let columns = presentation.format == "ids" ? ["id"] : try columns(context, presentation.format)
        let isSingle = ids.count == 1 && context.invocation.flag("filter") == nil
        try show(columns, ids, presentation, context, site, db, isSingle: isSingle)
      }
    }
  }

  var exists: Command {
    command(
      "exists", "Ends with 0 if the item is there, else with 3", arguments: [one],
      examples: ["exists tin-moi"]
    ) {
      context in
      let site = try context.site
      try site.read { db in
        _ = try ItemSelection(site: site, context: context, shape: shape, db: db).one(
          context.invocation.value("ref") ?? "")
      }
    }
  }
}
