import Dispatch
import NIOPosix
import Web

/// The threads on which requests are answered that have to wait.
///
/// Pages are made by few, for whoever makes one needs a processor and waits for no other process. What visitors send may
/// wait long for whoever writes, and is done by others, so that nobody who only reads waits behind it.
struct WaitingThreads: Sendable {
  let makers: NIOThreadPool
  let writers: NIOThreadPool

  init(makers: Int, writers: Int) {
    self.makers = NIOThreadPool(numberOfThreads: makers)
    self.writers = NIOThreadPool(numberOfThreads: writers)
  }

  func pool(for request: WebRequest) -> NIOThreadPool { request.method.isSafe ? makers : writers }

  func start() {
    makers.start()
    writers.start()
  }

  func stop() {
    for pool in [makers, writers] { pool.shutdownGracefully(queue: .global()) { _ in } }
  }
}
