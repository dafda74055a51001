public import ContentModel

/// A table in GitHub Flavored Markdown that shows the text as it is: marks of Markdown and HTML are escaped,
/// line ends become `<br>`.
public struct MarkdownTableSink: RecordSink {
  private var buffer: SinkBuffer
  private let columns: [String]
  private var hasHeader = false

  public init(_ sink: any ByteSink, columns: [String]) {
    buffer = SinkBuffer(sink)
    self.columns = columns
  }

  public mutating func write(_ values: FieldMap) throws {
    writeHeader()
    var row: [UInt8] = [0x7C]
    for column in columns {
      try appendCell(values[column] ?? .null, to: &row)
    }
    buffer.bytes += row
    buffer.bytes.append(0x0A)
    try buffer.passOn()
  }

  public mutating func finish() throws {
    writeHeader()
    try buffer.finish()
  }

  private mutating func writeHeader() {
    if hasHeader { return }
    hasHeader = true
    buffer.bytes.append(0x7C)
    for column in columns { MarkdownTableSink.append(column, to: &buffer.bytes) }
    buffer.bytes += "\n|".utf8
    for _ in columns { buffer.bytes += " --- |".utf8 }
    buffer.bytes.append(0x0A)
  }

  private func appendCell(_ value: FieldValue, to row: inout [UInt8]) throws {
    switch value {
    case .null: MarkdownTableSink.append("", to: &row)
    case .text(let text): MarkdownTableSink.append(text, to: &row)
    case .date(let date): MarkdownTableSink.append(Timestamp.text(date), to: &row)
    case .list(let list) where list.allSatisfy({ $0.text != nil }):
      MarkdownTableSink.append(list.compactMap(\.text).joined(separator: ", "), to: &row)
    default:
      var json: [UInt8] = []
      try JSONWriter.append(value, to: &json)
      MarkdownTableSink.append(String(decoding: json, as: UTF8.self), to: &row)
    }
  }

  private static func append(_ text: String, to row: inout [UInt8]) {
    let marks = Array(#"\`*_[]<>|~&"#.utf8)
    row.append(0x20)
    var previous: UInt8 = 0
    for byte in text.utf8 {
      switch byte {
      case 0x0A where previous == 0x0D: break
      case 0x0A, 0x0D: row += "<br>".utf8
      case 0x00..<0x20: row.append(0x20)
      default:
        if marks.contains(byte) { row.append(0x5C) }
        row.append(byte)
      }
      previous = byte
    }
    row += " |".utf8
  }
}
