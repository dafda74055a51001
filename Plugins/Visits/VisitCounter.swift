public import Foundation
import GRDB
public import SenKernel

/// Counts visits in memory and writes them in batches; a web server has one and writes every few seconds.
///
/// A visitor is a session: pages at most half an hour apart count as one visitor, on the day of the first, and
/// so do the host they came from and their browser. Every page they see is a hit. Programs that say what they are
/// count as a browser only. Only pages that exist should be given, or strangers choose what is stored.
public final class VisitCounter: VisitKeeper {
  /// A session ends when nothing was seen of it for so long, in seconds.
  public static let sessionLength: TimeInterval = 1800
  /// Who was seen within so many seconds is online.
  public static let onlineFor: TimeInterval = 300

  /// A count that grows: of a day, and of a page, host or browser on it.
  private struct Key: Hashable {
    let table: String
    let column: String
    let day: String
    let name: String
  }

  /// A session that began, as far as this counter knows.
  private struct Beginning {
    let session: String
    let at: Date
    let day: String
    let counts: [Key]
  }

  /// What has been counted and not yet written.
  private struct Batch {
    var beginnings: [Beginning] = []
    var hits: [String: Int] = [:]
    var counts: [Key: Int] = [:]
    var seen: [String: Date] = [:]

    mutating func add(_ other: Batch) {
      beginnings += other.beginnings
      hits.merge(other.hits, uniquingKeysWith: +)
      counts.merge(other.counts, uniquingKeysWith: +)
      seen.merge(other.seen, uniquingKeysWith: max)
    }
  }

  private struct State {
    var sessions: [String: Date]
    var batch = Batch()
  }

  private let site: Site
  private let state: Guarded<State>

  /// Knows the sessions that earlier counters have written.
  public init(_ site: Site) throws {
    self.site = site
    let rows = try site.read { try Row.fetchAll($0, sql: "SELECT session, seenAt FROM visitSession") }
    let sessions = rows.compactMap { row in Timestamp.date(row[1] as String).map { (row[0] as String, $0) } }
    state = Guarded(State(sessions: Dictionary(sessions, uniquingKeysWith: max)))
  }

  public func count(_ visit: PageVisit) throws { _ = try begins(visit) }

  /// Counts a visit, in memory.
  /// - Returns: whether it begins a session.
  @discardableResult
  public func begins(_ visit: PageVisit) throws -> Bool {
    let day = site.day(of: visit.at)
    let family = Browser.family(visit.agent)
    let session = String(try SHA256.hex(Array(visit.session.utf8)).prefix(32))
    let host = visit.host(on: site.settings.address)
    func key(_ table: SideTable, _ name: String) -> Key {
      Key(table: table.name, column: table.columns[1].name, day: day, name: name)
    }
    return state.withLock { state in
      guard family != Browser.bot else {
        state.batch.counts[key(VisitTables.browsers, family), default: 0] += visit.count
        return false
      }
      let last = state.sessions[session]
      let isNew = last.map { abs(visit.at.timeIntervalSince($0)) > Self.sessionLength } ?? true
      let seen = isNew ? visit.at : max(last ?? visit.at, visit.at)
      state.sessions[session] = seen
      state.batch.seen[session] = seen
      state.batch.hits[day, default: 0] += visit.count
      state.batch.counts[key(VisitTables.pages, visit.page), default: 0] += visit.count
      guard isNew else { return false }
      let counts = [key(VisitTables.browsers, family)] + (host.map { [key(VisitTables.referrers, $0)] } ?? [])
      state.batch.beginnings.append(Beginning(session: session, at: visit.at, day: day, counts: counts))
      return true
    }
  }

  /// Writes what has been counted since the last time, in one transaction; where that fails it stays counted.
  public func write() throws {
    let batch = state.withLock { state in
      defer { state.batch = Batch() }
      return state.batch
    }
    guard !batch.hits.isEmpty || !batch.counts.isEmpty else { return }
    do {
      try site.write(isJournaled: false) { try Self.write(batch, $0.db) }
    } catch {
      state.withLock { $0.batch.add(batch) }
      throw error
    }
    guard let first = batch.seen.values.min() else { return }
    state.withLock { state in
      state.sessions = state.sessions.filter { $0.value >= first.addingTimeInterval(-Self.sessionLength) }
    }
  }

  /// Whether another process has counted the session in the meantime.
  private static func isKnown(_ beginning: Beginning, _ db: Database) throws -> Bool {
    let seen = try String.fetchOne(
      db.cachedStatement(sql: "SELECT seenAt FROM visitSession WHERE session = ?"),
      arguments: [beginning.session])
    guard let seen = seen.flatMap(Timestamp.date) else { return false }
    return abs(beginning.at.timeIntervalSince(seen)) <= sessionLength
  }

  private static func write(_ batch: Batch, _ db: Database) throws {
    var (visitors, counts): ([String: Int], [Key: Int]) = ([:], batch.counts)
    for beginning in batch.beginnings where try !isKnown(beginning, db) {
      visitors[beginning.day, default: 0] += 1
      for key in beginning.counts { counts[key, default: 0] += 1 }
    }
    for (day, hits) in batch.hits {
      try db.cachedStatement(
        sql: """
          INSERT INTO visitDay (day, visitors, hits) VALUES (?, ?, ?) ON CONFLICT (day)
          DO UPDATE SET visitors = visitors + excluded.visitors, hits = hits + excluded.hits
          """
      ).execute(arguments: [day, visitors[day] ?? 0, hits])
    }
    for (key, count) in counts {
      try db.cachedStatement(
        sql: """
          INSERT INTO \(key.table) (day, \(key.column), hits) VALUES (?, ?, ?) ON CONFLICT (day, \(key.column))
          DO UPDATE SET hits = hits + excluded.hits
          """
      ).execute(arguments: [key.day, key.name, count])
    }
    for (session, seen) in batch.seen {
      try db.cachedStatement(
        sql: """
          INSERT INTO visitSession (session, seenAt) VALUES (?, ?) ON CONFLICT (session)
          DO UPDATE SET seenAt = max(seenAt, excluded.seenAt)
          """
      ).execute(arguments: [session, Timestamp.text(seen)])
    }
    // Not by the clock: visits of an old log have their sessions too.
    guard let first = batch.seen.values.min() else { return }
    try db.execute(
      sql: "DELETE FROM visitSession WHERE seenAt < ?",
      arguments: [Timestamp.text(first.addingTimeInterval(-sessionLength))])
  }
}
