import ContentModel
import GRDB

/// What rows that count visitors held at the end of an operation, kept behind its patch in the same form: a table of the
/// same name with a mark before it, its key and its counts.
///
/// Nobody's clicks are an operation. Without it nobody could tell, when the operation is taken back, which of them came
/// after it.
enum Tallies {
  /// No table begins so.
  static let mark = "+"

  /// What the rows hold now that the patches are about.
  static func encode(_ patches: RecordedPatches, _ tables: [SideTable], _ db: Database) throws -> [UInt8] {
    let counting = tables.filter { !$0.counts.isEmpty && patches.tables.contains($0.name) }
    guard !counting.isEmpty else { return [] }
    var rowids: [String: Set<Int64>] = [:]
    let names = Set(counting.map(\.name))
    try patches.each { patch in
      try Patch.forEach(patch) { row in
        if names.contains(row.table), let id = row.rowid { rowids[row.table, default: []].insert(id) }
        return true
      }
    }
    var bytes: [UInt8] = []
    for table in counting {
      let columns = ["id"] + table.counts
      let statement = try db.cachedStatement(
        sql: "SELECT \(columns.map(\.sql).joined(separator: ", ")) FROM \(table.name.sql) WHERE id = ?")
      bytes.append(UInt8(ascii: "P"))
      PatchValue.append(varint: columns.count, to: &bytes)
      bytes += [1] + Array(repeating: 0, count: columns.count - 1)
      bytes += Array((mark + table.name).utf8) + [0]
      for id in (rowids[table.name] ?? []).sorted() {
        guard let row = try Row.fetchOne(statement, arguments: [id]) else { continue }
        bytes += [UInt8(insert), 0]
        for value in row.databaseValues { bytes += PatchValue.bytes(value) }
      }
    }
    return bytes
  }

  /// SQLite's number of an insertion.
  private static let insert = 18

  /// What the rows of an operation held at its end: by table and id, the counts in the order of columns.
  static func read(_ entry: Int64, _ db: Database) throws -> [String: [Int64: [Int64]]] {
    var tallies: [String: [Int64: [Int64]]] = [:]
    try Journal.eachPatch(of: entry, db) { patch in
      try Patch.forEach(patch, readsTallies: true) { row in
        let table = String(row.table.dropFirst(mark.count))
        // The last part of an operation comes first, and says what was at its end.
        if let id = row.rowid, tallies[table]?[id] == nil {
          tallies[table, default: [:]][id] = row.values.dropFirst().map {
            $0.flatMap(Int64.fromDatabaseValue) ?? 0
          }
        }
        return true
      }
    }
    return tallies
  }
}
