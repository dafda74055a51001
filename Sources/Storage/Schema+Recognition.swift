import ContentModel
import GRDB

/// Which schema a database has whose list of migrations was lost or emptied.
extension Schema {
  /// Writes those migrations into the list whose tables are there already.
  ///
  /// A migration is listed in the transaction that it is made in, so that the list is wrong only where others have
  /// written into the file.
  /// - Parameter failure: what came of applying those that are not listed.
  /// - Throws: `failure` where the list may be right, a `Refusal` where the tables are those of no Sen.
  static func recognise(_ db: Database, after failure: DatabaseError) throws {
    let applied = Set(try String.fetchAll(db, sql: "SELECT name FROM migration"))
    let listed = migrations.prefix { applied.contains($0.name) }.count
    let isWhole = listed > 0 && migrations.dropFirst(listed).allSatisfy { !applied.contains($0.name) }
    let found = try level(db, kernelObjects) ?? (isWhole ? nil : level(db, kernelColumns))
    guard let found, found > listed || !isWhole else {
      if isWhole { throw failure }
      throw Refusal(
        .conflict, "The list of what was done to site.db (its table “migration”) does not fit its tables",
        hint: "Go back to a backup: sen backup list, sen backup restore NAME; nothing was touched.")
    }
    for migration in migrations.prefix(found) {
      try db.execute(sql: "INSERT OR IGNORE INTO migration (name) VALUES (?)", arguments: [migration.name])
    }
  }

  /// After how many migrations a new database would look like this one; nil after none.
  private static func level(_ db: Database, _ look: (Database) throws -> [String: String]) throws -> Int? {
    let present = try look(db)
    var levels: [[String: String]] = []
    let model = try DatabaseQueue(configuration: SiteDatabase.configuration())
    try model.writeWithoutTransaction { model in
      for migration in migrations {
        try model.execute(sql: migration.sql)
        levels.append(try look(model))
      }
    }
    return levels.lastIndex(of: present).map { $0 + 1 }
  }

  /// The kernel's tables and their indexes as they were made, however that was written.
  private static func kernelObjects(_ db: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(
      db,
      sql:
        "SELECT name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND type IN ('table', 'index')")
    return Dictionary(
      rows.filter { isKernel($0[1]) }.map { row in
        let sql: String = row[2]
        return (row[0], sql.lowercased().filter { !$0.isWhitespace && $0 != "\"" })
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The columns of the kernel's tables.
  private static func kernelColumns(_ db: Database) throws -> [String: String] {
    let tables = try String.fetchAll(db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
    return try Dictionary(
      tables.filter(isKernel).map { table in
        (table, try db.columns(in: table).map(\.name).sorted().joined(separator: ","))
      }, uniquingKeysWith: { first, _ in first })
  }

  private static func isKernel(_ table: String) -> Bool {
    table != "migration" && table != "search" && kernelTables.contains(table.lowercased())
  }
}
