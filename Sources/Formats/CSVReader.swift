public import ContentModel

/// The rows of CSV (RFC 4180) as cells, streaming: `a,"b ""quoted"", and more",` gives the texts `a` and
/// `b "quoted", and more`, and null.
///
/// A cell may be quoted and then hold delimiters, line ends and doubled quotes. An empty cell is null, `""`
/// the empty text; there are no other types. Lines end with LF or CRLF; a byte order mark at the start is
/// dropped. Refused with the line: a quote inside an unquoted cell, text after a closing quote, a quote that
/// is never closed (with the line where it opens), a bare CR, NUL, invalid UTF-8, a row beyond `limit`.
public struct CSVReader {
  /// One row: the line that it begins on, from 1, and its cells, each a text or null.
  public typealias Row = (line: Int, cells: [FieldValue])

  public let source: ByteSource
  /// The longest row that is read, in bytes.
  public let limit: Int
  /// Nil until the first row has shown it, unless it was given.
  public private(set) var delimiter: Delimiter?

  private var buffer: [UInt8] = []
  private var start = 0
  private var line = 1
  private var isAtEnd = false

  /// Without a `delimiter` the first row decides: comma, else tab, else semicolon.
  public init(_ source: ByteSource, delimiter: Delimiter? = nil, limit: Int = 64 << 20) {
    self.source = source
    self.delimiter = delimiter
    self.limit = limit
  }

  /// The next row, nil at the end. A blank line is a row of one null cell.
  public mutating func next() throws -> Row? {
    if source.position == 0, !isAtEnd {
      while !isAtEnd, buffer.count < 3 { try fill() }
      if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    }
    guard let end = try rowEnd() else { return nil }
    defer { start = end }
    let first = line
    let range = start..<end
    let delimiter = self.delimiter
    let (cells, lines, found) = try buffer.withUnsafeBufferPointer { all in
      let row = UnsafeBufferPointer(rebasing: all[range])
      let delimiter = delimiter ?? .sniffed(from: row)
      let (cells, lines) = try CSVRow.cells(row, delimiter.rawValue, line: first, name: source.name)
      return (cells, lines, delimiter)
    }
    self.delimiter = found
    line += lines
    return (first, cells)
  }

  /// Where the row that begins at `start` ends, after its line end; nil when there is no more.
  private mutating func rowEnd() throws -> Int? {
    var offset = 0
    var isQuoted = false
    while true {
      let found: Int? = buffer.withUnsafeBufferPointer { bytes in
        var index = start + offset
        while index < bytes.count {
          let byte = bytes[index]
          if byte == 0x22 { isQuoted.toggle() }
          if byte == 0x0A, !isQuoted { return index + 1 }
          index += 1
        }
        return nil
      }
      if let found, found - start <= limit { return found }
      offset = buffer.count - start
      if offset > limit { throw Refusal(.invalid, tooLong(isQuoted), hint: "Is a quote missing?") }
      if isAtEnd { return offset > 0 ? buffer.count : nil }
      try fill()
    }
  }

  private func tooLong(_ isQuoted: Bool) -> String {
    "\(source.name), line \(line): the row that begins here is longer than \(limit) bytes"
      + (isQuoted ? ", inside a quote" : "")
  }

  private mutating func fill() throws {
    if start > 0 {
      buffer.removeSubrange(..<start)
      start = 0
    }
    isAtEnd = try source.append(to: &buffer) == 0
  }
}
