import Dispatch
import Locks
import NIOCore

/// The connections whose tasks are not over.
final class OpenConnections: Sendable {
  private let channels = Guarded<[ObjectIdentifier: any Channel]>([:])
  private let tasks = DispatchGroup()

  func began(_ channel: any Channel) {
    tasks.enter()
    channels.withLock { $0[ObjectIdentifier(channel)] = channel }
  }

  func ended(_ channel: any Channel) {
    channels.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(channel)) }
    tasks.leave()
  }

  /// Cuts all of them off.
  func cut() {
    for channel in channels.withLock({ Array($0.values) }) { channel.close(promise: nil) }
  }

  /// - Returns: whether all were over within so many seconds.
  func areOver(within seconds: Double) -> Bool { tasks.wait(timeout: .now() + seconds) == .success }
}
