import ContentModel
import Foundation
import GRDB

/// The operations of one command that each stand when the next one fails, and are taken back together.
///
/// They are one entry of the journal, which grows, as long as nobody else writes in between: what others did then
/// comes after some of it and before the rest, and an entry has one place only.
public final class JournalThread: Sendable {
  private let last = Guarded<Int64?>(nil)

  public init() {}

  /// Takes note of an entry that was committed.
  func remember(_ id: Int64?) {
    if let id { last.withLock { $0 = id } }
  }

  /// The entry that an operation can be added to.
  func entry(for circumstances: SiteDatabase.Circumstances, _ db: Database) throws -> Journal.Entry? {
    guard let id = last.withLock({ $0 }), let entry = try Journal.entry(id, db),
      try Int64.fetchOne(db.cachedStatement(sql: "SELECT max(id) FROM journal")) == id,
      // Another database may have come in its place.
      entry.actor == circumstances.actor, entry.command == circumstances.command, entry.size > 0,
      entry.isInForce
    else { return nil }
    return entry
  }
}
