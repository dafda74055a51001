import Foundation
public import GRDB
import GRDBSQLite

/// A patchset of SQLite's session extension (https://www.sqlite.org/sessionintro.html): for each row, what makes it
/// again what it was.
public enum Patch {
  /// One row of a patch.
  public struct Row: Sendable {
    public enum Kind: Sendable {
      /// There was no such row: it is to go.
      case removes
      /// Some columns had other values.
      case changes
      /// It is to come back, whole.
      case restores
    }

    public let table: String
    public let kind: Kind
    /// By column: nil where a patch has no value, because it is the same or not needed.
    public let values: [DatabaseValue?]
    /// The primary key, as bytes, to be compared.
    public let key: [UInt8]
    /// The rowid where the key is one integer.
    public let rowid: Int64?
  }

  static func encode(_ tables: [TableChanges]) -> [UInt8] {
    var bytes: [UInt8] = []
    // Items come last, which all references lead to: a row that leads elsewhere again does not go with the item that
    // it has led to.
    for table in tables.sorted(by: {
      ($0.name == "item" ? 1 : 0, $0.name) < ($1.name == "item" ? 1 : 0, $1.name)
    }) {
      bytes.append(UInt8(ascii: "P"))
      PatchValue.append(varint: table.columns, to: &bytes)
      bytes += table.keyPlaces
      bytes += Array(table.name.utf8) + [0]
      for rowid in table.absent { append(.absent, PatchValue.integer(rowid), table, to: &bytes) }
      for (rowid, former) in table.byRowid { append(former, PatchValue.integer(rowid), table, to: &bytes) }
      for (key, former) in table.byKey { append(former, key, table, to: &bytes) }
    }
    return bytes
  }

  /// - Parameter key: the values of the key's columns, one after the other.
  private static func append(
    _ former: TableChanges.Former, _ key: [UInt8], _ table: TableChanges, to bytes: inout [UInt8]
  ) {
    switch former {
    case .absent:
      bytes += [UInt8(SQLITE_DELETE), 0]
      bytes += key
    case .present(let row):
      bytes += [UInt8(SQLITE_INSERT), 0]
      for value in row { bytes += value }
    case .differed(let old):
      bytes += [UInt8(SQLITE_UPDATE), 0]
      var keys = Parser(key)
      for (column, value) in old.enumerated() {
        if table.isKey[column] {
          bytes += keys.valueBytes()
        } else if value.isEmpty {
          bytes.append(0)
        } else {
          bytes += value
        }
      }
    }
  }

  private static var unreadable: DamagedValue {
    DamagedValue("what it changed cannot be read")
  }

  /// Calls `body` with each row of a patch until it says false.
  /// - Parameters:
  ///   - readsTallies: whether what counted at the end is read (see `Tallies`), and not the changes.
  ///   - table: is called with each table before its rows, and the places of its columns in the key.
  public static func forEach(
    _ patch: [UInt8], readsTallies: Bool = false, table: (String, [UInt8]) throws -> Void = { _, _ in },
    _ body: (Row) throws -> Bool
  ) throws {
    var parser = Parser(patch)
    var (name, isKey): (String, [Bool]) = ("", [])
    while !parser.isAtEnd {
      let kind: Row.Kind
      switch parser.byte() {
      case UInt8(ascii: "P"):
        let places = (0..<min(parser.varint(), patch.count)).map { _ in parser.byte() }
        isKey = places.map { $0 > 0 }
        name = parser.name()
        // They stand behind all changes.
        if !readsTallies, name.hasPrefix(Tallies.mark) { return }
        try table(name, places)
        continue
      case UInt8(SQLITE_DELETE): kind = .removes
      case UInt8(SQLITE_UPDATE): kind = .changes
      case UInt8(SQLITE_INSERT): kind = .restores
      default: throw unreadable
      }
      _ = parser.byte()
      var (values, key): ([DatabaseValue?], [UInt8]) = ([], [])
      for isKey in isKey {
        guard isKey || kind != .removes else {
          values.append(nil)
          continue
        }
        let start = parser.place
        values.append(parser.value())
        if isKey { key += parser.bytes[start..<parser.place] }
      }
      guard !parser.isBroken else { throw unreadable }
      if readsTallies, !name.hasPrefix(Tallies.mark) { continue }
      let keys = zip(isKey, values).filter(\.0).map(\.1)
      var rowid: Int64?
      if keys.count == 1, case .int64(let integer)? = keys[0]?.storage { rowid = integer }
      guard try body(Row(table: name, kind: kind, values: values, key: key, rowid: rowid)) else { return }
    }
  }

  /// Reads a patch from its beginning to its end.
  struct Parser {
    let bytes: [UInt8]
    private(set) var place = 0
    private(set) var isBroken = false

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { place >= bytes.count }

    mutating func byte() -> UInt8 {
      guard place < bytes.count else {
        isBroken = true
        return 0
      }
      place += 1
      return bytes[place - 1]
    }

    mutating func varint() -> Int {
      var value = 0
      for _ in 0..<9 {
        let byte = byte()
        value = value << 7 | Int(byte & 0x7f)
        if byte & 0x80 == 0 { break }
      }
      return value
    }

    mutating func name() -> String {
      let start = place
      while place < bytes.count, bytes[place] != 0 { place += 1 }
      defer { _ = byte() }
      return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8> {
      guard count >= 0, count <= bytes.count - place else {
        (isBroken, place) = (true, bytes.count)
        return []
      }
      place += count
      return bytes[place - count..<place]
    }

    mutating func valueBytes() -> ArraySlice<UInt8> {
      let start = place
      _ = value()
      return bytes[start..<place]
    }

    /// nil where there is none.
    mutating func value() -> DatabaseValue? {
      switch byte() {
      case 1: Int64(bitPattern: take(8).reduce(0) { $0 << 8 | UInt64($1) }).databaseValue
      case 2: Double(bitPattern: take(8).reduce(0) { $0 << 8 | UInt64($1) }).databaseValue
      case 3: String(decoding: take(varint()), as: UTF8.self).databaseValue
      case 4: Data(take(varint())).databaseValue
      case 5: .null
      default: nil
      }
    }
  }
}
