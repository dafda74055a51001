import Foundation

/// A value that one thread at a time may touch.
///
/// The lock is the system's, which sanitizers know; they do not see that of the Synchronization module.
public final class Guarded<Value: Sendable>: @unchecked Sendable {
  private let lock = NSLock()
  private var value: Value

  public init(_ value: Value) { self.value = value }

  /// Gives the value to `body`, while no other thread has it. `body` must not come back for the same value.
  public func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
    lock.lock()
    defer { lock.unlock() }
    return try body(&value)
  }
}
