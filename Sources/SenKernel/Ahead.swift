import Foundation

/// Makes values on a thread of its own, a bounded number ahead of the one who takes them, in order.
///
/// For work that needs no database while another thread writes to one. Its state is behind the condition's lock.
final class Ahead<Value: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private let depth: Int
  private var ready: [Value] = []
  /// Where the next value stands in `ready`; those before it have been taken.
  private var taken = 0
  private var isAtEnd = false
  private var failure: (any Error)?
  private var isStopped = false

  /// - Parameters:
  ///   - depth: so many values wait at most.
  ///   - make: the next value, nil at the end; called on the other thread only, and no more once it has thrown.
  init(depth: Int, _ make: sending @escaping () throws -> Value?) {
    self.depth = depth
    // Handed over whole: nobody but the thread calls it.
    nonisolated(unsafe) let make = make
    Thread.detachNewThread { [self] in run(make) }
  }

  private func run(_ make: () throws -> Value?) {
    do {
      while let value = try make() { guard put(value) else { return } }
      end(nil)
    } catch {
      end(error)
    }
  }

  /// - Returns: false once nobody takes values any more.
  private func put(_ value: Value) -> Bool {
    condition.lock()
    defer { condition.unlock() }
    while ready.count - taken >= depth, !isStopped { condition.wait() }
    ready.append(value)
    condition.signal()
    return !isStopped
  }

  private func end(_ error: (any Error)?) {
    condition.lock()
    defer { condition.unlock() }
    failure = error
    isAtEnd = true
    condition.signal()
  }

  /// The next value, nil at the end; throws what making it has thrown.
  /// - Parameter whileWaiting: called every now and then while there is none, to give up by throwing.
  func next(whileWaiting: () throws -> Void) throws -> Value? {
    condition.lock()
    defer { condition.unlock() }
    while taken == ready.count {
      if let failure { throw failure }
      if isAtEnd { return nil }
      if !condition.wait(until: Date(timeIntervalSinceNow: 0.1)) { try whileWaiting() }
    }
    let value = ready[taken]
    taken += 1
    // Moving the rest to the front once in a while keeps the queue short without moving it for each value.
    if taken >= depth || taken == ready.count {
      ready.removeFirst(taken)
      taken = 0
    }
    if ready.count - taken < depth { condition.signal() }
    return value
  }

  /// Ends the thread after the value that it is making.
  func stop() {
    condition.lock()
    isStopped = true
    condition.signal()
    condition.unlock()
  }
}
