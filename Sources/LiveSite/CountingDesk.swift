import Foundation
import SenKernel

/// Hands what is only counted (visits, clicks, downloads) to those who write it down, away from the answers: no visitor
/// waits for the disk, and a crash loses a second's worth at most.
final class CountingDesk<Element: Sendable>: Sendable {
  private let state = Guarded<(waiting: [Element], isOpen: Bool)>(([], true))
  private let write: @Sendable ([Element]) -> Void
  /// So many wait at most; beyond that nobody could tell them from an attack.
  private let most = 100_000

  /// - Parameter write: writes some down; called by one thread at a time, each second in which something came.
  init(_ name: String, write: @escaping @Sendable ([Element]) -> Void) {
    self.write = write
    let thread = Thread { [self] in
      while state.withLock({ $0.isOpen }) {
        Thread.sleep(forTimeInterval: 1)
        flush()
      }
    }
    thread.name = name
    thread.start()
  }

  func take(_ element: Element) {
    state.withLock { if $0.waiting.count < most { $0.waiting.append(element) } }
  }

  /// Writes what is left and takes no more.
  func close() {
    state.withLock { $0.isOpen = false }
    flush()
  }

  private func flush() {
    let elements = state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
    if !elements.isEmpty { write(elements) }
  }
}
