public import ContentModel

/// A codec that writes items one after the other, in constant memory.
public protocol RecordSink {
  /// Writes one item. Throws `Refusal` for what the format cannot hold, `FileFailure` for the device.
  mutating func write(_ values: FieldMap) throws
  /// Writes what the format ends with, and finishes the byte sink below.
  mutating func finish() throws
}

/// Bytes gathered before they go to a sink, so that a small item costs no system call.
struct SinkBuffer {
  let sink: any ByteSink
  var bytes: [UInt8] = []

  init(_ sink: any ByteSink) { self.sink = sink }

  /// Hands the bytes on once there are many.
  mutating func passOn(atLeast count: Int = 65_536) throws {
    guard bytes.count >= count else { return }
    try sink.write(bytes)
    bytes.removeAll(keepingCapacity: true)
  }

  mutating func finish() throws {
    try passOn(atLeast: 1)
    try sink.finish()
  }
}
