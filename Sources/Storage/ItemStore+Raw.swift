import ContentModel
public import GRDB
import GRDBSQLite

/// One row as SQLite has it in memory, without copies; valid until the next one.
public struct RawRow {
  let statement: OpaquePointer

  /// The UTF-8 of a text; nil for NULL.
  public func text(_ column: Int) -> UnsafeBufferPointer<UInt8>? {
    let column = Int32(column)
    guard sqlite3_column_type(statement, column) != SQLITE_NULL else { return nil }
    return UnsafeBufferPointer(
      start: sqlite3_column_text(statement, column), count: Int(sqlite3_column_bytes(statement, column)))
  }

  public func integer(_ column: Int) -> Int64? {
    let column = Int32(column)
    return sqlite3_column_type(statement, column) == SQLITE_NULL
      ? nil : sqlite3_column_int64(statement, column)
  }

  public func real(_ column: Int) -> Double? {
    let column = Int32(column)
    return sqlite3_column_type(statement, column) == SQLITE_NULL
      ? nil : sqlite3_column_double(statement, column)
  }
}

/// Rows for those who only pass bytes on, such as exports.
extension ItemStore {
  /// Calls `body` with a row for each item of the query: its id, then the fields named, in their order. Lists of
  /// references, which are in no column, are NULL.
  public func eachRow(
    _ type: String, _ query: Query, fields: [String], _ db: Database, _ body: (RawRow) throws -> Void
  ) throws {
    let table = try table(type)
    var compiler = QueryCompiler(table)
    let tail = try compiler.tail(query)
    let columns = try fields.map { name in
      let isList = name == "tags" || table.links.contains { table.shape.fields[$0].name == name }
      return isList ? "NULL" : try compiler.column(name)
    }
    let statement = try db.makeStatement(
      sql: """
        SELECT \((["i.id"] + columns).joined(separator: ", "))
        FROM item i JOIN \(type.sql) t ON t.itemId = i.id \(tail)
        """)
    try statement.setArguments(StatementArguments(compiler.arguments))
    try Self.step(statement.sqliteStatement, db, body)
  }

  /// Calls `body` with the field and the target of each of an item's links, by field and in their order.
  public func eachLink(
    of id: Int64, _ db: Database,
    _ body: (_ field: UnsafeBufferPointer<UInt8>, _ target: Int64) throws -> Void
  ) throws {
    let statement = try db.cachedStatement(
      sql: "SELECT field, targetId FROM itemLink WHERE itemId = ? ORDER BY field, position"
    ).sqliteStatement
    sqlite3_bind_int64(statement, 1, id)
    try Self.step(statement, db) { row in
      guard let field = row.text(0), let target = row.integer(1) else { return }
      try body(field, target)
    }
  }

  private static func step(_ statement: OpaquePointer, _ db: Database, _ body: (RawRow) throws -> Void) throws
  {
    defer { sqlite3_reset(statement) }
    while true {
      let code = sqlite3_step(statement)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else {
        throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
      }
      try body(RawRow(statement: statement))
    }
  }
}
