import Foundation
import GRDB

/// A temporary database that keeps rows by table and key, for joining a source in constant memory.
public final class ScratchDatabase {
  private let queue: DatabaseQueue

  /// Made in the folder for temporary files. SQLite takes its name away at once, so that nothing of it is left
  /// however the process ends.
  public init() throws {
    queue = try DatabaseQueue(path: "")
    try queue.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -4000;
          CREATE TABLE row (tableName TEXT, key INTEGER, number INTEGER, bytes BLOB,
            PRIMARY KEY (tableName, key, number)) WITHOUT ROWID;
          """)
    }
  }

  private var number: Int64 = 0

  public func append(_ bytes: [UInt8], to table: String, key: Int64) throws {
    number += 1
    try queue.writeWithoutTransaction { db in
      try db.cachedStatement(sql: "INSERT INTO row VALUES (?, ?, ?, ?)")
        .execute(arguments: [table, key, number, Data(bytes)])
    }
  }

  public func rows(of table: String, key: Int64) throws -> [[UInt8]] {
    try queue.read { db in
      try Data.fetchAll(
        db.cachedStatement(sql: "SELECT bytes FROM row WHERE tableName = ? AND key = ? ORDER BY number"),
        arguments: [table, key]
      ).map { Array($0) }
    }
  }

  public func each(_ table: String, _ body: (Int64, [UInt8]) throws -> Void) throws {
    try queue.unsafeReentrantRead { db in
      let rows = try Row.fetchCursor(
        db, sql: "SELECT key, bytes FROM row WHERE tableName = ? ORDER BY key, number", arguments: [table])
      while let row = try rows.next() { try body(row[0], Array(row[1] as Data)) }
    }
  }
}
