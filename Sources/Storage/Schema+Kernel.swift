/// How the kernel's tables came to be.
extension Schema {
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
    ("kernel-12", SiteIdentity.table),
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
}
