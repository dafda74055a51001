import ContentModel
public import GRDB

/// What visitors were counted for since an operation, in the rows that it changed: it stays when the operation is taken
/// back, as long as what it belongs to does.
public struct CountedSince {
  private struct Sum {
    let table: SideTable
    /// The row's columns with their values; of those that count, only what has come since.
    var values: [(column: String, value: DatabaseValue)]
  }

  private var sums: [Sum] = []

  /// Adds it to the rows as they are now.
  public func add(_ db: Database) throws {
    for sum in sums {
      guard let key = sum.table.unique.first else { continue }
      let values = Dictionary(
        sum.values.map { ($0.column, $0.value) }, uniquingKeysWith: { first, _ in first })
      if let item = values["itemId"],
        try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM item WHERE id = ?)", arguments: [item])
          != true
      {
        continue
      }
      let columns = sum.values.map(\.column.sql).joined(separator: ", ")
      let marks = Array(repeating: "?", count: sum.values.count).joined(separator: ", ")
      let additions = sum.table.counts.map { "\($0.sql) = \($0.sql) + excluded.\($0.sql)" }
      try db.execute(
        sql: """
          INSERT INTO \(sum.table.name.sql) (\(columns)) VALUES (\(marks))
          ON CONFLICT (\(key.map(\.sql).joined(separator: ", "))) DO UPDATE SET
          \(additions.joined(separator: ", "))
          """, arguments: StatementArguments(sum.values.map(\.value)))
    }
  }

  /// Notes what a row has counted beyond what it had at the end of the operation.
  /// - Parameter known: the counts at its end.
  fileprivate mutating func note(_ row: Row, of table: SideTable, beyond known: [Int64]) {
    var (values, isMore): ([(String, DatabaseValue)], Bool) = ([], false)
    for (column, value) in row where column != "id" {
      guard let place = table.counts.firstIndex(of: column) else {
        values.append((column, value))
        continue
      }
      let more = max(0, (Int64.fromDatabaseValue(value) ?? 0) - (place < known.count ? known[place] : 0))
      if more > 0 { isMore = true }
      values.append((column, more.databaseValue))
    }
    if isMore { sums.append(Sum(table: table, values: values)) }
  }
}

extension SiteDatabase {
  /// What was counted since an operation that is about to be taken back. Rows that visitors have made in the place of
  /// those that are to come back give way to them.
  public func countedSince(_ entry: Int64, _ tables: [SideTable], _ db: Database) throws -> CountedSince {
    var since = CountedSince()
    let counting = Dictionary(
      tables.filter { !$0.counts.isEmpty }.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var rows: [String: [Int64: Patch.Row]] = [:]
    try Journal.eachRow(of: entry, db) { row in
      if counting[row.table] != nil, let id = row.rowid { rows[row.table, default: [:]][id] = row }
      return true
    }
    guard !rows.isEmpty else { return since }
    let tallies = try Tallies.read(entry, db)
    for (name, rows) in rows.sorted(by: { $0.key < $1.key }) {
      guard let table = counting[name] else { continue }
      let all = try db.cachedStatement(sql: "SELECT * FROM \(name.sql) WHERE id = ?")
      for (id, row) in rows.sorted(by: { $0.key < $1.key }) {
        if case .restores = row.kind { continue }
        if let known = tallies[name]?[id], let present = try Row.fetchOne(all, arguments: [id]) {
          since.note(present, of: table, beyond: known)
        }
      }
      let coming = rows.filter { if case .restores = $1.kind { true } else { false } }
      let noted = Set(rows.keys).subtracting(coming.keys).intersection(tallies[name]?.keys.map { $0 } ?? [])
      try giveWay(to: coming, table, &since, noted: noted, db)
    }
    return since
  }

  private func giveWay(
    to rows: [Int64: Patch.Row], _ table: SideTable, _ since: inout CountedSince, noted: Set<Int64>,
    _ db: Database
  ) throws {
    guard !rows.isEmpty, let key = table.unique.first else { return }
    let (name, columns) = (table.name.sql, try db.columns(in: table.name).map(\.name))
    let places = key.compactMap { columns.firstIndex(of: $0) }
    guard places.count == key.count else { return }
    let same = try db.cachedStatement(
      sql: "SELECT * FROM \(name) WHERE \(key.map { "\($0.sql) = ?" }.joined(separator: " AND "))")
    let taken = try db.cachedStatement(sql: "SELECT 1 FROM \(name) WHERE id = ?")
    var free = try max(Int64.fetchOne(db, sql: "SELECT max(id) FROM \(name)") ?? 0, rows.keys.max() ?? 0)
    for (id, row) in rows.sorted(by: { $0.key < $1.key }) {
      let values = places.compactMap { $0 < row.values.count ? row.values[$0] : nil }
      if values.count == key.count,
        let other = try Row.fetchOne(same, arguments: StatementArguments(values))
      {
        let number: Int64 = other["id"]
        if !noted.contains(number) { since.note(other, of: table, beyond: []) }
        try db.execute(sql: "DELETE FROM \(name) WHERE id = ?", arguments: [number])
      }
      // Another row has got the number from a former release, for it was the last one that was given.
      guard try Int.fetchOne(taken, arguments: [id]) != nil else { continue }
      free += 1
      try recorder.pausing {
        try db.execute(sql: "UPDATE \(name) SET id = ? WHERE id = ?", arguments: [free, id])
      }
    }
  }
}
