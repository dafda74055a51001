import GRDB
import SenKernel

/// What is kept of visits: counts by day, for ever; and for half an hour who is there, by hashes.
enum VisitTables {
  static let days = SideTable(
    "visitDay", help: "Visitors and the pages they saw, by day",
    columns: [
      .init("day", .text), .init("visitors", .integer, isCount: true), .init("hits", .integer, isCount: true),
    ], key: ["day"])
  static let pages = byDay("visitPage", "path", help: "How often a page was seen, by day")
  static let referrers = byDay("visitReferrer", "host", help: "How many visitors came from a host, by day")
  static let browsers = byDay("visitBrowser", "family", help: "How many visitors used a browser, by day")
  static let sessions = SideTable(
    "visitSession", help: "When a visitor, by a hash, was last seen; for half an hour",
    columns: [.init("session", .text), .init("seenAt", .date)], key: ["session"], indexed: [["seenAt"]],
    isTransient: true)

  /// What another system counted without saying when, such as the views of an article.
  static let carried = SideTable(
    "visitCarried", of: FieldKind.anyItem, help: "How often an item had been seen before it came here",
    columns: [.init("hits", .integer, isCount: true)], unique: [["itemId"]])

  static let all = [days, pages, referrers, browsers, sessions, carried]

  private static func byDay(_ name: String, _ column: String, help: String) -> SideTable {
    SideTable(
      name, help: help,
      columns: [.init("day", .text), .init(column, .text), .init("hits", .integer, isCount: true)],
      key: ["day", column])
  }
}
