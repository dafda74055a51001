import ContentModel
public import GRDB

/// The pages of the file, and whether indexes have what their tables have.
extension Examination {
  /// What SQLite finds wrong with pages, by what is to be made anew: indexes and the search index can be, a table cannot.
  /// - Returns: also what it says of values against their types and rules, which are told with their items.
  func pages(_ db: Database) throws -> (ailments: [Ailment], ofValues: [String]) {
    let lines = try Self.complaints(db)
    guard !lines.isEmpty else { return ([], []) }
    var found: [Ailment] = []
    for table in try Self.tables(db) {
      let complaints = try Self.complaints(db, table).filter { !Self.isOfValues($0) }
      guard let first = complaints.first else { continue }
      if table.hasPrefix("search_") {
        found.append(
          Ailment("the search index is damaged (\(first))", isMendedAlone: true) {
            try store.tolerant.remakeIndex($0)
          })
      } else if try Self.canBeRead(table, db) {
        let areWhole = complaints.allSatisfy { $0.contains(" index ") }
        found.append(
          Ailment("the indexes of \(table) are damaged (\(first))", isMendedAlone: true) {
            try Self.rebuildIndexes(of: table, areWhole: areWhole, $0)
          })
      } else {
        found.append(Ailment("the table \(table) is damaged (\(first))"))
      }
    }
    let canMend = found.allSatisfy { $0.mend != nil }
    let others = lines.filter { !Self.isOfValues($0) }
    if let lost = others.first(where: Self.isOfNothing) {
      found.append(Ailment("pages of site.db belong to nothing (\(lost))", mend: canMend ? { _ in } : nil))
    }
    if found.isEmpty, let first = others.first { found.append(Ailment("site.db is damaged (\(first))")) }
    return (found, lines.filter(Self.isOfValues))
  }

  /// Whether all that is wrong are pages that nothing holds: VACUUM, which no transaction can do, leaves them out.
  public func hasLostPages(_ db: Database) throws -> Bool {
    let lines = try Self.complaints(db)
    return !lines.isEmpty && lines.allSatisfy(Self.isOfNothing)
  }

  private static func isOfNothing(_ line: String) -> Bool { line.contains("never used") }

  private static func isOfValues(_ line: String) -> Bool {
    line.contains(" constraint failed in ") || line.contains(" value in ")
  }

  /// What SQLite says of all of the file, or of one table and its indexes. It ends with an error at some damage.
  private static func complaints(_ db: Database, _ table: String? = nil) throws -> [String] {
    var lines: [String] = []
    do {
      let rows = try String.fetchCursor(
        db, sql: "PRAGMA integrity_check\(table.map { "(\($0.sql))" } ?? "")")
      while let text = try rows.next() {
        lines += text.split(separator: "\n").map(String.init)
      }
    } catch let error as DatabaseError where isDamage(error) {
      lines.append(error.message ?? "\(error.resultCode)")
    }
    return lines.filter { $0 != "ok" && !$0.hasPrefix("***") }
  }

  /// The tables that have pages of their own.
  private static func tables(_ db: Database) throws -> [String] {
    try String.fetchAll(
      db, sql: "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name")
  }

  /// Whether every row of a table can be read whole, and not from an index that has all of its columns.
  private static func canBeRead(_ table: String, _ db: Database) throws -> Bool {
    let sql = try String.fetchOne(
      db, sql: "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", arguments: [table])
    var order = "NOT INDEXED"
    if sql?.uppercased().contains("WITHOUT ROWID") == true {
      let keys = try String.fetchAll(
        db, sql: "SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", arguments: [table])
      order = "ORDER BY \(keys.map(\.sql).joined(separator: ", "))"
    }
    do {
      let rows = try Row.fetchCursor(db, sql: "SELECT * FROM \(table.sql) \(order)")
      while let row = try rows.next() { _ = row.count }
      return true
    } catch let error as DatabaseError where isDamage(error) {
      return false
    }
  }

  /// Makes the indexes of a table anew.
  /// - Parameter areWhole: whether only their rows are wrong; else SQLite cannot empty them, and their names are taken off.
  private static func rebuildIndexes(of table: String, areWhole: Bool, _ db: Database) throws {
    guard !areWhole else { return try db.execute(sql: "REINDEX \(table.sql)") }
    let indexes = try Row.fetchAll(
      db,
      sql: "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
      arguments: [table])
    try Schema.forget(indexes.map { $0[0] }, db)
    for row in indexes { try db.execute(sql: row[1]) }
  }
}
