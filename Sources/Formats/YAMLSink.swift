public import ContentModel

/// A stream of items as one YAML list of mappings; `[]` when there are none.
public struct YAMLSink: RecordSink {
  private var buffer: SinkBuffer
  private var isEmpty = true

  public init(_ sink: any ByteSink) { buffer = SinkBuffer(sink) }

  public mutating func write(_ values: FieldMap) throws {
    let start = buffer.bytes.count
    do throws(Refusal) {
      buffer.bytes += "- ".utf8
      try YAMLWriter.append(.map(values), to: &buffer.bytes, indent: 2, isInline: true)
    } catch {
      buffer.bytes.removeSubrange(start...)
      throw error
    }
    isEmpty = false
    try buffer.passOn()
  }

  public mutating func finish() throws {
    if isEmpty { buffer.bytes += "[]\n".utf8 }
    try buffer.finish()
  }
}
