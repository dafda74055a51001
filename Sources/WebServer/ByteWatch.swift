import NIOCore

/// Stands before the parser, and tells the door of bytes that are no request yet.
final class ByteWatch: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let door: Door

  init(_ door: Door) { self.door = door }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    door.hasLooseBytes = true
    context.fireChannelRead(data)
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    context.fireChannelReadComplete()
    door.looseBytesCame()
  }
}
