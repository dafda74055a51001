import ContentModel
import GRDB

/// Numbers that nothing has counted to, after which there may be no next.
extension Examination {
  /// Versions of items, the last numbers of tables, and operations.
  func numbers(_ db: Database) throws -> [Ailment] {
    try versions(db) + sequences(db) + operations(db) + patches(db)
  }

  /// Operations of the journal: after the last number that there is, SQLite gives any that is free, and what was done
  /// last is no longer known.
  private func operations(_ db: Database) throws -> [Ailment] {
    try Int64.fetchAll(
      db, sql: "SELECT id FROM journal WHERE id > ? ORDER BY at, id", arguments: [Counting.last]
    ).map { id in
      Ailment("no operation is counted to \(id); mended it has the number after those that are") { db in
        let counted = try Int64.fetchOne(
          db, sql: "SELECT max(id) FROM journal WHERE id < ?", arguments: [Counting.last])
        let next = (counted ?? 0) + 1
        try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
        for (table, column) in [
          ("journal", "id"), ("journal", "undoes"), ("journal", "undoneBy"), ("journalPart", "entryId"),
        ] {
          try db.execute(
            sql: "UPDATE \(table) SET \(column) = ? WHERE \(column) = ?", arguments: [next, id])
        }
      }
    }
  }

  /// Operations of which nobody can read what they changed.
  private func patches(_ db: Database) throws -> [Ailment] {
    var found: [Ailment] = []
    for id in try Int64.fetchAll(db, sql: "SELECT id FROM journal WHERE size > 0 ORDER BY id")
    where try !Journal.isReadable(id, db) {
      found.append(
        Ailment(
          "operation \(id): what it changed cannot be read; mended it can be taken back no more, nor what was done to the same before it",
          isForGood: true
        ) { db in
          try db.execute(sql: "UPDATE journal SET changes = NULL, size = 0 WHERE id = ?", arguments: [id])
          try db.execute(sql: "DELETE FROM journalPart WHERE entryId = ?", arguments: [id])
        })
    }
    return found
  }

  private func versions(_ db: Database) throws -> [Ailment] {
    try Row.fetchAll(
      db,
      sql: """
        SELECT n.id, i.type, i.slug, max(n.version) FROM (
          SELECT id, version FROM item UNION ALL SELECT itemId, version FROM versionFloor
          UNION ALL SELECT itemId, version FROM revision
        ) n LEFT JOIN item i ON i.id = n.id WHERE n.version > ? GROUP BY n.id
        """, arguments: [Counting.last]
    ).map { row in
      let (id, version): (Int64, Int64) = (row[0], row[3])
      let (type, slug): (String, String) = (row[1] ?? "item", row[2] ?? "")
      return Ailment(
        "\(type) \(id) “\(slug)”: no version is counted to \(version); mended it goes on after those that are"
      ) { try Self.countAnew(id, $0) }
    }
  }

  /// Gives an item, and those of its revisions that have none, versions well after all that may have been seen.
  private static func countAnew(_ id: Int64, _ db: Database) throws {
    let counted = try Int64.fetchOne(
      db,
      sql: """
        SELECT max(version) FROM (
          SELECT version FROM item WHERE id = ?1 UNION ALL SELECT version FROM versionFloor WHERE itemId = ?1
          UNION ALL SELECT version FROM revision WHERE itemId = ?1
        ) WHERE version <= ?2
        """, arguments: [id, Counting.last])
    var next = min(counted ?? 0, Counting.last - 2 * Counting.room) + Counting.room
    let revisions = try Int64.fetchAll(
      db, sql: "SELECT id FROM revision WHERE itemId = ? AND version > ? ORDER BY version",
      arguments: [id, Counting.last])
    for revision in revisions {
      try db.execute(sql: "UPDATE revision SET version = ? WHERE id = ?", arguments: [next, revision])
      next += 1
    }
    try db.execute(sql: "UPDATE item SET version = ? WHERE id = ?", arguments: [next, id])
    try db.execute(
      sql: "UPDATE versionFloor SET version = ? WHERE itemId = ? AND version > ?",
      arguments: [next, id, Counting.last])
  }

  private func sequences(_ db: Database) throws -> [Ailment] {
    try Row.fetchAll(
      db, sql: "SELECT name, seq FROM sqlite_sequence WHERE seq > ? ORDER BY name", arguments: [Counting.last]
    ).compactMap { row in
      let (name, last): (String, Int64) = (row[0], row[1])
      guard try db.tableExists(name) else { return nil }
      let text = "the number of the last \(name) is kept as \(last), after which there may be no next"
      let greatest = try Int64.fetchOne(db, sql: "SELECT max(rowid) FROM \(name.sql)") ?? 0
      // What refers to such a row may be anywhere.
      guard greatest <= Counting.last else { return Ailment("\(text): a \(name) has the number \(greatest)") }
      return Ailment(text) { db in
        try db.execute(
          sql: "UPDATE sqlite_sequence SET seq = ? WHERE name = ?",
          arguments: [greatest + Counting.room, name])
      }
    }
  }

  /// A table that has no number left for another row, where that is why a row could not be written.
  ///
  /// SQLite says of it what it says of a full disk.
  static func tableWithoutNumbers(_ db: Database) throws -> DamagedValue? {
    try String.fetchOne(db, sql: "SELECT name FROM sqlite_sequence WHERE seq = ?", arguments: [Int64.max])
      .map { DamagedValue("no number is left for another row", at: $0) }
  }
}
