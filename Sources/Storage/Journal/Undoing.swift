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
      /// Something that a row refers to is gone.
      case reference
    }

    public let table: String
    public let reason: Reason
  }

  /// Makes the rows that an operation has changed again what they were.
  ///
  /// Nothing is said of rows that others have changed since.
  /// - Throws: an `Obstacle`.
  public static func apply(inverseOf id: Int64, _ db: Database) throws {
    try eachPatch(of: id, db) { try prepare($0, db) }
    var mayLack = false
    // What the doctor has mended comes back as it was.
    try db.execute(sql: "PRAGMA ignore_check_constraints = ON")
    defer { _ = Result { try db.execute(sql: "PRAGMA ignore_check_constraints = OFF") } }
    try eachPatch(of: id, db) { if try apply($0, db) { mayLack = true } }
    try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
    // The extension forgets what it has found open, so that the end of the transaction would not refuse it.
    guard mayLack else { return }
    if let table = try String.fetchOne(db, sql: "SELECT \"table\" FROM pragma_foreign_key_check") {
      throw Obstacle(table: table, reason: .reference)
    }
  }

  /// What only one item may have, and what stands for it while items exchange theirs; no slug and no uid looks so.
  private static let parked = [("slug", "'~' || id"), ("uid", "'~' || id"), ("origin", "NULL")]

  /// Readies the rows for a patch.
  private static func prepare(_ patch: [UInt8], _ db: Database) throws {
    guard let connection = db.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
    let columns = try db.columns(in: "item").map(\.name)
    let parked = parked.compactMap { name, value in
      columns.firstIndex(of: name).map { (place: $0, sql: "UPDATE item SET \(name) = \(value) WHERE id = ?") }
    }
    // SQLite passes over tables that do not fit, and says so to nobody.
    try Patch.forEach(
      patch,
      table: { name, places in
        guard try TableLayout(name, connection).takes(places) else {
          throw Obstacle(table: name, reason: .layout)
        }
      },
      { row in
        guard row.table == "item", case .changes = row.kind, let id = row.values[0] else { return true }
        // Who has read the version that goes now must see that it is not the next of the same number.
        try db.cachedStatement(
          sql: """
            INSERT INTO versionFloor SELECT id, version FROM item WHERE id = ?
            ON CONFLICT (itemId) DO UPDATE SET version = max(version, excluded.version)
            """
        ).run([id], db)
        // Items that exchange their slugs would keep each other from it, for one is changed after the other.
        for (place, sql) in parked where place < row.values.count && row.values[place] != nil {
          try db.cachedStatement(sql: sql).run([id], db)
        }
        return true
      })
  }

  private final class Outcome {
    var obstacle: Obstacle?
    var isOpen = false
  }

  /// - Returns: whether a reference is left that leads nowhere, as far as this patch knows.
  private static func apply(_ patch: [UInt8], _ db: Database) throws -> Bool {
    guard let connection = db.sqliteConnection else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
    let outcome = Outcome()
    var patch = patch
    let code = patch.withUnsafeMutableBytes { bytes in
      sqlite3changeset_apply(
        connection, Int32(bytes.count), bytes.baseAddress,
        // What counted is no change.
        { _, table in table?.pointee == CChar(UInt8(ascii: "+")) ? 0 : 1 },
        { context, reason, change in
          guard let context else { return SQLITE_CHANGESET_ABORT }
          var (table, columns, operation, isIndirect): (UnsafePointer<CChar>?, Int32, Int32, Int32) =
            (nil, 0, 0, 0)
          // References are checked at the end of all patches, and there is no change to ask about.
          let outcome = Unmanaged<Outcome>.fromOpaque(context).takeUnretainedValue()
          if reason == SQLITE_CHANGESET_FOREIGN_KEY {
            outcome.isOpen = true
            return SQLITE_CHANGESET_OMIT
          }
          sqlite3changeset_op(change, &table, &columns, &operation, &isIndirect)
          // It went with what it belongs to.
          if operation == SQLITE_DELETE, reason == SQLITE_CHANGESET_NOTFOUND { return SQLITE_CHANGESET_OMIT }
          outcome.obstacle = Obstacle(
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
    return outcome.isOpen
  }
}
