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
  /// Moves what a large transaction has left in the write-ahead log into the file, unless others are reading, so
  /// that the next program need not go through it.
  public func settle() throws {
    try pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA busy_timeout = 0")
      _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      try db.execute(sql: "PRAGMA busy_timeout = \(Int(Self.patience * 1000))")
    }
  }
}
