import CSQLiteSession
public import GRDB
import GRDBSQLite

/// Taking operations back.
extension Journal {
  /// Why SQLite could not take an operation back.
  public struct Obstacle: Error {
    public enum Reason: Sendable {
      /// A row that is to be changed is gone.
      case missing
      /// A row that is to come back is there.
      case present
      /// The table has another layout now than then.
      case layout
      /// A rule of the table would not hold, such as a name that only one may have.
      case rule
    }

    public let table: String
    public let reason: Reason
  }

  /// Makes the rows that an operation has changed again what they were.
  ///
  /// References are checked at the end of the transaction. Nothing is said of rows that others have changed since.
  public static func apply(inverseOf id: Int64, _ db: Database) throws {
    try eachPatch(of: id, db) { try apply($0, db) }
    try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
  }

  private final class Outcome {
    var obstacle: Obstacle?
  }

  private static func apply(_ patch: [UInt8], _ db: Database) throws {
    guard let connection = db.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
    // SQLite passes over tables that do not fit, and says so to nobody.
    try Patch.forEach(
      patch,
      table: { name, places in
        guard try TableLayout(name, connection).takes(places) else {
          throw Obstacle(table: name, reason: .layout)
        }
      }, { _ in true })
    let outcome = Outcome()
    var patch = patch
    let code = patch.withUnsafeMutableBytes { bytes in
      sqlite3changeset_apply(
        connection, Int32(bytes.count), bytes.baseAddress, nil,
        { context, reason, change in
          guard let context else { return SQLITE_CHANGESET_ABORT }
          var (table, columns, operation, isIndirect): (UnsafePointer<CChar>?, Int32, Int32, Int32) =
            (nil, 0, 0, 0)
          // References are checked at the end of all patches, and there is no change to ask about.
          if reason == SQLITE_CHANGESET_FOREIGN_KEY { return SQLITE_CHANGESET_OMIT }
          sqlite3changeset_op(change, &table, &columns, &operation, &isIndirect)
          // It went with what it belongs to.
          if operation == SQLITE_DELETE, reason == SQLITE_CHANGESET_NOTFOUND { return SQLITE_CHANGESET_OMIT }
          Unmanaged<Outcome>.fromOpaque(context).takeUnretainedValue().obstacle = Obstacle(
            table: table.map { String(cString: $0) } ?? "",
            reason: reason == SQLITE_CHANGESET_NOTFOUND
              ? .missing : reason == SQLITE_CHANGESET_CONFLICT ? .present : .rule)
          return SQLITE_CHANGESET_ABORT
        }, Unmanaged.passUnretained(outcome).toOpaque())
    }
    if let obstacle = outcome.obstacle { throw obstacle }
    guard code == SQLITE_OK else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
    }
  }
}
