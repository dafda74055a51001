import Foundation
import SenKernel
import Web

/// When each page became what it is, for `Last-Modified`: its item, its sidebar and its theme change apart from each
/// other, and what all of them make is known by its tag alone.
///
/// A page that was made twice within a second and not the same has no date until it is made again: one date for both would
/// let who has the first believe that nothing has changed (RFC 9110, 8.8.2).
struct PageDates: Sendable {
  private struct Seen {
    let tag: EntityTag
    /// Whole seconds since 1970.
    let second: Int64
    let isClear: Bool
  }

  private let seen = Guarded(RecencyCache<String, Seen>(limit: 20_000))

  /// Since when the page at a path has been what its tag says, as far as it was seen here; nil where a date would not
  /// tell it from what it was before.
  func date(of path: String, _ tag: EntityTag, now: Date) -> Date? {
    let second = Int64(now.timeIntervalSince1970.rounded(.down))
    let page = seen.withLock { seen -> Seen in
      let before = seen[path]
      if let before, before.tag == tag { return before }
      let made = Seen(tag: tag, second: second, isClear: before.map { $0.second < second } ?? true)
      seen.keep(made, path)
      return made
    }
    return page.isClear ? Date(timeIntervalSince1970: Double(page.second)) : nil
  }
}
