public import ContentModel
import Foundation
public import GRDB

/// Reading items whole: their envelopes, typed rows and links.
extension ItemStore {
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
      item.values[index] = try Column.decode(
        row.storage(envelopeColumns.count + 1 + offset), table.kinds[index])
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
