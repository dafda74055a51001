/// A text beside what it was, as rows to be read: lines are compared first, then the words of lines that changed.
///
/// `Dài 3 km` beside `Dài 5 km, rộng 4 m` is the row `Dài `, `3` removed, `5` inserted, ` km`, `, rộng 4 m` inserted.
public struct TextDifference: Sendable {
  public enum Mark: Sendable, Hashable {
    case same, removed, inserted
    /// Stands for text that is the same on both sides and was left out.
    case omitted
  }

  /// A piece of a row, without line ends.
  public struct Run: Sendable, Hashable {
    public var mark: Mark
    public var text: String

    public init(_ mark: Mark, _ text: String) { (self.mark, self.text) = (mark, text) }
  }

  public enum Row: Sendable, Hashable {
    case line([Run])
    /// So many lines are the same, and left out.
    case omitted(Int)
  }

  public let rows: [Row]
  /// Whether the two have anything to show side by side: a line, or a good part of the words.
  public let isRelated: Bool

  /// So much of the words must be the same for lines to be compared by words; below it they are shown whole.
  private static let related = 0.25

  /// - Parameter context: so many unchanged lines are shown before and after changed ones.
  public init(_ old: String, _ new: String, context: Int = 1) {
    let (before, after) = (TextPiece.lines(old), TextPiece.lines(new))
    var effort = Alignment.usualEffort
    let runs = Alignment(before, after, effort: &effort).runs
    var rows: [Row] = []
    var isRelated = false
    for (index, run) in runs.enumerated() {
      if run.isSame {
        isRelated = true
        rows += Self.kept(
          before[run.old], head: index == 0 ? 0 : context, tail: index == runs.count - 1 ? 0 : context)
      } else {
        let (part, areWords) = Self.changed(before[run.old], after[run.new], effort: &effort)
        rows += part
        isRelated = isRelated || areWords
      }
    }
    (self.rows, self.isRelated) = (rows, isRelated)
  }

  /// The lines of an unchanged stretch that stand beside changed ones.
  private static func kept(_ lines: ArraySlice<TextPiece>, head: Int, tail: Int) -> [Row] {
    func row(_ line: TextPiece) -> Row { .line([.init(.same, String(line.text))]) }
    // A row that says that one line is left out takes as much room as the line.
    guard lines.count > head + tail + 1 else { return lines.map(row) }
    return lines.prefix(head).map(row) + [.omitted(lines.count - head - tail)] + lines.suffix(tail).map(row)
  }

  /// Lines in place of others: by words where they have enough of them in common, else whole.
  private static func changed(
    _ old: ArraySlice<TextPiece>, _ new: ArraySlice<TextPiece>, effort: inout Int
  ) -> (rows: [Row], areWords: Bool) {
    func whole(_ lines: ArraySlice<TextPiece>, _ mark: Mark) -> [Row] {
      lines.map { .line([.init(mark, $0.text.isEmpty ? lineEnd : String($0.text))]) }
    }
    if !old.isEmpty, !new.isEmpty {
      let (before, after) = (words(of: old), words(of: new))
      let runs = absorbed(Alignment(before, after, effort: &effort).runs, before)
      func size(_ pieces: ArraySlice<TextPiece>) -> Int {
        pieces.reduce(0) { $0 + ($1.isWord ? $1.text.utf8.count : 0) }
      }
      let same = runs.reduce(0) { $0 + ($1.isSame ? size(before[$1.old]) : 0) }
      if Double(2 * same) > related * Double(size(before[...]) + size(after[...])) {
        return (WordRows(runs, before, after).rows, true)
      }
    }
    return (whole(old, .removed) + whole(new, .inserted), false)
  }

  private static func words(of lines: ArraySlice<TextPiece>) -> [TextPiece] {
    let end = TextPiece("\n")
    var pieces: [TextPiece] = []
    for (index, line) in lines.enumerated() {
      if index > 0 { pieces.append(end) }
      pieces += TextPiece.words(line.text)
    }
    return pieces
  }

  /// The runs with blanks between two changes made part of them: words are replaced together, not one by one.
  private static func absorbed(_ runs: [Alignment.Run], _ old: [TextPiece]) -> [Alignment.Run] {
    var result: [Alignment.Run] = []
    for (index, run) in runs.enumerated() {
      let isBetween = index > 0 && index < runs.count - 1
      let joins = isBetween && run.isSame && old[run.old].allSatisfy { $0.isBlank && !$0.isLineEnd }
      if let last = result.last, !last.isSame, joins || !run.isSame {
        result[result.count - 1].old = last.old.lowerBound..<run.old.upperBound
        result[result.count - 1].new = last.new.lowerBound..<run.new.upperBound
      } else {
        result.append(run)
      }
    }
    return result
  }

  /// What an empty line, or the end of one, is shown as where it comes or goes.
  static let lineEnd = "⏎"
}

/// Rows made of words that stay, go and come.
private struct WordRows {
  private(set) var rows: [TextDifference.Row] = []
  private var row: [TextDifference.Run] = []

  /// Longer unchanged stretches within a line are cut to about so many characters beside a change.
  private static let beside = 40

  init(_ runs: [Alignment.Run], _ old: [TextPiece], _ new: [TextPiece]) {
    for run in runs {
      if run.isSame {
        keep(old[run.old])
      } else {
        change(old[run.old], .removed)
        change(new[run.new], .inserted)
      }
    }
    endRow()
  }

  private mutating func keep(_ pieces: ArraySlice<TextPiece>) {
    for (index, line) in pieces.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd)
      .enumerated()
    {
      if index > 0 { endRow() }
      append(.same, line)
    }
  }

  private mutating func change(_ pieces: ArraySlice<TextPiece>, _ mark: TextDifference.Mark) {
    guard !pieces.isEmpty else { return }
    // Line ends alone are shown, for nothing else would tell of them; those that go break no line of the new text.
    let isOnlyBlank = pieces.allSatisfy(\.isBlank)
    for (index, line) in pieces.split(omittingEmptySubsequences: false, whereSeparator: \.isLineEnd)
      .enumerated()
    {
      if index > 0 {
        if isOnlyBlank { row.append(.init(mark, TextDifference.lineEnd)) }
        if !isOnlyBlank || mark == .inserted { endRow() }
      }
      append(mark, line)
    }
  }

  private mutating func append(_ mark: TextDifference.Mark, _ pieces: ArraySlice<TextPiece>) {
    let text = pieces.map { String($0.text) }.joined()
    guard !text.isEmpty else { return }
    if row.last?.mark == mark { row[row.count - 1].text += text } else { row.append(.init(mark, text)) }
  }

  private mutating func endRow() {
    rows.append(
      .line(row.enumerated().flatMap { Self.shortened($1, isFirst: $0 == 0, isLast: $0 == row.count - 1) }))
    row = []
  }

  /// An unchanged stretch without what is far from any change.
  private static func shortened(
    _ run: TextDifference.Run, isFirst: Bool, isLast: Bool
  ) -> [TextDifference.Run] {
    let sides = (isFirst ? 0 : 1) + (isLast ? 0 : 1)
    guard run.mark == .same, sides > 0, run.text.utf8.count > beside * (sides + 1),
      run.text.count > beside * (sides + 1)
    else { return [run] }
    var result: [TextDifference.Run] = [.init(.omitted, "")]
    if !isFirst {
      let head = run.text.prefix(beside)
      let end = head.lastIndex(where: \.isWhitespace).map { head.index(after: $0) } ?? head.endIndex
      result.insert(.init(.same, String(head[..<end])), at: 0)
    }
    if !isLast {
      let tail = run.text.suffix(beside)
      result.append(
        .init(.same, String(tail[(tail.firstIndex(where: \.isWhitespace) ?? tail.startIndex)...])))
    }
    return result
  }
}
