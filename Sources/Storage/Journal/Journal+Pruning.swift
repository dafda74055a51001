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

  /// What can be taken back at a moment.
  ///
  /// Here the clock is believed: nothing is lost by it, and when it goes right again, so does this. What is forgotten for
  /// good is another matter, see `prune`.
  public struct Reach: Sendable {
    /// The oldest operation that is within the limit.
    let first: Int64
    /// The newest operation whose patches are kept.
    let newest: Int64?

    /// Whether an operation is young enough, or the newest, and what it changed is kept.
    public func holds(_ entry: Entry) -> Bool {
      entry.size > 0 && (entry.id >= first || entry.id == newest)
    }
  }

  public static func reach(_ limits: Limits, _ db: Database) throws -> Reach {
    let middle = try middleTime(db) ?? limits.now
    return Reach(
      first: try firstYoung(limits.patches, limits.now, max(limits.now, middle), db),
      newest: try Int64.fetchOne(db, sql: "SELECT max(id) FROM journal WHERE size > 0"))
  }

  /// So many of the newest operations say together what time it is.
  private static let witnesses = 129
  /// Where they are of so many days, one of each of the newest days does.
  private static let witnessDays = 9
  /// A clock may go so far ahead of the others, in seconds.
  private static let tolerance: TimeInterval = 86_400

  /// Forgets the patches, and at last the operations, that are beyond the limits. The newest operation can always be
  /// taken back.
  ///
  /// The clock alone is not believed, for one that goes wrong for a moment would have everything forgotten: old is what
  /// is older than the limit both by the clock and by the middle one of the newest operations' times, and has nothing
  /// before it that is not. Times of the future say nothing. On a site where little is done the newest operations go far
  /// back; there one of each of the newest days is asked, for a clock that is wrong for a moment is so on a day or two.
  public static func prune(_ limits: Limits, _ db: Database) throws {
    let middle = try middleTime(db) ?? limits.now
    let (earlier, later) = (min(limits.now, middle), max(limits.now, middle))
    let firstKept = try max(
      firstYoung(limits.patches, earlier, later, db), firstWithin(limits.bytes, db))
    try db.execute(
      sql: """
        UPDATE journal SET changes = NULL, size = 0
        WHERE id < ? AND size > 0 AND id < (SELECT max(id) FROM journal WHERE size > 0)
        """, arguments: [firstKept])
    try db.execute(sql: "DELETE FROM journalPart WHERE entryId IN (SELECT id FROM journal WHERE size = 0)")
    try db.execute(
      sql: "DELETE FROM journal WHERE id < ? AND size = 0",
      arguments: [try firstYoung(limits.log, earlier, later, db)])
  }

  /// The oldest operation that is no older than `age` seconds before `earlier`. One that is of a time after `later` says
  /// nothing of how old it is.
  private static func firstYoung(_ age: TimeInterval, _ earlier: Date, _ later: Date, _ db: Database) throws
    -> Int64
  {
    try Int64.fetchOne(
      db, sql: "SELECT id FROM journal WHERE at >= ? AND at <= ? ORDER BY id LIMIT 1",
      arguments: [
        Timestamp.text(earlier.addingTimeInterval(-age)), Timestamp.text(later.addingTimeInterval(tolerance)),
      ]) ?? .max
  }

  /// The time that the newest operations say it is.
  private static func middleTime(_ db: Database) throws -> Date? {
    let times = try witnessed(db).sorted()
    return times.isEmpty ? nil : Timestamp.date(times[times.count / 2])
  }

  /// The times that say what time it is.
  private static func witnessed(_ db: Database) throws -> [String] {
    let times = try String.fetchAll(
      db, sql: "SELECT at FROM journal ORDER BY id DESC LIMIT \(witnesses)")
    var (seen, newestOfDays): (Set<Substring>, [String]) = ([], [])
    for time in times where seen.insert(time.prefix(10)).inserted { newestOfDays.append(time) }
    return newestOfDays.count < witnessDays ? times : Array(newestOfDays.prefix(witnessDays))
  }

  /// Whether it is time to look for what is beyond the limits, which takes a look at every entry: now and then, on the
  /// first operation of a day, and after one that takes much of the room.
  static func isDue(after id: Int64, at: Date, size: Int, _ limits: Limits, _ db: Database) throws -> Bool {
    if id % 128 == 0 || size >= max(limits.bytes / 128, 1 << 16) { return true }
    let last = try String.fetchOne(
      db.cachedStatement(sql: "SELECT at FROM journal WHERE id < ? ORDER BY id DESC LIMIT 1"), arguments: [id]
    )
    return last.map { $0.prefix(10) != Timestamp.text(at).prefix(10) } ?? false
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
