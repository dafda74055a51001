import ContentModel
import Foundation
import GRDB

/// The tables, indexes and columns of the file against those that a new site would have.
extension Examination {
  private struct Object: Equatable {
    let kind: String
    let table: String
    let sql: String

    /// The same however names were quoted and lines broken.
    var plain: String {
      sql.lowercased().filter { !$0.isWhitespace && $0 != "\"" && $0 != ";" }
        .replacing("ifnotexists", with: "")
    }
  }

  private static func objects(_ db: Database) throws -> [String: Object] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT name, type, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL")
    return Dictionary(
      rows.map { ($0[0] as String, Object(kind: $0[1], table: $0[2], sql: $0[3])) },
      uniquingKeysWith: { first, _ in first })
  }

  /// What the schema of a new site would have, and this one has not; and what stands on its tables and is not Sen's.
  /// - Returns: also whether no table and no column of the kernel's is missing.
  func objects(_ db: Database) throws -> (ailments: [Ailment], isWhole: Bool) {
    let model = try DatabaseQueue(configuration: SiteDatabase.configuration())
    try model.writeWithoutTransaction { try Schema.migrate($0, shapes: shapes, sideTables: sideTables) }
    let (expected, present) = (try model.read(Self.objects), try Self.objects(db))
    var (found, isWhole): ([Ailment], Bool) = ([], true)
    // Those that are declared are told by `declarations`, which makes them with their indexes.
    let declared = Set(shapes.map(\.name) + sideTables.map(\.name))
    for (name, object) in expected.sorted(by: { $0.key < $1.key }) where object.kind == "table" {
      if present[name] == nil {
        // FTS5 makes those beside it.
        guard !name.hasPrefix("search_") || present["search"] != nil else { continue }
        isWhole = false
        if declared.contains(name) { continue }
        // The search index is made anew of what items have.
        let lost = name.hasPrefix("search") ? nil : Ailment.Lost(table: name, column: nil)
        found.append(
          Ailment("there is no table \(name)", lost: lost) { db in
            if !name.hasPrefix("search_") { try db.execute(sql: object.sql) }
            if name.hasPrefix("search") { _ = try store.tolerant.reindex(db) }
          })
      } else if !name.hasPrefix("search") {
        let differing = try Self.columns(name, model, db)
        if !differing.isEmpty { isWhole = false }
        found += differing
      }
    }
    for (name, object) in expected.sorted(by: { $0.key < $1.key }) where object.kind == "index" {
      guard let other = present[name] else {
        // A table that is made anew gets its indexes with it, or is told to lack them when it is looked at again.
        guard present[object.table] != nil else { continue }
        found.append(
          Ailment("the index \(name) of \(object.table) is missing") { db in
            // A column that was missing has come with it.
            if try Self.objects(db)[name] == nil { try db.execute(sql: object.sql) }
          })
        continue
      }
      guard other.plain != object.plain else { continue }
      found.append(
        Ailment("the index \(name) of \(object.table) is not the one that Sen makes") { db in
          try db.execute(sql: "DROP INDEX \(name.sql)")
          try db.execute(sql: object.sql)
        })
    }
    let tables = Set(expected.values.map(\.table))
    for (name, object) in present.sorted(by: { $0.key < $1.key })
    where expected[name] == nil && object.kind != "table" && tables.contains(object.table) {
      found.append(
        Ailment(
          "the \(object.kind) \(name) on \(object.table) is not Sen's; if you do not need it: "
            + "sqlite3 site.db 'DROP \(object.kind.uppercased()) \(name.sql)'"))
    }
    return (found, isWhole)
  }

  /// Columns of the kernel's tables that differ; those of declared ones are looked at by `Schema.drift`.
  private static func columns(_ table: String, _ model: DatabaseQueue, _ db: Database) throws -> [Ailment] {
    guard Schema.kernelTables.contains(table.lowercased()) else { return [] }
    func columns(_ db: Database) throws -> [String: String] {
      Dictionary(
        try Row.fetchAll(db, sql: "PRAGMA table_info(\(table.sql))").map { row in
          let (name, type, isRequired): (String, String, Bool) = (row[1], row[2], row[3])
          return (name, type + (isRequired ? " NOT NULL" : ""))
        }, uniquingKeysWith: { first, _ in first })
    }
    let (expected, present) = (try model.read(columns), try columns(db))
    let sql =
      try model.read {
        try String.fetchOne($0, sql: "SELECT sql FROM sqlite_schema WHERE name = ?", arguments: [table])
      } ?? ""
    return expected.sorted { $0.key < $1.key }.compactMap { name, type in
      guard let other = present[name] else {
        let lost = Ailment.Lost(table: table, column: name)
        guard let definition = Self.definition(of: name, in: sql, table) else {
          return Ailment("\(table).\(name) has no column", lost: lost)
        }
        return Ailment("\(table).\(name) has no column", lost: lost) { db in
          try db.execute(sql: "ALTER TABLE \(table.sql) ADD COLUMN \(definition)")
          if table == "item", name == "sortKey" {
            try db.execute(sql: "UPDATE item SET sortKey = sortkey(title)")
          }
          // Patches know columns by their places, which are others now.
          if !Journal.ignored.contains(table) { try Journal.forget(db) }
        }
      }
      return other == type ? nil : Ailment("\(table).\(name) is \(other), and Sen makes it \(type)")
    }
  }

  /// Columns without which an item cannot be known, or that hid what nobody is to see: made anew and empty they would do
  /// more harm than they mend.
  private static let irreplaceable: Set<String> = [
    "item.uid", "item.type", "item.slug", "item.title", "item.state", "item.publishAt", "item.expireAt",
    "item.trashedAt", "revision.itemId", "revision.version", "revision.snapshot", "setting.value",
    "user.role", "user.isDisabled", "credential.password", "redirect.itemId",
  ]

  /// How a column that is gone is added: as it is declared, with a value for the rows that are there where it may not be
  /// empty; nil where none would do.
  private static func definition(of column: String, in sql: String, _ table: String) -> String? {
    guard !irreplaceable.contains("\(table).\(column)"),
      var line = sql.split(separator: "\n").map({ $0.trimmingCharacters(in: .whitespaces) })
        .first(where: { $0.hasPrefix("\(column) ") || $0.hasPrefix("\(column.sql) ") }),
      !line.contains("PRIMARY KEY"), !line.contains("REFERENCES")
    else { return nil }
    if line.hasSuffix(",") { line.removeLast() }
    guard line.contains("NOT NULL"), !line.contains(" DEFAULT ") else { return line }
    let value =
      line.contains(" INTEGER")
      ? "0"
      : line.contains(" BLOB")
        ? "x''" : column.hasSuffix("At") || column == "at" ? "'1970-01-01T00:00:00Z'" : "''"
    return "\(line) DEFAULT \(value)"
  }

  /// The columns, as `table.column`, that are of another type than is declared: what they hold is not looked at, for it
  /// could not be mended without changing all of it.
  func strangeColumns(_ db: Database) throws -> Set<String> {
    var strange: Set<String> = []
    for (table, types) in Schema.types(shapes: shapes, sideTables: sideTables) {
      for column in try db.columns(in: table) {
        if let type = types[column.name], type != column.type { strange.insert("\(table).\(column.name)") }
      }
    }
    return strange
  }
}
