import Foundation
import SenKernel

/// Hands visits to the plugins that count them, away from the pages: reading a page never waits for the disk, and a
/// crash loses a second's worth at most.
final class VisitDesk: Sendable {
  private let keepers: [any VisitKeeper]
  private let state = Guarded<(waiting: [PageVisit], isOpen: Bool)>(([], true))
  private let failed: @Sendable (String) -> Void
  /// So many wait at most; beyond that nobody could tell them from an attack.
  private static let most = 100_000

  init(_ site: Site, failed: @escaping @Sendable (String) -> Void) throws {
    keepers = try site.registry.plugins.compactMap { try $0.visitKeeper(site) }
    self.failed = failed
    guard !keepers.isEmpty else { return }
    let thread = Thread { [self] in
      while state.withLock({ $0.isOpen }) {
        Thread.sleep(forTimeInterval: 1)
        write()
      }
    }
    thread.name = "visits"
    thread.start()
  }

  func take(_ visit: PageVisit) {
    guard !keepers.isEmpty else { return }
    state.withLock { if $0.waiting.count < Self.most { $0.waiting.append(visit) } }
  }

  /// Writes what is left and takes no more.
  func close() {
    state.withLock { $0.isOpen = false }
    write()
  }

  private func write() {
    let visits = state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
    do {
      for visit in visits { for keeper in keepers { try keeper.count(visit) } }
      for keeper in keepers { try keeper.write() }
    } catch {
      failed("Visits could not be counted: \(error)")
    }
  }
}
