import SenKernel
import Web

import struct Foundation.Date

/// Pages that were seen within a second or so, the same by the same visitor once. It is kept in memory for as long, so
/// that addresses in it need no hash before they are counted.
struct SeenPages: Sendable {
  struct Page: Sendable, Hashable {
    let path: String
    let referrer: String
    let address: String
    let agent: String
  }

  /// So many wait at most; beyond that nobody could tell them from an attack.
  private static let most = 100_000
  private var pages: [Page: (count: Int, first: Date)] = [:]

  mutating func add(_ request: WebRequest, at now: Date) {
    let page = Page(
      path: request.rawPath, referrer: request.headers["Referer"] ?? "", address: request.address,
      agent: request.headers["User-Agent"] ?? "")
    guard pages[page] == nil else {
      pages[page]?.count += 1
      return
    }
    if pages.count < Self.most { pages[page] = (1, now) }
  }

  /// - Parameter session: what visitors are told apart by.
  func visits(_ session: (Page, Date) throws -> String) rethrows -> [PageVisit] {
    try pages.sorted { $0.value.first < $1.value.first }.map { page, seen in
      PageVisit(
        session: try session(page, seen.first), path: page.path, referrer: page.referrer, agent: page.agent,
        at: seen.first, count: seen.count)
    }
  }
}
