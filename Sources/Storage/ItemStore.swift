public import ContentModel
import Foundation
public import GRDB
import Vietnamese

/// Reads and writes items: envelope, typed row, links and search index together, in the caller's transaction.
public struct ItemStore: Sendable {
  let tables: [String: TypedTable]
  /// The statements that find what refers to an item, by its type; kept, so that they are not put together for each.
  let referring: [String: String]

  public init(_ shapes: [Shape]) {
    tables = Dictionary(shapes.map { ($0.name, TypedTable($0)) }, uniquingKeysWith: { first, _ in first })
    let all = tables.values.sorted { $0.shape.name < $1.shape.name }
    referring = tables.mapValues { Self.referring(to: $0.shape.name, all) }
  }

  func table(_ type: String) throws -> TypedTable {
    guard let table = tables[type] else { throw Refusal(.notFound, "There is no content type “\(type)”") }
    return table
  }

  // MARK: Writing

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
    do {
      try db.execute(sql: "INSERT INTO search (search) VALUES ('delete-all')")
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      // FTS5 cannot even empty it. Its tables are set to what they are in an empty index: no averages, and a structure
      // of no levels (fts5_index.c, “%_data table record format”).
      try db.execute(
        sql: """
          DELETE FROM search_data; DELETE FROM search_idx; DELETE FROM search_docsize;
          INSERT INTO search_data (id, block) VALUES (1, x''), (10, zeroblob(7));
          INSERT INTO search (search) VALUES ('delete-all');
          """)
    }
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

  // MARK: Reading

  /// The item with this id, whole; nil if there is none.
  public func fetch(_ id: Int64, _ db: Database) throws -> Item? {
    guard let type = try type(of: id, db) else { return nil }
    return try fetch(id, of: type, db)
  }

  /// The item with this id, known to be of a type; nil if there is none of it.
  public func fetch(_ id: Int64, of type: String, _ db: Database) throws -> Item? {
    let table = try table(type)
    return try Self.fetch(id, table, table.fetch, table.columns, db)
  }

  /// What lists read of the item with this id, known to be of a type: all but its long texts.
  public func fetchListed(_ id: Int64, of type: String, _ db: Database) throws -> Item? {
    let table = try table(type)
    return try Self.fetch(id, table, table.fetchListed, table.listedColumns, db)
  }

  private static func fetch(_ id: Int64, _ table: TypedTable, _ sql: String, _ columns: [Int], _ db: Database)
    throws -> Item?
  {
    let statement = try db.cachedStatement(sql: sql)
    try statement.bind([id.databaseValue], db)
    var found: Item?
    try RawRow.first(of: statement, db) { row in
      var item = try item(row, table, columns)
      try readLinks(&item, table, db)
      found = item
    }
    return found
  }

  /// The names of the fields that lists read of a type.
  public func listed(_ type: String) throws -> Set<String> { try table(type).listed }

  /// The items of the query, all in memory; its statement is kept for the next of the same text.
  public func items(_ type: String, _ query: Query, _ db: Database) throws -> [Item] {
    var found: [Item] = []
    try each(type, query, db, keepsStatement: true) { item in
      found.append(item)
      return true
    }
    return found
  }

  /// The ids of the items of the query.
  public func ids(_ type: String, _ query: Query, _ db: Database) throws -> [Int64] {
    var compiler = QueryCompiler(try table(type))
    let tail = try compiler.tail(query, isWhole: true)
    return try Int64.fetchAll(
      db, sql: "SELECT i.id FROM \(compiler.tables) \(tail)",
      arguments: StatementArguments(compiler.arguments))
  }

  /// Calls `body` with each item of the query until it says false. One item is in memory at a time.
  public func each(
    _ type: String, _ query: Query, _ db: Database, _ body: (Item) throws -> Bool
  ) throws {
    // Not a statement that is kept: `body` may ask for the same.
    try each(type, query, db, keepsStatement: false, body)
  }

  private func each(
    _ type: String, _ query: Query, _ db: Database, keepsStatement: Bool, _ body: (Item) throws -> Bool
  ) throws {
    let table = try table(type)
    var compiler = QueryCompiler(table)
    let tail = try compiler.tail(query)
    let wanted = table.columns.filter { query.fields?.contains(table.shape.fields[$0].name) ?? true }
    let sql = table.select(wanted) + tail
    let statement = try keepsStatement ? db.cachedStatement(sql: sql) : db.makeStatement(sql: sql)
    let readsLinks = query.fields.map { fields in
      fields.contains("tags") || table.links.contains { fields.contains(table.shape.fields[$0].name) }
    }
    try statement.setArguments(StatementArguments(compiler.arguments))
    try Self.step(statement, db) { row in
      var item = try Self.item(row, table, wanted)
      if readsLinks ?? true { try Self.readLinks(&item, table, db) }
      return try body(item)
    }
  }

  /// The item of a row of `TypedTable.select`.
  private static func item(_ row: RawRow, _ table: TypedTable, _ wanted: [Int]) throws -> Item {
    var item = Item(envelope: try envelope(row), values: table.blank)
    if let title = table.title { item.values[title] = .text(item.envelope.title) }
    for (offset, index) in wanted.enumerated() {
      item.values[index] = try Column.decode(row, envelopeColumns.count + 1 + offset, table.kinds[index])
    }
    return item
  }

  /// How many items the query finds, its limit and offset aside.
  public func count(_ type: String, _ query: Query, _ db: Database) throws -> Int {
    var query = query
    (query.limit, query.offset, query.order) = (nil, 0, [])
    var compiler = QueryCompiler(try table(type))
    let tail = try compiler.tail(query)
    return try Int.fetchOne(
      db.cachedStatement(sql: "SELECT count(*) FROM \(compiler.tables) \(tail)"),
      arguments: StatementArguments(compiler.arguments)) ?? 0
  }

  private static func readLinks(_ item: inout Item, _ table: TypedTable, _ db: Database) throws {
    var lists: [String: [FieldValue]] = [:]
    try eachLink(of: item.envelope.id, db) { field, target in
      if field.elementsEqual("tags".utf8) {
        item.tags.append(target)
      } else {
        lists[String(decoding: field, as: UTF8.self), default: []].append(.integer(target))
      }
    }
    for index in table.links { item.values[index] = .list(lists[table.shape.fields[index].name] ?? []) }
  }

  /// The envelope of a row that begins with the id and its columns in their order.
  private static func envelope(_ row: RawRow) throws -> Envelope {
    try envelope(row.string, row.integer) { column in
      guard let text = row.text(column) else { return nil }
      return try Timestamp.date(utf8: text) ?? { throw DamagedValue(text: row.string(column) ?? "") }()
    }
  }

  /// The envelope of a row that has its columns by their names.
  static func envelope(named row: Row) throws -> Envelope {
    let names = ["id"] + envelopeColumns
    func text(_ index: Int) -> String? { String.fromDatabaseValue(row[names[index]]) }
    func integer(_ index: Int) -> Int64? { Int64.fromDatabaseValue(row[names[index]]) }
    return try envelope(text, integer) { column in
      guard let text = text(column) else { return nil }
      return try Timestamp.date(text) ?? { throw DamagedValue(text: text) }()
    }
  }

  private static func envelope(
    _ text: (Int) -> String?, _ integer: (Int) -> Int64?, _ date: (Int) throws -> Date?
  ) throws -> Envelope {
    guard let id = integer(0), let uid = text(1), let type = text(2), let slug = text(3), let title = text(4),
      let state = text(6).flatMap(State.init), let createdAt = try date(9), let updatedAt = try date(10),
      let version = integer(16)
    else { throw DamagedValue(text: "item \(integer(0) ?? 0)") }
    var envelope = Envelope(uid: uid, type: type, createdAt: createdAt)
    (envelope.id, envelope.slug, envelope.title, envelope.state) = (id, slug, title, state)
    (envelope.author, envelope.language, envelope.updatedAt) = (text(7), text(8), updatedAt)
    envelope.publishAt = try date(11)
    envelope.expireAt = try date(12)
    envelope.trashedAt = try date(13)
    (envelope.position, envelope.origin, envelope.version) = (integer(14), text(15), version)
    return envelope
  }
}
