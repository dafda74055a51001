import CSQLiteSession
import Foundation
import GRDB
import GRDBSQLite

/// Writes down what one operation does to rows, as it happens, in the form that takes it back.
///
/// SQLite calls it before every change of a row (the pre-update hook, on which its session extension stands too), also
/// for rows that foreign keys take along. What is kept of a row is what it was before the operation: of a new one its
/// key, of a changed one the columns that changed, of a removed one all of it; so that an import of 100,000 items
/// leaves no second copy of them. Whatever grows beyond a few megabytes waits in a file.
///
/// One belongs to each writing connection, which is used by one thread at a time.
final class ChangeRecorder: @unchecked Sendable {
  /// Tables whose rows are not content: they are not written down.
  private var ignored: Set<String> = []
  private var schema = 0
  private(set) var isRecording = false
  /// The tables met so far; without changes those that are not written down.
  private var known: [(name: TableName, changes: TableChanges?)] = []
  private var spill: PatchFile?
  /// How many rows have been written to `spill`, and of which tables.
  private var spilled: (rows: Int, tables: Set<String>) = (0, [])
  private(set) var failure: (any Error)?

  /// Bytes of changes that are held in memory.
  private static let mostBytes = 8 << 20
  /// Of so many items the types are looked at.
  private static let mostItems = 100

  /// Makes SQLite tell this recorder of every change on a connection.
  func attach(to db: Database) {
    _ = sqlite3_preupdate_hook(
      db.sqliteConnection,
      { context, connection, operation, schema, table, oldKey, newKey in
        guard let context, let connection, let schema, let table else { return }
        let recorder = Unmanaged<ChangeRecorder>.fromOpaque(context).takeUnretainedValue()
        guard recorder.isRecording, strcmp(schema, "main") == 0 else { return }
        recorder.record(connection, operation, table, oldKey, newKey)
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  /// - Parameter schema: SQLite's number of the schema, under which the tables met so far are known.
  func start(ignoring ignored: Set<String>, schema: Int) {
    if ignored != self.ignored || schema != self.schema {
      (self.ignored, self.schema, known) = (ignored, schema, [])
    }
    stop()
    isRecording = true
  }

  /// Ends recording and forgets what was recorded.
  func stop() {
    isRecording = false
    for table in changed { table.clear() }
    (spill, spilled, failure) = (nil, (0, []), nil)
  }

  /// Lets `body` change what is nobody's operation.
  func pausing(_ body: () throws -> Void) rethrows {
    let wasRecording = isRecording
    isRecording = false
    defer { isRecording = wasRecording }
    try body()
  }

  /// Records what `body` changes apart from all else, for it is taken back before the operation goes on.
  func apart(_ body: () throws -> Void) throws -> RecordedPatches {
    let before = (known, spill, spilled, failure)
    defer { (known, spill, spilled, failure) = before }
    (known, spill, spilled, failure) = ([], nil, (0, []), nil)
    try body()
    return try patches()
  }

  /// What has been recorded so far, as patches; to be applied from the last to the first.
  func patches() throws -> RecordedPatches {
    if let failure { throw failure }
    let changed = changed
    return RecordedPatches(
      file: spill, last: Patch.encode(changed), rows: changed.reduce(spilled.rows) { $0 + $1.rows },
      tables: spilled.tables.union(changed.map(\.name)),
      items: Array(changed.first { $0.name == "item" }?.rowids.prefix(Self.mostItems) ?? []))
  }

  private var changed: [TableChanges] { known.compactMap(\.changes).filter { !$0.isEmpty } }

  private func record(
    _ connection: OpaquePointer, _ operation: Int32, _ table: UnsafePointer<CChar>, _ oldKey: Int64,
    _ newKey: Int64
  ) {
    do {
      guard let changes = try changes(of: table, connection) else { return }
      try changes.record(connection, operation, oldKey, newKey)
      if changes.bytes > Self.mostBytes { try flush() }
    } catch {
      // A hook cannot refuse; the operation is refused at its end.
      failure = failure ?? error
    }
  }

  /// The changes of a table; nil for one that is not written down.
  private func changes(of name: UnsafePointer<CChar>, _ connection: OpaquePointer) throws -> TableChanges? {
    // Few tables change in one operation; comparing names costs less than making a string of each.
    for table in known where strcmp(table.name.pointer, name) == 0 {
      guard let changes = table.changes else { return nil }
      if changes.columns == Int(sqlite3_preupdate_count(connection)) { return changes }
    }
    let text = String(cString: name)
    let changes = ignored.contains(text) ? nil : try TableChanges(text, connection)
    known.removeAll { strcmp($0.name.pointer, name) == 0 }
    known.append((try TableName(text), changes))
    return changes
  }

  private func flush() throws {
    let file = try spill ?? PatchFile()
    spill = file
    let changed = changed
    try file.append(Patch.encode(changed))
    for table in changed {
      spilled.rows += table.rows
      spilled.tables.insert(table.name)
      table.clear()
    }
  }
}

/// The name of a table as SQLite tells it.
private final class TableName {
  let pointer: UnsafeMutablePointer<CChar>

  init(_ name: String) throws {
    guard let copy = strdup(name) else { throw POSIXError(.ENOMEM) }
    pointer = copy
  }

  deinit { free(pointer) }
}

/// The patches of one operation in the order in which they were made.
struct RecordedPatches {
  let file: PatchFile?
  var last: [UInt8]
  let rows: Int
  let tables: Set<String>
  /// Some of the items whose envelopes it changed.
  let items: [Int64]

  var size: Int { last.count + (file?.size ?? 0) }
  var isEmpty: Bool { file == nil && last.isEmpty }

  /// Calls `body` with each, first to last.
  func each(_ body: ([UInt8]) throws -> Void) throws {
    try file?.each(body)
    if !last.isEmpty { try body(last) }
  }
}
