import ContentModel

/// Items of a CSV file whose first row names the fields; every value is a text, or null for an empty cell.
///
/// A row with more or fewer cells than the header is refused; blank lines between rows of several columns
/// are passed over.
public struct CSVSource: RecordSource {
  private var reader: CSVReader
  private let noun: String
  private var columns: [String]?

  /// Without a `delimiter` the header decides: comma, else tab, else semicolon.
  public init(_ source: ByteSource, noun: String, delimiter: Delimiter? = nil, limit: Int = 64 << 20) {
    reader = CSVReader(source, delimiter: delimiter, limit: limit)
    self.noun = noun
  }

  public var progress: (done: Int, total: Int?) { (reader.source.position, reader.source.size) }

  public mutating func next() throws -> SourceRecord? {
    guard let columns = try columns ?? readHeader() else { return nil }
    while let row = try reader.next() {
      if row.cells == [.null], columns.count > 1 { continue }
      guard row.cells.count == columns.count else {
        throw Refusal(
          .invalid,
          "\(reader.source.name), line \(row.line): the row has \(row.cells.count) cell\(row.cells.count == 1 ? "" : "s"), "
            + "the header \(columns.count)",
          hint: "Put cells that hold the delimiter in quotes.")
      }
      var values = FieldMap()
      for (column, cell) in zip(columns, row.cells) { values.append(column, cell) }
      return SourceRecord(noun: noun, values: values, place: "line \(row.line)")
    }
    return nil
  }

  private mutating func readHeader() throws -> [String]? {
    guard let row = try reader.next() else { return nil }
    var names: Set<String> = []
    let header = try row.cells.enumerated().map { index, cell in
      guard let name = cell.text, !name.isEmpty else {
        throw refusal(row.line, "column \(index + 1) of the header has no name")
      }
      guard names.insert(name).inserted else {
        throw refusal(row.line, "the header names \(name) twice")
      }
      return name
    }
    columns = header
    return header
  }

  private func refusal(_ line: Int, _ problem: String) -> Refusal {
    Refusal(.invalid, "\(reader.source.name), line \(line): \(problem)")
  }
}
