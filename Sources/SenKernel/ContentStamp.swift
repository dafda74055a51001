public import Foundation
public import GRDB
import Storage

/// Which state of the content a page was made from: the same stamp, the same pages.
///
/// Every operation that can be seen is in the journal, whichever process did it, so its last number tells. What only
/// counts (clicks, visits) changes no stamp; pages that show counts grow old by themselves.
public struct ContentStamp: Sendable, Hashable {
  public let operation: Int64
  /// When something appears or disappears next by the clock alone; nil if nothing will.
  public let until: Date?

  /// The stamp of a state that was looked at before.
  public init(operation: Int64) { (self.operation, until) = (operation, nil) }

  public init(_ db: Database, now: Date) throws {
    operation = try Self.lastOperation(db)
    let text = Timestamp.text(now)
    let next = try String.fetchOne(
      db.cachedStatement(
        sql: """
          SELECT min(at) FROM (
            SELECT min(publishAt) AS at FROM item WHERE state = 'published' AND publishAt > ?1
            UNION ALL SELECT min(expireAt) FROM item WHERE state = 'published' AND expireAt > ?1)
          """), arguments: [text])
    until = next.flatMap(Timestamp.date)
  }

  /// The number of the last operation; to ask for it costs next to nothing, while what comes by the clock has to be
  /// looked for among all items.
  public static func lastOperation(_ db: Database) throws -> Int64 {
    try Int64.fetchOne(db.cachedStatement(sql: "SELECT coalesce(max(id), 0) FROM journal")) ?? 0
  }

  /// Whether nothing has come or gone by the clock since.
  public func holds(at now: Date) -> Bool { until.map { $0 > now } ?? true }

  /// Whether the content is still in this state.
  public func isCurrent(_ db: Database, now: Date) throws -> Bool {
    try holds(at: now) && Self.lastOperation(db) == operation
  }
}
