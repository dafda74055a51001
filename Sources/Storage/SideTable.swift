public import ContentModel
import GRDB

/// Rows beside the fields of items: votes, ratings, clicks by day; or rows of the site itself, such as its visits.
///
/// A plugin declares the table and writes it with SQL of its own; the kernel makes it, removes rows with their
/// items, and archives carry it. Every table has `id`; tables of items have `itemId`, the item that a row belongs to.
public struct SideTable: Sendable {
  /// One column: `text`, `integer`, `real`, `bool` or `date` (kept as RFC 3339 text, as everywhere).
  public struct Column: Sendable {
    public let name: String
    public let kind: FieldKind
    public let isRequired: Bool
    /// Whether it is a number that only grows, by what visitors do: an undo takes none of it back that came after the
    /// operation, and an import brings it no lower.
    public let isCount: Bool

    public init(_ name: String, _ kind: FieldKind, isRequired: Bool = true, isCount: Bool = false) {
      (self.name, self.kind, self.isRequired, self.isCount) = (name, kind, isRequired, isCount)
    }
  }

  public let name: String
  /// The content type whose items the rows belong to, `FieldKind.anyItem` for items of any; nil for rows of the site
  /// itself.
  public let noun: String?
  public let help: String
  public let columns: [Column]
  /// Columns, `itemId` among them perhaps, that no two rows have alike.
  public let unique: [[String]]
  /// Columns that rows are looked for by.
  public let indexed: [[String]]
  /// Whether the rows are of the moment and this machine only, so that archives leave them out.
  public let isTransient: Bool

  public init(
    _ name: String, of noun: String, help: String, columns: [Column], unique: [[String]] = [],
    indexed: [[String]] = []
  ) {
    (self.name, self.noun, self.help) = (name, noun, help)
    (self.columns, self.unique, self.indexed) = (columns, unique, indexed)
    isTransient = false
  }

  /// Rows of the site itself.
  /// - Parameter key: columns that no two rows have alike, by which an import knows rows that are here already.
  public init(
    _ name: String, help: String, columns: [Column], key: [String], indexed: [[String]] = [],
    isTransient: Bool = false
  ) {
    (self.name, noun, self.help) = (name, nil, help)
    (self.columns, unique, self.indexed) = (columns, [key], indexed)
    self.isTransient = isTransient
  }

  /// The columns that count what visitors do.
  var counts: [String] { columns.filter(\.isCount).map(\.name) }

  /// The name under which the migration log remembers this table as it is declared now.
  var fingerprint: String {
    let parts = [Self.key] + columns.map(definition) + unique.map { "UNIQUE \($0)" }
    return "side \(name): " + parts.joined(separator: ", ")
  }

  /// The number of a row that an operation took away is not given to another: the undo would meet a stranger.
  static let key = "id INTEGER PRIMARY KEY AUTOINCREMENT"

  /// Creates the table, or adds the columns that are new (which then cannot be required).
  func create(in db: Database) throws {
    if try db.tableExists(name) {
      try giveNumbersOnce(db)
      let present = try Set(db.columns(in: name).map(\.name))
      for column in columns where !present.contains(column.name) {
        try db.execute(sql: "ALTER TABLE \(name.sql) ADD COLUMN \(definition(column))")
      }
    } else {
      let rules = unique.map { ",\n  UNIQUE (\($0.map(\.sql).joined(separator: ", ")))" }.joined()
      try db.execute(
        sql: """
          CREATE TABLE \(name.sql) (
            \(Self.key)\
          \(noun == nil ? "" : ",\n  itemId INTEGER NOT NULL REFERENCES item(id) ON DELETE CASCADE")\
          \(columns.map { ",\n  " + definition($0) }.joined())\(rules)
          ) STRICT
          """)
    }
    // A rule of uniqueness that begins with the item is an index by item already.
    let isIndexed = noun == nil || unique.contains { $0.first == "itemId" }
    for columns in (isIndexed ? [] : [["itemId"]]) + indexed {
      let index = ([name] + columns).joined(separator: "By").sql
      try db.execute(
        sql:
          "CREATE INDEX IF NOT EXISTS \(index) ON \(name.sql)(\(columns.map(\.sql).joined(separator: ", ")))")
    }
    try db.execute(sql: "DELETE FROM migration WHERE name LIKE 'side ' || ? || ':%'", arguments: [name])
    try db.execute(sql: "INSERT OR IGNORE INTO migration (name) VALUES (?)", arguments: [fingerprint])
  }

  /// Makes a table of former releases anew, which gave the numbers of the last rows again when those were gone.
  private func giveNumbersOnce(_ db: Database) throws {
    let sql =
      try String.fetchOne(
        db, sql: "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE",
        arguments: [name]) ?? ""
    let former = "id INTEGER PRIMARY KEY"
    guard !sql.contains(Self.key), let body = sql.firstIndex(of: "("), let key = sql.firstRange(of: former)
    else { return }
    let new = "new \(name)"
    let definition = sql[body..<key.lowerBound] + Self.key + sql[key.upperBound...]
    try db.execute(
      sql: """
        CREATE TABLE \(new.sql) \(definition);
        INSERT INTO \(new.sql) SELECT * FROM \(name.sql);
        DROP TABLE \(name.sql);
        ALTER TABLE \(new.sql) RENAME TO \(name.sql);
        DELETE FROM sqlite_sequence WHERE name = \(name.quoted);
        """)
    // Rows that were removed before may come back with an undo; nobody has removed a million.
    try db.execute(
      sql: "INSERT INTO sqlite_sequence (name, seq) SELECT ?, ifnull(max(id), 0) + 1000000 FROM \(name.sql)",
      arguments: [name])
  }

  func definition(_ column: Column) -> String {
    let type =
      switch column.kind {
      case .integer, .bool, .reference: "INTEGER"
      case .real: "REAL"
      default: "TEXT"
      }
    return "\(column.name.sql) \(type)\(column.isRequired ? " NOT NULL" : "")"
  }
}
