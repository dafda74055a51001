public import ContentModel
public import GRDB

/// Rows of the site at one moment of its history: those of some items, and some others by their keys.
public struct RowStates {
  /// Whose rows in `item`, the typed tables and `itemLink` are followed.
  private let items: Set<Int64>
  private let others: RowKeys
  private let typed: Set<String>
  private var columns: [String: [String]] = [:]
  /// By table and key.
  private var rows: [String: [[UInt8]: [DatabaseValue]]] = [:]

  /// The rows as they are now.
  /// - Parameter others: rows that are no item's own, as the journal names them.
  public init(
    of items: Set<Int64>, _ others: [Patch.Row], _ store: ItemStore, _ db: Database
  ) throws {
    self.items = items
    typed = Set(store.tables.keys)
    var keys = RowKeys()
    for row in others { keys.insert(row) }
    self.others = keys
    for table in typed.union(["item"]) {
      let key = table == "item" ? "id" : "itemId"
      for id in items { try read(table, where: "\(key) = ?", [id.databaseValue], db) }
    }
    for id in items { try read("itemLink", where: "itemId = ?", [id.databaseValue], db) }
    for row in others {
      let names = try names(of: row.table, db)
      let keys = try db.primaryKey(row.table).columns
      let values = keys.compactMap { name in names.firstIndex(of: name).flatMap { row.values[$0] } }
      guard values.count == keys.count else { continue }
      try read(
        row.table, where: keys.map { "\($0.sql) = ?" }.joined(separator: " AND "), values, db)
    }
  }

  private mutating func names(of table: String, _ db: Database) throws -> [String] {
    if let known = columns[table] { return known }
    let names = try db.tableExists(table) ? db.columns(in: table).map(\.name) : []
    columns[table] = names
    return names
  }

  private mutating func read(
    _ table: String, where condition: String, _ arguments: [DatabaseValue], _ db: Database
  ) throws {
    let names = try names(of: table, db)
    let keys = try db.primaryKey(table).columns
    let found = try Row.fetchAll(
      db, sql: "SELECT \(names.map(\.sql).joined(separator: ", ")) FROM \(table.sql) WHERE \(condition)",
      arguments: StatementArguments(arguments))
    for row in found {
      let values = Array(row.databaseValues)
      // Keys stand in the order of columns, as in patches.
      let key = zip(names, values).filter { keys.contains($0.0) }.flatMap { PatchValue.bytes($0.1) }
      rows[table, default: [:]][key] = values
    }
  }

  /// Goes back behind an operation, all later ones having been gone back already.
  public mutating func goBack(behind entry: Int64, _ db: Database) throws {
    try Journal.eachRow(of: entry, db) { row in
      guard try isFollowed(row, db) else { return true }
      switch row.kind {
      case .removes: rows[row.table]?[row.key] = nil
      case .restores: rows[row.table, default: [:]][row.key] = row.values.map { $0 ?? .null }
      case .changes:
        guard var values = rows[row.table]?[row.key] else { return true }
        for (index, value) in row.values.enumerated() where index < values.count {
          if let value { values[index] = value }
        }
        rows[row.table]?[row.key] = values
      }
      return true
    }
  }

  private mutating func isFollowed(_ row: Patch.Row, _ db: Database) throws -> Bool {
    if row.table == "item" || typed.contains(row.table) { return row.rowid.map(items.contains) ?? false }
    guard row.table == "itemLink" else { return others.contains(row) }
    let place = try names(of: row.table, db).firstIndex(of: "itemId") ?? 0
    return row.values[place].flatMap(Int64.fromDatabaseValue).map(items.contains) ?? false
  }

  /// A row that is no item's own: its columns with their values; nil where there was none.
  public func values(of row: Patch.Row) -> [(column: String, value: DatabaseValue)]? {
    rows[row.table]?[row.key].map { Array(zip(columns[row.table] ?? [], $0)) }
  }

  /// What no Sen has written of an item as it was, by field: `item` has it empty.
  public func damages(_ id: Int64, _ store: ItemStore) -> [String: FieldValue] {
    let key = PatchValue.integer(id)
    guard let envelope = rows["item"]?[key], let names = columns["item"] else { return [:] }
    let outer = Dictionary(zip(names, envelope), uniquingKeysWith: { first, _ in first })
    var damages: [String: FieldValue] = [:]
    func look(_ name: String, _ value: DatabaseValue?, _ kind: FieldKind) {
      guard let value, (try? Column.decode(value, kind)) == nil else { return }
      damages[name] = .text(String.fromDatabaseValue(value) ?? "bytes")
    }
    for name in ["createdAt", "updatedAt", "publishAt", "expireAt", "trashedAt"] {
      look(name, outer[name], .date)
    }
    if let state = outer["state"].flatMap(String.fromDatabaseValue), State(rawValue: state) == nil {
      damages["state"] = .text(state)
    }
    guard let type = outer["type"].flatMap(String.fromDatabaseValue), let table = store.tables[type],
      let body = rows[type]?[key]
    else { return damages }
    let inner = Dictionary(zip(columns[type] ?? [], body), uniquingKeysWith: { first, _ in first })
    for index in table.columns {
      look(
        table.shape.fields[index].name, inner[table.shape.fields[index].name], table.shape.fields[index].kind)
    }
    return damages
  }

  /// An item as it was; nil where there was none.
  public func item(_ id: Int64, _ store: ItemStore) throws -> Item? {
    let key = PatchValue.integer(id)
    guard let envelope = rows["item"]?[key], let names = columns["item"] else { return nil }
    let outer = Dictionary(zip(names, envelope), uniquingKeysWith: { first, _ in first })
    guard let type = outer["type"].flatMap(String.fromDatabaseValue), let table = store.tables[type],
      let body = rows[type]?[key]
    else { return nil }
    let inner = Dictionary(zip(columns[type] ?? [], body), uniquingKeysWith: { first, _ in first })
    let links = (rows["itemLink"] ?? [:]).values.compactMap { link -> (String, Int64, Int64)? in
      let values = Dictionary(zip(columns["itemLink"] ?? [], link), uniquingKeysWith: { first, _ in first })
      guard values["itemId"] == id.databaseValue,
        let field = values["field"].flatMap(String.fromDatabaseValue),
        let place = values["position"].flatMap(Int64.fromDatabaseValue),
        let target = values["targetId"].flatMap(Int64.fromDatabaseValue)
      else { return nil }
      return (field, place, target)
    }
    return try ItemStore.item(
      outer, inner, links.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map { ($0.0, $0.2) }, table)
  }
}

extension ItemStore {
  /// An item of its columns by name, and its links in their order.
  fileprivate static func item(
    _ outer: [String: DatabaseValue], _ inner: [String: DatabaseValue],
    _ links: [(field: String, target: Int64)], _ table: TypedTable
  ) throws -> Item {
    let columns = ["id"] + envelopeColumns
    let row = Row(
      Dictionary(columns.map { ($0, outer[$0] ?? .null) }, uniquingKeysWith: { first, _ in first }))
    var item = Item(
      envelope: try envelope(named: row, isTolerant: true), values: table.shape.fields.map { _ in .null })
    for (index, field) in table.shape.fields.enumerated() {
      if field.has(.title) {
        item.values[index] = .text(item.envelope.title)
      } else if table.links.contains(index) {
        item.values[index] = .list(links.filter { $0.field == field.name }.map { .integer($0.target) })
      } else {
        do {
          item.values[index] = try Column.decode(inner[field.name] ?? .null, field.kind)
        } catch is DamagedValue {
          item.values[index] = field.initial
        }
      }
    }
    item.tags = links.filter { $0.field == "tags" }.map(\.target)
    return item
  }
}
