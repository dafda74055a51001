import CSQLiteSession
import Foundation
import GRDBSQLite

/// What one operation has done to the rows of one table: of each row, what it was before.
final class TableChanges {
  let name: String
  let columns: Int
  /// By column: its place in the primary key, from 1; 0 for the others.
  let keyPlaces: [UInt8]
  /// Whether a column is part of the primary key.
  let isKey: [Bool]
  /// Whether the key is the rowid itself.
  private let hasRowid: Bool
  /// What rows have in columns that are younger than they.
  private let defaults: [Int: [UInt8]]
  /// The rows that there were not, by their rowid; most of an import is these.
  private(set) var absent: Set<Int64> = []
  private(set) var byRowid: [Int64: Former] = [:]
  private(set) var byKey: [[UInt8]: Former] = [:]
  private(set) var bytes = 0

  /// A row before the operation.
  enum Former {
    /// There was none.
    case absent
    /// It had these values in the columns that have changed; empty in the others.
    case differed([[UInt8]])
    /// It had all of these values, and is gone.
    case present([[UInt8]])
  }

  var rowids: [Int64] { Array(absent) + byRowid.keys }
  var rows: Int { absent.count + byRowid.count + byKey.count }
  var isEmpty: Bool { absent.isEmpty && byRowid.isEmpty && byKey.isEmpty }

  init(_ name: String, _ connection: OpaquePointer) throws {
    self.name = name
    let table = try TableLayout(name, connection)
    (keyPlaces, defaults) = (table.keyPlaces, table.defaults)
    (isKey, columns, hasRowid) = (keyPlaces.map { $0 > 0 }, keyPlaces.count, table.hasRowidKey)
  }

  func clear() {
    absent.removeAll()
    byRowid.removeAll()
    byKey.removeAll()
    bytes = 0
  }

  /// Takes note of a change that SQLite is about to make.
  func record(_ connection: OpaquePointer, _ operation: Int32, _ oldKey: Int64, _ newKey: Int64) throws {
    switch operation {
    case SQLITE_INSERT:
      if hasRowid { return try insert(newKey, connection) }
      try insert(key(connection, sqlite3_preupdate_new), connection)
    case SQLITE_DELETE:
      if hasRowid, absent.remove(oldKey) != nil { return }
      let row = try row(connection)
      if hasRowid { return delete(oldKey, row) }
      delete(try key(connection, sqlite3_preupdate_old), row)
    default:
      if hasRowid, oldKey == newKey {
        return absent.contains(oldKey) ? () : update(oldKey, try differences(connection, byRowid[oldKey]))
      }
      if !hasRowid {
        let (old, new) = (
          try key(connection, sqlite3_preupdate_old), try key(connection, sqlite3_preupdate_new)
        )
        if old == new { return update(old, try differences(connection, byKey[old])) }
        delete(old, try row(connection))
        return try insert(new, connection)
      }
      // Another key makes it another row.
      delete(oldKey, try row(connection))
      try insert(newKey, connection)
    }
  }

  private func insert(_ rowid: Int64, _ connection: OpaquePointer) throws {
    if case .present(let row)? = byRowid[rowid] {
      byRowid[rowid] = try returned(row, connection)
    } else {
      absent.insert(rowid)
      bytes += 20
    }
  }

  private func insert(_ key: [UInt8], _ connection: OpaquePointer) throws {
    if case .present(let row)? = byKey[key] {
      byKey[key] = try returned(row, connection)
    } else {
      byKey[key] = .absent
    }
    bytes += 80 + key.count
  }

  /// What a row was that comes again where one has gone: other in the columns that differ; nil where it is the same.
  private func returned(_ row: [[UInt8]], _ connection: OpaquePointer) throws -> Former? {
    var (old, hasChanged) = (row, false)
    for column in 0..<columns {
      if try PatchValue.bytes(connection, column, sqlite3_preupdate_new) == row[column] {
        old[column] = []
      } else {
        hasChanged = true
      }
    }
    return hasChanged ? .differed(old) : nil
  }

  private func delete(_ rowid: Int64, _ row: [[UInt8]]) {
    // What came and went again leaves nothing to be taken back.
    if absent.remove(rowid) == nil { byRowid[rowid] = deleted(row, after: byRowid[rowid]) }
  }

  private func delete(_ key: [UInt8], _ row: [[UInt8]]) { byKey[key] = deleted(row, after: byKey[key]) }

  private func deleted(_ row: [[UInt8]], after former: Former?) -> Former? {
    switch former {
    case .absent: return nil
    case .differed(let old):
      return .present(zip(old, row).map { $0.isEmpty ? $1 : $0 })
    default:
      bytes += row.reduce(80) { $0 + 16 + $1.count }
      return .present(row)
    }
  }

  private func update(_ rowid: Int64, _ old: [[UInt8]]?) {
    if let old { byRowid[rowid] = .differed(old) }
  }

  private func update(_ key: [UInt8], _ old: [[UInt8]]?) {
    if let old { byKey[key] = .differed(old) }
  }

  /// The former values of the columns that have changed, with those known already; nil where nothing is to be noted.
  private func differences(_ connection: OpaquePointer, _ former: Former?) throws -> [[UInt8]]? {
    var old: [[UInt8]]
    switch former {
    case .absent, .present: return nil
    case .differed(let known): old = known
    case nil: old = Array(repeating: [], count: columns)
    }
    var hasChanged = false
    for column in 0..<columns where old[column].isEmpty {
      let before = try oldValue(column, connection)
      guard try before != PatchValue.bytes(connection, column, sqlite3_preupdate_new) else { continue }
      old[column] = before
      hasChanged = true
      bytes += 16 + before.count
    }
    if former == nil { bytes += 80 + 16 * columns }
    return hasChanged ? old : nil
  }

  private func row(_ connection: OpaquePointer) throws -> [[UInt8]] {
    try (0..<columns).map { try oldValue($0, connection) }
  }

  private func oldValue(_ column: Int, _ connection: OpaquePointer) throws -> [UInt8] {
    let value = try PatchValue.bytes(connection, column, sqlite3_preupdate_old)
    return value == [5] ? defaults[column] ?? value : value
  }

  private func key(_ connection: OpaquePointer, _ read: PatchValue.Reading) throws -> [UInt8] {
    var key: [UInt8] = []
    for column in 0..<columns where isKey[column] { key += try PatchValue.bytes(connection, column, read) }
    return key
  }
}
