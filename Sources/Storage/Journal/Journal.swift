import ContentModel
public import Foundation
public import GRDB

/// What operations did to the rows of a site: who, when, through which door, by which command, and the patches that
/// take it back, in the transaction of the operation itself.
public enum Journal {
  /// An operation, without its patches.
  public struct Entry: Sendable {
    public let id: Int64
    /// When it was done; 1970 where that is damaged.
    public let at: Date
    /// What is wrong with the time that is stored: `“x” is not a date`; nil where nothing is.
    public let damage: String?
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
    /// Whether it changed no rows: what was done beside them, such as to files, is only told.
    public var isOnlyTold: Bool { rows == 0 }
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
    "versionFloor", "siteIdentity",
  ]

  static let columns = "id, at, actor, door, command, nouns, rowCount, size, undoes, undoneBy"

  // MARK: Writing

  /// Writes down an operation; nothing where it changed no rows, unless the circumstances name what else it did.
  /// - Returns: the number of its entry.
  static func append(
    _ patches: RecordedPatches, _ circumstances: SiteDatabase.Circumstances, undoes: Int64?, _ db: Database
  ) throws -> Int64? {
    guard !patches.isEmpty || !circumstances.beside.isEmpty else { return nil }
    let nouns = try patches.tables.subtracting(plumbing).union(types(patches.items, db))
      .union(circumstances.beside)
    if undoes == nil, !patches.isEmpty, let last = try circumstances.thread?.entry(for: circumstances, db) {
      try join(patches, nouns, to: last, db)
      return last.id
    }
    try db.cachedStatement(
      sql: """
        INSERT INTO journal (at, actor, door, command, nouns, rowCount, size, undoes, changes)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    ).run(
      [
        Timestamp.text(circumstances.at).databaseValue, circumstances.actor.databaseValue,
        circumstances.door.databaseValue, circumstances.command.databaseValue,
        nouns.sorted().joined(separator: ",").databaseValue,
        patches.rows.databaseValue, patches.size.databaseValue, undoes.databaseValue,
        Data(patches.last).databaseValue,
      ], db)
    let id = db.lastInsertedRowID
    try addParts(patches, to: id, db)
    if let undoes {
      try db.execute(sql: "UPDATE journal SET undoneBy = ? WHERE id = ?", arguments: [id, undoes])
      // What an undo had taken back is in force again.
      try db.execute(
        sql:
          "UPDATE journal SET undoneBy = NULL WHERE id = (SELECT undoes FROM journal WHERE id = ?) AND undoneBy = ?",
        arguments: [undoes, undoes])
    }
    if let limits = circumstances.limits,
      try isDue(after: id, at: circumstances.at, size: patches.size, limits, db)
    {
      try prune(limits, db)
    }
    return id
  }

  /// Writes down what was done beside rows.
  static func tell(_ circumstances: SiteDatabase.Circumstances, _ db: Database) throws {
    let nothing = RecordedPatches(file: nil, last: [], rows: 0, tables: [], items: [])
    _ = try append(nothing, circumstances, undoes: nil, db)
  }

  private static func addParts(_ patches: RecordedPatches, to id: Int64, _ db: Database) throws {
    guard let file = patches.file else { return }
    let insert = try db.cachedStatement(sql: "INSERT INTO journalPart (entryId, changes) VALUES (?, ?)")
    try file.each { try insert.run([id.databaseValue, Data($0).databaseValue], db) }
  }

  /// Adds an operation to the newest entry, which is of the same command.
  private static func join(
    _ patches: RecordedPatches, _ nouns: Set<String>, to entry: Entry, _ db: Database
  ) throws {
    // Parts are in the order in which they were made; `changes` is the last of them.
    try db.cachedStatement(
      sql: """
        INSERT INTO journalPart (entryId, changes)
        SELECT id, changes FROM journal WHERE id = ? AND length(changes) > 0
        """
    ).run([entry.id.databaseValue], db)
    try addParts(patches, to: entry.id, db)
    try db.cachedStatement(
      sql: "UPDATE journal SET nouns = ?, rowCount = rowCount + ?, size = size + ?, changes = ? WHERE id = ?"
    ).run(
      [
        nouns.union(entry.nouns).sorted().joined(separator: ",").databaseValue,
        patches.rows.databaseValue, patches.size.databaseValue, Data(patches.last).databaseValue,
        entry.id.databaseValue,
      ], db)
  }

  /// The types of items; a change may touch nothing of one but its envelope.
  private static func types(_ items: [Int64], _ db: Database) throws -> Set<String> {
    let statement = try db.cachedStatement(sql: "SELECT type FROM item WHERE id = ?")
    return try Set(items.compactMap { try String.fetchOne(statement, arguments: [$0]) })
  }

  /// Tables that say nothing of what an operation was about.
  private static let plumbing: Set<String> = ["item", "itemLink", "revision", "redirect"]

  // MARK: Reading

  public static func entry(_ id: Int64, _ db: Database) throws -> Entry? {
    try Row.fetchOne(db, sql: "SELECT \(columns) FROM journal WHERE id = ?", arguments: [id]).map(entry)
  }

  /// The operation that an entry did again; nil where it is no redo, or where the undo between is not known any more.
  public static func doneAgain(by redo: Entry, _ db: Database) throws -> Int64? {
    try redo.undoes.flatMap { try entry($0, db)?.undoes }
  }

  /// What did an operation last: the last redo of it, or itself. The rows that it takes back are as that has found them.
  public static func lastDoing(_ original: Entry, _ db: Database) throws -> Entry {
    try Row.fetchOne(
      db,
      sql: """
        SELECT \(columns) FROM journal
        WHERE undoes IN (SELECT id FROM journal WHERE undoes = ?) ORDER BY id DESC LIMIT 1
        """, arguments: [original.id]
    ).map(entry) ?? original
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

  static func entry(_ row: Row) throws -> Entry {
    let at = Timestamp.date(row[1] as String)
    return Entry(
      id: row[0], at: at ?? Date(timeIntervalSince1970: 0),
      damage: at == nil ? "“\(row[1] as String)” is not a date" : nil,
      actor: row[2], door: row[3], command: row[4],
      nouns: (row[5] as String).split(separator: ",").map(String.init), rows: row[6], size: row[7],
      undoes: row[8], undoneBy: row[9])
  }

  /// Calls `body` with the patches of an operation, those that were made last first.
  public static func eachPatch(of id: Int64, _ db: Database, _ body: ([UInt8]) throws -> Void) throws {
    func call(_ patch: Data) throws {
      do { try body(Array(patch)) } catch let damage as DamagedValue where damage.place == nil {
        throw damage.at("operation \(id)")
      }
    }
    let last = try Data.fetchOne(db, sql: "SELECT changes FROM journal WHERE id = ?", arguments: [id])
    if let last, !last.isEmpty { try call(last) }
    let ids = try Int64.fetchAll(
      db, sql: "SELECT id FROM journalPart WHERE entryId = ? ORDER BY id DESC", arguments: [id])
    for part in ids {
      let patch = try Data.fetchOne(
        db, sql: "SELECT changes FROM journalPart WHERE id = ?", arguments: [part])
      if let patch { try call(patch) }
    }
  }

  /// Whether what an operation changed is kept and can be read.
  public static func isReadable(_ id: Int64, _ db: Database) throws -> Bool {
    do {
      try eachRow(of: id, db) { _ in true }
      return true
    } catch is DamagedValue {
      return false
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
