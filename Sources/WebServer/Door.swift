import NIOCore
import NIOHTTP1
import Web

/// One connection's door: lets requests in or refuses them, answers at once what is at hand, hands the others to
/// Hummingbird behind it, keeps answers in order, and shows slow clients out. It lives on its connection's event loop.
final class Door: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// A request that was let in, or refused, and is not yet answered.
  struct Exchange {
    var entry = AccessLog.Entry()
    var keepsAlive = false
    var isOld = false
    var status = 0
    var bytes = 0
  }

  enum Phase {
    case open
    /// Nothing more is read: a refusal is the last answer.
    case refusing
    /// The last answer is on its way out; what still comes in is thrown away, so that the client gets to read it.
    case leaving
  }

  let answerer: Answerer
  let queue: RequestQueue
  var phase = Phase.open
  var exchanges = CircularBuffer<Exchange>(initialCapacity: 2)
  /// A refusal that waits for the answers before it.
  var refusal: (problem: WebProblem, request: WebRequest?)?
  var isStopping = false
  var isReadingBody = false
  var isReadHeld = false
  /// Bytes have come that belong to no request yet, and since when they are waited for counts.
  var hasLooseBytes = false
  /// What is being parsed.
  var lastBytes: ByteBuffer?
  var isHeadBegun = false
  private(set) var timer: DoorTimer?
  /// Writes bytes past those that make some of an answer's parts.
  var writeBytes: (ByteBuffer, EventLoopPromise<Void>?) -> Void = { _, _ in }
  private var held: WebRequest?
  private var peer = ""

  init(_ answerer: Answerer, _ queue: RequestQueue) { (self.answerer, self.queue) = (answerer, queue) }

  func handlerAdded(context: ChannelHandlerContext) {
    timer = DoorTimer(context.eventLoop) { [weak self] in self?.timeIsUp(context) }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    timer?.stop()
    timer = nil
  }

  func channelActive(context: ChannelHandlerContext) {
    peer = context.remoteAddress?.ipAddress ?? ""
    expect(within: answerer.options.limits.headTime)
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    timer?.stop()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard phase == .open else { return }
    switch unwrapInboundIn(data) {
    case .head(let head): enter(context, head)
    case .body: if isReadingBody { context.fireChannelRead(data) }
    case .end:
      hasLooseBytes = false
      if let request = held {
        held = nil
        answer(context, request)
      } else if isReadingBody {
        isReadingBody = false
        expect(within: nil)
        context.fireChannelRead(wrapInboundOut(.end(nil)))
      }
    }
  }

  private func enter(_ context: ChannelHandlerContext, _ head: HTTPRequestHead) {
    (hasLooseBytes, isHeadBegun) = (false, false)
    var exchange = Exchange(keepsAlive: head.isKeepAlive, isOld: head.version != .http1_1)
    if answerer.log != nil {
      exchange.entry = AccessLog.Entry(
        method: head.method.rawValue, target: head.uri, version: head.version.description, address: peer,
        referrer: head.headers.first(name: "referer") ?? "",
        agent: head.headers.first(name: "user-agent") ?? "")
    }
    var read: WebRequest?
    do throws(WebProblem) {
      let request = try answerer.reader.request(head, peer: peer)
      read = request
      exchange.entry.address = request.address
      let late = try answerer.admit(request)
      let hasBody = Self.hasBody(head)
      if let late, !hasBody { throw late }
      exchanges.append(exchange)
      guard hasBody else {
        held = request
        return
      }
      if exchanges.count == 1, head.headers.first(name: "expect")?.lowercased() == "100-continue" {
        let goOn = HTTPResponseHead(version: .http1_1, status: .continue)
        context.writeAndFlush(wrapOutboundOut(.head(goOn)), promise: nil)
      }
      isReadingBody = true
      expect(within: answerer.options.limits.bodyTime)
      forward(context, request, head.headers, late)
    } catch {
      exchanges.append(exchange)
      refuse(context, error, read)
    }
  }

  private func answer(_ context: ChannelHandlerContext, _ request: WebRequest) {
    if exchanges.count == 1, context.channel.isWritable {
      switch answerer.ready(for: request) {
      case .written(let reply): return write(context, reply)
      case .reply(let reply): return write(context, reply)
      case nil: break
      }
    }
    expect(within: nil)
    forward(context, request, HTTPHeaders())
    context.fireChannelRead(wrapInboundOut(.end(nil)))
  }

  /// Hummingbird is told of a body and of nothing else: the request itself goes by the queue.
  private func forward(
    _ context: ChannelHandlerContext, _ request: WebRequest, _ headers: HTTPHeaders, _ late: WebProblem? = nil
  ) {
    queue.push(request, late)
    var head = HTTPRequestHead(version: .http1_1, method: HTTPMethod(rawValue: request.method.word), uri: "/")
    for name in ["content-length", "transfer-encoding"] {
      if let value = headers.first(name: name) { head.headers.add(name: name, value: value) }
    }
    context.fireChannelRead(wrapInboundOut(.head(head)))
  }

  /// The last answer of this connection, since nobody knows what follows a request that is not read.
  func refuse(_ context: ChannelHandlerContext, _ problem: WebProblem, _ request: WebRequest?) {
    phase = .refusing
    refusal = (problem, request)
    writeRefusal(context)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard let error = error as? HTTPParserError else {
      context.close(promise: nil)
      return
    }
    guard phase == .open else { return }
    if isReadingBody {
      // Whoever is waiting for the rest of it answers 400.
      context.fireErrorCaught(error)
    } else if error != .invalidEOFState {
      exchanges.append(Exchange(entry: .init(address: peer)))
      refuse(context, problem(of: error), nil)
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    guard event is ChannelShouldQuiesceEvent else {
      context.fireUserInboundEventTriggered(event)
      return
    }
    isStopping = true
    // A request may be on its way, and gets the last answer. A head that has begun has its own time.
    if exchanges.isEmpty, !isHeadBegun { expect(within: idleTime) }
  }

  /// So many seconds a connection stays whose requests are all answered.
  var idleTime: Double { isStopping ? answerer.options.limits.lastCall : answerer.options.limits.idleTime }

  private func problem(of error: HTTPParserError) -> WebProblem {
    switch error {
    case .headerOverflow: WebProblem(431, "The head of the request is too long.")
    // RFC 9110, 15.6.2: a method that nobody here knows, in a request that is one otherwise.
    case .invalidMethod where lastBytes.map { RequestLine.isRequest($0.readableBytesView) } ?? false:
      WebProblem(501, "This method is not known here.")
    default: .badRequest("The request is not HTTP.")
    }
  }

  private static func hasBody(_ head: HTTPRequestHead) -> Bool {
    head.headers.contains(name: "transfer-encoding")
      || head.headers.first(name: "content-length").map { Int($0) != 0 } ?? false
  }
}
