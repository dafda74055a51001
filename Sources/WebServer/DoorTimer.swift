import NIOCore

/// One deadline that moves with every request, over a timer that is seldom set anew.
final class DoorTimer {
  private let loop: any EventLoop
  private let action: () -> Void
  private var deadline = NIODeadline.distantFuture
  private var scheduled: (task: Scheduled<Void>, at: NIODeadline)?

  /// - Parameters:
  ///   - loop: the one that this is made and used on.
  ///   - action: what is done when the time is up.
  init(_ loop: any EventLoop, _ action: @escaping () -> Void) { (self.loop, self.action) = (loop, action) }

  /// - Parameter seconds: from now on; nil for never.
  func set(_ seconds: Double?) {
    guard let seconds else {
      deadline = .distantFuture
      return
    }
    deadline = .now() + .nanoseconds(Int64(seconds * 1e9))
    if let scheduled, scheduled.at <= deadline { return }
    schedule()
  }

  func stop() {
    deadline = .distantFuture
    scheduled?.task.cancel()
    scheduled = nil
  }

  private func schedule() {
    scheduled?.task.cancel()
    let task = loop.assumeIsolated().scheduleTask(deadline: deadline) { [weak self] in
      guard let self else { return }
      scheduled = nil
      if NIODeadline.now() >= deadline {
        action()
      } else if deadline != .distantFuture {
        schedule()
      }
    }
    scheduled = (task, deadline)
  }
}
