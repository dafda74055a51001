/// A table in constant memory: the first rows size the columns, all later ones stream.
public struct TableWriter {
  private let table: Table
  private let width: Int?
  private let sampleSize: Int
  private let write: (String) throws -> Void
  private var sample: [[String]] = []
  private var layout: Table.Layout?

  /// - Parameters:
  ///   - width: columns of the terminal; nil cuts nothing (a later, longer cell then moves its line).
  ///   - sampleSize: how many rows are held back to size the columns.
  ///   - write: takes finished lines.
  public init(
    _ table: Table, width: Int?, sampleSize: Int = 1000, write: @escaping (String) throws -> Void
  ) {
    self.table = table
    self.width = width
    self.sampleSize = sampleSize
    self.write = write
  }

  /// Adds a row of cells, in the order of the columns.
  public mutating func add(_ row: [String]) throws {
    let cells = row.map { VisibleText.escape($0) }
    if let layout {
      var line = ""
      layout.append(cells, to: &line)
      try write(line)
    } else {
      sample.append(cells)
      if sample.count >= sampleSize { try start() }
    }
  }

  /// Writes what is held back; titles alone where there were no rows.
  public mutating func finish() throws {
    if layout == nil { try start() }
  }

  private mutating func start() throws {
    let layout = Table.Layout(table, sample: sample, width: width)
    var text = layout.head()
    for row in sample { layout.append(row, to: &text) }
    sample = []
    self.layout = layout
    try write(text)
  }
}
