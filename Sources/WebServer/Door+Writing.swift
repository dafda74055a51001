import NIOCore
import NIOHTTP1
import Web

extension Door {
  /// What Hummingbird answers.
  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard !exchanges.isEmpty else {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(let head) where head.status.code < 200: context.write(data, promise: promise)
    case .head(let head):
      context.write(wrapOutboundOut(.head(marked(head))), promise: promise)
    case .body(let body):
      exchanges[exchanges.startIndex].bytes += body.readableBytes
      context.write(data, promise: promise)
    case .end:
      let isLast = !exchanges[exchanges.startIndex].keepsAlive
      let written = promise ?? (isLast ? context.eventLoop.makePromise() : nil)
      context.write(wrapOutboundOut(.end(nil)), promise: written)
      finish(context, isLast ? written : nil)
    }
  }

  /// What is at hand, in one piece.
  func write(_ context: ChannelHandlerContext, _ reply: Reply) {
    let head = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: reply.status),
      headers: HTTPHeaders(reply.headers))
    context.write(wrapOutboundOut(.head(marked(head))), promise: nil)
    if case .bytes(let bytes, let range) = reply.body {
      exchanges[exchanges.startIndex].bytes = range.count
      context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: bytes[range])))), promise: nil)
    }
    let written =
      exchanges[exchanges.startIndex].keepsAlive ? nil : context.eventLoop.makePromise(of: Void.self)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
    finish(context, written)
  }

  /// What is at hand with its head, in one buffer.
  func write(_ context: ChannelHandlerContext, _ reply: WrittenReply) {
    let first = exchanges.startIndex
    exchanges[first].status = 200
    exchanges[first].bytes = reply.body.count
    mark()
    let date = answerer.dateLine()
    var buffer = context.channel.allocator.buffer(
      capacity: reply.head.count + reply.body.count + date.count + 64)
    buffer.writeStaticString("HTTP/1.1 200 OK\r\n")
    buffer.writeBytes(date)
    buffer.writeBytes(reply.head)
    if let word = connectionWord { buffer.writeString("Connection: \(word)\r\n") }
    buffer.writeStaticString("\r\n")
    buffer.writeBytes(reply.body)
    let written = exchanges[first].keepsAlive ? nil : context.eventLoop.makePromise(of: Void.self)
    writeBytes(buffer, written)
    finish(context, written)
  }

  func writeRefusal(_ context: ChannelHandlerContext) {
    guard exchanges.count == 1, let (problem, request) = refusal else { return }
    refusal = nil
    exchanges[exchanges.startIndex].keepsAlive = false
    write(context, answerer.refusal(problem, request))
  }

  private func marked(_ head: HTTPResponseHead) -> HTTPResponseHead {
    var head = head
    exchanges[exchanges.startIndex].status = Int(head.status.code)
    mark()
    if let word = connectionWord { head.headers.replaceOrAdd(name: "Connection", value: word) }
    return head
  }

  /// Sees to it whether the connection goes on after the first answer.
  private func mark() {
    // Who is answered before all of the body was read would be read wrongly from then on.
    if isStopping || (isReadingBody && exchanges.count == 1) {
      exchanges[exchanges.startIndex].keepsAlive = false
    }
  }

  /// What the first answer has to say of that; nil where it goes without saying.
  private var connectionWord: String? {
    let exchange = exchanges[exchanges.startIndex]
    return !exchange.keepsAlive ? "close" : exchange.isOld ? "keep-alive" : nil
  }

  /// - Parameter written: when the connection ends with this answer.
  private func finish(_ context: ChannelHandlerContext, _ written: EventLoopPromise<Void>?) {
    let exchange = exchanges.removeFirst()
    answerer.log?.add(exchange.entry, status: exchange.status, bytes: exchange.bytes)
    if let written {
      phase = .leaving
      expect(within: answerer.options.limits.writeTime)
      context.flush()
      written.futureResult.assumeIsolated().whenComplete { [self] _ in
        context.close(mode: .output, promise: nil)
        expect(within: 2)
      }
      return
    }
    if exchanges.isEmpty {
      expect(within: idleTime)
    } else {
      writeRefusal(context)
    }
    readOn(context)
  }

  /// Ends a connection that waits for nothing.
  func leave(_ context: ChannelHandlerContext) {
    phase = .leaving
    do {
      if try context.channel.syncOptions?.getOption(.bufferedWritableBytes) ?? 0 == 0 {
        context.close(promise: nil)
        return
      }
    } catch {
      answerer.options.errorLog("a connection does not tell what it has yet to send: \(error)")
    }
    // NIO closes this half when all is sent.
    context.close(mode: .output, promise: nil)
    expect(within: answerer.options.limits.writeTime)
  }
}
