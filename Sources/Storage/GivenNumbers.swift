import ContentModel
import GRDB

/// The numbers that a site has given to items, to their versions and to operations, which come again for nothing else:
/// whoever has read version 7 of an item, or made pages after operation 90, would not notice that another state is
/// called so.
struct GivenNumbers {
  private var versions: [(id: Int64, version: Int64)] = []
  private var lastItem: Int64 = 0
  private var lastOperation: Int64 = 0
  /// Whether these are all. If not, numbers are passed over for those that nobody knows.
  private var areAll = false

  /// Where nothing can be read of what was there.
  init() {}

  /// Those of a database, as far as it is not too damaged to say.
  init(_ db: Database) throws {
    do {
      guard try db.tableExists("item") else { return }
      let floors =
        try db.tableExists("versionFloor") ? " UNION ALL SELECT itemId, version FROM versionFloor" : ""
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT id, max(version) FROM (SELECT id, version FROM item\(floors)) WHERE version <= ? GROUP BY id
          """, arguments: [Counting.last])
      while let row = try rows.next() { versions.append((row[0], row[1])) }
      lastItem =
        try Int64.fetchOne(
          db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'item' AND seq <= ?",
          arguments: [Counting.last]) ?? 0
      if try db.tableExists("journal") {
        lastOperation =
          try Int64.fetchOne(
            db, sql: "SELECT max(id) FROM journal WHERE id <= ?", arguments: [Counting.last]) ?? 0
      }
      areAll = true
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
      if try Int.fetchOne(db, sql: "SELECT 1 FROM sqlite_sequence WHERE name = 'item'") == nil,
        lastItem > 0 || !areAll
      {
        try db.execute(
          sql: "INSERT INTO sqlite_sequence (name, seq) VALUES ('item', ?)", arguments: [lastItem])
      }
      if !areAll { try leaveRoom(in: db) }
      try keepOperations(in: db)
      return .commit
    }
  }

  /// The last operation of a database that takes the place of another is that it does so, and comes after all of that
  /// one's.
  private func keepOperations(in db: Database) throws {
    guard let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM journal") else { return }
    let next = areAll ? lastOperation + 1 : last + Counting.room
    guard next > last, last <= Counting.last else { return }
    try db.execute(sql: "UPDATE journal SET id = ? WHERE id = ?", arguments: [next, last])
  }

  /// Passes over as many numbers as may have been given since the content was of this state.
  private func leaveRoom(in db: Database) throws {
    try db.execute(
      sql: """
        INSERT INTO versionFloor (itemId, version) SELECT id, version FROM item WHERE version <= ?1
        ON CONFLICT (itemId) DO UPDATE SET version = max(version, excluded.version)
        """, arguments: [Counting.last])
    let arguments: StatementArguments = [Counting.room, Counting.last]
    try db.execute(
      sql: "UPDATE versionFloor SET version = version + ?1 WHERE version <= ?2 - ?1", arguments: arguments)
    try db.execute(
      sql: "UPDATE sqlite_sequence SET seq = seq + ?1 WHERE name = 'item' AND seq <= ?2 - ?1",
      arguments: arguments)
  }
}
