import ContentModel
import GRDB

/// The numbers that a site has given to items and to their versions, which come again for nothing else: whoever has read
/// version 7 of an item would not notice that another state of it is called so.
struct GivenNumbers {
  private var versions: [(id: Int64, version: Int64)] = []
  private var lastItem: Int64 = 0

  /// Those of a database; none where it is too damaged to say.
  init(_ db: Database) throws {
    do {
      guard try db.tableExists("item") else { return }
      let floors =
        try db.tableExists("versionFloor") ? " UNION ALL SELECT itemId, version FROM versionFloor" : ""
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT id, max(version) FROM (SELECT id, version FROM item\(floors)) GROUP BY id
          """)
      while let row = try rows.next() { versions.append((row[0], row[1])) }
      lastItem = try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'item'") ?? 0
    } catch let error as DatabaseError where Examination.isDamage(error) {
      return
    }
  }

  /// Sees that a database gives none of them again.
  func keep(in db: Database) throws {
    try db.inTransaction {
      let floor = try db.cachedStatement(
        sql: """
          INSERT INTO versionFloor (itemId, version)
          SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM item WHERE id = ?1 AND version >= ?2)
          ON CONFLICT (itemId) DO UPDATE SET version = max(version, excluded.version)
          """)
      for (id, version) in versions { try floor.run([id.databaseValue, version.databaseValue], db) }
      try db.execute(
        sql: "UPDATE sqlite_sequence SET seq = ?1 WHERE name = 'item' AND seq < ?1", arguments: [lastItem])
      if try Int.fetchOne(db, sql: "SELECT 1 FROM sqlite_sequence WHERE name = 'item'") == nil, lastItem > 0 {
        try db.execute(
          sql: "INSERT INTO sqlite_sequence (name, seq) VALUES ('item', ?)", arguments: [lastItem])
      }
      return .commit
    }
  }
}
