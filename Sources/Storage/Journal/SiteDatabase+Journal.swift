public import Foundation
public import GRDB

/// Operations: transactions that are written down in the journal.
extension SiteDatabase {
  /// What the journal is told of an operation.
  public struct Circumstances: Sendable {
    public let at: Date
    public let actor: String?
    public let door: String
    public let command: String
    /// What it did beside rows, such as to files: the operation is told even where it changed no rows.
    public var beside: Set<String> = []
    /// The other operations of its command.
    public var thread: JournalThread?
    /// The tables whose rows visitors may be counted in.
    public var sideTables: [SideTable] = []
    let limits: Journal.Limits?

    /// - Parameter limits: of the journal; nil leaves it to others to keep them.
    public init(at: Date, actor: String?, door: String, command: String, limits: Journal.Limits? = nil) {
      (self.at, self.actor, self.door, self.command) = (at, actor, door, command)
      self.limits = limits
    }
  }

  /// What becomes of an operation that has gone well.
  public enum Ending: Sendable {
    /// All is taken back.
    case rollback
    /// All is kept, and nothing written down: the counting of what visitors do.
    case commit
    /// All is kept and written down.
    /// - Parameter undoes: the operation that it took back.
    case journal(Circumstances, undoes: Int64?)
  }

  /// One transaction that nobody else writes in.
  /// - Parameter body: does it, and says how it ends.
  public func operate<Value>(_ body: (Database) throws -> (Value, Ending)) throws -> Value {
    try pool.writeWithoutTransaction { db in
      var result: Value?
      var (thread, entry): (JournalThread?, Int64?)
      try tellingFullTables(db) {
        try db.inTransaction(.immediate) {
          let schema = try Int.fetchOne(db.cachedStatement(sql: "PRAGMA schema_version")) ?? 0
          recorder.start(ignoring: Journal.ignored, schema: schema)
          defer { recorder.stop() }
          let (value, ending) = try body(db)
          result = value
          switch ending {
          case .rollback: return .rollback
          case .commit: return .commit
          case .journal(let circumstances, let undoes):
            var patches = try recorder.patches()
            patches.last += try Tallies.encode(patches, circumstances.sideTables, db)
            entry = try Journal.append(patches, circumstances, undoes: undoes, db)
            thread = circumstances.thread
            return .commit
          }
        }
      }
      thread?.remember(entry)
      guard let result else { throw CancellationError() }
      return result
    }
  }

  /// Says of a table that has no number for another row that it is damaged, and not the disk full.
  private func tellingFullTables(_ db: Database, _ body: () throws -> Void) throws {
    do {
      try body()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_FULL {
      if let damage = try Examination.tableWithoutNumbers(db) { throw damage }
      throw error
    }
  }

  /// Writes down what was done beside operations; nothing in a database from before the journal.
  public func writeDown(_ circumstances: Circumstances) throws {
    try pool.write { db in
      if try db.tableExists("journal") { try Journal.tell(circumstances, db) }
    }
  }

  /// Calls `body` with each row that the operation that is going on has changed so far.
  public func eachChangedRow(_ body: (Patch.Row) throws -> Bool) throws {
    try recorder.patches().each { try Patch.forEach($0, body) }
  }

  /// The rows that `body` would change within the operation that is going on; what it does is taken back.
  public func trial(_ db: Database, _ body: () throws -> Void) throws -> RowKeys {
    var keys = RowKeys()
    let patches = try recorder.apart {
      try db.inSavepoint {
        try body()
        return .rollback
      }
    }
    try patches.each {
      try Patch.forEach($0) { row in
        keys.insert(row)
        return true
      }
    }
    return keys
  }
}
