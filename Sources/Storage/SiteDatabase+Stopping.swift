public import GRDB
import GRDBSQLite

/// Statements that somebody may stop, however long SQLite takes over one step of them.
extension SiteDatabase {
  /// Runs `body` with statements that end with `CancellationError` once they are to go on no more.
  /// - Parameter goesOn: asked every few milliseconds, on this thread.
  public static func interruptible<Value>(
    _ db: Database, _ goesOn: () -> Bool, _ body: () throws -> Value
  ) throws -> Value {
    try withoutActuallyEscaping(goesOn) { goesOn in
      let asking = Asking(goesOn)
      sqlite3_progress_handler(
        db.sqliteConnection, 5000,
        { asked in
          guard let asked else { return 0 }
          return Unmanaged<Asking>.fromOpaque(asked).takeUnretainedValue().goesOn() ? 0 : 1
        },
        Unmanaged.passUnretained(asking).toOpaque())
      defer { sqlite3_progress_handler(db.sqliteConnection, 0, nil, nil) }
      // The handler holds no claim to what it asks.
      return try withExtendedLifetime(asking) {
        do {
          return try body()
        } catch DatabaseError.SQLITE_INTERRUPT {
          throw CancellationError()
        }
      }
    }
  }

  /// What the progress handler, a C function, asks.
  private final class Asking {
    let goesOn: () -> Bool
    init(_ goesOn: @escaping () -> Bool) { self.goesOn = goesOn }
  }
}
