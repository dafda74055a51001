public import GRDB

/// How the database is set while many items are written in one transaction.
///
/// FTS5 gathers the words of new items in memory and writes them out as a segment of the index whenever that is
/// full; 1 MB, its default, is a few hundred articles, so that an import spends most of its time merging segments.
public enum BulkWriting {
  /// Bytes that FTS5 gathers. It takes up to half as much again for its lists.
  static let gathered = 24 << 20
  /// Kilobytes of pages that the writer keeps.
  static let cache = 24_000

  /// Begins bulk writing, inside the transaction; a rollback ends it.
  public static func begin(_ db: Database) throws {
    try set(hash: gathered, merging: 0, db)
    try db.execute(sql: "PRAGMA cache_size = -\(cache)")
  }

  /// Ends it, inside the same transaction. Later writers merge segments bit by bit, as FTS5 does by itself.
  public static func end(_ db: Database) throws {
    try set(hash: 1 << 20, merging: 4, db)
    try db.execute(sql: "PRAGMA cache_size = -\(SiteDatabase.cache)")
  }

  private static func set(hash: Int, merging: Int, _ db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO search (search, rank) VALUES ('hashsize', \(hash));
        INSERT INTO search (search, rank) VALUES ('automerge', \(merging));
        """)
  }
}

extension SiteDatabase {
  /// Sets a site that is still empty, and that nobody else has open, to be written without the write-ahead log,
  /// which would be written whole before it is copied.
  ///
  /// SQLite's rollback journal is then as safe against a crash: the next who opens the file finds the empty site.
  /// Who opens it meanwhile waits. Does nothing where the site has items or is in use. Ended by `settle`.
  public func prepareForMany() throws {
    guard let pool = pool as? DatabasePool else { return }
    guard try pool.read({ try Bool.fetchOne($0, sql: "SELECT NOT EXISTS (SELECT 1 FROM item)") ?? false })
    else { return }
    pool.invalidateReadOnlyConnections()
    try withoutPatience { db in
      do {
        _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
      } catch DatabaseError.SQLITE_BUSY {
        // Somebody has it open; then it stays as it is.
      }
    }
  }

  /// Ends `prepareForMany`, and moves what a large transaction has left in the write-ahead log into the file,
  /// unless others are reading, so that the next program need not go through it.
  public func settle() throws {
    guard pool is DatabasePool else { return }
    try withoutPatience { db in
      if try String.fetchOne(db, sql: "PRAGMA journal_mode") == "delete" {
        Waiting.begin(db)
        _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
      } else {
        _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        try Self.fillLog(db)
      }
    }
  }

  private func withoutPatience(_ body: (Database) throws -> Void) throws {
    try pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA busy_timeout = 0")
      let outcome = Result { try body(db) }
      Waiting.begin(db)
      try outcome.get()
    }
  }
}
