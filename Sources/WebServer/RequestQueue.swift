import Locks
import Web

/// Requests on their way from a connection's door to the side that may wait, in order.
final class RequestQueue: Sendable {
  private let requests = Guarded<[WebRequest]>([])

  func push(_ request: WebRequest) { requests.withLock { $0.append(request) } }
  func pop() -> WebRequest? { requests.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}
