import Foundation
import GRDB
import Rendering
import SenKernel

/// Tells whether the content is still the one that pages were made from, whichever process changes it, and the theme
/// that they were made with.
///
/// SQLite's `data_version` of one connection changes whenever another commits. Only when it has changed is the journal
/// looked at.
struct ContentClock: Sendable {
  /// A state of the content.
  struct State: Sendable {
    /// Grows whenever something changes that pages show.
    var generation: Int64 = 0
    /// Grows whenever anything may have changed, settings and the site's own theme among it.
    var era: Int64 = 0
    var stamp = ContentStamp(operation: -1, rows: 0)
    fileprivate var version: Int64 = -1
    fileprivate var lookedAt = Date.distantPast
    fileprivate var theme = ""
  }

  /// So often the theme is looked at.
  static let themeInterval = Duration.seconds(1)

  private let site: Site
  private let watcher: DataVersion?
  private let last = Guarded(State())
  private let theme: Guarded<(state: String, at: ContinuousClock.Instant)>
  /// Told each change that is seen, in order, before anybody else knows of it; must not wait.
  private let changed: @Sendable (ContentChanges) -> Void

  init(_ site: Site, changed: @escaping @Sendable (ContentChanges) -> Void = { _ in }) throws {
    (self.site, self.changed) = (site, changed)
    theme = Guarded((PageMaker.stateOfTheme(site), .now))
    // A site in memory has no second connection; its pages are made anew each time.
    watcher = site.database.path == ":memory:" ? nil : try DataVersion(path: site.database.path)
  }

  /// The number of the state that the content is in, as long as that is known without looking; nil where somebody has
  /// to look first.
  func known(at now: Date) -> Int64? {
    last.withLock { state in
      guard let current = try? dataVersion(), current == state.version, state.stamp.holds(at: now),
        themeState() == state.theme
      else { return nil }
      return state.generation
    }
  }

  /// Looks at the content, and tells the state that it is in.
  func look(at now: Date) throws -> State {
    try last.withLock { state in
      // First the version: what is committed after it is seen at the next look.
      let current = try dataVersion()
      let theme = themeState()
      let isThemed = theme == state.theme
      if let current, current == state.version, state.stamp.holds(at: now), isThemed { return state }
      let (changes, stamp) = try site.read { db in
        (
          try ContentChanges(since: state.stamp, at: state.lookedAt, site, db, now: now),
          try ContentStamp(db, now: now)
        )
      }
      let isFirst = state.stamp.operation < 0
      if isFirst || !changes.isEmpty || !isThemed { state.generation += 1 }
      if isFirst || changes.isEverything || !isThemed { state.era += 1 }
      changed(isThemed ? changes : .everything)
      (state.version, state.stamp, state.lookedAt, state.theme) = (current ?? -1, stamp, now, theme)
      return state
    }
  }

  /// What tells one state of the theme from another, not older than a second.
  private func themeState() -> String {
    theme.withLock { theme in
      if ContinuousClock.now - theme.at >= Self.themeInterval {
        theme = (PageMaker.stateOfTheme(site), .now)
      }
      return theme.state
    }
  }

  private func dataVersion() throws -> Int64? { try watcher?.current() }
}
