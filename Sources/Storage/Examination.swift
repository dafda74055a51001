public import ContentModel
import Foundation
public import GRDB
import Vietnamese

/// Looks through a database for what SQLite, the kernel or a plugin would never have written.
///
/// Parts of it that cannot be read are told as such, and the rest is looked at all the same.
public struct Examination {
  let shapes: [Shape]
  let sideTables: [SideTable]
  let store: ItemStore

  public init(_ shapes: [Shape], sideTables: [SideTable]) {
    (self.shapes, self.sideTables) = (shapes, sideTables)
    store = ItemStore(shapes)
  }

  /// All but the search index.
  public func ailments(_ db: Database) throws -> [Ailment] {
    var found = try declarations(db)
    var unreadable: String?
    // Nothing can be asked of columns that are missing.
    let others = [envelopes, bodies, danglings, references, trees, counters, values]
    for part in [pages] + (found.isEmpty ? others : []) {
      do {
        found += try part(db)
      } catch let error as DatabaseError where Self.isDamage(error) {
        unreadable = error.message ?? "\(error.resultCode)"
      }
    }
    // Every part stumbles over the same page.
    if let unreadable { found.insert(Ailment("parts of site.db cannot be read: \(unreadable)"), at: 0) }
    return found
  }

  /// Whether an error is the file's and not the caller's.
  public static func isDamage(_ error: DatabaseError) -> Bool {
    [.SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_IOERR].contains(error.resultCode)
  }

  /// The pages of the file, and whether indexes have what their tables have.
  private func pages(_ db: Database) throws -> [Ailment] {
    let lines = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
      .flatMap { $0.split(separator: "\n").map(String.init) }.filter { !$0.hasPrefix("***") }
    // What is only wrong in an index can be made anew from its table.
    func isOfIndex(_ line: String) -> Bool { line.contains(" index ") }
    guard !lines.isEmpty else { return [] }
    let canMend = lines.allSatisfy(isOfIndex)
    var ailments = lines.prefix(10).map { Ailment($0, mend: canMend ? { _ in } : nil) }
    if lines.count > 10 {
      ailments.append(Ailment("… and \(lines.count - 10) more", mend: canMend ? { _ in } : nil))
    }
    if canMend { ailments[0] = Ailment(lines[0]) { try $0.execute(sql: "REINDEX") } }
    return ailments
  }

  /// Tables and columns that are declared and not there.
  func declarations(_ db: Database) throws -> [Ailment] {
    func missing(_ name: String, _ columns: [String]) throws -> [String] {
      guard try db.tableExists(name) else { return ["there is no table \(name)"] }
      let present = try Set(db.columns(in: name).map(\.name))
      return columns.filter { !present.contains($0) }.map { "\(name).\($0) has no column" }
    }
    return try shapes.flatMap { shape in
      let table = TypedTable(shape)
      return try missing(shape.name, table.columns.map { shape.fields[$0].name })
        .map { Ailment($0, mend: table.create) }
    }
      + sideTables.flatMap { table in
        try missing(table.name, table.columns.map(\.name)).map { Ailment($0, mend: table.create) }
      }
  }

  /// Fields without an item: it gets an envelope again, as a draft, so that they are not lost.
  private func envelopes(_ db: Database) throws -> [Ailment] {
    try shapes.flatMap { shape in
      let lost = try Int64.fetchAll(
        db, sql: "SELECT itemId FROM \(shape.name.sql) WHERE itemId NOT IN (SELECT id FROM item)")
      let strange = try Row.fetchAll(
        db,
        sql: """
          SELECT t.itemId, i.type FROM \(shape.name.sql) t JOIN item i ON i.id = t.itemId WHERE i.type <> ?
          """, arguments: [shape.name])
      return lost.map { id in
        Ailment(
          "\(shape.name) \(id) has lost its title, slug and dates; it becomes a draft “recovered-\(id)”"
        ) {
          try recover(id, shape, $0)
        }
      }
        + strange.map { row in
          let (id, type): (Int64, String) = (row[0], row[1])
          return Ailment("\(type) \(id) has the fields of a \(shape.name) as well") {
            try $0.execute(sql: "DELETE FROM \(shape.name.sql) WHERE itemId = ?", arguments: [id])
          }
        }
    }
  }

  private func recover(_ id: Int64, _ shape: Shape, _ db: Database) throws {
    var random = SystemRandomNumberGenerator()
    let title = "Recovered \(shape.name) \(id)"
    try db.execute(
      sql: """
        INSERT INTO item (id, uid, type, slug, title, sortKey, state, createdAt, updatedAt)
        VALUES (?, ?, ?, ?, ?, ?, 'draft', strftime('%Y-%m-%dT%H:%M:%SZ'), strftime('%Y-%m-%dT%H:%M:%SZ'))
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
          try $0.execute(sql: "INSERT INTO \(shape.name.sql) (itemId) VALUES (?)", arguments: [id])
        }
      }
    }
  }

  /// The number that the next item gets, and the keys that titles are sorted by.
  private func counters(_ db: Database) throws -> [Ailment] {
    var found: [Ailment] = []
    let next = try Int64.fetchOne(db, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'item'") ?? 0
    if let last = try Int64.fetchOne(db, sql: "SELECT max(id) FROM item"), last > next {
      found.append(
        Ailment("the number of the last item is kept as \(next), and is \(last)") {
          try $0.execute(sql: "DELETE FROM sqlite_sequence WHERE name = 'item'")
          try $0.execute(sql: "INSERT INTO sqlite_sequence (name, seq) VALUES ('item', ?)", arguments: [last])
        })
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

  /// Values and former versions that no Sen has written.
  private func values(_ db: Database) throws -> [Ailment] {
    var found: [Ailment] = []
    for shape in shapes {
      do {
        try store.each(shape.name, Query(isTrashed: nil), db) { _ in true }
      } catch {
        // One of them cannot be read; which?
        found += try unreadable(shape, db)
      }
    }
    let rows = try Row.fetchCursor(
      db, sql: "SELECT itemId, version FROM revision WHERE NOT json_valid(snapshot)")
    while let row = try rows.next() {
      let (item, version): (Int64, Int64) = (row[0], row[1])
      found.append(Ailment("version \(version) of item \(item) cannot be read"))
    }
    return found
  }

  /// The items of a type that cannot be read.
  private func unreadable(_ shape: Shape, _ db: Database) throws -> [Ailment] {
    var (first, lost): ((any Error)?, [Int64]) = (nil, [])
    for id in try Int64.fetchAll(
      db, sql: "SELECT id FROM item WHERE type = ? ORDER BY id", arguments: [shape.name])
    {
      do {
        _ = try store.fetch(id, db)
      } catch {
        first = first ?? error
        lost.append(id)
      }
    }
    guard let first else { return [] }
    let reason = (first as? DatabaseError)?.message ?? "\(first)"
    let names = lost.prefix(10).map(String.init).joined(separator: ", ") + (lost.count > 10 ? " …" : "")
    return [Ailment("\(lost.count) of \(shape.name) cannot be read (\(names)): \(reason)")]
  }
}
