import Foundation
import GRDB
import GRDBSQLite

/// Values as changesets write them: a byte for the type, then a length and bytes, or eight bytes, the highest first.
/// Source: https://www.sqlite.org/src/file/ext/session/sqlite3session.c, “record format”.
enum PatchValue {
  typealias Reading = (OpaquePointer?, Int32, UnsafeMutablePointer<OpaquePointer?>?) -> Int32

  /// The value of a column of the row that is about to change.
  static func bytes(_ connection: OpaquePointer, _ column: Int, _ read: Reading) throws -> [UInt8] {
    var value: OpaquePointer?
    guard read(connection, Int32(column), &value) == SQLITE_OK, let value else {
      throw SQLiteFailure(connection)
    }
    let type = sqlite3_value_type(value)
    switch type {
    case SQLITE_INTEGER: return integer(sqlite3_value_int64(value))
    case SQLITE_FLOAT: return fixed(2, sqlite3_value_double(value).bitPattern)
    case SQLITE_TEXT, SQLITE_BLOB:
      let start =
        type == SQLITE_TEXT
        ? UnsafeRawPointer(sqlite3_value_text(value)) : UnsafeRawPointer(sqlite3_value_blob(value))
      let content = UnsafeRawBufferPointer(start: start, count: Int(sqlite3_value_bytes(value)))
      var bytes: [UInt8] = []
      bytes.reserveCapacity(content.count + 6)
      bytes.append(UInt8(type))
      append(varint: content.count, to: &bytes)
      bytes += content
      return bytes
    default: return [5]
    }
  }

  static func bytes(_ value: DatabaseValue) -> [UInt8] {
    switch value.storage {
    case .null: [5]
    case .int64(let integer): Self.integer(integer)
    case .double(let double): fixed(2, double.bitPattern)
    case .string(let text): prefixed(3, text.utf8)
    case .blob(let data): prefixed(4, data)
    }
  }

  private static func prefixed(_ type: UInt8, _ content: some Collection<UInt8>) -> [UInt8] {
    var bytes = [type]
    append(varint: content.count, to: &bytes)
    return bytes + content
  }

  static func integer(_ value: Int64) -> [UInt8] { fixed(1, UInt64(bitPattern: value)) }

  private static func fixed(_ type: UInt8, _ bits: UInt64) -> [UInt8] {
    [type] + (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) }
  }

  /// A length in seven bits a byte, the highest first; at most 2^31 here.
  static func append(varint value: Int, to bytes: inout [UInt8]) {
    var shift = 28
    while shift > 0, value >> shift == 0 { shift -= 7 }
    while shift > 0 {
      bytes.append(UInt8(value >> shift & 0x7f) | 0x80)
      shift -= 7
    }
    bytes.append(UInt8(value & 0x7f))
  }
}

/// What SQLite says of the last call that went wrong on a connection.
struct SQLiteFailure: Error, CustomStringConvertible {
  let description: String

  init(_ connection: OpaquePointer?) {
    description = sqlite3_errmsg(connection).map { String(cString: $0) } ?? "unknown SQLite error"
  }
}
