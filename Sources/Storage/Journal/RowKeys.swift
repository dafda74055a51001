public import GRDB

/// Which rows: table by table, by their primary keys.
public struct RowKeys: Sendable {
  private var rowids: [String: Set<Int64>] = [:]
  private var keys: [String: Set<[UInt8]>] = [:]

  public init() {}

  public mutating func insert(_ row: Patch.Row) {
    if let rowid = row.rowid {
      rowids[row.table, default: []].insert(rowid)
    } else {
      keys[row.table, default: []].insert(row.key)
    }
  }

  public mutating func insert(_ rowid: Int64, in table: String) { rowids[table, default: []].insert(rowid) }

  public func contains(_ row: Patch.Row) -> Bool {
    if let rowid = row.rowid { return rowids[row.table]?.contains(rowid) ?? false }
    return keys[row.table]?.contains(row.key) ?? false
  }

  /// Those that are not among others.
  public func subtracting(_ others: RowKeys) -> RowKeys {
    var rest = RowKeys()
    for (table, ids) in rowids {
      let left = ids.subtracting(others.rowids[table] ?? [])
      if !left.isEmpty { rest.rowids[table] = left }
    }
    for (table, ids) in keys {
      let left = ids.subtracting(others.keys[table] ?? [])
      if !left.isEmpty { rest.keys[table] = left }
    }
    return rest
  }

  public func rowids(in table: String) -> Set<Int64> { rowids[table] ?? [] }
  public var isEmpty: Bool { rowids.isEmpty && keys.isEmpty }
  public var tables: Set<String> { Set(rowids.keys).union(keys.keys) }
}

extension Journal {
  /// The operations after `id` that have left some of these rows otherwise than it did, newest first.
  ///
  /// An undo finds the rows as the operation has left them that it takes back, for it is refused else; and so does a
  /// redo. Each takes back all that the one before it did, whatever came between. So only those count that are not
  /// undone; and of the undos and redos of what is older than `id` the last one, where they are odd in number.
  public static func users(of keys: RowKeys, after id: Int64, _ db: Database) throws -> [Entry] {
    var users: [Entry] = []
    var turns: [Int64: [Entry]] = [:]
    let nouns = try Set(entry(id, db)?.nouns ?? [])
    try each(db) { entry in
      guard entry.id > id else { return false }
      // What was done again is known by the operation that it is about.
      let original = try doneAgain(by: entry, db) ?? entry.undoes
      if let original {
        guard original <= id else { return true }
      } else if entry.undoneBy != nil {
        return true
      }
      guard try uses(keys, entry, nouns, db) else { return true }
      if let original { turns[original, default: []].append(entry) } else { users.append(entry) }
      return true
    }
    users += turns.values.compactMap { $0.count % 2 == 1 ? $0.first : nil }
    return users.sorted { $0.id > $1.id }
  }

  /// - Parameter nouns: what the rows are of, where of the entry nothing else can be known.
  private static func uses(_ keys: RowKeys, _ entry: Entry, _ nouns: Set<String>, _ db: Database) throws
    -> Bool
  {
    let mayBe = entry.rows > 0 && !nouns.isDisjoint(with: entry.nouns)
    guard entry.size > 0 else { return mayBe }
    var isUser = false
    do {
      try eachRow(of: entry.id, db) { row in
        isUser = keys.contains(row)
        return !isUser
      }
    } catch is DamagedValue {
      return mayBe
    }
    return isUser
  }
}
