public import ContentModel
public import GRDB

/// Finding ids by the names that people and archives use.
extension ItemStore {
  /// The id of the item of this type with this slug, a former slug included; trashed ones too.
  public func id(slug: String, of type: String, _ db: Database) throws -> Int64? {
    try db.cachedStatement(
      sql: """
        SELECT id FROM item WHERE type = ?1 AND slug = ?2
        UNION ALL SELECT itemId FROM redirect WHERE type = ?1 AND slug = ?2 LIMIT 1
        """
    ).integer([type.databaseValue, slug.databaseValue], db)
  }

  public func id(uid: String, _ db: Database) throws -> Int64? {
    try db.cachedStatement(sql: "SELECT id FROM item WHERE uid = ?").integer([uid.databaseValue], db)
  }

  public func id(origin: String, _ db: Database) throws -> Int64? {
    try db.cachedStatement(sql: "SELECT id FROM item WHERE origin = ?").integer([origin.databaseValue], db)
  }

  public func type(of id: Int64, _ db: Database) throws -> String? {
    let statement = try db.cachedStatement(sql: "SELECT type FROM item WHERE id = ?")
    try statement.bind([id.databaseValue], db)
    var type: String?
    try RawRow.first(of: statement, db) { type = $0.string(0) }
    return type
  }

  /// The version of the next state of an item: one that none of its states has had, those that were undone among them.
  /// - Throws: `DamagedValue` where nobody can have counted so far.
  public func nextVersion(after envelope: Envelope, _ db: Database) throws -> Int64 {
    try nextVersion(of: envelope.id, after: envelope.version, db) { envelope.told }
  }

  private func nextVersion(of id: Int64, after version: Int64, _ db: Database, told: () -> String) throws
    -> Int64
  {
    let floor = try db.cachedStatement(sql: "SELECT version FROM versionFloor WHERE itemId = ?")
      .integer([id.databaseValue], db)
    let last = max(version, floor ?? 0)
    guard last < Counting.last else {
      throw DamagedValue("its version is \(last), which nobody can have counted to", at: told())
    }
    return last + 1
  }

  /// Gives an item its next version, whatever its type: no plugin here need declare it.
  public func countOn(_ id: Int64, _ db: Database) throws {
    guard let version = try Int64.fetchOne(db, sql: "SELECT version FROM item WHERE id = ?", arguments: [id])
    else { return }
    let next = try nextVersion(of: id, after: version, db) { "item \(id)" }
    try db.execute(sql: "UPDATE item SET version = ? WHERE id = ?", arguments: [next, id])
  }

  /// Whether there is an item of this id and type, or of any type for `FieldKind.anyItem`.
  public func has(_ id: Int64, of noun: String, _ db: Database) throws -> Bool {
    guard let type = try type(of: id, db) else { return false }
    return noun == FieldKind.anyItem || type == noun
  }

  /// The name of an item as archives (`uid`) or people (`slug`) write it.
  public func name(of id: Int64, _ column: NameColumn, _ db: Database) throws -> String? {
    try String.fetchOne(
      db.cachedStatement(sql: "SELECT \(column.rawValue) FROM item WHERE id = ?"), arguments: [id])
  }

  public enum NameColumn: String, Sendable {
    case uid, slug, title
    /// `article:tin-moi`.
    case typeAndSlug = "type || ':' || slug"
  }

  /// A slug that no other item of the type has or had: `wanted`, else `wanted-2`, `wanted-3` … (where
  /// some of those are free again, any of the free ones)
  public func freeSlug(_ wanted: String, of type: String, except id: Int64 = 0, _ db: Database) throws
    -> String
  {
    let taken = try db.cachedStatement(
      sql: """
        SELECT 1 FROM item WHERE type = ?1 AND slug = ?2 AND id <> ?3
        UNION ALL SELECT 1 FROM redirect WHERE type = ?1 AND slug = ?2 AND itemId <> ?3
        """)
    func isTaken(_ slug: String) throws -> Bool {
      try taken.integer([type.databaseValue, slug.databaseValue, id.databaseValue], db) != nil
    }
    guard try isTaken(wanted) else { return wanted }
    // Thousands may share a title: the end of the numbers is found by doubling, then by halving.
    var (used, free) = (1, 2)
    while try isTaken("\(wanted)-\(free)") { (used, free) = (free, free * 2) }
    while free - used > 1 {
      let middle = (used + free) / 2
      if try isTaken("\(wanted)-\(middle)") { used = middle } else { free = middle }
    }
    return "\(wanted)-\(free)"
  }

  /// The id of the item that was made last; nil in an empty site.
  public func lastID(of type: String?, _ db: Database) throws -> Int64? {
    try Int64.fetchOne(
      db, sql: "SELECT max(id) FROM item WHERE trashedAt IS NULL AND (?1 IS NULL OR type = ?1)",
      arguments: [type])
  }

  /// The items, not trashed, that refer to this one, by type and field; at most `limit`.
  public func references(to id: Int64, limit: Int, _ db: Database) throws -> [(id: Int64, field: String)] {
    guard let type = try type(of: id, db) else { return [] }
    return try references(to: id, of: type, limit: limit, db)
  }

  /// The same for an item known to be of a type.
  public func references(
    to id: Int64, of type: String, limit: Int, _ db: Database
  ) throws -> [(id: Int64, field: String)] {
    guard let sql = referring[type] else { return [] }
    var found: [(Int64, String)] = []
    let rows = try Row.fetchCursor(db.cachedStatement(sql: sql), arguments: [id, limit])
    while let row = try rows.next() { found.append((row[0], row[1])) }
    return found
  }

  /// The ids of all other items that refer to this one, those in the trash included, each once.
  public func holders(of id: Int64, _ db: Database) throws -> [Int64] {
    guard let type = try type(of: id, db), let sql = holding[type] else { return [] }
    let known = Set(tables.keys)
    return try Int64.fetchAll(db.cachedStatement(sql: sql), arguments: [id]).filter { holder in
      try holder != id && self.type(of: holder, db).map(known.contains) ?? false
    }
  }

  /// One statement for all fields that may refer to an item of a type: most of them do not.
  static func holding(_ type: String, _ tables: [TypedTable]) -> String {
    let kinds = [FieldKind.reference(type), .reference(FieldKind.anyItem)]
    let fields = tables.flatMap { table in
      table.shape.fields.filter { kinds.contains($0.kind) }.map { field in
        "SELECT itemId FROM \(table.shape.name.sql) WHERE \(field.name.sql) = ?1"
      }
    }
    return (["SELECT itemId FROM itemLink WHERE targetId = ?1"] + fields).joined(separator: "\nUNION ")
      + "\nORDER BY 1"
  }

  /// The same without those in the trash, with the fields.
  static func referring(to type: String, _ tables: [TypedTable]) -> String {
    let kinds = [FieldKind.reference(type), .reference(FieldKind.anyItem)]
    let fields = tables.flatMap { table in
      table.shape.fields.filter { kinds.contains($0.kind) }.map { field in
        """
        SELECT i.id, \(field.name.quoted) FROM \(table.shape.name.sql) t JOIN item i ON i.id = t.itemId
        WHERE t.\(field.name.sql) = ?1 AND i.trashedAt IS NULL
        """
      }
    }
    let links = """
      SELECT l.itemId, l.field FROM itemLink l JOIN item i ON i.id = l.itemId
      WHERE l.targetId = ?1 AND i.trashedAt IS NULL
      """
    return ([links] + fields).joined(separator: "\nUNION ALL ") + "\nLIMIT ?2"
  }

  /// The item that an item of a type has as its parent.
  public func parent(of id: Int64, _ type: String, _ db: Database) throws -> Int64? {
    guard let sql = try table(type).parent else { return nil }
    return try Int64.fetchOne(db.cachedStatement(sql: sql), arguments: [id])
  }

  /// The id of the item that has this slug now; nil where it is a former one, or none.
  public func holder(of slug: String, type: String, _ db: Database) throws -> Int64? {
    try db.cachedStatement(sql: "SELECT id FROM item WHERE type = ?1 AND slug = ?2")
      .integer([type.databaseValue, slug.databaseValue], db)
  }

  /// Lets a former slug lead nowhere, for an item that is to have it.
  public func removeRedirect(from slug: String, of type: String, _ db: Database) throws {
    try db.execute(sql: "DELETE FROM redirect WHERE type = ? AND slug = ?", arguments: [type, slug])
  }

  /// The same for the slugs that items have now, and for former ones of theirs that others have now.
  public func removeRedirects(to items: Set<Int64>, _ db: Database) throws {
    let statements = try [
      "DELETE FROM redirect WHERE (type, slug) = (SELECT type, slug FROM item WHERE id = ?)",
      """
      DELETE FROM redirect WHERE itemId = ?
        AND EXISTS (SELECT 1 FROM item i WHERE i.type = redirect.type AND i.slug = redirect.slug)
      """,
    ].map { try db.cachedStatement(sql: $0) }
    for id in items { for statement in statements { try statement.execute(arguments: [id]) } }
  }

  /// Former slugs of the item, to go on being found.
  public func redirect(from slug: String, of type: String, _ db: Database) throws -> Int64? {
    try db.cachedStatement(sql: "SELECT itemId FROM redirect WHERE type = ? AND slug = ?")
      .integer([type.databaseValue, slug.databaseValue], db)
  }

  public func addRedirect(from slug: String, of type: String, to id: Int64, _ db: Database) throws {
    try db.execute(
      sql: "INSERT OR REPLACE INTO redirect (type, slug, itemId) VALUES (?, ?, ?)",
      arguments: [type, slug, id])
  }

  /// The id of the item of this type with exactly this title.
  public func id(title: String, of type: String, _ db: Database) throws -> Int64? {
    try Int64.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT id FROM item WHERE type = ?1 AND sortKey = sortkey(?2) AND title = ?2
          ORDER BY trashedAt IS NOT NULL, id LIMIT 1
          """),
      arguments: [type, title])
  }

  /// Slugs of a type that begin as `slug` does, for suggestions and completion.
  public func slugs(near slug: String, of type: String, limit: Int, _ db: Database) throws -> [String] {
    for length in [3, 1, 0] {
      let start = String(slug.prefix(length))
      let found = try String.fetchAll(
        db,
        sql: "SELECT slug FROM item WHERE type = ? AND slug >= ? AND slug < ? AND trashedAt IS NULL LIMIT ?",
        arguments: [type, start, start + "~", limit])
      if !found.isEmpty { return found }
    }
    return []
  }
}
