public import ContentModel
public import GRDB

/// The tables of the kernel, and those derived from the shapes of content types.
public enum Schema {
  /// The kernel's migrations in their order; append only.
  static let migrations: [(name: String, sql: String)] = [
    ("kernel-1", kernel1),
    // Lists of a type, newest first, walk an index that ends in the id.
    ("kernel-2", "CREATE INDEX itemByType ON item(type)"),
    ("kernel-3", jobRuns),
    ("kernel-4", askedSources),
    ("kernel-5", itemLinks),
    // Files are known by their names, which are their hashes; nothing ever wrote this table.
    ("kernel-6", "DROP TABLE media"),
    ("kernel-7", Journal.tables),
    ("kernel-8", users),
    ("kernel-9", neverTwice),
    // What comes down next; few items ever do.
    ("kernel-10", "CREATE INDEX itemByExpiry ON item(expireAt) WHERE expireAt IS NOT NULL"),
    ("kernel-11", versionFloor),
  ]

  /// The highest version that was taken back of an item, so that no other state of it gets the same number.
  private static let versionFloor =
    "CREATE TABLE versionFloor (itemId INTEGER PRIMARY KEY, version INTEGER NOT NULL) STRICT"

  /// When sources on the network were last asked, and whether they failed; of this copy of the site only.
  private static let askedSources = """
    CREATE TABLE askedSource (
      source TEXT PRIMARY KEY,
      askedAt TEXT NOT NULL,
      failures INTEGER NOT NULL,
      patience INTEGER,
      failure TEXT
    ) STRICT, WITHOUT ROWID;
    """

  /// The kernel's tables, in lower case, as SQLite compares names; no content type may be named so.
  public static let kernelTables: Set<String> = [
    "item", "itemlink", "redirect", "revision", "setting", "search", "jobrun", "migration",
    "askedsource", "versionfloor", "journal", "journalpart", "user", "credential",
  ]

  /// Who works on the site. What proves it lies apart: it is in no journal and no export.
  private static let users = """
    CREATE TABLE user (
      name TEXT PRIMARY KEY CHECK (name <> ''),
      role TEXT NOT NULL CHECK (role IN ('administrator', 'editor', 'author', 'contributor')),
      isDisabled INTEGER NOT NULL DEFAULT 0,
      createdAt TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE credential (userName TEXT PRIMARY KEY, password TEXT NOT NULL) STRICT, WITHOUT ROWID;
    """

  /// The number of a revision that an undo took away is not given to another: the undo of that undo would meet a
  /// stranger. A password goes with its user, in whatever way the user goes. Two spellings of a name are one user.
  private static let neverTwice = """
    CREATE TABLE numberedRevision (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
      version INTEGER NOT NULL,
      actor TEXT,
      at TEXT NOT NULL,
      snapshot TEXT NOT NULL,
      UNIQUE (itemId, version)
    ) STRICT;
    INSERT INTO numberedRevision SELECT id, itemId, version, actor, at, snapshot FROM revision;
    DROP TABLE revision;
    ALTER TABLE numberedRevision RENAME TO revision;
    UPDATE OR IGNORE user SET name = nfc(name) WHERE name <> nfc(name);
    UPDATE OR IGNORE credential SET userName = nfc(userName) WHERE userName <> nfc(userName);
    UPDATE item SET author = nfc(author) WHERE author <> nfc(author);
    CREATE TABLE userCredential (
      userName TEXT PRIMARY KEY REFERENCES user(name) ON DELETE CASCADE,
      password TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    INSERT INTO userCredential
      SELECT userName, password FROM credential WHERE userName IN (SELECT name FROM user);
    DROP TABLE credential;
    ALTER TABLE userCredential RENAME TO credential;
    """

  /// Leaves the name `link` to a content type.
  private static let itemLinks = """
    ALTER TABLE link RENAME TO itemLink;
    DROP INDEX linkByTarget;
    CREATE INDEX itemLinkByTarget ON itemLink(targetId, field, itemId);
    """

  private static let jobRuns = """
    CREATE TABLE jobRun (
      job TEXT PRIMARY KEY,
      startedAt TEXT NOT NULL,
      finishedAt TEXT,
      result TEXT,
      failure TEXT
    ) STRICT, WITHOUT ROWID;
    """

  static let kernel1 = """
    CREATE TABLE item (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      uid TEXT NOT NULL,
      type TEXT NOT NULL,
      slug TEXT NOT NULL CHECK (slug <> ''),
      title TEXT NOT NULL,
      sortKey BLOB NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('draft', 'review', 'published', 'archived')),
      author TEXT,
      language TEXT,
      createdAt TEXT NOT NULL,
      updatedAt TEXT NOT NULL,
      publishAt TEXT,
      expireAt TEXT,
      trashedAt TEXT,
      position INTEGER,
      origin TEXT,
      version INTEGER NOT NULL DEFAULT 1
    ) STRICT;
    CREATE UNIQUE INDEX itemByUID ON item(uid);
    CREATE UNIQUE INDEX itemBySlug ON item(type, slug);
    CREATE UNIQUE INDEX itemByOrigin ON item(origin) WHERE origin IS NOT NULL;
    CREATE INDEX itemByTime ON item(type, publishAt);
    CREATE INDEX itemByTitle ON item(type, sortKey);
    CREATE INDEX itemInTrash ON item(trashedAt) WHERE trashedAt IS NOT NULL;
    CREATE TABLE link (
      itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
      field TEXT NOT NULL,
      position INTEGER NOT NULL,
      targetId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
      PRIMARY KEY (itemId, field, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX linkByTarget ON link(targetId, field, itemId);
    CREATE TABLE redirect (
      type TEXT NOT NULL,
      slug TEXT NOT NULL,
      itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
      PRIMARY KEY (type, slug)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX redirectByItem ON redirect(itemId);
    CREATE TABLE revision (
      id INTEGER PRIMARY KEY,
      itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE,
      version INTEGER NOT NULL,
      actor TEXT,
      at TEXT NOT NULL,
      snapshot TEXT NOT NULL,
      UNIQUE (itemId, version)
    ) STRICT;
    CREATE TABLE media (
      name TEXT PRIMARY KEY,
      fileName TEXT NOT NULL,
      size INTEGER NOT NULL,
      createdAt TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE setting (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    \(searchTable)
    """

  static let searchTable =
    "CREATE VIRTUAL TABLE search USING fts5(title, text, content='', tokenize='unicode61 remove_diacritics 2');"

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

  /// Refuses a database that a later Sen has changed in ways that this one does not know.
  static func refuseNewer(_ applied: [String: String?]) throws(Refusal) {
    let known = Set(migrations.map(\.name))
    let unknown = applied.keys.filter { $0.hasPrefix("kernel-") && !known.contains($0) }
    // A later Sen may have changed only what content types are made of.
    let later = applied.filter { $0.value.map { Release.isLater($0) } ?? false }.keys.min()
    guard let last = unknown.max(by: { number($0) < number($1) }) ?? later else { return }
    let version = (applied[last] ?? nil).map { "Sen \($0)" } ?? "a newer Sen"
    let what = last.split(separator: ":").first.map(String.init) ?? last
    throw Refusal(
      .conflict, "This site belongs to \(version) (\(what)); this is Sen \(Release.version)",
      hint: "Use that version, or restore a backup from before (sen backup list); nothing was touched.")
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
