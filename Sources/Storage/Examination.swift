public import ContentModel
public import Foundation
public import GRDB
import Vietnamese

/// Looks through a database for what SQLite, the kernel or a plugin would never have written.
///
/// Parts of it that cannot be read are told as such, and the rest is looked at all the same.
public struct Examination {
  let shapes: [Shape]
  let sideTables: [SideTable]
  let store: ItemStore
  /// The words for what users may do; they are the kernel's.
  let roles: [String]
  /// Who mends what is mended, and when.
  let actor: String?
  let now: Date

  public init(
    _ shapes: [Shape], sideTables: [SideTable], roles: [String], actor: String? = nil, now: Date = Date()
  ) {
    (self.shapes, self.sideTables, self.roles) = (shapes, sideTables, roles)
    (self.actor, self.now) = (actor, Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down)))
    store = ItemStore(shapes)
  }

  /// All but the search index.
  public func ailments(_ db: Database) throws -> [Ailment] {
    var found = try declarations(db)
    let schema = try objects(db)
    found += schema.ailments
    let (damaged, ofValues) = try pages(db)
    found += damaged
    // Nothing can be asked of tables and columns that are missing.
    guard schema.isWhole, try declarations(db).isEmpty else { return found }
    // Before the index that forbids them.
    found = try duplicates(db) + found
    var unreadable: String?
    for part in [
      numbers, labels, redirects, envelopes, bodies, danglings, references, trees, counters, values, rules,
    ] {
      do {
        found += try part(db)
      } catch let error as DatabaseError where Self.isDamage(error) {
        unreadable = error.message ?? "\(error.resultCode)"
      }
    }
    // Every part stumbles over the same page. Where that can be mended, so can what stands behind it be seen.
    if let unreadable {
      let canMend = !damaged.isEmpty && damaged.allSatisfy { $0.mend != nil }
      found.insert(
        Ailment("parts of site.db cannot be read: \(unreadable)", mend: canMend ? { _ in } : nil), at: 0)
    }
    if found.isEmpty { found += ofValues.prefix(10).map { Ailment($0) } }
    return found
  }

  /// Whether an error is the file's and not the caller's: pages that cannot be read, tables or columns that are gone.
  public static func isDamage(_ error: DatabaseError) -> Bool {
    [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_IOERR].contains(error.resultCode)
      || error.resultCode == .SQLITE_ERROR
        && ["no such table: ", "no such column: "].contains { error.message?.hasPrefix($0) == true }
  }

  /// Tables and columns that are declared and not there.
  func declarations(_ db: Database) throws -> [Ailment] {
    func missing(_ name: String, _ columns: [String]) throws -> [(text: String, lost: Ailment.Lost)] {
      guard try db.tableExists(name) else {
        return [("there is no table \(name)", Ailment.Lost(table: name, column: nil))]
      }
      let present = try Set(db.columns(in: name).map(\.name))
      return columns.filter { !present.contains($0) }.map {
        ("\(name).\($0) has no column", Ailment.Lost(table: name, column: $0))
      }
    }
    func ailments(_ name: String, _ columns: [String], _ create: @escaping (Database) throws -> Void) throws
      -> [Ailment]
    {
      try missing(name, columns).map { text, lost in
        Ailment(text, lost: lost) { db in
          try create(db)
          // Patches know columns by their places, which are others now.
          try Journal.forget(name, db)
        }
      }
    }
    return try shapes.flatMap { shape in
      let table = TypedTable(shape)
      return try ailments(shape.name, table.columns.map { shape.fields[$0].name }, table.create)
    } + sideTables.flatMap { try ailments($0.name, $0.columns.map(\.name), $0.create) }
  }

  /// Fields without an item: it gets an envelope again, as a draft, so that they are not lost. And fields of items that
  /// are of another type.
  private func envelopes(_ db: Database) throws -> [Ailment] {
    try shapes.flatMap { shape in
      let lost = try Int64.fetchAll(
        db, sql: "SELECT itemId FROM \(shape.name.sql) WHERE itemId NOT IN (SELECT id FROM item)")
      return try lost.map { id in
        Ailment(
          "\(shape.name) \(id) has lost its title, slug and dates; it becomes a draft “recovered-\(id)”"
        ) {
          try recover(id, shape, $0)
        }
      } + strange(shape, db)
    } + strangers(db)
  }

  /// Items that have the fields of a type which is not theirs: it is, where they have none of their own.
  private func strange(_ shape: Shape, _ db: Database) throws -> [Ailment] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT t.itemId, i.type FROM \(shape.name.sql) t JOIN item i ON i.id = t.itemId WHERE i.type <> ?
        """, arguments: [shape.name])
    return try rows.map { row in
      let (id, type): (Int64, String) = (row[0], row[1])
      let own = shapes.first { $0.name == type }
      let isWhole = try own.flatMap {
        try Bool.fetchOne(
          db, sql: "SELECT EXISTS (SELECT 1 FROM \($0.name.sql) WHERE itemId = ?)", arguments: [id])
      }
      guard isWhole == true else {
        return Ailment("\(type) \(id) has the fields of a \(shape.name); it becomes one") {
          try retype(id, shape, $0)
        }
      }
      return Ailment("\(type) \(id) has the fields of a \(shape.name) as well", isForGood: true) {
        try $0.execute(sql: "DELETE FROM \(shape.name.sql) WHERE itemId = ?", arguments: [id])
      }
    }
  }

  /// Items of types that nobody knows, and that have no fields either.
  private func strangers(_ db: Database) throws -> [Ailment] {
    let known = JSONList.of(names: shapes.map(\.name))
    let bodies = shapes.map { "SELECT itemId FROM \($0.name.sql)" }.joined(separator: " UNION ALL ")
    return try Row.fetchAll(
      db,
      sql: """
        SELECT id, type FROM item WHERE type NOT IN (SELECT value FROM json_each(?1))
          AND type NOT IN (SELECT name FROM sqlite_master WHERE type = 'table') AND id NOT IN (\(bodies))
        """, arguments: [known]
    ).map { Ailment("item \($0[0] as Int64) is of the type “\($0[1] as String)”, which there is not") }
  }

  /// Gives an item the type whose fields it has.
  private func retype(_ id: Int64, _ shape: Shape, _ db: Database) throws {
    try db.execute(
      sql: """
        UPDATE item SET type = ?2, slug = CASE
          WHEN EXISTS (SELECT 1 FROM item AS other WHERE other.type = ?2 AND other.slug = item.slug)
          THEN 'recovered-' || id ELSE slug END
        WHERE id = ?1
        """, arguments: [id, shape.name])
  }

  private func recover(_ id: Int64, _ shape: Shape, _ db: Database) throws {
    var random = SystemRandomNumberGenerator()
    let title = "Recovered \(shape.name) \(id)"
    try db.execute(
      sql: """
        INSERT INTO item (id, uid, type, slug, title, sortKey, state, createdAt, updatedAt, version)
        VALUES (?1, ?, ?, ?, ?, ?, 'draft', strftime('%Y-%m-%dT%H:%M:%SZ'), strftime('%Y-%m-%dT%H:%M:%SZ'),
          1 + (SELECT coalesce(max(version), 0) FROM (
            SELECT version FROM versionFloor WHERE itemId = ?1 AND version < \(Counting.last)
            UNION ALL SELECT version FROM revision WHERE itemId = ?1 AND version < \(Counting.last))))
        """,
      arguments: [
        id, UID.make(at: Date(), using: &random), shape.name, "recovered-\(id)", title,
        Data(SortKey.make(title)),
      ])
  }

  /// Items without their fields: these are empty again.
  private func bodies(_ db: Database) throws -> [Ailment] {
    try shapes.flatMap { shape in
      try Int64.fetchAll(
        db,
        sql: """
          SELECT id FROM item WHERE type = ? AND id NOT IN (SELECT itemId FROM \(shape.name.sql)) ORDER BY id
          """, arguments: [shape.name]
      ).map { id in
        Ailment("\(shape.name) \(id) has lost its fields; they become empty") {
          // Unless it has become another by now, whose fields it has.
          try $0.execute(
            sql: "INSERT INTO \(shape.name.sql) (itemId) SELECT id FROM item WHERE id = ? AND type = ?",
            arguments: [id, shape.name])
        }
      }
    }
  }

  /// The number that the next item gets, and the keys that titles are sorted by.
  private func counters(_ db: Database) throws -> [Ailment] {
    var found: [Ailment] = []
    let next = try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'item'") ?? 0
    if let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM item"), last > next,
      last <= Counting.last
    {
      found.append(
        Ailment("the number of the last item is kept as \(next), and is \(last)") {
          try $0.execute(sql: "DELETE FROM sqlite_sequence WHERE name = 'item'")
          try $0.execute(sql: "INSERT INTO sqlite_sequence (name, seq) VALUES ('item', ?)", arguments: [last])
        })
    }
    let behind = try Row.fetchAll(
      db,
      sql: """
        SELECT i.id, i.type, i.slug, i.version, max(r.version) FROM item i
        JOIN revision r ON r.itemId = i.id AND r.version <= ?
        GROUP BY i.id HAVING max(r.version) >= i.version
        """, arguments: [Counting.last])
    found += behind.map { row in
      let (id, type, slug, version, last): (Int64, String, String, Int64, Int64) = (
        row[0], row[1], row[2], row[3], row[4]
      )
      return Ailment("\(type) \(id) “\(slug)”: its version is \(version), and it had a version \(last)") {
        try $0.execute(
          sql: "UPDATE item SET version = max(version, ?) WHERE id = ?", arguments: [last, id])
        try store.countOn(id, $0)
      }
    }
    let unsorted = try Int.fetchOne(db, sql: "SELECT count(*) FROM item WHERE sortKey <> sortkey(title)") ?? 0
    if unsorted > 0 {
      let what = unsorted == 1 ? "1 item is" : "\(unsorted) items are"
      found.append(
        Ailment("\(what) not sorted by the title") {
          try $0.execute(sql: "UPDATE item SET sortKey = sortkey(title) WHERE sortKey <> sortkey(title)")
        })
    }
    return found
  }
}
