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
  ]

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
    "askedsource", "journal", "journalpart",
  ]

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
    CREATE VIRTUAL TABLE search USING fts5(
      title, text, content='', tokenize='unicode61 remove_diacritics 2'
    );
    """

  /// Brings the database up to the code: kernel migrations, then a table for every content type.
  public static func migrate(_ database: SiteDatabase, shapes: [Shape], sideTables: [SideTable] = []) throws {
    try database.pool.writeWithoutTransaction { db in
      try db.inTransaction(.immediate) {
        try apply(to: db, shapes: shapes, sideTables: sideTables)
        return .commit
      }
    }
  }

  static func apply(to db: Database, shapes: [Shape], sideTables: [SideTable]) throws {
    try db.execute(
      sql:
        "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, at TEXT NOT NULL DEFAULT (datetime())) STRICT"
    )
    let known = Set(migrations.map(\.name))
    let applied = try Set(String.fetchAll(db, sql: "SELECT name FROM migration"))
    for name in applied.subtracting(known).sorted() where name.hasPrefix("kernel-") {
      throw Refusal(
        .conflict, "This site was made by a newer Sen (\(name))",
        hint: "Use that version; nothing was touched.")
    }
    for migration in migrations where !applied.contains(migration.name) {
      try db.execute(sql: migration.sql)
      try db.execute(sql: "INSERT INTO migration (name) VALUES (?)", arguments: [migration.name])
    }
    for shape in shapes { try TypedTable(shape).create(in: db) }
    for table in sideTables { try table.create(in: db) }
  }

  /// Whether anything is left for `migrate` to do; a cheap look that many starts of the program can afford.
  public static func isCurrent(
    _ db: Database, shapes: [Shape], sideTables: [SideTable] = []
  ) throws -> Bool {
    guard try db.tableExists("migration") else { return false }
    let applied = try Set(String.fetchAll(db, sql: "SELECT name FROM migration"))
    let wanted = Set(migrations.map(\.name)).union(shapes.map { TypedTable($0).fingerprint })
      .union(sideTables.map(\.fingerprint))
    // Tables of plugins that are not here now stay as they are; a newer kernel is refused by `migrate`.
    return applied.isSuperset(of: wanted)
      && applied.subtracting(wanted).allSatisfy { !$0.hasPrefix("kernel-") }
  }
}
