public import ContentModel

/// One JSON array of objects, an object a line; it parses even when nothing was written to it.
public struct JSONSink: RecordSink {
  private var buffer: SinkBuffer
  private var isEmpty = true

  public init(_ sink: any ByteSink) { buffer = SinkBuffer(sink) }

  public mutating func write(_ values: FieldMap) throws {
    var item: [UInt8] = []
    try JSONWriter.append(values, to: &item)
    buffer.bytes += (isEmpty ? "[\n" : ",\n").utf8
    buffer.bytes += item
    isEmpty = false
    try buffer.passOn()
  }

  public mutating func finish() throws {
    buffer.bytes += (isEmpty ? "[]\n" : "\n]\n").utf8
    try buffer.finish()
  }
}
