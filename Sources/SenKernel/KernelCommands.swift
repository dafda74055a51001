import ContentModel
import Formats
import Foundation
import GRDB
import Grammar
import Storage
import Vietnamese

/// The commands of the kernel's own nouns.
enum KernelCommands {
  static let all: [Command] =
    [
      siteInfo, optimize, doctor, search, reindex, trashList, trashPurge, merge, prune, redirects, schema,
      sql, plugins,
    ]
    + SiteDataCommands.all

  private static let siteInfo = Command(
    CommandSpec(
      noun: "site", verb: "info", summary: "Says what the site holds", examples: ["sen site info"])
  ) { context in
    let site = try context.site
    var sink = try Presentation(context, usual: "table").sink(["noun", "items", "trashed"])
    try site.read { db in
      for shape in site.registry.shapes {
        let items = try site.store.count(shape.name, Query(), db)
        let trashed = try site.store.count(shape.name, Query(isTrashed: true), db)
        try sink.write([
          "noun": .text(shape.name), "items": .integer(Int64(items)), "trashed": .integer(Int64(trashed)),
        ])
      }
    }
    try sink.finish()
  }

  private static let optimize = Command(
    CommandSpec(
      noun: "site", verb: "optimize", summary: "Makes the database compact and its statistics current",
      examples: ["sen site optimize"])
  ) { context in
    try context.site.database.pool.writeWithoutTransaction { db in
      try db.execute(sql: "INSERT INTO search (search) VALUES ('optimize'); PRAGMA optimize; VACUUM")
    }
    context.output.note("Optimized")
  }

  private static let doctor = Command(
    CommandSpec(
      noun: "site", verb: "doctor", summary: "Looks for damage: pages, references, missing files",
      examples: ["sen site doctor"])
  ) { context in
    let site = try context.site
    var complaints: [String] = []
    try site.read { db in
      complaints += try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
      for row in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check") {
        complaints.append("dangling reference in \(row[0] as String)")
      }
      for shape in site.registry.shapes {
        let files = shape.fields.indices.filter { shape.fields[$0].kind == .media }
        guard !files.isEmpty else { continue }
        try site.store.each(
          shape.name, Query(isTrashed: nil, fields: Set(files.map { shape.fields[$0].name })), db
        ) { item in
          for index in files {
            guard let name = item.values[index].text else { continue }
            if !FileManager.default.fileExists(atPath: site.mediaPath(name)) {
              complaints.append(
                "\(shape.name) \(item.envelope.id): the file of \(shape.fields[index].name) is missing")
            }
          }
          return true
        }
      }
    }
    for complaint in complaints { context.output.note(complaint) }
    guard complaints.isEmpty else { throw DoneInPart() }
    context.output.note("Nothing is wrong")
  }

  private static let search = Command(
    CommandSpec(
      noun: "search", verb: "", summary: "Finds items by words, best first",
      discussion: """
        Case, marks and đ do not matter, and an exact match of accents comes first. "…" is a phrase, word* a prefix.
        """,
      arguments: [ArgumentSpec("query", help: "What to look for", arity: .some)],
      flags: [FlagSpec("noun", help: "Only items of this noun", kind: .noun)],
      examples: [
        "sen search hoi nghi", #"sen search '"mỗi xã một sản phẩm"'"#, "sen search 'nông*' --noun article",
      ])
  ) { context in
    let site = try context.site
    let query = context.invocation.values("query").joined(separator: " ")
    let words = Search(query)
    guard !words.terms.isEmpty else { throw Refusal(.usage, "There is no word to look for in “\(query)”") }
    let presentation = try Presentation(context, usual: "table")
    let limit = context.invocation.flag("limit").flatMap { Int($0) } ?? 20
    try site.read { db in
      let types = try context.invocation.flag("noun").map { [try site.shape($0).name] }
      let ids = try words.ids(limit: max(limit, 100), types: types, db)
      var hits: [(item: Item, exact: Int)] = []
      for id in ids {
        guard let item = try site.store.fetch(id, db) else { continue }
        hits.append((item, SearchHit.exactMatches(words, item, try site.shape(item.envelope.type))))
      }
      let ordered = hits.enumerated().sorted {
        ($0.element.exact, $1.offset) > ($1.element.exact, $0.offset)
      }.prefix(limit).map(\.element.item)
      if let writer = PlainWriter(presentation.format, ["id"], context), presentation.format == "ids" {
        for item in ordered { try writer.write(["id": .integer(item.envelope.id)]) }
        return
      }
      var sink = presentation.sink(["noun", "id", "title", "snippet"])
      for item in ordered {
        let shape = try site.shape(item.envelope.type)
        try sink.write([
          "noun": .text(shape.name), "id": .integer(item.envelope.id), "title": .text(item.envelope.title),
          "snippet": .text(SearchHit.snippet(words, item, shape)),
        ])
      }
      try sink.finish()
    }
  }

  private static let reindex = Command(
    CommandSpec(
      noun: "search", verb: "reindex", summary: "Builds the search index anew",
      examples: ["sen search reindex"])
  ) { context in
    let count = try context.site.write { try $0.site.store.reindex($0.db) }
    context.output.note("Indexed \(count) items")
  }

  private static let trashList = Command(
    CommandSpec(
      noun: "trash", verb: "list", summary: "Lists what is in the trash", examples: ["sen trash list"])
  ) { context in
    let site = try context.site
    var sink = try Presentation(context, usual: "table").sink(["noun", "id", "title", "trashedAt"])
    try site.read { db in
      for shape in site.registry.shapes {
        try site.store.each(shape.name, Query(isTrashed: true, fields: []), db) { item in
          try sink.write([
            "noun": .text(shape.name), "id": .integer(item.envelope.id), "title": .text(item.envelope.title),
            "trashedAt": item.envelope.trashedAt.fieldValue,
          ])
          return true
        }
      }
    }
    try sink.finish()
  }

  private static let trashPurge = Command(
    CommandSpec(
      noun: "trash", verb: "purge", summary: "Removes for good what is in the trash",
      examples: ["sen trash purge --yes"])
  ) { context in
    let site = try context.site
    let count = try site.read { db in
      try site.registry.shapes.reduce(0) { try $0 + site.store.count($1.name, Query(isTrashed: true), db) }
    }
    guard count > 0 else { return context.output.note("The trash is empty") }
    try context.confirm("Remove \(count) items for good?")
    try site.write(isDryRun: context.isDryRun) { operation in
      for shape in site.registry.shapes {
        var items: [Item] = []
        try site.store.each(shape.name, Query(isTrashed: true), operation.db) {
          items.append($0)
          return true
        }
        for item in items { try operation.delete(item.envelope.id) }
      }
    }
    context.output.note("\(context.isDryRun ? "Would have removed" : "Removed") \(count) items")
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
    context.output.note("Merged; \(count) items carried it")
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
          AND NOT EXISTS (SELECT 1 FROM link WHERE targetId = item.id) ORDER BY id
          """)
    }
    let count = try site.read(unused).count
    guard count > 0 else { return context.output.note("Every tag is in use") }
    try context.confirm("Trash \(count) tags that no item carries?")
    try site.write(isDryRun: context.isDryRun) { operation in
      for id in try unused(operation.db) { try operation.trash(id) }
    }
    context.output.note("\(context.isDryRun ? "Would have trashed" : "Trashed") \(count) tags")
  }

  private static let redirects = Command(
    CommandSpec(
      noun: "redirect", verb: "list", summary: "Lists former slugs and where they lead",
      examples: ["sen redirect list"])
  ) { context in
    var sink = try Presentation(context, usual: "table").sink(["noun", "from", "to"])
    try context.site.read { db in
      let rows = try Row.fetchCursor(
        db,
        sql:
          "SELECT r.type, r.slug, i.slug FROM redirect r JOIN item i ON i.id = r.itemId ORDER BY r.type, r.slug"
      )
      while let row = try rows.next() {
        try sink.write(["noun": .text(row[0]), "from": .text(row[1]), "to": .text(row[2])])
      }
    }
    try sink.finish()
  }

  private static let schema = Command(
    CommandSpec(
      noun: "schema", verb: "fields", summary: "Lists the fields of a noun",
      arguments: [ArgumentSpec("noun", help: "Which", kind: .noun)], examples: ["sen schema fields article"])
  ) { context in
    let fields = ItemFields(try context.site.shape(context.invocation.value("noun") ?? ""))
    var sink = try Presentation(context, usual: "table").sink(["field", "kind", "required", "help"])
    for name in fields.names {
      let field = try fields.field(name)
      try sink.write([
        "field": .text(name), "kind": .text(field.kind.name), "required": .bool(field.has(.required)),
        "help": .text(field.help),
      ])
    }
    try sink.finish()
  }

  private static let sql = Command(
    CommandSpec(
      noun: "schema", verb: "sql", summary: "Runs a query that only reads",
      arguments: [ArgumentSpec("query", help: "SQL")],
      examples: ["sen schema sql 'SELECT type, count(*) AS items FROM item GROUP BY type'"])
  ) { context in
    try context.site.read { db in
      let statement: Statement
      do {
        statement = try db.makeStatement(sql: context.invocation.value("query") ?? "")
      } catch let error as DatabaseError {
        throw Refusal(.invalid, "SQL: \(error.message ?? "wrong")")
      }
      guard statement.isReadonly else {
        throw Refusal(.usage, "This would change the database; only reading is done here")
      }
      var sink = try Presentation(context, usual: "table").sink(statement.columnNames)
      let rows = try Row.fetchCursor(statement)
      while let row = try rows.next() {
        var map = FieldMap()
        for (name, value) in row {
          switch value.storage {
          case .null: map.append(name, .null)
          case .int64(let integer): map.append(name, .integer(integer))
          case .double(let double): map.append(name, .real(double))
          case .string(let text): map.append(name, .text(text))
          case .blob(let data): map.append(name, .text(data.map { String(format: "%02x", $0) }.joined()))
          }
        }
        try sink.write(map)
      }
      try sink.finish()
    }
  }

  private static let plugins = Command(
    CommandSpec(
      noun: "plugin", verb: "list", summary: "Lists the plugins of this program",
      examples: ["sen plugin list"])
  ) { context in
    var sink = try Presentation(context, usual: "table").sink(["plugin", "nouns", "help"])
    for plugin in try context.site.registry.plugins {
      try sink.write([
        "plugin": .text(plugin.name), "nouns": .text(plugin.contentTypes.map(\.name).joined(separator: ", ")),
        "help": .text(plugin.help),
      ])
    }
    try sink.finish()
  }
}
