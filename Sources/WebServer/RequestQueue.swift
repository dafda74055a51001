import Locks
import Web

/// Requests on their way from a connection's door to the side that may wait, in order.
final class RequestQueue: Sendable {
  /// A request, and why it is refused once it was read.
  struct Entry {
    var request: WebRequest
    let late: WebProblem?
  }

  private let entries = Guarded<[Entry]>([])

  func push(_ request: WebRequest, _ late: WebProblem? = nil) {
    entries.withLock { $0.append(Entry(request: request, late: late)) }
  }
  func pop() -> Entry? { entries.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}
