import Foundation
import GRDB
import SenKernel

/// How many visitors there are and were.
struct VisitTotals {
  /// Seen within the last five minutes.
  let online: Int
  let today: Int
  let month: Int
  let total: Int

  init(_ site: Site, _ db: Database, at now: Date) throws {
    func count(_ sql: String, _ arguments: StatementArguments) throws -> Int {
      try Int.fetchOne(db.cachedStatement(sql: sql), arguments: arguments) ?? 0
    }
    let today = site.day(of: now)
    let visitors = "SELECT CAST(total(visitors) AS INTEGER) FROM visitDay"
    online = try count(
      "SELECT count(*) FROM visitSession WHERE seenAt > ? AND seenAt <= ?",
      [Timestamp.text(now.addingTimeInterval(-VisitCounter.onlineFor)), Timestamp.text(now)])
    self.today = try count("\(visitors) WHERE day = ?", [today])
    month = try count("\(visitors) WHERE day >= ? AND day <= ?", ["\(today.prefix(7))-01", today])
    total = try count(visitors, [])
  }

  static let block = BlockType(
    "visits", help: "How many visitors are online, came today, this month, in total",
    options: NoOptions.self
  ) { _, page in
    // A file would tell those of long ago.
    guard !page.isFile else { return nil }
    // Nobody writes visits down one by one where pages could learn of it.
    page.expires(after: 60)
    let totals = try VisitTotals(page.site, page.db, at: page.now)
    guard totals.total > 0 else { return nil }
    return [
      "online": .number(totals.online), "today": .number(totals.today), "month": .number(totals.month),
      "total": .number(totals.total),
    ]
  }
}
