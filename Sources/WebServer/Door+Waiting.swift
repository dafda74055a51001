import NIOCore
import Web

extension Door {
  /// Reads on only while the client takes its answers.
  func read(context: ChannelHandlerContext) {
    if phase != .leaving, !context.channel.isWritable || exchanges.count > 16 {
      isReadHeld = true
    } else {
      context.read()
    }
  }

  func readOn(_ context: ChannelHandlerContext) {
    guard isReadHeld, context.channel.isWritable, exchanges.count <= 16 else { return }
    isReadHeld = false
    context.read()
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    let limits = answerer.options.limits
    if !context.channel.isWritable {
      expect(within: limits.writeTime)
    } else if phase == .open {
      expect(within: isReadingBody ? limits.bodyTime : exchanges.isEmpty ? idleTime : nil)
      readOn(context)
    }
    context.fireChannelWritabilityChanged()
  }

  /// Told by `ByteWatch` when all that has come was looked at: the rest is a head that is not whole.
  func looseBytesCame() {
    guard hasLooseBytes, !isHeadBegun, !isReadingBody, phase == .open else { return }
    isHeadBegun = true
    expect(within: answerer.options.limits.headTime)
  }

  /// Something has to happen within so many seconds, or the connection ends; nil for no limit.
  func expect(within seconds: Double?) { timer?.set(seconds) }

  func timeIsUp(_ context: ChannelHandlerContext) {
    if phase == .open, isHeadBegun, exchanges.isEmpty {
      exchanges.append(Exchange())
      refuse(context, WebProblem(408, "The request took too long to come."), nil)
      return
    }
    if isStopping, phase == .open, exchanges.isEmpty { return leave(context) }
    for exchange in exchanges {
      answerer.log?.add(
        exchange.entry, status: exchange.status == 0 ? 408 : exchange.status, bytes: exchange.bytes)
    }
    exchanges.removeAll()
    context.close(promise: nil)
  }
}
