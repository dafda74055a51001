public import Foundation
public import GRDB
import Storage

/// Which state of the content a page was made from: the same stamp, the same pages.
///
/// Every operation that can be seen is in the journal, whichever process did it, so its last number tells. What only
/// counts (clicks, visits) changes no stamp; pages that show counts grow old by themselves.
public struct ContentStamp: Sendable, Hashable {
  public let operation: Int64
  /// How many rows that operation changed: a command that goes on after others have looked adds to its own entry.
  public let rows: Int64
  /// When something appears or disappears next by the clock alone; nil if nothing will.
  public let until: Date?

  /// The stamp of a state that was looked at before.
  public init(operation: Int64, rows: Int64) {
    (self.operation, self.rows, until) = (operation, rows, nil)
  }

  public init(_ db: Database, now: Date) throws {
    (operation, rows) = try Self.last(db)
    let next = try String.fetchOne(
      db.cachedStatement(
        sql: """
          \(Self.nouns) SELECT min(at) FROM (
            SELECT (
              SELECT publishAt FROM item WHERE type = noun AND publishAt > ?1 AND state = 'published'
              ORDER BY publishAt LIMIT 1) AS at FROM nouns
            UNION ALL SELECT * FROM (
              SELECT expireAt FROM item WHERE expireAt > ?1 AND state = 'published' ORDER BY expireAt LIMIT 1))
          """), arguments: [Timestamp.text(now)])
    until = next.flatMap(Timestamp.date)
  }

  /// When what visitors see was changed last: by an operation, or by the clock, which publishes and takes down. Never
  /// too early, perhaps too late; nil on a site where nothing has happened.
  public static func lastChange(_ db: Database, now: Date) throws -> Date? {
    let latest = try String.fetchOne(
      db.cachedStatement(
        sql: """
          \(nouns) SELECT max(at) FROM (
            SELECT at FROM (SELECT at FROM journal ORDER BY id DESC LIMIT 1)
            UNION ALL SELECT (
              SELECT publishAt FROM item WHERE type = noun AND publishAt <= ?1 AND state = 'published'
              ORDER BY publishAt DESC LIMIT 1) FROM nouns
            UNION ALL SELECT * FROM (
              SELECT expireAt FROM item WHERE expireAt <= ?1 AND state = 'published'
              ORDER BY expireAt DESC LIMIT 1))
          """), arguments: [Timestamp.text(now)])
    return latest.flatMap(Timestamp.date)
  }

  /// The types of which there are items, each found by one step in an index: the times of items are in order type by
  /// type only.
  static let nouns = """
    WITH RECURSIVE every(noun) AS (
      SELECT min(type) FROM item
      UNION ALL SELECT (SELECT min(type) FROM item WHERE type > noun) FROM every WHERE noun IS NOT NULL
    ), nouns(noun) AS (SELECT noun FROM every WHERE noun IS NOT NULL)
    """

  /// The last operation and how many rows it changed; to ask for it costs next to nothing, and less than what comes by
  /// the clock.
  static func last(_ db: Database) throws -> (operation: Int64, rows: Int64) {
    var last: (operation: Int64, rows: Int64) = (0, 0)
    try RawRow.first(
      of: db.cachedStatement(sql: "SELECT id, rowCount FROM journal ORDER BY id DESC LIMIT 1"), db
    ) { row in last = (row.integer(0) ?? 0, row.integer(1) ?? 0) }
    return last
  }

  /// Whether nothing has been written since.
  public func isLast(_ db: Database) throws -> Bool { try Self.last(db) == (operation, rows) }

  /// Whether nothing has come or gone by the clock since.
  public func holds(at now: Date) -> Bool { until.map { $0 > now } ?? true }

  /// Whether the content is still in this state.
  public func isCurrent(_ db: Database, now: Date) throws -> Bool {
    try holds(at: now) && isLast(db)
  }
}
