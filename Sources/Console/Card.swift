/// One item as labels and values, long text below its label.
///
/// ```
/// title  Hạ Long mùa hạ
/// state  published
/// body
///   First line …
/// ```
public struct Card: Sendable {
  /// The lines in order.
  public var lines: [(label: String, value: String)]
  public var style: Style

  public init(_ lines: [(label: String, value: String)], style: Style = .plain) {
    self.lines = lines
    self.style = style
  }

  /// The card, each line with its newline.
  ///
  /// - Parameter width: the columns of the terminal, where text is broken between words; nil breaks none.
  public func render(width: Int?) -> String {
    let cells = lines.map { line in
      (VisibleText.escape(line.label), VisibleText.escape(line.value, keepsNewlines: true))
    }
    let labels = cells.map { DisplayWidth.of($0.0) }.max() ?? 0
    var result = ""
    for (label, value) in cells {
      let room = width.map { $0 - labels - 2 }
      let isLong = value.contains("\n") || (room.map { DisplayWidth.of(value) > $0 } ?? false)
      if value.isEmpty {
        result += style.dim(label) + "\n"
      } else if isLong {
        result += style.dim(label) + "\n"
        for line in Card.wrap(value, to: width.map { max(10, $0 - 2) }) {
          result += line.isEmpty ? "\n" : "  \(line)\n"
        }
      } else {
        result += style.dim(label) + String(repeating: " ", count: labels - DisplayWidth.of(label) + 2)
        result += value + "\n"
      }
    }
    return result
  }

  /// The lines of `text`, each broken at spaces to at most `columns`; a longer word stays whole.
  static func wrap(_ text: String, to columns: Int?) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.count > 1, lines.last == "" { lines.removeLast() }
    guard let columns else { return lines }
    return lines.flatMap { line -> [String] in
      if DisplayWidth.of(line) <= columns { return [line] }
      var wrapped: [String] = []
      var current = ""
      var width = 0
      for word in line.split(separator: " ", omittingEmptySubsequences: false) {
        let size = DisplayWidth.of(String(word))
        if !current.isEmpty, width + 1 + size > columns {
          wrapped.append(current)
          current = String(word)
          width = size
        } else {
          if !current.isEmpty { current += " " }
          width += size + (current.isEmpty ? 0 : 1)
          current += word
        }
      }
      return wrapped + [current]
    }
  }
}
