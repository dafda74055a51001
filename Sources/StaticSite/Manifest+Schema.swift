import GRDB

extension Manifest {
  /// The `pending` of a new file, of which `enter` has not brought in order what it was made from. It is 1 for one that
  /// is being written, and 0 for one that is there.
  static let new = 2

  /// The tables that tell by what a file was made from which files were, and the column of `file` that tells the same
  /// the other way round.
  static let traces = [
    (table: "onItem", key: "itemId", column: "items"), (table: "onNoun", key: "noun", column: "nouns"),
    (table: "onMedia", key: "name", column: "media"),
  ]

  /// Makes the tables, or brings those of a tree that was written before up to date.
  static func prepare(_ db: Database) throws {
    let isNew = try !db.tableExists("file")
    if isNew {
      try db.execute(
        sql: """
          CREATE TABLE file (
            id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, hash INTEGER NOT NULL,
            pending INTEGER NOT NULL, run INTEGER NOT NULL, items TEXT NOT NULL DEFAULT '[]',
            nouns TEXT NOT NULL DEFAULT '[]', media TEXT NOT NULL DEFAULT '[]'
          ) STRICT;
          CREATE TABLE onItem (
            itemId INTEGER NOT NULL, fileId INTEGER NOT NULL, PRIMARY KEY (itemId, fileId)
          ) STRICT, WITHOUT ROWID;
          CREATE TABLE onNoun (
            noun TEXT NOT NULL, fileId INTEGER NOT NULL, PRIMARY KEY (noun, fileId)
          ) STRICT, WITHOUT ROWID;
          CREATE TABLE onMedia (
            name TEXT NOT NULL, fileId INTEGER NOT NULL, PRIMARY KEY (name, fileId)
          ) STRICT, WITHOUT ROWID;
          CREATE TABLE expiry (at TEXT NOT NULL, fileId INTEGER PRIMARY KEY) STRICT;
          CREATE TABLE former (path TEXT PRIMARY KEY, madeFrom TEXT NOT NULL) STRICT, WITHOUT ROWID;
          CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
          """)
    }
    let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    guard version < 1 else { return }
    if !isNew {
      // Once, files did not tell themselves what they were made from.
      for trace in traces {
        try db.execute(
          sql: """
            ALTER TABLE file ADD COLUMN \(trace.column) TEXT NOT NULL DEFAULT '[]';
            UPDATE file SET \(trace.column) =
              (SELECT json_group_array(\(trace.key)) FROM \(trace.table) WHERE fileId = file.id);
            DROP INDEX IF EXISTS \(trace.table)ByFile;
            """)
      }
      try db.execute(sql: "DROP INDEX IF EXISTS filePending")
    }
    try db.execute(
      sql: "CREATE INDEX filePending ON file(pending) WHERE pending > 0; PRAGMA user_version = 1")
  }
}
