import GRDBSQLite

/// What changesets know of a table: how many columns it has, and which are its primary key.
struct TableLayout {
  /// By column: its place in the primary key, from 1; 0 for the others. Empty where there is no such table.
  let keyPlaces: [UInt8]
  /// Whether the key is the rowid itself.
  let hasRowidKey: Bool

  /// By column: what a row has that is older than the column, where that is not NULL. SQLite tells NULL of it when the row
  /// is about to change.
  private(set) var defaults: [Int: [UInt8]] = [:]

  init(_ name: String, _ connection: OpaquePointer) throws {
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    let sql =
      "SELECT type, pk, \"notnull\", dflt_value FROM pragma_table_info('\(name.replacing("'", with: "''"))')"
    guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK else {
      throw SQLiteFailure(connection)
    }
    var (types, places): ([String], [UInt8]) = ([], [])
    while sqlite3_step(statement) == SQLITE_ROW {
      types.append(sqlite3_column_text(statement, 0).map { String(cString: $0).uppercased() } ?? "")
      if sqlite3_column_int(statement, 2) != 0, let text = sqlite3_column_text(statement, 3) {
        defaults[places.count] = try Self.value(of: String(cString: text), connection)
      }
      places.append(UInt8(truncatingIfNeeded: sqlite3_column_int(statement, 1)))
    }
    keyPlaces = places
    hasRowidKey = places.count { $0 > 0 } == 1 && types[places.firstIndex { $0 > 0 } ?? 0] == "INTEGER"
  }

  /// Whether rows of a patch made for `places` fit; columns may have been added since.
  func takes(_ places: [UInt8]) -> Bool {
    keyPlaces.count >= places.count && Array(keyPlaces.prefix(places.count)) == places
      && keyPlaces.dropFirst(places.count).allSatisfy { $0 == 0 }
  }

  /// What an expression of a declaration comes to.
  private static func value(of expression: String, _ connection: OpaquePointer) throws -> [UInt8] {
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    guard sqlite3_prepare_v2(connection, "SELECT \(expression)", -1, &statement, nil) == SQLITE_OK,
      sqlite3_step(statement) == SQLITE_ROW
    else { throw SQLiteFailure(connection) }
    return try PatchValue.bytes(connection, 0) { _, column, value in
      value?.pointee = sqlite3_column_value(statement, column)
      return SQLITE_OK
    }
  }
}
