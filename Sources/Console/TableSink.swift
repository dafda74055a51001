public import ContentModel
public import Formats

/// Records as rows of a table, for people.
public struct TableSink: RecordSink {
  private let sink: any ByteSink
  private let columns: [String]
  private let text: (String, FieldValue) -> String
  private let buffer = Buffer()
  private var writer: TableWriter

  /// - Parameters:
  ///   - columns: names of fields; their titles, too.
  ///   - width: columns of the terminal; nil cuts nothing.
  ///   - text: how a value of a column is shown.
  public init(
    _ sink: any ByteSink, columns: [String], style: Style = .plain, width: Int?,
    text: @escaping (String, FieldValue) -> String
  ) {
    self.sink = sink
    self.columns = columns
    self.text = text
    let buffer = buffer
    let table = Table(columns.map { Table.Column($0) }, style: style)
    writer = TableWriter(table, width: width) { line in
      buffer.bytes += line.utf8
      if buffer.bytes.count >= 65_536 { try buffer.pass(to: sink) }
    }
  }

  public mutating func write(_ values: FieldMap) throws {
    try writer.add(columns.map { text($0, values[$0] ?? .null) })
  }

  public mutating func finish() throws {
    try writer.finish()
    try buffer.pass(to: sink)
    try sink.finish()
  }

  /// Lines gathered, so that a row costs no system call.
  private final class Buffer {
    var bytes: [UInt8] = []

    func pass(to sink: any ByteSink) throws {
      // Emptied first: what could not be sent is not sent twice.
      let waiting = bytes
      bytes.removeAll(keepingCapacity: true)
      try sink.write(waiting)
    }
  }
}
