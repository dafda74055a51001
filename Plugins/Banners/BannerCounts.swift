import Foundation
import GRDB
import SenKernel

/// How often banners were seen and followed: two numbers a banner and day, and nothing of who it was.
///
/// The day "" holds what was counted before, by another system that kept no days.
enum BannerCounts {
  static let table = SideTable(
    "bannerCount", of: Banner.name, help: "How often a banner was seen and followed, by day",
    columns: [
      .init("day", .text), .init("impressions", .integer, isCount: true),
      .init("clicks", .integer, isCount: true),
    ],
    unique: [["itemId", "day"]])

  private static func destination(_ entry: Entry<Banner>) -> ViewValue {
    entry.body.link.map { .address($0.text) } ?? .none
  }

  static let follow = Action(
    "follow", of: Banner.self, input: NoOptions.self, help: "Counts a click and gives the address",
    isForVisitors: true, isJournaled: false, examples: ["banner follow 12"],
    destination: destination
  ) { entry, _, operation in
    guard let link = entry.body.link else {
      throw Refusal(.notFound, "Banner “\(entry.envelope.title)” leads nowhere", field: "link")
    }
    try refuseUnlessPublic(entry, operation)
    try add(clicks: 1, to: entry.envelope.id, operation)
    return link.text
  }

  static let seen = Action(
    "seen", of: Banner.self, input: NoOptions.self,
    help: "Counts an impression, for pages that are kept and shown again", isForVisitors: true,
    isJournaled: false, examples: ["banner seen 12"]
  ) { entry, _, operation in
    try refuseUnlessPublic(entry, operation)
    try add(impressions: 1, to: entry.envelope.id, operation)
    return "Counted"
  }

  private static func refuseUnlessPublic(_ entry: Entry<Banner>, _ operation: SenKernel.Operation) throws {
    guard entry.envelope.isPublic(at: operation.now) else {
      throw Refusal(.conflict, "Banner “\(entry.envelope.title)” is not shown now")
    }
  }

  /// Adds to the counts of today; whoever shows many pages adds many at once.
  static func add(impressions: Int = 0, clicks: Int = 0, to banner: Int64, _ operation: SenKernel.Operation)
    throws
  {
    try operation.db.cachedStatement(
      sql: """
        INSERT INTO bannerCount (itemId, day, impressions, clicks) VALUES (?, ?, ?, ?)
        ON CONFLICT (itemId, day) DO UPDATE
        SET impressions = impressions + excluded.impressions, clicks = clicks + excluded.clicks
        """
    ).execute(arguments: [banner, operation.site.day(of: operation.now), impressions, clicks])
  }

  /// The counts of a banner by day, in the order of days.
  static func days(
    of banner: Int64, since: String = "", _ db: Database
  ) throws -> [(day: String, impressions: Int, clicks: Int)] {
    try Row.fetchAll(
      db.cachedStatement(
        sql: "SELECT day, impressions, clicks FROM bannerCount WHERE itemId = ? AND day >= ? ORDER BY day"),
      arguments: [banner, since]
    ).map { ($0[0], $0[1], $0[2]) }
  }
}
