public import ContentModel

/// One JSON object a line.
public struct NDJSONSink: RecordSink {
  private var buffer: SinkBuffer

  public init(_ sink: any ByteSink) { buffer = SinkBuffer(sink) }

  public mutating func write(_ values: FieldMap) throws {
    let start = buffer.bytes.count
    do throws(Refusal) {
      try JSONWriter.append(values, to: &buffer.bytes)
    } catch {
      buffer.bytes.removeSubrange(start...)
      throw error
    }
    buffer.bytes.append(0x0A)
    try buffer.passOn()
  }

  public mutating func finish() throws { try buffer.finish() }
}
