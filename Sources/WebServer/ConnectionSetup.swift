import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypesHTTP1
import NIOPosix

/// Furnishes a new connection: bytes are watched, parsed, go through the door, and what waits goes to Hummingbird.
struct ConnectionSetup: Sendable {
  let answerer: Answerer
  let threads: WaitingThreads
  let open: OpenConnections
  /// Hummingbird has nothing to say that the logs do not have.
  private let logger = Logger(label: "http") { _ in SwiftLogNoOpLogHandler() }

  init(_ answerer: Answerer, _ threads: WaitingThreads, _ open: OpenConnections) {
    (self.answerer, self.threads, self.open) = (answerer, threads, open)
  }

  func furnish(_ channel: any Channel) -> EventLoopFuture<Void> {
    let queue = RequestQueue()
    let side = WaitingSide(answerer: answerer, threads: threads, queue: queue)
    let limits = answerer.options.limits
    let http = HTTP1Channel(
      responder: { request, writer, _ in try await side.respond(request, writer) },
      configuration: .init(
        httpDecoderConfiguration: .init(
          maxHeaderFieldSize: limits.head, maxHeaderListSize: limits.head,
          maxHeaderFieldCount: limits.headerCount)))
    let (answerer, logger, open) = (answerer, logger, open)
    return http.setup(channel: channel, logger: logger).flatMapThrowing { connection in
      let pipeline = channel.pipeline.syncOperations
      let door = Door(answerer, queue)
      let codec = try pipeline.context(handlerType: HTTP1ToHTTPServerCodec.self)
      try pipeline.addHandler(door, position: .before(codec.handler))
      try pipeline.addHandler(ByteWatch(door), position: .first)
      open.began(channel)
      let executor = LoopExecutor(channel.eventLoop)
      Task(executorPreference: executor) {
        await http.handle(value: connection, logger: logger)
        // The task itself does not keep its executor.
        withExtendedLifetime(executor) { open.ended(channel) }
      }
    }
  }
}
