import Foundation
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

  /// Of the tables; 0 for none, and for those that were made before versions were counted.
  static func version(_ db: Database) throws -> Int { try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 }

  /// Makes the tables, or brings those of a tree that was written before up to date.
  static func prepare(_ db: Database) throws {
    guard try version(db) < 1 else { return }
    let isThere = try db.tableExists("file")
    try db.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS file (
          id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, hash INTEGER NOT NULL,
          pending INTEGER NOT NULL, run INTEGER NOT NULL, items TEXT NOT NULL DEFAULT '[]',
          nouns TEXT NOT NULL DEFAULT '[]', media TEXT NOT NULL DEFAULT '[]'
        ) STRICT;
        CREATE TABLE IF NOT EXISTS onItem (
          itemId INTEGER NOT NULL, fileId INTEGER NOT NULL, PRIMARY KEY (itemId, fileId)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS onNoun (
          noun TEXT NOT NULL, fileId INTEGER NOT NULL, PRIMARY KEY (noun, fileId)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS onMedia (
          name TEXT NOT NULL, fileId INTEGER NOT NULL, PRIMARY KEY (name, fileId)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS expiry (at TEXT NOT NULL, fileId INTEGER PRIMARY KEY) STRICT;
        CREATE TABLE IF NOT EXISTS former (path TEXT PRIMARY KEY, madeFrom TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        """)
    if isThere {
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

  /// Brings what is known of one tree to another, whose files are the same.
  static func copy(from folder: String, to other: String) throws {
    try FileManager.default.createDirectory(atPath: "\(other)/.sen", withIntermediateDirectories: true)
    try telling(folder) {
      let source = try DatabaseQueue(path: "\(folder)/.sen/published.db")
      let target = try DatabaseQueue(path: "\(other)/.sen/published.db")
      try source.backup(to: target)
      try target.close()
      try source.close()
    }
  }
}
