public import ContentModel
import Foundation
public import GRDB
import GRDBSQLite

/// Whole databases as files: copies of a moment, and one put in the place of another.
extension SiteDatabase {
  /// Writes a compact copy of the database file at `path`, as it is at this moment, to `target`, which must not be
  /// there. Those who write meanwhile neither wait nor show in it. The copy has no write-ahead log, and is not synced.
  ///
  /// `VACUUM INTO` and not the backup interface: that one copies free pages too, and begins anew whenever another
  /// process writes, unless it holds all of it in one step, which then says nothing of damage.
  /// - Parameter goesOn: asked now and again; false ends it with `CancellationError`.
  public static func copy(_ path: String, to target: String, goesOn: () -> Bool = { true }) throws {
    try reader(path).writeWithoutTransaction { db in
      try interruptible(db, goesOn) { try db.execute(sql: "VACUUM INTO ?", arguments: [target]) }
    }
  }

  /// The same for a database that is damaged: every page as it is.
  public static func copyPages(_ path: String, to target: String) throws {
    let copy = try DatabaseQueue(path: target)
    try reader(path).backup(to: copy)
    try copy.close()
  }

  /// Looks at the database file at `path`, which nobody writes, without changing anything in its folder.
  public static func look<Value>(_ path: String, _ body: (Database) throws -> Value) throws -> Value {
    try looking(path, "immutable=1", body)
  }

  /// Looks at the database file at `path` that others may have open, as a reader among them and without making any file
  /// beside it; at that of a later Sen as well, whose tables may be others.
  public static func glance<Value>(_ path: String, _ body: (Database) throws -> Value) throws -> Value {
    try looking(path, SchemaLook.isQuiet(path) ? "immutable=1" : "mode=ro", body)
  }

  private static func looking<Value>(_ path: String, _ parameter: String, _ body: (Database) throws -> Value)
    throws -> Value
  {
    var configuration = configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: SchemaLook.uri(path, parameter), configuration: configuration).read(body)
  }

  /// Whether the database file at `path` belongs to a later Sen, which alone may open it.
  public static func isOfLaterSen(_ path: String) -> Bool {
    SchemaLook(path: path).map { Schema.later($0.applied) != nil } ?? false
  }

  /// Brings a database file that nobody has open up to this program, and writes down what is done with it.
  public static func bringUp(
    _ path: String, shapes: [Shape], sideTables: [SideTable], writingDown circumstances: Circumstances
  ) throws {
    let queue = try DatabaseQueue(path: path, configuration: configuration())
    try queue.writeWithoutTransaction { db in
      if try Schema.work(db, shapes: shapes, sideTables: sideTables) != .nothing {
        try Schema.migrate(db, shapes: shapes, sideTables: sideTables)
      }
      try Journal.tell(circumstances, db)
    }
    try queue.close()
  }

  /// Puts the content of another database file in the place of all of this one's, in one transaction.
  ///
  /// Other processes may have the database open: those who read go on with what they see, those who write wait, and
  /// whatever they do afterwards is done on the new content. Numbers of items, versions and operations that the old
  /// content has given are not given again.
  /// - Parameter keeping: called when nobody can write any more, with the old content still there for readers.
  public static func replace(_ path: String, by other: String, keeping: () throws -> Void) throws {
    let target = try DatabaseQueue(path: path, configuration: configuration())
    try target.writeWithoutTransaction { db in
      _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
      try db.execute(sql: "PRAGMA synchronous = FULL")
      try fillLog(db)
      try matchPages(of: other, to: Int.fetchOne(db, sql: "PRAGMA page_size") ?? pageSize)
      let source = try DatabaseQueue(path: other)
      try source.writeWithoutTransaction { source in
        guard
          let backup = sqlite3_backup_init(db.sqliteConnection, "main", source.sqliteConnection, "main")
        else { throw DatabaseError(resultCode: db.lastErrorCode, message: db.lastErrorMessage) }
        do {
          // A step of no pages takes the lock that the rest is written under.
          try expect(SQLITE_OK, sqlite3_backup_step(backup, 0), db)
          try keeping()
          // As long as nobody can write. What the source's own connection changes is part of the backup.
          let given = try reader(path).writeWithoutTransaction { try GivenNumbers($0) }
          try given.keep(in: source)
          try expect(SQLITE_DONE, sqlite3_backup_step(backup, -1), db)
        } catch {
          // Gives the lock back; the old content stays.
          sqlite3_backup_finish(backup)
          throw error
        }
        try expect(SQLITE_OK, sqlite3_backup_finish(backup), db)
      }
      try source.close()
      // What has grown as large as the site goes into the file now, unless others are reading.
      try db.execute(sql: "PRAGMA busy_timeout = 0")
      _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      try fillLog(db)
    }
    try target.close()
  }

  /// Passes over numbers in a database file that nobody has open, and that comes in the place of one that cannot be
  /// read: what that one has given to items and versions is not to be given again.
  public static func leaveRoom(_ path: String) throws {
    let queue = try DatabaseQueue(path: path, configuration: configuration())
    try queue.writeWithoutTransaction { try GivenNumbers().keep(in: $0) }
    try queue.close()
  }

  /// Writes a page into a write-ahead log that is empty. Who opens a pool on an empty one writes into it, and so would
  /// wait for whoever is writing, though they only want to read.
  static func fillLog(_ db: Database) throws {
    do {
      let version = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
      try db.execute(sql: "PRAGMA user_version = \(version)")
    } catch DatabaseError.SQLITE_BUSY {
      // Somebody else is writing into it.
    }
  }

  /// Pages have to be alike for one to be written over the other.
  private static func matchPages(of path: String, to size: Int) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { db in
      guard try Int.fetchOne(db, sql: "PRAGMA page_size") != size else { return }
      try db.execute(sql: "PRAGMA journal_mode = DELETE; PRAGMA page_size = \(size); VACUUM")
    }
    try queue.close()
  }

  private static func expect(_ wanted: Int32, _ code: Int32, _ db: Database) throws {
    guard code == wanted else {
      throw DatabaseError(resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage)
    }
  }

  /// A connection that only reads, beside any others.
  private static func reader(_ path: String) throws -> DatabaseQueue {
    var configuration = configuration()
    configuration.readonly = true
    let isImmutable = access(folder(of: path), W_OK) != 0 && access("\(path)-wal", F_OK) != 0
    return try DatabaseQueue(
      path: isImmutable ? SchemaLook.uri(path, "immutable=1") : path, configuration: configuration)
  }
}
