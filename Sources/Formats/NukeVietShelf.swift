import Foundation

/// The rows that matter, put by in the scratch store by table and key, so that they can be joined.
final class NukeVietShelf {
  private let scratch: any Scratch
  private var counts: [String: Int] = [:]

  init(_ scratch: any Scratch) { self.scratch = scratch }

  /// Puts a row by, under its first column.
  func add(_ record: [UInt8], to table: NukeVietTable, of base: String, key: Int64) throws {
    let name = "\(base)/\(table.rawValue)"
    try scratch.append(record, to: name, key: key)
    // Rows that are gone through in their order need a second key.
    guard !table.isJoined else {
      counts[name, default: 0] += 1
      return
    }
    let number = counts[name, default: 0]
    try scratch.append(Array(String(key).utf8), to: "\(name)/order", key: Int64(number))
    counts[name] = number + 1
  }

  func count(_ table: NukeVietTable, of base: String) -> Int {
    counts["\(base)/\(table.rawValue)"] ?? 0
  }

  /// The key of the row that came `number`th, from 0.
  func key(_ number: Int, of table: NukeVietTable, _ base: String) throws -> Int64? {
    guard let bytes = try scratch.rows(of: "\(base)/\(table.rawValue)/order", key: Int64(number)).last else {
      return nil
    }
    return Int64(String(decoding: bytes, as: UTF8.self))
  }

  func rows(_ key: Int64, of table: NukeVietTable, _ base: String) throws -> [NukeVietRecord] {
    try scratch.rows(of: "\(base)/\(table.rawValue)", key: key).map {
      NukeVietRecord($0, columns: table.columns)
    }
  }

  /// The row of a key; the last one where the dump has it more than once.
  func row(_ key: Int64, of table: NukeVietTable, _ base: String) throws -> NukeVietRecord? {
    try rows(key, of: table, base).last
  }

  // MARK: Names

  /// Keeps `origin` under a name, unless the name is taken.
  /// - Returns: the origin that the name has now, and whether the name was new.
  func claim(_ name: String, as origin: String) throws -> (origin: String, isNew: Bool) {
    let name = name.precomposedStringWithCanonicalMapping
    // FNV-1a: the store has integer keys; equal hashes are told apart by the name kept with each.
    let hash = name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let key = Int64(bitPattern: hash)
    for row in try scratch.rows(of: "name", key: key) {
      let parts = row.split(separator: 0, maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, parts[1].elementsEqual(name.utf8) {
        return (String(decoding: parts[0], as: UTF8.self), false)
      }
    }
    try scratch.append(Array(origin.utf8) + [0] + Array(name.utf8), to: "name", key: key)
    return (origin, true)
  }
}
