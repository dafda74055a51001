public import ContentModel
public import GRDB

/// The tables of the kernel, and those derived from the shapes of content types.
public enum Schema {
  /// The kernel's tables, in lower case, as SQLite compares names; no content type may be named so.
  public static let kernelTables: Set<String> = [
    "item", "itemlink", "redirect", "revision", "setting", "search", "jobrun", "migration",
    "askedsource", "versionfloor", "journal", "journalpart", "user", "credential",
    "siteidentity",
  ]

  /// Takes tables or indexes out of the schema whose pages cannot be read, and so not be given back: VACUUM leaves those
  /// out.
  static func forget(_ names: [String], _ db: Database) throws {
    try db.execute(sql: "PRAGMA writable_schema = ON")
    defer { _ = Result { try db.execute(sql: "PRAGMA writable_schema = RESET") } }
    for name in names {
      try db.execute(sql: "DELETE FROM sqlite_schema WHERE name = ?", arguments: [name])
    }
  }

  /// Brings the database up to the code: kernel migrations, then a table for every content type.
  public static func migrate(_ database: SiteDatabase, shapes: [Shape], sideTables: [SideTable] = []) throws {
    try database.pool.writeWithoutTransaction { db in
      try migrate(db, shapes: shapes, sideTables: sideTables)
    }
  }

  static func migrate(_ db: Database, shapes: [Shape], sideTables: [SideTable]) throws {
    try db.inTransaction(.immediate) {
      try apply(to: db, shapes: shapes, sideTables: sideTables)
      return .commit
    }
  }

  static func apply(to db: Database, shapes: [Shape], sideTables: [SideTable]) throws {
    try db.execute(
      sql: """
        CREATE TABLE IF NOT EXISTS migration (
          name TEXT PRIMARY KEY, at TEXT NOT NULL DEFAULT (datetime()), sen TEXT
        ) STRICT
        """)
    if try !db.columns(in: "migration").contains(where: { $0.name == "sen" }) {
      try db.execute(sql: "ALTER TABLE migration ADD COLUMN sen TEXT")
    }
    let applied = try log(db)
    try refuseNewer(applied)
    do {
      try db.inSavepoint {
        try applyMissing(db)
        return .commit
      }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
      // They were applied, or are not what is missing.
      try recognise(db, after: error)
      try applyMissing(db)
    }
    for shape in shapes { try TypedTable(shape).create(in: db) }
    for table in sideTables { try table.create(in: db) }
    for name in try log(db).keys where applied[name] == nil {
      try db.execute(
        sql: "UPDATE migration SET sen = ? WHERE name = ?", arguments: [Release.version, name])
    }
  }

  private static func applyMissing(_ db: Database) throws {
    let applied = try log(db)
    for migration in migrations where applied[migration.name] == nil {
      try db.execute(sql: migration.sql)
      try db.execute(sql: "INSERT INTO migration (name) VALUES (?)", arguments: [migration.name])
    }
  }

  /// What was applied, with the version of Sen that did it, where it is known.
  private static func log(_ db: Database) throws -> [String: String?] {
    let hasVersions = try db.columns(in: "migration").contains { $0.name == "sen" }
    let rows = try Row.fetchAll(db, sql: "SELECT name, \(hasVersions ? "sen" : "NULL") FROM migration")
    return Dictionary(rows.map { ($0[0], $0[1]) }, uniquingKeysWith: { first, _ in first })
  }

  /// What a later Sen has done last to a database, which this one does not know; nil where it knows all.
  static func later(_ applied: [String: String?]) -> String? {
    let known = Set(migrations.map(\.name))
    let unknown = applied.keys.filter { $0.hasPrefix("kernel-") && !known.contains($0) }
    // A later Sen may have changed only what content types are made of.
    let later = applied.filter { $0.value.map { Release.isLater($0) } ?? false }.keys.min()
    return unknown.max(by: { number($0) < number($1) }) ?? later
  }

  /// Refuses a database that a later Sen has changed in ways that this one does not know.
  static func refuseNewer(_ applied: [String: String?]) throws(Refusal) {
    guard let last = later(applied) else { return }
    let version = (applied[last] ?? nil).map { "Sen \($0)" } ?? "a newer Sen"
    let what = last.split(separator: ":").first.map(String.init) ?? last
    throw Refusal(
      .conflict, "This site belongs to \(version) (\(what)); this is Sen \(Release.version)",
      hint:
        "Use that version, or go back to a backup from before: sen backup list, sen backup restore NAME; nothing was touched."
    )
  }

  private static func number(_ migration: String) -> Int { Int(migration.dropFirst(7)) ?? .max }

  /// What is left for `migrate` to do.
  public enum Work: Sendable, Hashable {
    case nothing
    /// Only tables that are not there yet.
    case additions
    /// Tables that are there already change.
    case changes
  }

  /// What `migrate` would do; a cheap look that many starts of the program can afford.
  public static func work(
    _ db: Database, shapes: [Shape], sideTables: [SideTable] = []
  ) throws -> Work {
    guard try db.tableExists("migration") else { return .additions }
    let applied = try log(db)
    try refuseNewer(applied)
    guard migrations.allSatisfy({ applied[$0.name] != nil }) else { return .changes }
    // Tables of plugins that are not here now stay as they are.
    let declared =
      shapes.map { ($0.name, TypedTable($0).fingerprint) } + sideTables.map { ($0.name, $0.fingerprint) }
    let missing = declared.filter { applied[$0.1] == nil }
    guard !missing.isEmpty else { return .nothing }
    return try missing.contains { try db.tableExists($0.0) } ? .changes : .additions
  }

  /// The names of the kernel's migrations that were applied.
  public static func kernelMigrations(_ db: Database) throws -> [String] {
    guard try db.tableExists("migration") else { return [] }
    return try log(db).keys.filter { $0.hasPrefix("kernel-") }.sorted { number($0) < number($1) }
  }
}
