import Foundation
import GRDBSQLite

/// What the migration log of a database file says, read before anything is opened that could write.
///
/// GRDB's pool writes whenever it opens a file (it makes the write-ahead log); a site that is not for this program
/// has to stay as it is, to the byte.
struct SchemaLook {
  /// Every migration and declared table that was applied, with the version of Sen that did it, where it is known.
  let applied: [String: String?]
  /// Whether it has tables, but no such log.
  let isForeign: Bool

  /// The log of the file at `path`; nil where it cannot be had without writing.
  init?(path: String) {
    // Where nobody has it open, nothing but the file itself is looked at; else as a reader among the others.
    let uri = SchemaLook.uri(path, SchemaLook.isQuiet(path) ? "immutable=1" : "mode=ro")
    var connection: OpaquePointer?
    defer { sqlite3_close_v2(connection) }
    guard sqlite3_open_v2(uri, &connection, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, nil) == SQLITE_OK else {
      return nil
    }
    let rows =
      Self.rows("SELECT name, sen FROM migration", connection)
      ?? Self.rows("SELECT name, NULL FROM migration", connection)
    guard let tables = Self.rows("SELECT name, NULL FROM sqlite_schema", connection) else { return nil }
    applied = rows ?? [:]
    // A site may have lost the table.
    let isSite = ["item", "revision", "redirect", "setting"].allSatisfy { tables[$0] != nil }
    isForeign = !tables.isEmpty && tables["migration"] == nil && !isSite
  }

  /// Whether nobody has the file open, as far as what lies beside it tells.
  static func isQuiet(_ path: String) -> Bool {
    access("\(path)-wal", F_OK) != 0 && access("\(path)-journal", F_OK) != 0
  }

  /// A path as SQLite takes it with parameters.
  static func uri(_ path: String, _ parameters: String) -> String {
    var allowed = CharacterSet.urlPathAllowed
    allowed.remove(charactersIn: "?#%")
    let encoded = path.addingPercentEncoding(withAllowedCharacters: allowed) ?? path
    return "file:\(encoded)?\(parameters)"
  }

  private static func rows(_ sql: String, _ connection: OpaquePointer?) -> [String: String?]? {
    var statement: OpaquePointer?
    defer { sqlite3_finalize(statement) }
    guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK else { return nil }
    var rows: [String: String?] = [:]
    while true {
      switch sqlite3_step(statement) {
      case SQLITE_ROW:
        guard let name = sqlite3_column_text(statement, 0) else { continue }
        rows[String(cString: name)] = .some(sqlite3_column_text(statement, 1).map { String(cString: $0) })
      case SQLITE_DONE: return rows
      default: return nil
      }
    }
  }
}
