import Foundation
import Synchronization

/// The queue in which a session tells its delegate what has come, never more than some pieces (of 16 kB) ahead of it:
/// a session that is not held back keeps a fast server's whole body in memory, however little of it is wanted.
final class Deliveries: OperationQueue, @unchecked Sendable {
  private static let most = 64
  private let isEnded = Atomic(false)
  private let room = DispatchSemaphore(value: 0)
  /// A serial queue has threads of its own: the shared ones may all be waiting for answers such as this.
  private let queue = DispatchQueue(label: "deliveries")

  override init() {
    super.init()
    maxConcurrentOperationCount = 1
    underlyingQueue = queue
    // A semaphore may not end below the value it began with.
    for _ in 0..<Self.most { room.signal() }
  }

  /// Nothing that comes from now on is wanted: it is taken off the session at once, and kept by nobody.
  func end() { isEnded.store(true, ordering: .relaxed) }

  /// Called by the session in the queue in which it reads: waiting here is what holds it back. What is delivered
  /// must not wait for that queue in turn, as `cancel` does.
  override func addOperation(_ block: @escaping @Sendable () -> Void) {
    if isEnded.load(ordering: .relaxed) { return block() }
    room.wait()
    let room = room
    super.addOperation {
      block()
      room.signal()
    }
  }
}
