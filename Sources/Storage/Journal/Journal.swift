import ContentModel
public import Foundation
public import GRDB

/// What operations did to the rows of a site: who, when, through which door, by which command, and the patches that
/// take it back, in the transaction of the operation itself.
public enum Journal {
  /// An operation, without its patches.
  public struct Entry: Sendable {
    public let id: Int64
    public let at: Date
    public let actor: String?
    /// `shell`, `console`, `script`, `job` or `web`.
    public let door: String
    public let command: String
    /// The content types and side tables that it touched.
    public let nouns: [String]
    /// How many rows it changed.
    public let rows: Int
    /// Bytes of its patches; 0 when they are no longer kept.
    public let size: Int
    /// The operation that it took back.
    public let undoes: Int64?
    /// The operation that took it back.
    public let undoneBy: Int64?

    /// Whether what it did is in force as far as the journal knows.
    public var isInForce: Bool { undoneBy == nil && undoes == nil }
  }

  static let tables = """
    CREATE TABLE journal (
      id INTEGER PRIMARY KEY,
      at TEXT NOT NULL,
      actor TEXT,
      door TEXT NOT NULL,
      command TEXT NOT NULL,
      nouns TEXT NOT NULL,
      rowCount INTEGER NOT NULL,
      size INTEGER NOT NULL,
      undoes INTEGER,
      undoneBy INTEGER,
      changes BLOB
    ) STRICT;
    CREATE TABLE journalPart (
      id INTEGER PRIMARY KEY,
      entryId INTEGER NOT NULL REFERENCES journal(id) ON DELETE CASCADE,
      changes BLOB NOT NULL
    ) STRICT;
    CREATE INDEX journalPartByEntry ON journalPart(entryId);
    """

  /// Tables that are no content of the site: the journal itself, what is derived, what is of this machine.
  static let ignored: Set<String> = [
    "journal", "journalPart", "credential", "jobRun", "askedSource", "migration", "search", "search_data",
    "search_idx", "search_content", "search_docsize", "search_config", "sqlite_sequence", "sqlite_stat1",
  ]

  private static let columns = "id, at, actor, door, command, nouns, rowCount, size, undoes, undoneBy"

  // MARK: Writing

  /// Writes down an operation; nothing where it changed no rows.
  static func append(
    _ patches: RecordedPatches, _ circumstances: SiteDatabase.Circumstances, undoes: Int64?, _ db: Database
  ) throws {
    guard !patches.isEmpty else { return }
    try db.cachedStatement(
      sql: """
        INSERT INTO journal (at, actor, door, command, nouns, rowCount, size, undoes, changes)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).run(
      [
        Timestamp.text(circumstances.at).databaseValue, circumstances.actor.databaseValue,
        circumstances.door.databaseValue, circumstances.command.databaseValue,
        try patches.tables.subtracting(plumbing).union(types(patches.items, db)).sorted().joined(
          separator: ","
        ).databaseValue,
        patches.rows.databaseValue, patches.size.databaseValue, undoes.databaseValue,
        Data(patches.last).databaseValue,
      ], db)
    let id = db.lastInsertedRowID
    if let file = patches.file {
      let insert = try db.cachedStatement(sql: "INSERT INTO journalPart (entryId, changes) VALUES (?, ?)")
      try file.each { try insert.run([id.databaseValue, Data($0).databaseValue], db) }
    }
    if let undoes {
      try db.execute(sql: "UPDATE journal SET undoneBy = ? WHERE id = ?", arguments: [id, undoes])
      // What an undo had taken back is in force again.
      try db.execute(
        sql:
          "UPDATE journal SET undoneBy = NULL WHERE id = (SELECT undoes FROM journal WHERE id = ?) AND undoneBy = ?",
        arguments: [undoes, undoes])
    }
    // Now and then; it looks at every entry.
    if id % 128 == 0 { try prune(circumstances.limits, db) }
  }

  /// The types of items; a change may touch nothing of one but its envelope.
  private static func types(_ items: [Int64], _ db: Database) throws -> Set<String> {
    let statement = try db.cachedStatement(sql: "SELECT type FROM item WHERE id = ?")
    return try Set(items.compactMap { try String.fetchOne(statement, arguments: [$0]) })
  }

  /// Tables that say nothing of what an operation was about.
  private static let plumbing: Set<String> = ["item", "itemLink", "revision", "redirect"]

  /// What is kept: so many bytes of patches, of operations since a moment; and who did what since another.
  public struct Limits: Sendable {
    let bytes: Int
    let since: Date
    let log: Date

    public init(bytes: Int, since: Date, log: Date) {
      (self.bytes, self.since, self.log) = (bytes, since, log)
    }
  }

  /// Forgets the patches, and at last the operations, that are beyond the limits. The newest operation can always be
  /// taken back.
  public static func prune(_ limits: Limits, _ db: Database) throws {
    var (kept, bound): (Int, Int64?) = (0, nil)
    let rows = try Row.fetchCursor(
      db, sql: "SELECT id, size, at FROM journal WHERE size > 0 ORDER BY id DESC")
    let limit = Timestamp.text(limits.since)
    while let row = try rows.next() {
      let size: Int = row[1]
      if kept > 0, kept + size > limits.bytes || (row[2] as String) < limit {
        bound = row[0]
        break
      }
      kept += size
    }
    if let bound {
      try db.execute(
        sql: """
          UPDATE journal SET changes = NULL, size = 0 WHERE id <= ?1 AND size > 0;
          DELETE FROM journalPart WHERE entryId <= ?1;
          """, arguments: ["1": bound])
    }
    try db.execute(
      sql: "DELETE FROM journal WHERE at < ? AND size = 0", arguments: [Timestamp.text(limits.log)])
  }

  // MARK: Reading

  public static func entry(_ id: Int64, _ db: Database) throws -> Entry? {
    try Row.fetchOne(db, sql: "SELECT \(columns) FROM journal WHERE id = ?", arguments: [id]).map(entry)
  }

  /// Calls `body` with the operations, newest first, until it says false.
  public static func each(before: Int64? = nil, _ db: Database, _ body: (Entry) throws -> Bool) throws {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT \(columns) FROM journal WHERE id < coalesce(?, 9223372036854775807) ORDER BY id DESC",
      arguments: [before])
    while let row = try rows.next() {
      guard try body(entry(row)) else { return }
    }
  }

  /// The oldest operation whose patches are kept.
  public static func oldestKept(_ db: Database) throws -> Entry? {
    try Row.fetchOne(db, sql: "SELECT \(columns) FROM journal WHERE size > 0 ORDER BY id LIMIT 1").map(entry)
  }

  private static func entry(_ row: Row) throws -> Entry {
    guard let at = Timestamp.date(row[1] as String) else { throw DamagedValue(text: row[1]) }
    return Entry(
      id: row[0], at: at, actor: row[2], door: row[3], command: row[4],
      nouns: (row[5] as String).split(separator: ",").map(String.init), rows: row[6], size: row[7],
      undoes: row[8], undoneBy: row[9])
  }

  /// Calls `body` with the patches of an operation, those that were made last first.
  public static func eachPatch(of id: Int64, _ db: Database, _ body: ([UInt8]) throws -> Void) throws {
    let last = try Data.fetchOne(db, sql: "SELECT changes FROM journal WHERE id = ?", arguments: [id])
    if let last, !last.isEmpty { try body(Array(last)) }
    let ids = try Int64.fetchAll(
      db, sql: "SELECT id FROM journalPart WHERE entryId = ? ORDER BY id DESC", arguments: [id])
    for part in ids {
      let patch = try Data.fetchOne(
        db, sql: "SELECT changes FROM journalPart WHERE id = ?", arguments: [part])
      if let patch { try body(Array(patch)) }
    }
  }

  /// Calls `body` with each row that an operation changed until it says false.
  public static func eachRow(of id: Int64, _ db: Database, _ body: (Patch.Row) throws -> Bool) throws {
    var goesOn = true
    try eachPatch(of: id, db) { patch in
      guard goesOn else { return }
      try Patch.forEach(patch) { row in
        goesOn = try body(row)
        return goesOn
      }
    }
  }

  /// The rows that an operation changed, by table.
  public static func keys(of id: Int64, _ db: Database) throws -> RowKeys {
    var keys = RowKeys()
    try eachRow(of: id, db) { row in
      keys.insert(row)
      return true
    }
    return keys
  }
}

/// Which rows: table by table, by their primary keys.
public struct RowKeys: Sendable {
  private var rowids: [String: Set<Int64>] = [:]
  private var keys: [String: Set<[UInt8]>] = [:]

  public init() {}

  public mutating func insert(_ row: Patch.Row) {
    if let rowid = row.rowid {
      rowids[row.table, default: []].insert(rowid)
    } else {
      keys[row.table, default: []].insert(row.key)
    }
  }

  public func contains(_ row: Patch.Row) -> Bool {
    if let rowid = row.rowid { return rowids[row.table]?.contains(rowid) ?? false }
    return keys[row.table]?.contains(row.key) ?? false
  }

  public func rowids(in table: String) -> Set<Int64> { rowids[table] ?? [] }
  public var isEmpty: Bool { rowids.isEmpty && keys.isEmpty }
  public var tables: Set<String> { Set(rowids.keys).union(keys.keys) }
}

extension Journal {
  /// The operations in force after `id` that touched some of these rows, newest first.
  public static func users(of keys: RowKeys, after id: Int64, _ db: Database) throws -> [Entry] {
    var users: [Entry] = []
    try each(db) { entry in
      guard entry.id > id else { return false }
      guard entry.isInForce else { return true }
      var isUser = false
      try eachRow(of: entry.id, db) { row in
        isUser = keys.contains(row)
        return !isUser
      }
      if isUser { users.append(entry) }
      return true
    }
    return users
  }
}
