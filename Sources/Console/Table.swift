/// Rows under titles, aligned for every script.
///
/// ```
/// ID  TITLE
/// ──  ─────────────
///  7  Hạ Long mùa hạ
/// ```
public struct Table: Sendable {
  /// One column: its title and on which side its cells stand.
  public struct Column: Sendable, Hashable {
    public enum Alignment: Sendable { case left, right }

    public var title: String
    public var alignment: Alignment

    public init(_ title: String, _ alignment: Alignment = .left) {
      self.title = title
      self.alignment = alignment
    }
  }

  /// Columns of a table that has no room never get narrower than this.
  static let narrowest = 6

  public var columns: [Column]
  public var style: Style

  public init(_ columns: [Column], style: Style = .plain) {
    self.columns = columns
    self.style = style
  }

  /// The whole table, each line with its newline.
  ///
  /// - Parameter width: the columns of the terminal; the widest left-aligned columns are cut with `…`
  ///   to fit. Nil (no terminal) cuts nothing, ever.
  public func render(_ rows: [[String]], width: Int?) -> String {
    let cells = rows.map { $0.map { VisibleText.escape($0) } }
    let layout = Layout(self, sample: cells, width: width)
    var result = layout.head()
    for row in cells { layout.append(row, to: &result) }
    return result
  }

  /// The widths that columns got, and the drawing of lines in them.
  struct Layout {
    let table: Table
    let widths: [Int]
    let cuts: Bool

    /// Sizes the columns by their titles and the `sample` (escaped already).
    init(_ table: Table, sample: [[String]], width: Int?) {
      self.table = table
      cuts = width != nil
      var widths = table.columns.map { DisplayWidth.of($0.title) }
      for row in sample {
        for (index, cell) in row.prefix(widths.count).enumerated() {
          widths[index] = max(widths[index], DisplayWidth.of(cell))
        }
      }
      if let width {
        let cutting = widths.indices.filter { table.columns[$0].alignment == .left }
        let gaps = 2 * max(0, widths.count - 1)
        let fixed = widths.indices.filter { table.columns[$0].alignment == .right }.map { widths[$0] }
        let room = width - gaps - fixed.reduce(0, +)
        let shrunk = Layout.shrink(cutting.map { widths[$0] }, to: room)
        for (index, width) in zip(cutting, shrunk) { widths[index] = width }
      }
      self.widths = widths
    }

    /// Lowers the widest to a common level until all fit in `room`: [5, 40, 30] to 45 is [5, 20, 20].
    static func shrink(_ widths: [Int], to room: Int) -> [Int] {
      var widths = widths
      var excess = widths.reduce(0, +) - room
      while excess > 0, let widest = widths.max(), widest > narrowest {
        let highest = widths.indices.filter { widths[$0] == widest }
        let next = max(narrowest, widths.filter { $0 < widest }.max() ?? narrowest)
        // Down to the next level at once, or as far as is needed, the last columns first.
        let drop = min(widest - next, max(1, excess / highest.count))
        for index in highest.reversed() where excess > 0 {
          widths[index] -= drop
          excess -= drop
        }
      }
      return widths
    }

    /// The titles and the rule below them.
    func head() -> String {
      var titles = ""
      append(table.columns.map { VisibleText.escape($0.title) }, to: &titles)
      titles.removeLast()
      let rule = widths.map { String(repeating: "─", count: $0) }.joined(separator: "  ")
      return table.style.bold(titles) + "\n" + table.style.dim(rule) + "\n"
    }

    /// One line of escaped cells; a row that is too short has empty cells, one too long is cut.
    func append(_ row: [String], to result: inout String) {
      var owed = 0
      for (index, column) in table.columns.enumerated() {
        if index > 0 { owed += 2 }
        var cell = index < row.count ? row[index] : ""
        var width = DisplayWidth.of(cell)
        if cuts, width > widths[index], column.alignment == .left {
          cell = DisplayWidth.truncate(cell, to: widths[index])
          width = DisplayWidth.of(cell)
        }
        let missing = max(0, widths[index] - width)
        if column.alignment == .right { owed += missing }
        if !cell.isEmpty {
          result += String(repeating: " ", count: owed)
          result += cell
          owed = 0
        } else {
          owed += width
        }
        if column.alignment == .left { owed += missing }
      }
      result += "\n"
    }
  }
}
