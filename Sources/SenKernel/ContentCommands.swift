import ContentModel
import Formats
import Foundation
import Grammar
import Storage

/// The verbs that every content noun has, derived from its shape.
struct ContentCommands {
  let shape: Shape
  var noun: String { shape.name }
  var fields: ItemFields { ItemFields(shape) }

  var all: [Command] {
    [
      list, show, create, set, edit, delete, restore, clone, exists, publish, unpublish, move, revisions,
      revert,
    ]
  }

  func command(
    _ verb: String, _ summary: String, arguments: [ArgumentSpec] = [], flags: [FlagSpec] = [],
    aliases: [String] = [], examples: [String], run: @escaping @Sendable (CommandContext) throws -> Void
  ) -> Command {
    Command(
      CommandSpec(
        noun: noun, verb: verb, aliases: aliases, summary: summary, arguments: arguments, flags: flags,
        examples: examples.map { "sen \(noun) \($0)" }), run: run)
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

  private var list: Command {
    command(
      "list", "Lists items, newest first", aliases: ["ls"],
      examples: ["list --limit 20", "list --filter 'state=draft and age>30d' --sort title"]
    ) { context in
      let site = try context.site
      let presentation = try Presentation(context, usual: "table")
      try site.read { db in
        var query = Query(order: [.init("id", descends: true)])
        if let filter = context.invocation.flag("filter") {
          query.condition = try FilterCompiler(site: site, shape: shape, db: db).condition(filter)
        }
        if let sort = context.invocation.flag("sort") {
          query.order = try sort.split(separator: ",").map { part in
            let descends = part.first == "-"
            let name = String(descends ? part.dropFirst() : part)
            _ = try fields.field(name)
            return Query.Order(name, descends: descends)
          }
        }
        query.limit = try count(context, "limit")
        query.offset = try count(context, "offset") ?? 0
        if presentation.format == "count" {
          let count = try site.store.count(noun, query, db)
          return try context.output.bytes.write(Array("\(count)\n".utf8))
        }
        let columns = presentation.format == "ids" ? ["id"] : try columns(context, presentation.format)
        try show(columns, query, presentation, context, site, db)
      }
    }
  }

  private func count(_ context: CommandContext, _ flag: String) throws -> Int? {
    guard let text = context.invocation.flag(flag) else { return nil }
    guard let count = Int(text), count >= 0 else {
      throw Refusal(.usage, "--\(flag): “\(text)” is no number of items", hint: "Example: --\(flag) 20")
    }
    return count
  }

  private var show: Command {
    command("show", "Shows items whole", arguments: [many], examples: ["show 12", "show 12 --format json"]) {
      context in
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

  private var exists: Command {
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

  // MARK: Writing

  /// A flag for each field that can be set.
  private var fieldFlags: [FlagSpec] {
    fields.names.compactMap { name in
      guard let field = try? fields.field(name) else { return nil }
      return FlagSpec(
        Self.flagName(name),
        help: field.help.isEmpty ? field.kind.name : "\(field.help) (\(field.kind.name))",
        kind: .fieldValue(noun: noun, field: name), repeats: field.kind.isList,
        aliases: Self.flagName(name) == name ? [] : [name], isFieldValue: true)
    }
  }

  /// `seoTitle` → `seo-title`, as flags are written.
  static func flagName(_ field: String) -> String {
    var name = ""
    var wasUpper = true
    for character in field {
      if character.isUppercase, !wasUpper { name += "-" }
      wasUpper = character.isUppercase
      name += character.lowercased()
    }
    return name
  }

  private func reader(_ site: Site, _ operation: Operation) -> FieldText {
    let names = Names(site, operation.db)
    return FieldText(now: operation.now, timeZone: site.timeZone) { text, target in
      if let id = try names.find(text, of: target) { return id }
      guard target == Tag.name else { return try names.id(text, of: target) }
      var tag = try operation.blank(Tag.name)
      tag.values[0] = .text(text)
      return try operation.create(tag).envelope.id
    }
  }

  private func value(
    _ text: String, _ name: String, _ context: CommandContext, _ operation: Operation
  ) throws -> FieldValue {
    let field = try fields.field(name)
    do {
      let site = try context.site
      let content = try context.expand(text)
      if field.kind == .media, !MediaName.isName(content), !content.isEmpty {
        return .text(try site.addMedia(content))
      }
      return try reader(site, operation).value(.text(content), of: field.kind, isOptional: field.isOptional)
    } catch let refusal as Refusal where refusal.field == nil {
      throw Refusal(refusal.code, "\(name): \(refusal.message)", field: name, hint: refusal.hint)
    }
  }

  /// Sets the fields that are given as flags.
  private func applyFlags(_ item: inout Item, _ context: CommandContext, _ operation: Operation) throws {
    for name in fields.names {
      let texts = context.invocation.flags(Self.flagName(name))
      guard !texts.isEmpty else { continue }
      if try fields.field(name).kind.isList {
        var values: [FieldValue] = []
        for text in texts {
          if case .list(let more) = try value(text, name, context, operation) { values += more }
        }
        try fields.set(name, .list(values), of: &item)
      } else {
        try fields.set(name, value(texts.last ?? "", name, context, operation), of: &item)
      }
    }
  }

  /// Sets a field to a value of a document, whose scalars are texts.
  func assign(
    _ name: String, _ value: FieldValue, to item: inout Item, _ context: CommandContext,
    _ operation: Operation
  ) throws {
    let field = try fields.field(name)
    var read = value
    if case .text(let text) = value {
      read = field.kind == .text ? value : try self.value(text, name, context, operation)
    } else {
      do {
        read = try reader(context.site, operation).value(value, of: field.kind, isOptional: field.isOptional)
      } catch let refusal as Refusal where refusal.field == nil {
        throw Refusal(refusal.code, "\(name): \(refusal.message)", field: name, hint: refusal.hint)
      }
    }
    if read.isNull, let index = shape.index[name], !shape.fields[index].isOptional {
      read = shape.fields[index].initial
    }
    try fields.set(name, read, of: &item)
  }

  private func applyAssignments(
    _ item: inout Item, _ assignments: [Assignment], _ context: CommandContext, _ operation: Operation
  ) throws {
    for assignment in assignments {
      let name = try fields.field(assignment.field).name
      var new = try value(assignment.value, name, context, operation)
      if assignment.operation != .set {
        guard case .list(let old) = try fields.value(name, of: item), case .list(let part) = new else {
          throw Refusal(.usage, "\(name): += and -= are for lists", hint: "Example: tags+=lúa")
        }
        let kept = old.filter { !part.contains($0) }
        new = .list(assignment.operation == .add ? old + part.filter { !old.contains($0) } : kept)
      }
      if new.isNull, let index = shape.index[name], !shape.fields[index].isOptional {
        new = shape.fields[index].initial
      }
      try fields.set(name, new, of: &item)
    }
  }

  private var create: Command {
    command(
      "create", "Makes an item", arguments: [ArgumentSpec("title", help: "Its title", arity: .optional)],
      flags: fieldFlags, aliases: ["new", "add"],
      examples: ["create 'Tin mới' --tags lúa", "create --title 'Tin mới' --state published"]
    ) { context in
      let site = try context.site
      let made = try site.write(isDryRun: context.isDryRun) { operation in
        var item = try operation.blank(noun)
        if let title = context.invocation.value("title"), let index = shape.titleIndex {
          item.values[index] = .text(title)
        }
        try applyFlags(&item, context, operation)
        return try operation.create(item, keepsSlug: context.invocation.has("slug"))
      }
      try tell("Created", [made], context)
    }
  }

  private var set: Command {
    command(
      "set", "Changes fields of items",
      arguments: [
        ArgumentSpec(
          "words", help: "REFs, then field=value, field+=value or field-=value",
          kind: .assignment(noun: noun),
          arity: .some)
      ], flags: fieldFlags,
      examples: ["set 12 state=published tags+=lúa", "set --filter 'state=draft and age>30d' state=archived"]
    ) { context in
      let site = try context.site
      let words = context.invocation.values("words")
      let start = words.firstIndex { Self.isAssignment($0) } ?? words.count
      let assignments = try words[start...].map { try Assignment.parse($0) }
      var invocation = context.invocation
      invocation.values["refs"] = Array(words[..<start])
      let inner = CommandContext(invocation, site: site, output: context.output, readInput: context.readInput)
      try change("Changed", inner) { item, operation in
        try applyAssignments(&item, assignments, inner, operation)
        try applyFlags(&item, inner, operation)
      }
    }
  }

  private static func isAssignment(_ word: String) -> Bool {
    guard let end = word.firstIndex(of: "=") else { return false }
    let name = word[..<end].drop(while: { $0.isLetter })
    return ["", "+", "-"].contains(name) && word.first?.isLetter == true
  }

  /// Changes every item that the command names, in one operation.
  private func change(
    _ verb: String, _ context: CommandContext, isTrashed: Bool? = false,
    _ body: (inout Item, Operation) throws -> Void
  ) throws {
    let site = try context.site
    if context.invocation.flag("filter") != nil {
      let count = try site.read { db in
        try ItemSelection(site: site, context: context, shape: shape, db: db).all(
          "refs", isTrashed: isTrashed
        ).count
      }
      try context.confirm("\(verb) \(count) of \(noun)?")
    }
    let changed = try site.write(isDryRun: context.isDryRun) { operation in
      let ids = try ItemSelection(site: site, context: context, shape: shape, db: operation.db)
        .all("refs", isTrashed: isTrashed)
      var changed: [Item] = []
      for id in ids {
        let result = try operation.update(id) { try body(&$0, operation) }
        if result.hasChanged { changed.append(result.item) }
      }
      return changed
    }
    try tell(verb, changed, context)
  }

  /// Tells what was done, and gives the ids to `--porcelain`.
  private func tell(_ verb: String, _ items: [Item], _ context: CommandContext) throws {
    if context.invocation.has("porcelain") {
      let lines = items.map { "\($0.envelope.id)\n" }.joined()
      return try context.output.bytes.write(Array(lines.utf8))
    }
    let would = context.isDryRun ? "Would have: " : ""
    guard let first = items.first else { return context.output.note("\(would)nothing changed") }
    if items.count > 3 { return context.output.note("\(would)\(verb) \(items.count) of \(noun)") }
    for item in items {
      context.output.note(
        "\(would)\(verb) \(noun) \(item.envelope.id) “\(item.envelope.title)” (\(item.envelope.slug))")
    }
    _ = first
  }

  private var publish: Command {
    command(
      "publish", "Shows items to visitors, now or from a time on", arguments: [many],
      flags: [FlagSpec("at", help: "From then on", kind: .date)],
      examples: ["publish 12", "publish 12 --at 'tomorrow 08:00'"]
    ) { context in
      try change("Published", context) { item, operation in
        let wasPublic = item.envelope.state == .published
        item.envelope.state = .published
        if let text = context.invocation.flag("at") {
          item.envelope.publishAt = try DateText.parse(
            text, now: operation.now, timeZone: operation.site.timeZone)
        } else if !wasPublic || (item.envelope.publishAt.map { $0 > operation.now } ?? true) {
          item.envelope.publishAt = operation.now
        }
      }
    }
  }

  private var unpublish: Command {
    command("unpublish", "Takes items back to draft", arguments: [many], examples: ["unpublish 12"]) {
      context in
      try change("Unpublished", context) { item, _ in item.envelope.state = .draft }
    }
  }

  private var move: Command {
    command(
      "move", "Gives an item its place among its siblings", arguments: [one],
      flags: [FlagSpec("position", help: "Its new place, from 1", kind: .integer)],
      examples: ["move 3 --position 1"]
    ) { context in
      guard let position = try count(context, "position"), position > 0 else {
        throw Refusal(.usage, "Where to?", hint: "Example: sen \(noun) move 3 --position 1")
      }
      let site = try context.site
      let moved = try site.write(isDryRun: context.isDryRun) { operation in
        let id = try ItemSelection(site: site, context: context, shape: shape, db: operation.db)
          .one(context.invocation.value("ref") ?? "")
        return try operation.move(id, to: position)
      }
      try tell("Moved", [moved], context)
    }
  }

  private var clone: Command {
    command("clone", "Makes a draft that is a copy of an item", arguments: [one], examples: ["clone 12"]) {
      context in
      let site = try context.site
      let made = try site.write(isDryRun: context.isDryRun) { operation in
        let id = try ItemSelection(site: site, context: context, shape: shape, db: operation.db)
          .one(context.invocation.value("ref") ?? "")
        let source = try operation.item(id)
        var copy = try operation.blank(noun)
        (copy.values, copy.tags) = (source.values, source.tags)
        copy.envelope.language = source.envelope.language
        copy.envelope.position = source.envelope.position
        return try operation.create(copy)
      }
      try tell("Created", [made], context)
    }
  }

  private var delete: Command {
    command(
      "delete", "Puts items into the trash; with --force removes them for good", arguments: [many],
      flags: [FlagSpec("force", help: "Remove for good, although others refer to it")], aliases: ["rm"],
      examples: ["delete 12", "delete 10-20 --yes"]
    ) { context in
      let site = try context.site
      let isForced = context.invocation.has("force")
      let ids = try site.read { db in
        try ItemSelection(site: site, context: context, shape: shape, db: db).all(
          "refs", isTrashed: isForced ? nil : false)
      }
      if ids.count > 1 || isForced {
        try context.confirm("\(isForced ? "Remove for good" : "Trash") \(ids.count) of \(noun)?")
      }
      let items = try site.write(isDryRun: context.isDryRun) { operation in
        try ids.map { id in
          let item = try operation.item(id)
          if isForced { try operation.delete(id) } else { try operation.trash(id) }
          return item
        }
      }
      try tell(isForced ? "Removed" : "Trashed", items, context)
    }
  }

  private var restore: Command {
    command("restore", "Brings items back from the trash", arguments: [many], examples: ["restore 12"]) {
      context in
      try change("Restored", context, isTrashed: true) { item, _ in item.envelope.trashedAt = nil }
    }
  }

  private var revisions: Command {
    command("revisions", "Lists the former versions of an item", arguments: [one], examples: ["revisions 12"])
    { context in
      let site = try context.site
      var sink = try Presentation(context, usual: "table").sink([
        "version", "replacedAt", "actor", "title", "state",
      ])
      try site.read { db in
        let id = try ItemSelection(site: site, context: context, shape: shape, db: db)
          .one(context.invocation.value("ref") ?? "", isTrashed: nil)
        for revision in try site.store.revisions(of: id, db) {
          try sink.write([
            "version": .integer(revision.version), "replacedAt": .date(revision.at),
            "actor": revision.actor.fieldValue, "title": .text(revision.item.envelope.title),
            "state": .text(revision.item.envelope.state.rawValue),
          ])
        }
      }
      try sink.finish()
    }
  }

  private var revert: Command {
    command(
      "revert", "Makes an item what it was in a former version",
      arguments: [one, ArgumentSpec("version", help: "A version that `revisions` lists", kind: .integer)],
      examples: ["revert 12 1"]
    ) { context in
      let site = try context.site
      let item = try site.write(isDryRun: context.isDryRun) { operation in
        let id = try ItemSelection(site: site, context: context, shape: shape, db: operation.db)
          .one(context.invocation.value("ref") ?? "", isTrashed: nil)
        let wanted = Int64(context.invocation.value("version") ?? "")
        let revisions = try site.store.revisions(of: id, operation.db)
        guard let revision = revisions.first(where: { $0.version == wanted }) else {
          throw Refusal(
            .notFound, "\(noun) \(id) has no former version \(context.invocation.value("version") ?? "")",
            hint: "It has: \(revisions.map { String($0.version) }.joined(separator: ", "))")
        }
        return try operation.update(id) { item in
          let current = item.envelope
          item = revision.item
          (item.envelope.version, item.envelope.updatedAt) = (current.version, current.updatedAt)
        }.item
      }
      try tell("Reverted", [item], context)
    }
  }
}
