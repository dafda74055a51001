public import ContentModel
public import GRDB

/// Rows as archives carry them: `item` is the uid of the item, where they belong to items, then the columns by name.
extension SideTable {
  /// Calls `body` with every row, by the item's uid, then by the columns in their order.
  public func each(_ db: Database, _ body: (FieldMap) throws -> Void) throws {
    let item = noun == nil ? [] : ["i.uid"]
    let names = item + columns.map { "s.\($0.name.sql)" }
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT \(names.joined(separator: ", ")) FROM \(name.sql) s \(noun == nil ? "" : "JOIN item i ON i.id = s.itemId")
        ORDER BY \((names + ["s.id"]).joined(separator: ", "))
        """)
    while let row = try rows.next() {
      var map: FieldMap = noun == nil ? [:] : ["item": .text(row[0])]
      for (index, column) in columns.enumerated() {
        map.append(
          column.name, try Storage.Column.decode(row[index + item.count] as DatabaseValue, column.kind))
      }
      try body(map)
    }
  }

  /// The rows of an item, each as the values of the columns in their order.
  public func rows(of item: Int64, _ db: Database) throws -> [[FieldValue]] {
    let names = columns.map(\.name.sql).joined(separator: ", ")
    return try Row.fetchAll(
      db.cachedStatement(sql: "SELECT \(names) FROM \(name.sql) WHERE itemId = ? ORDER BY id"),
      arguments: [item]
    ).map { row in
      try columns.enumerated().map { try Storage.Column.decode(row[$0] as DatabaseValue, $1.kind) }
    }
  }

  public func count(_ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM \(name.sql)") ?? 0
  }

  /// Removes the rows of an item.
  public func removeRows(of item: Int64, _ db: Database) throws {
    try db.cachedStatement(sql: "DELETE FROM \(name.sql) WHERE itemId = ?").execute(arguments: [item])
  }

  public func hasRows(of item: Int64, _ db: Database) throws -> Bool {
    try Bool.fetchOne(
      db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM \(name.sql) WHERE itemId = ?)"), arguments: [item]
    ) ?? false
  }

  /// What becomes of a row whose key is here already.
  public enum Doubled: String, Sendable {
    case refuse = "ABORT"
    case keepOld = "IGNORE"
    case takeNew = "REPLACE"
  }

  /// The whole numbers that a row may bring: those that every reader of JSON keeps exactly (RFC 8259, 6). Sums of larger
  /// ones would be wrong, or none.
  static let numbers: ClosedRange<Int64> = -9_007_199_254_740_991...9_007_199_254_740_991

  private func check(_ value: FieldValue, _ column: Column) throws {
    if value.isNull { return }
    guard case .integer(let number) = value, Self.numbers.contains(number) else {
      throw Refusal(
        .invalid,
        "\(name).\(column.name): \(value.summary) is no whole number up to \(Self.numbers.upperBound)",
        field: column.name)
    }
  }

  /// Adds a row as `each` gives it; values of the wrong kind are refused.
  /// - Parameter item: the item that it belongs to; nil for a row of the site itself.
  public func insert(
    _ values: FieldMap, of item: Int64?, doubled: Doubled = .refuse, _ db: Database
  ) throws {
    let arguments = try arguments(values, of: item)
    let marks = Array(repeating: "?", count: arguments.count).joined(separator: ", ")
    do {
      try db.cachedStatement(
        sql: """
          INSERT OR \(doubled.rawValue) INTO \(name.sql)
          (\(names(of: item).map(\.sql).joined(separator: ", "))) VALUES (\(marks))
          """
      ).execute(arguments: StatementArguments(arguments))
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT {
      throw Refusal(.invalid, "\(name): \(error.message ?? "the row breaks a rule of its table")")
    }
  }

  /// Refuses a row with values of the wrong kind.
  public func check(_ values: FieldMap, of item: Int64?) throws { _ = try arguments(values, of: item) }

  /// The columns that a row is written into.
  func names(of item: Int64?) -> [String] { (item == nil ? [] : ["itemId"]) + columns.map(\.name) }

  /// What stands in them; values of the wrong kind are refused.
  func arguments(_ values: FieldMap, of item: Int64?) throws -> [DatabaseValue] {
    var arguments: [DatabaseValue] = item.map { [$0.databaseValue] } ?? []
    for column in columns {
      var value = values[column.name] ?? .null
      if column.kind == .date, let text = value.text {
        guard let date = Timestamp.date(text) else {
          throw Refusal(.invalid, "\(name).\(column.name): “\(text)” is no date", field: column.name)
        }
        value = .date(date)
      }
      if column.kind == .integer { try check(value, column) }
      arguments.append(Storage.Column.encode(value))
    }
    return arguments
  }
}
