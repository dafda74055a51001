import Foundation
import GRDB
import GRDBSQLite

/// Statements for those who write many items: arguments are bound as they are, which takes a fraction of the time of
/// a list of arguments that may be of any type.
extension Statement {
  /// Executes a statement that gives no rows. Observers of the database do not see it.
  func run(_ arguments: [DatabaseValue], _ db: Database) throws {
    defer { sqlite3_reset(sqliteStatement) }
    try bind(arguments, db)
    try expect(SQLITE_DONE, sqlite3_step(sqliteStatement), db)
  }

  /// The integer in the first row that a statement gives; nil where there is none.
  func integer(_ arguments: [DatabaseValue], _ db: Database) throws -> Int64? {
    defer { sqlite3_reset(sqliteStatement) }
    try bind(arguments, db)
    let code = sqlite3_step(sqliteStatement)
    if code == SQLITE_DONE { return nil }
    try expect(SQLITE_ROW, code, db)
    return sqlite3_column_int64(sqliteStatement, 0)
  }

  private func expect(_ wanted: Int32, _ code: Int32, _ db: Database) throws {
    guard code == wanted else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage, sql: sql)
    }
  }

  /// Gives the statement its arguments.
  func bind(_ arguments: [DatabaseValue], _ db: Database) throws {
    let statement = sqliteStatement
    // SQLITE_TRANSIENT, a macro that Swift does not see: SQLite takes a copy.
    let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    var code = SQLITE_OK
    for (index, argument) in arguments.enumerated() where code == SQLITE_OK {
      let place = Int32(index + 1)
      switch argument.storage {
      case .null: code = sqlite3_bind_null(statement, place)
      case .int64(let integer): code = sqlite3_bind_int64(statement, place, integer)
      case .double(let double): code = sqlite3_bind_double(statement, place, double)
      case .string(var text):
        code = text.withUTF8 { bytes in
          // Without an address SQLite would take an empty text for NULL.
          guard let start = bytes.baseAddress else {
            return sqlite3_bind_text(statement, place, "", 0, copied)
          }
          return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
            sqlite3_bind_text(statement, place, $0, Int32(bytes.count), copied)
          }
        }
      case .blob(let data):
        code = data.withUnsafeBytes { bytes in
          bytes.isEmpty
            ? sqlite3_bind_zeroblob(statement, place, 0)
            : sqlite3_bind_blob(statement, place, bytes.baseAddress, Int32(bytes.count), copied)
        }
      }
    }
    try expect(SQLITE_OK, code, db)
  }
}
