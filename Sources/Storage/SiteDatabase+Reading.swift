public import GRDB
import GRDBSQLite

extension SiteDatabase {
  /// Looks at the database; all that `body` sees is of one moment.
  ///
  /// A page of the public site is little more than a few statements, and beginning and ending a transaction by
  /// statements that are compiled each time cost a twentieth of it; these are kept.
  public func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
    try pool.unsafeRead { db in
      try db.cachedStatement(sql: "BEGIN DEFERRED").run([], db)
      let result = Result { try body(db) }
      do {
        try db.cachedStatement(sql: "COMMIT").run([], db)
      } catch {
        // One that was interrupted is over already.
        if db.isInsideTransaction { try db.execute(sql: "ROLLBACK") }
        _ = try result.get()
        throw error
      }
      return try result.get()
    }
  }
}
