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
    return try fetch(id, table, table.fetch, table.columns, db)
  }

  /// What lists read of the item with this id, known to be of a type: all but its long texts.
  public func fetchListed(_ id: Int64, of type: String, _ db: Database) throws -> Item? {
    let table = try table(type)
    return try fetch(id, table, table.fetchListed, table.listedColumns, db)
  }

  private func fetch(_ id: Int64, _ table: TypedTable, _ sql: String, _ columns: [Int], _ db: Database)
    throws -> Item?
  {
    let statement = try db.cachedStatement(sql: sql)
    try statement.bind([id.databaseValue], db)
    var found: Item?
    try RawRow.first(of: statement, db) { row in
      var item = try item(row, table, columns)
      try Self.readLinks(&item, table, db)
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
      var item = try item(row, table, wanted)
      if readsLinks ?? true { try Self.readLinks(&item, table, db) }
      return try body(item)
    }
  }

  /// The item of a row of `TypedTable.select`.
  private func item(_ row: RawRow, _ table: TypedTable, _ wanted: [Int]) throws -> Item {
    var item = Item(envelope: try envelope(row), values: table.blank)
    if let title = table.title { item.values[title] = .text(item.envelope.title) }
    for (offset, index) in wanted.enumerated() {
      let stored = row.storage(Self.envelopeColumns.count + 1 + offset)
      do {
        item.values[index] = try Column.decode(stored, table.kinds[index])
        guard isTolerant, table.shape.fields[index].fault(in: item.values[index]) != nil else { continue }
        item.values[index] = table.shape.fields[index].initial
      } catch let damage as DamagedValue {
        let field = table.shape.fields[index]
        guard isTolerant else { throw damage.at("\(item.envelope.told): \(field.name)") }
        item.values[index] = field.initial
      }
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
  private func envelope(_ row: RawRow) throws -> Envelope {
    try Self.envelope(row.string, row.integer, isTolerant: isTolerant) { column in
      guard let text = row.text(column) else { return nil }
      return try Timestamp.date(utf8: text)
        ?? { throw Self.noDate(column, row.string(column) ?? "", of: row.string) }()
    }
  }

  /// The envelope of a row that has its columns by their names.
  static func envelope(named row: Row, isTolerant: Bool) throws -> Envelope {
    let names = ["id"] + envelopeColumns
    func text(_ index: Int) -> String? { String.fromDatabaseValue(row[names[index]]) }
    func integer(_ index: Int) -> Int64? { Int64.fromDatabaseValue(row[names[index]]) }
    return try envelope(text, integer, isTolerant: isTolerant) { column in
      guard let text = text(column) else { return nil }
      return try Timestamp.date(text)
        ?? {
          throw noDate(
            column, text,
            of: {
              String.fromDatabaseValue(row[names[$0]])
                ?? Int64.fromDatabaseValue(row[names[$0]]).map(String.init)
            })
        }()
    }
  }

  private static func noDate(_ column: Int, _ value: String, of text: (Int) -> String?) -> DamagedValue {
    let item = "\(text(2) ?? "item") \(text(0) ?? "") “\(text(3) ?? "")”"
    return DamagedValue(
      "\(FieldValue.text(value).summary) is not a date", at: "\(item): \(envelopeColumns[column - 1])")
  }

  private static func envelope(
    _ text: (Int) -> String?, _ integer: (Int) -> Int64?, isTolerant: Bool, _ date: (Int) throws -> Date?
  ) throws -> Envelope {
    func moment(_ column: Int) throws -> Date? {
      do { return try date(column) } catch let damage as DamagedValue {
        if isTolerant { return nil }
        throw damage
      }
    }
    // A moment that cannot be read, of what has to have one.
    let unknown = isTolerant ? Date(timeIntervalSince1970: 0) : nil
    guard let id = integer(0), let uid = text(1), let type = text(2), let slug = text(3), let title = text(4),
      let state = text(6).flatMap(State.init) ?? (isTolerant ? .draft : nil),
      let createdAt = try moment(9) ?? unknown, let updatedAt = try moment(10) ?? unknown,
      let version = integer(16)
    else {
      let what = "\(text(2) ?? "item") \(integer(0) ?? 0) “\(text(3) ?? "")”"
      throw DamagedValue(
        "\(FieldValue.text(text(6) ?? "").summary) is not one of \(State.allCases.map(\.rawValue).joined(separator: ", "))",
        at: "\(what): state")
    }
    var envelope = Envelope(uid: uid, type: type, createdAt: createdAt)
    (envelope.id, envelope.slug, envelope.title, envelope.state) = (id, slug, title, state)
    (envelope.author, envelope.language, envelope.updatedAt) = (text(7), text(8), updatedAt)
    envelope.publishAt = try moment(11)
    envelope.expireAt = try moment(12)
    envelope.trashedAt = try moment(13)
    (envelope.position, envelope.origin, envelope.version) = (integer(14), text(15), version)
    return envelope
  }
}
