import Dispatch
import Glibc
import Locks

/// SIGTERM and SIGINT: the first is waited for, the second ends the process at once.
struct StopSignals {
  private final class Arrivals: Sendable {
    let first = DispatchSemaphore(value: 0)
    let count = Guarded(0)

    func take(_ number: Int32) {
      let isFirst = count.withLock { count in
        count += 1
        return count == 1
      }
      guard isFirst else { _exit(128 + number) }
      first.signal()
    }
  }

  private let arrivals = Arrivals()
  private let sources: [any DispatchSourceSignal]

  init() {
    let arrivals = arrivals
    sources = [SIGTERM, SIGINT].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { arrivals.take(number) }
      source.activate()
      return source
    }
  }

  func wait() { arrivals.first.wait() }
}
