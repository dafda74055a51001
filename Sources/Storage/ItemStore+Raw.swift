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

  /// A text as a copy; nil for NULL.
  public func string(_ column: Int) -> String? { text(column).map { String(decoding: $0, as: UTF8.self) } }

  public func integer(_ column: Int) -> Int64? {
    let column = Int32(column)
    return sqlite3_column_type(statement, column) == SQLITE_NULL
      ? nil : sqlite3_column_int64(statement, column)
  }

  /// What is in a column, as SQLite stores it.
  enum Storage {
    case null, blob
    case integer(Int64)
    case real(Double)
    case text(UnsafeBufferPointer<UInt8>)
  }

  func storage(_ column: Int) -> Storage {
    switch sqlite3_column_type(statement, Int32(column)) {
    case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, Int32(column)))
    case SQLITE_FLOAT: .real(sqlite3_column_double(statement, Int32(column)))
    case SQLITE_TEXT: text(column).map { .text($0) } ?? .null
    case SQLITE_BLOB: .blob
    default: .null
    }
  }

  public func real(_ column: Int) -> Double? {
    let column = Int32(column)
    return sqlite3_column_type(statement, column) == SQLITE_NULL
      ? nil : sqlite3_column_double(statement, column)
  }
}

extension RawRow {
  /// Calls `body` with the first row of a statement that has its arguments, if there is one. Observers of the database do
  /// not see it; for what is asked for on every page it takes a fraction of the time of `Row.fetchOne`.
  public static func first(of statement: Statement, _ db: Database, _ body: (RawRow) throws -> Void) throws {
    try ItemStore.step(statement, db) { row in
      try body(row)
      return false
    }
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
    try Self.step(statement, db) { row in
      try body(row)
      return true
    }
  }

  /// Calls `body` with the field and the target of each of an item's links, by field and in their order.
  public static func eachLink(
    of id: Int64, _ db: Database,
    _ body: (_ field: UnsafeBufferPointer<UInt8>, _ target: Int64) throws -> Void
  ) throws {
    let statement = try db.cachedStatement(
      sql: "SELECT field, targetId FROM itemLink WHERE itemId = ? ORDER BY field, position")
    try statement.bind([id.databaseValue], db)
    try step(statement, db) { row in
      if let field = row.text(0), let target = row.integer(1) { try body(field, target) }
      return true
    }
  }

  /// Calls `body` with each row of a statement that has its arguments, until it says false. Observers of the database do
  /// not see it.
  static func step(_ statement: Statement, _ db: Database, _ body: (RawRow) throws -> Bool) throws {
    let pointer = statement.sqliteStatement
    defer { sqlite3_reset(pointer) }
    while true {
      let code = sqlite3_step(pointer)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else {
        throw DatabaseError(
          resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage, sql: statement.sql)
      }
      guard try body(RawRow(statement: pointer)) else { return }
    }
  }
}
