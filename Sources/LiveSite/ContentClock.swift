import Foundation
import GRDB
import SenKernel

/// Tells whether the content is still the one that pages were made from, whichever process changes it.
///
/// SQLite's `data_version` of one connection changes whenever another commits; asking for it takes microseconds and
/// waits for nobody. Only when it has changed is the journal looked at.
final class ContentClock: @unchecked Sendable {
  private let site: Site
  private let lock = NSLock()
  private let watcher: DatabaseQueue?
  private var version: Int64 = -1
  private var stamp = ContentStamp(operation: -1)
  private var lookedAt = Date.distantPast
  private var count: Int64 = 0

  init(_ site: Site) throws {
    self.site = site
    var configuration = Configuration()
    configuration.readonly = true
    configuration.label = "watcher"
    // A site in memory has no second connection; its pages are made anew each time.
    watcher =
      site.database.path == ":memory:"
      ? nil : try DatabaseQueue(path: site.database.path, configuration: configuration)
  }

  /// The number of the state that the content is in, as long as that is known without looking; nil where somebody has
  /// to look first.
  func known(at now: Date) -> Int64? {
    lock.withLock {
      guard let current = try? dataVersion(), current == version, stamp.until.map({ $0 > now }) ?? true else {
        return nil
      }
      return count
    }
  }

  /// Looks at the content.
  /// - Returns: the number of its state, and whether anything that pages show has changed since the last look.
  func look(at now: Date) throws -> (generation: Int64, hasChanged: Bool) {
    try lock.withLock {
      // First the version: what is committed after it is seen at the next look.
      let current = try dataVersion()
      if let current, current == version, stamp.until.map({ $0 > now }) ?? true { return (count, false) }
      let (changes, new) = try site.read { db in
        (
          try ContentChanges(since: stamp, at: lookedAt, site, db, now: now), try ContentStamp(db, now: now)
        )
      }
      let hasChanged = stamp.operation < 0 || !changes.isEmpty
      if hasChanged { count += 1 }
      (version, stamp, lookedAt) = (current ?? -1, new, now)
      return (count, hasChanged)
    }
  }

  private func dataVersion() throws -> Int64? {
    guard let watcher else { return nil }
    return try watcher.unsafeRead { db in
      try Int64.fetchOne(db.cachedStatement(sql: "PRAGMA data_version"))
    }
  }
}
