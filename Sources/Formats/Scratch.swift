/// A keyed store for joining parts of a source in constant memory, given by the caller (a temporary
/// database).
public protocol Scratch: AnyObject {
  /// Adds a row under `key`; a key may have many rows.
  func append(_ bytes: [UInt8], to table: String, key: Int64) throws
  /// The rows of `key` in the order of appending; none for a key or table that is not there.
  func rows(of table: String, key: Int64) throws -> [[UInt8]]
  /// Every row of `table`, by key, then by order of appending.
  func each(_ table: String, _ body: (Int64, [UInt8]) throws -> Void) throws
}

/// A scratch store in memory, for tests and small sources.
public final class MemoryScratch: Scratch {
  private var tables: [String: [Int64: [[UInt8]]]] = [:]

  public init() {}

  public func append(_ bytes: [UInt8], to table: String, key: Int64) {
    tables[table, default: [:]][key, default: []].append(bytes)
  }

  public func rows(of table: String, key: Int64) -> [[UInt8]] { tables[table]?[key] ?? [] }

  public func each(_ table: String, _ body: (Int64, [UInt8]) throws -> Void) rethrows {
    for (key, rows) in (tables[table] ?? [:]).sorted(by: { $0.key < $1.key }) {
      for row in rows { try body(key, row) }
    }
  }
}
