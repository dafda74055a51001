import Foundation
import SenKernel

/// Gathers what is only counted (visits, clicks, downloads) and hands it to those who write it down, away from the
/// answers: no visitor waits for the disk, and a crash loses a second's worth at most.
final class CountingDesk<Batch: Sendable>: Sendable {
  private let state: Guarded<(batch: Batch, isEmpty: Bool, isOpen: Bool)>
  private let empty: Batch
  private let write: @Sendable (Batch) -> Void

  /// - Parameter write: writes some down; called by one thread at a time, each second in which something came.
  init(_ name: String, empty: Batch, write: @escaping @Sendable (Batch) -> Void) {
    (self.empty, self.write) = (empty, write)
    state = Guarded((empty, true, true))
    let thread = Thread { [self] in
      while state.withLock({ $0.isOpen }) {
        Thread.sleep(forTimeInterval: 1)
        flush()
      }
    }
    thread.name = name
    thread.start()
  }

  /// - Parameter add: adds to what waits; must be quick, and bound what it adds to.
  func take(_ add: (inout Batch) -> Void) {
    state.withLock { state in
      state.isEmpty = false
      add(&state.batch)
    }
  }

  /// Writes what is left and takes no more.
  func close() {
    state.withLock { $0.isOpen = false }
    flush()
  }

  private func flush() {
    let batch = state.withLock { state -> Batch? in
      guard !state.isEmpty else { return nil }
      defer { (state.batch, state.isEmpty) = (empty, true) }
      return state.batch
    }
    if let batch { write(batch) }
  }
}
