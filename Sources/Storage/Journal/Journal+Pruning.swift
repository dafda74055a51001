import ContentModel
public import Foundation
public import GRDB

/// What the journal forgets.
extension Journal {
  /// What is kept: so many bytes of patches, of operations of so long ago; and who did what for so long.
  public struct Limits: Sendable {
    let bytes: Int
    /// What the clock says.
    let now: Date
    /// In seconds.
    let patches: TimeInterval
    /// In seconds.
    let log: TimeInterval

    public init(bytes: Int, now: Date, patches: TimeInterval, log: TimeInterval) {
      (self.bytes, self.now, self.patches, self.log) = (bytes, now, patches, log)
    }
  }

  /// So many of the newest operations say together what time it is.
  private static let witnesses = 129
  /// A clock may go so far ahead of the others, in seconds.
  private static let tolerance: TimeInterval = 86_400

  /// Forgets the patches, and at last the operations, that are beyond the limits. The newest operation can always be
  /// taken back.
  ///
  /// The clock alone is not believed, for one that goes wrong for a moment would have everything forgotten: old is what
  /// is older than the limit both by the clock and by the middle one of the newest operations' times, and has nothing
  /// before it that is not. Times of the future say nothing.
  public static func prune(_ limits: Limits, _ db: Database) throws {
    let times = try String.fetchAll(
      db, sql: "SELECT at FROM journal ORDER BY id DESC LIMIT \(witnesses)"
    ).sorted()
    let middle = times.isEmpty ? nil : Timestamp.date(times[times.count / 2])
    let (earlier, later) = (min(limits.now, middle ?? limits.now), max(limits.now, middle ?? limits.now))
    func firstYoung(_ age: TimeInterval) throws -> Int64 {
      try Int64.fetchOne(
        db, sql: "SELECT id FROM journal WHERE at >= ? AND at <= ? ORDER BY id LIMIT 1",
        arguments: [
          Timestamp.text(earlier.addingTimeInterval(-age)),
          Timestamp.text(later.addingTimeInterval(tolerance)),
        ]) ?? .max
    }
    let firstKept = try max(firstYoung(limits.patches), firstWithin(limits.bytes, db))
    try db.execute(
      sql: """
        UPDATE journal SET changes = NULL, size = 0
        WHERE id < ? AND size > 0 AND id < (SELECT max(id) FROM journal WHERE size > 0)
        """, arguments: [firstKept])
    try db.execute(sql: "DELETE FROM journalPart WHERE entryId IN (SELECT id FROM journal WHERE size = 0)")
    try db.execute(
      sql: "DELETE FROM journal WHERE id < ? AND size = 0", arguments: [try firstYoung(limits.log)])
  }

  /// Forgets the patches of all operations on a table, for it has another layout now: they can be taken back no more.
  static func forget(_ table: String, _ db: Database) throws {
    try db.execute(
      sql: """
        UPDATE journal SET changes = NULL, size = 0
        WHERE size > 0 AND instr(',' || nouns || ',', ',' || ? || ',') > 0
        """, arguments: [table])
    try db.execute(sql: "DELETE FROM journalPart WHERE entryId IN (SELECT id FROM journal WHERE size = 0)")
  }

  /// The same of all operations.
  static func forget(_ db: Database) throws {
    try db.execute(sql: "UPDATE journal SET changes = NULL, size = 0 WHERE size > 0")
    try db.execute(sql: "DELETE FROM journalPart")
  }

  /// The oldest of the newest operations whose patches fit together.
  private static func firstWithin(_ bytes: Int, _ db: Database) throws -> Int64 {
    var (kept, first): (Int, Int64) = (0, 0)
    let rows = try Row.fetchCursor(db, sql: "SELECT id, size FROM journal WHERE size > 0 ORDER BY id DESC")
    while let row = try rows.next() {
      kept += row[1] as Int
      if first > 0, kept > bytes { return first }
      first = row[0]
    }
    return 0
  }
}
