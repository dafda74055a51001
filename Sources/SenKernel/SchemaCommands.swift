import ContentModel
import Formats
import Foundation
import GRDB
import Grammar
import Storage

/// What is stored and how; what the program is made of.
enum SchemaCommands {
  static let all: [Command] = [nouns, schema, sql, plugins, plugin, redirects]

  private static let nouns = Command(
    CommandSpec(
      noun: "schema", verb: "nouns", summary: "Lists the content types", heeds: SharedOption.records,
      examples: ["sen schema nouns"])
  ) { context in
    let registry = try context.site.registry
    var sink = try Presentation(context, usual: "table").list(["noun", "plugin", "fields", "help"])
    for shape in registry.shapes {
      let plugin = registry.plugins.first { $0.contentTypes.contains { $0.name == shape.name } }
      try sink.write([
        "noun": .text(shape.name), "plugin": .text(plugin?.name ?? "kernel"),
        "fields": .integer(Int64(ItemFields(shape).names.count)), "help": .text(shape.help),
      ])
    }
    try sink.finish()
  }

  private static let schema = Command(
    CommandSpec(
      noun: "schema", verb: "fields", summary: "Lists the fields of a noun",
      arguments: [ArgumentSpec("noun", help: "Which", kind: .noun)], heeds: SharedOption.records,
      examples: ["sen schema fields article"])
  ) { context in
    let fields = ItemFields(try context.site.shape(context.invocation.value("noun") ?? ""))
    var sink = try Presentation(context, usual: "table").list(["field", "kind", "required", "help"])
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
      noun: "schema", verb: "sql", summary: "Runs a query that only reads, and reads no secrets",
      arguments: [ArgumentSpec("query", help: "SQL")],
      heeds: SharedOption.records,
      examples: ["sen schema sql 'SELECT type, count(*) AS items FROM item GROUP BY type'"])
  ) { context in
    let query = context.invocation.value("query") ?? ""
    let secrets = try context.site.registry.secretColumns
    try context.site.read { db in
      let statement: Statement
      do {
        statement = try db.makeStatement(sql: query)
      } catch let error as DatabaseError {
        throw Refusal(.invalid, "SQL: \(error.message ?? "wrong")")
      }
      let first = query.split { !$0.isLetter }.first?.lowercased() ?? ""
      guard statement.isReadonly, ["select", "with", "values", "explain"].contains(first) else {
        throw Refusal(.usage, "This would change the database; only reading is done here")
      }
      for (table, column) in secrets
      where statement.databaseRegion.isModified(
        byEventsOfKind: .update(tableName: table, columnNames: [column]))
      {
        throw Refusal(
          .declined, "SQL: this reads “\(column)” of “\(table)”, where secrets may be",
          hint: "Name the columns that you want. Settings: config list; what was changed: history show")
      }
      var sink = try Presentation(context, usual: "table").list(statement.columnNames)
      try SiteDatabase.interruptible(db, { !context.output.isInterrupted }) {
        let rows = try Row.fetchCursor(statement)
        while let row = try rows.next() { try sink.write(record(row)) }
      }
      try sink.finish()
    }
  }

  private static func record(_ row: Row) -> FieldMap {
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
    return map
  }

  private static let plugins = Command(
    CommandSpec(
      noun: "plugin", verb: "list", summary: "Lists the plugins of this program",
      heeds: SharedOption.records, examples: ["sen plugin list"])
  ) { context in
    var sink = try Presentation(context, usual: "table").list(["plugin", "nouns", "help"])
    for plugin in try context.site.registry.plugins {
      try sink.write([
        "plugin": .text(plugin.name), "nouns": .text(plugin.contentTypes.map(\.name).joined(separator: ", ")),
        "help": .text(plugin.help),
      ])
    }
    try sink.finish()
  }

  private static let plugin = Command(
    CommandSpec(
      noun: "plugin", verb: "info", summary: "Says what a plugin brings",
      arguments: [ArgumentSpec("name", help: "Which")], heeds: SharedOption.records,
      examples: ["sen plugin info news"])
  ) { context in
    let plugins = try context.site.registry.plugins
    let name = context.invocation.value("name") ?? ""
    guard let plugin = plugins.first(where: { $0.name == name }) else {
      throw Refusal(
        .notFound, "There is no plugin “\(name)”",
        hint: "There are: \(plugins.map(\.name).joined(separator: ", "))")
    }
    var sink = try Presentation(context, usual: "table").list(["noun", "field", "kind", "help"])
    for shape in plugin.contentTypes {
      for field in shape.fields {
        try sink.write([
          "noun": .text(shape.name), "field": .text(field.name), "kind": .text(field.kind.name),
          "help": .text(field.help),
        ])
      }
    }
    try sink.finish()
  }

  private static let redirects = Command(
    CommandSpec(
      noun: "redirect", verb: "list", summary: "Lists former slugs and where they lead",
      heeds: SharedOption.records, examples: ["sen redirect list"])
  ) { context in
    var sink = try Presentation(context, usual: "table").list(["noun", "from", "to"])
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
}
