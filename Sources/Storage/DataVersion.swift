import ContentModel
import GRDB
import GRDBSQLite

/// Tells whether another connection has written to a database, in a microsecond or two and without waiting for anybody: a
/// connection of its own that asks for nothing but SQLite's `data_version`.
///
/// Source: https://www.sqlite.org/pragma.html#pragma_data_version
public final class DataVersion: Sendable {
  private struct Handles: @unchecked Sendable {
    var database: OpaquePointer?
    var statement: OpaquePointer?
  }

  private let handles = Guarded(Handles())

  /// - Throws: `DatabaseError` where there is no database to be read.
  public init(path: String) throws {
    try handles.withLock { handles in
      let flags = SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX
      var code = sqlite3_open_v2(path, &handles.database, flags, nil)
      if code == SQLITE_OK {
        sqlite3_busy_timeout(handles.database, 5_000)
        code = sqlite3_prepare_v3(
          handles.database, "PRAGMA data_version", -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handles.statement,
          nil)
      }
      guard code == SQLITE_OK else { throw Self.failure(code, handles) }
    }
  }

  deinit {
    handles.withLock { handles in
      sqlite3_finalize(handles.statement)
      sqlite3_close_v2(handles.database)
    }
  }

  /// A number that is another one after another connection has written; it says nothing else.
  public func current() throws -> Int64 {
    try handles.withLock { handles in
      defer { sqlite3_reset(handles.statement) }
      let code = sqlite3_step(handles.statement)
      guard code == SQLITE_ROW else { throw Self.failure(code, handles) }
      return sqlite3_column_int64(handles.statement, 0)
    }
  }

  private static func failure(_ code: Int32, _ handles: Handles) -> DatabaseError {
    let text = handles.database.map { String(cString: sqlite3_errmsg($0)) }
    return DatabaseError(resultCode: ResultCode(rawValue: code), message: text)
  }
}
