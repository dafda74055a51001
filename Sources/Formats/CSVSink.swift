public import ContentModel

/// A table as CSV (RFC 4180) or, with tabs, as TSV under the same rules of quoting.
///
/// A header line names the columns; lines end with LF. A missing or null value is an empty cell, an empty
/// text is `""`, so that both come back as they were. A list or map is JSON text in the cell: `["a","b"]`.
/// A NUL, which no reader of such files expects, is refused. This is a machine format: text is never altered, so a cell may begin with `=`; whoever opens the file in
/// a spreadsheet should import such columns as text.
public struct CSVSink: RecordSink {
  private var buffer: SinkBuffer
  private let columns: [String]
  private let delimiter: Delimiter
  private var hasHeader = false

  public init(_ sink: any ByteSink, columns: [String], delimiter: Delimiter = .comma) {
    buffer = SinkBuffer(sink)
    self.columns = columns
    self.delimiter = delimiter
  }

  /// Writes the columns of `values`; others are left out.
  public mutating func write(_ values: FieldMap) throws {
    writeHeader()
    let start = buffer.bytes.count
    do {
      for (index, column) in columns.enumerated() {
        if index > 0 { buffer.bytes.append(delimiter.rawValue) }
        try appendCell(values[column] ?? .null)
      }
      let hasNUL = buffer.bytes.withUnsafeBufferPointer { Bytes.first(0, in: $0, from: start) != nil }
      if hasNUL {
        throw Refusal(
          .invalid, "a value holds a NUL character, which CSV cannot hold", hint: "Write NDJSON instead.")
      }
    } catch {
      buffer.bytes.removeSubrange(start...)
      throw error
    }
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
    for (index, column) in columns.enumerated() {
      if index > 0 { buffer.bytes.append(delimiter.rawValue) }
      // A quoted name cannot be taken for a delimiter or a byte order mark.
      appendText(column, isName: true)
    }
    buffer.bytes.append(0x0A)
  }

  private mutating func appendCell(_ value: FieldValue) throws {
    switch value {
    case .null: break
    case .bool(let bool): buffer.bytes += (bool ? "true" : "false").utf8
    case .integer(let integer): JSONWriter.appendInteger(integer, to: &buffer.bytes)
    case .real(let real): try JSONWriter.appendReal(real, to: &buffer.bytes)
    case .date(let date): buffer.bytes += Timestamp.text(date).utf8
    case .text(let text): appendText(text)
    case .list, .map:
      var json: [UInt8] = []
      try JSONWriter.append(value, to: &json)
      appendText(String(decoding: json, as: UTF8.self))
    }
  }

  private mutating func appendText(_ text: String, isName: Bool = false) {
    var text = text
    let delimiter = delimiter.rawValue
    text.withUTF8 { bytes in
      var hasQuote = false
      var isPlain = bytes.first != nil && bytes.first != 0xEF
      for byte in bytes {
        if byte == 0x22 { hasQuote = true }
        if byte == 0x22 || byte == delimiter || byte == 0x0A || byte == 0x0D { isPlain = false }
        if isName, byte == 0x2C || byte == 0x09 || byte == 0x3B { isPlain = false }
      }
      if isPlain {
        buffer.bytes.append(contentsOf: bytes)
        return
      }
      buffer.bytes.append(0x22)
      var from = 0
      while hasQuote, let quote = Bytes.first(0x22, in: bytes, from: from) {
        buffer.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[from...quote]))
        buffer.bytes.append(0x22)
        from = quote + 1
      }
      buffer.bytes.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[from...]))
      buffer.bytes.append(0x22)
    }
  }
}
