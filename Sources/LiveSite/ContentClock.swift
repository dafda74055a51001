import Foundation
import GRDB
import SenKernel

/// Tells whether the content is still the one that pages were made from, whichever process changes it.
///
/// SQLite's `data_version` of one connection changes whenever another commits; asking for it takes microseconds and
/// waits for nobody. Only when it has changed is the journal looked at.
struct ContentClock: Sendable {
  /// A state of the content.
  struct State: Sendable {
    /// Grows whenever something changes that pages show.
    var generation: Int64 = 0
    /// Grows whenever anything may have changed, settings among it.
    var era: Int64 = 0
    var stamp = ContentStamp(operation: -1, rows: 0)
    fileprivate var version: Int64 = -1
    fileprivate var lookedAt = Date.distantPast
  }

  private let site: Site
  private let watcher: DatabaseQueue?
  private let last = Guarded(State())
  /// Told each change that is seen, in order, before anybody else knows of it; must not wait.
  private let changed: @Sendable (ContentChanges) -> Void

  init(_ site: Site, changed: @escaping @Sendable (ContentChanges) -> Void = { _ in }) throws {
    (self.site, self.changed) = (site, changed)
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
    last.withLock { state in
      guard let current = try? dataVersion(), current == state.version, state.stamp.holds(at: now) else {
        return nil
      }
      return state.generation
    }
  }

  /// Looks at the content, and tells the state that it is in.
  func look(at now: Date) throws -> State {
    try last.withLock { state in
      // First the version: what is committed after it is seen at the next look.
      let current = try dataVersion()
      if let current, current == state.version, state.stamp.holds(at: now) { return state }
      let (changes, stamp) = try site.read { db in
        (
          try ContentChanges(since: state.stamp, at: state.lookedAt, site, db, now: now),
          try ContentStamp(db, now: now)
        )
      }
      let isFirst = state.stamp.operation < 0
      if isFirst || !changes.isEmpty { state.generation += 1 }
      if isFirst || changes.isEverything { state.era += 1 }
      changed(changes)
      (state.version, state.stamp, state.lookedAt) = (current ?? -1, stamp, now)
      return state
    }
  }

  private func dataVersion() throws -> Int64? {
    guard let watcher else { return nil }
    return try watcher.unsafeRead { db in
      try Int64.fetchOne(db.cachedStatement(sql: "PRAGMA data_version"))
    }
  }
}
