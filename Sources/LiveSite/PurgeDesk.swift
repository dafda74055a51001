import Foundation
import SenKernel

/// Tells a cache before the site what of it is old, by the keys that answers carry (`SurrogateKeys`), away from the pages:
/// a cache that does not answer is asked again, and nobody waits for it.
public final class PurgeDesk: Sendable {
  /// What is to be purged, and what is to be purged once more.
  private struct State {
    var keys: Set<String> = []
    /// An answer may have been on its way while the cache was told, made of what was before.
    var again: [(keys: Set<String>, at: Date)] = []
    var failures = 0
    var retryAt = Date.distantPast
    var isOpen = true
  }

  private let state = Guarded(State())
  private let wake = DispatchSemaphore(value: 0)
  private let send: @Sendable ([String]) throws -> Void
  private let note: @Sendable (String) -> Void
  /// Beyond so many keys, everything goes.
  private static let most = 500
  /// So many go with one request, whose header a cache has to take.
  private static let batch = 100
  /// No page takes longer to be made.
  private static let whole: TimeInterval = 3
  private static let longestPause: TimeInterval = 30

  /// - Parameters:
  ///   - send: tells the cache; throws where it has not understood.
  ///   - note: told when the cache does not answer, and when it does again.
  public init(
    send: @escaping @Sendable ([String]) throws -> Void, note: @escaping @Sendable (String) -> Void
  ) {
    (self.send, self.note) = (send, note)
    let thread = Thread { [self] in
      while state.withLock({ $0.isOpen }) {
        _ = wake.wait(timeout: .now() + 0.5)
        work(at: Date())
      }
    }
    thread.name = "purges"
    thread.start()
  }

  /// Has all of it purged, soon.
  func take(_ keys: Set<String>) {
    state.withLock { state in
      guard state.isOpen else { return }
      state.keys.formUnion(keys)
      if state.keys.count > Self.most { state.keys = [SurrogateKeys.all] }
    }
    wake.signal()
  }

  /// Takes no more.
  public func close() {
    state.withLock { $0.isOpen = false }
    wake.signal()
  }

  private func work(at now: Date) {
    let (new, due) = state.withLock { state -> (Set<String>, Set<String>) in
      guard state.retryAt <= now else { return ([], []) }
      let due = state.again.filter { $0.at <= now }.reduce(into: Set<String>()) { $0.formUnion($1.keys) }
      state.again.removeAll { $0.at <= now }
      defer { state.keys = [] }
      return (state.keys, due)
    }
    let keys = new.union(due)
    guard !keys.isEmpty else { return }
    do {
      let list = keys.contains(SurrogateKeys.all) ? [SurrogateKeys.all] : keys.sorted()
      for start in stride(from: 0, to: list.count, by: Self.batch) {
        try send(Array(list[start..<min(start + Self.batch, list.count)]))
      }
      let failures = state.withLock { state in
        if !new.isEmpty { state.again.append((new, now.addingTimeInterval(Self.whole))) }
        defer { state.failures = 0 }
        return state.failures
      }
      if failures > 0 { note("The cache answers again, and what has changed meanwhile is purged") }
    } catch {
      let isFirst = state.withLock { state in
        state.keys.formUnion(keys)
        state.failures += 1
        let pause = min(pow(2, Double(state.failures - 1)), Self.longestPause)
        state.retryAt = now.addingTimeInterval(pause)
        return state.failures == 1
      }
      if isFirst {
        note("The cache was not told what has changed, and is told again until it answers: \(error)")
      }
    }
  }
}
