public import ContentModel
import Foundation
public import GRDB
import Vietnamese

/// Reads and writes items: envelope, typed row, links and search index together, in the caller's transaction.
public struct ItemStore: Sendable {
  let tables: [String: TypedTable]
  /// The statements that find what refers to an item, by its type; kept, so that they are not put together for each.
  let referring: [String: String]
  let holding: [String: String]
  /// Whether a value that no Sen has written is read as the initial one of its field, and not thrown.
  private(set) var isTolerant = false

  public init(_ shapes: [Shape]) {
    tables = Dictionary(shapes.map { ($0.name, TypedTable($0)) }, uniquingKeysWith: { first, _ in first })
    let all = tables.values.sorted { $0.shape.name < $1.shape.name }
    referring = tables.mapValues { Self.referring(to: $0.shape.name, all) }
    holding = tables.mapValues { Self.holding($0.shape.name, all) }
  }

  /// The same, reading what is damaged as if it had never been filled in; for those who look after a site.
  public var tolerant: ItemStore {
    var store = self
    store.isTolerant = true
    return store
  }

  func table(_ type: String) throws -> TypedTable {
    guard let table = tables[type] else { throw Refusal(.notFound, "There is no content type “\(type)”") }
    return table
  }

  static let envelopeColumns = [
    "uid", "type", "slug", "title", "sortKey", "state", "author", "language", "createdAt", "updatedAt",
    "publishAt", "expireAt", "trashedAt", "position", "origin", "version",
  ]

  private static func envelopeArguments(_ envelope: Envelope) -> [DatabaseValue] {
    [
      envelope.uid.databaseValue, envelope.type.databaseValue, envelope.slug.databaseValue,
      envelope.title.databaseValue, Data(SortKey.make(envelope.title)).databaseValue,
      envelope.state.rawValue.databaseValue, envelope.author.databaseValue, envelope.language.databaseValue,
      Timestamp.text(envelope.createdAt).databaseValue, Timestamp.text(envelope.updatedAt).databaseValue,
      envelope.publishAt.map(Timestamp.text).databaseValue,
      envelope.expireAt.map(Timestamp.text).databaseValue,
      envelope.trashedAt.map(Timestamp.text).databaseValue, envelope.position.databaseValue,
      envelope.origin.databaseValue, envelope.version.databaseValue,
    ]
  }

  private static let insertEnvelope =
    "INSERT INTO item (\(envelopeColumns.joined(separator: ", "))) VALUES (\(marks(envelopeColumns.count)))"
  private static let updateEnvelope =
    "UPDATE item SET \(envelopeColumns.map { "\($0) = ?" }.joined(separator: ", ")) WHERE id = ?"

  private static func marks(_ count: Int) -> String {
    Array(repeating: "?", count: count).joined(separator: ", ")
  }

  /// Stores a new item and gives it its id.
  /// - Parameter words: its words for the search index, where they are known already.
  public func insert(_ item: inout Item, words: SearchText.Words? = nil, _ db: Database) throws {
    let table = try table(item.envelope.type)
    try db.cachedStatement(sql: Self.insertEnvelope).run(Self.envelopeArguments(item.envelope), db)
    let id = db.lastInsertedRowID
    item.envelope.id = id
    try db.cachedStatement(sql: table.insert)
      .run([id.databaseValue] + table.columns.map { Column.encode(item.values[$0]) }, db)
    try insertLinks(item, table, db)
    try index(words ?? SearchText.make(item, table.shape), of: id, db)
  }

  /// Replaces `old`, which is what the database holds, by `new`.
  public func update(_ old: Item, to new: Item, _ db: Database) throws {
    let table = try table(new.envelope.type)
    let id = new.envelope.id.databaseValue
    try db.cachedStatement(sql: Self.updateEnvelope)
      .execute(arguments: StatementArguments(Self.envelopeArguments(new.envelope) + [id]))
    // What has not changed is not written: a long body, and references, whose check makes FTS5 write out its words.
    let changed = table.columns.filter { old.values[$0] != new.values[$0] }
    if !changed.isEmpty {
      try db.cachedStatement(sql: table.update(changed))
        .execute(arguments: StatementArguments(changed.map { Column.encode(new.values[$0]) } + [id]))
    }
    if old.tags != new.tags || table.links.contains(where: { old.values[$0] != new.values[$0] }) {
      try db.cachedStatement(sql: "DELETE FROM itemLink WHERE itemId = ?").execute(arguments: [
        new.envelope.id
      ])
      try insertLinks(new, table, db)
    }
    guard old.values != new.values || old.envelope.title != new.envelope.title else { return }
    let (before, after) = (SearchText.make(old, table.shape), SearchText.make(new, table.shape))
    if before != after {
      try unindex(old, table, db)
      try index(after, of: new.envelope.id, db)
    }
  }

  /// Removes the item for good; references to it become empty.
  public func delete(_ item: Item, _ db: Database) throws {
    try unindex(item, table(item.envelope.type), db)
    try db.cachedStatement(sql: "DELETE FROM item WHERE id = ?").run([item.envelope.id.databaseValue], db)
  }

  private func insertLinks(_ item: Item, _ table: TypedTable, _ db: Database) throws {
    let insert = try db.cachedStatement(
      sql: "INSERT INTO itemLink (itemId, field, position, targetId) VALUES (?, ?, ?, ?)")
    let id = item.envelope.id.databaseValue
    for (position, tag) in item.tags.enumerated() {
      try insert.run([id, "tags".databaseValue, position.databaseValue, tag.databaseValue], db)
    }
    for index in table.links {
      guard case .list(let targets) = item.values[index] else { continue }
      for (position, target) in targets.enumerated() {
        try insert.run(
          [
            id, table.shape.fields[index].name.databaseValue, position.databaseValue,
            target.integer.databaseValue,
          ], db)
      }
    }
  }

  func index(_ words: SearchText.Words, of id: Int64, _ db: Database) throws {
    try db.cachedStatement(sql: "INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)")
      .run([id.databaseValue, words.title.databaseValue, words.text.databaseValue], db)
  }

  func unindex(_ item: Item, _ table: TypedTable, _ db: Database) throws {
    let words = SearchText.make(item, table.shape)
    try db.cachedStatement(sql: "INSERT INTO search (search, rowid, title, text) VALUES ('delete', ?, ?, ?)")
      .run([item.envelope.id.databaseValue, words.title.databaseValue, words.text.databaseValue], db)
  }

  /// Builds the search index anew from the items.
  public func reindex(_ db: Database) throws -> Int {
    try Self.emptyIndex(db)
    var count = 0
    for type in tables.keys.sorted() {
      try each(type, Query(isTrashed: nil), db) { item in
        try index(SearchText.make(item, table(type).shape), of: item.envelope.id, db)
        count += 1
        return true
      }
    }
    return count
  }

  /// Takes everything out of the search index, whatever state it is in.
  private static func emptyIndex(_ db: Database) throws {
    func isDamaged(_ error: DatabaseError) -> Bool {
      [.SQLITE_CORRUPT, .SQLITE_ERROR].contains(error.resultCode)
    }
    do {
      return try db.execute(sql: "INSERT INTO search (search) VALUES ('delete-all')")
    } catch let error as DatabaseError where isDamaged(error) {}
    do {
      // FTS5 cannot even empty it. Its tables are set to what they are in an empty index: no averages, and a structure
      // of no levels (fts5_index.c, “%_data table record format”).
      return try db.execute(
        sql: """
          DELETE FROM search_data; DELETE FROM search_idx; DELETE FROM search_docsize;
          INSERT INTO search_data (id, block) VALUES (1, x''), (10, zeroblob(7));
          INSERT INTO search (search) VALUES ('delete-all');
          """)
    } catch let error as DatabaseError where isDamaged(error) {}
    try makeIndex(db)
  }

  /// Builds the search index anew where pages of it are damaged, in a transaction that has not met them.
  func remakeIndex(_ db: Database) throws {
    try Self.makeIndex(db)
    _ = try reindex(db)
  }

  /// Makes the search index anew whose tables cannot be emptied: their names are taken off, and their pages are left for
  /// VACUUM.
  private static func makeIndex(_ db: Database) throws {
    try Schema.forget(["search", "search_data", "search_idx", "search_docsize", "search_config"], db)
    try db.execute(sql: Schema.searchTable)
  }
}
