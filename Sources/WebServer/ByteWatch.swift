import NIOCore

/// Stands before the parser: tells the door of bytes that are no request yet, and sends what the door has written whole.
final class ByteWatch: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let door: Door

  init(_ door: Door) { self.door = door }

  func handlerAdded(context: ChannelHandlerContext) {
    door.writeBytes = { bytes, promise in context.writeAndFlush(NIOAny(bytes), promise: promise) }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    door.writeBytes = { _, promise in promise?.fail(ChannelError.ioOnClosedChannel) }
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    door.hasLooseBytes = true
    door.lastBytes = unwrapInboundIn(data)
    defer { door.lastBytes = nil }
    context.fireChannelRead(data)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    context.fireChannelReadComplete()
    door.looseBytesCame()
  }
}
