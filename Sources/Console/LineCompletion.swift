/// What Tab offers in one place of a line.
public struct LineCompletion {
  /// `text` replaces the bytes `replaceFrom..<cursor` of the line; `label` and `description` are shown in
  /// the list.
  public var candidates: [(text: String, label: String, description: String)]
  /// Where the replaced bytes begin.
  public var replaceFrom: Int
  /// Whether a space follows the only candidate.
  public var appendsSpace: Bool
  /// Whether there may be more candidates than these.
  public var isPartial: Bool

  public init(
    candidates: [(text: String, label: String, description: String)], replaceFrom: Int,
    appendsSpace: Bool, isPartial: Bool = false
  ) {
    self.candidates = candidates
    self.replaceFrom = replaceFrom
    self.appendsSpace = appendsSpace
    self.isPartial = isPartial
  }

  /// What all candidates begin with, in whole characters: `hạ` and `hả` share two bytes and no more than `h`.
  var commonPrefix: String {
    guard var prefix = candidates.first?.text[...] else { return "" }
    for candidate in candidates.dropFirst() {
      var end = prefix.startIndex
      for character in candidate.text {
        guard end < prefix.endIndex, prefix[end] == character else { break }
        end = prefix.index(after: end)
      }
      prefix = prefix[..<end]
    }
    return String(prefix)
  }

  /// The list as it is shown: labels in a column, descriptions dim behind, at most `rows` lines.
  func list(rows: Int, columns: Int, style: Style) -> String {
    let most = max(1, rows)
    let shown = candidates.count > most ? candidates.prefix(max(1, most - 1)) : candidates[...]
    let labels = shown.map { VisibleText.escape($0.label) }
    let width = min(labels.map { DisplayWidth.of($0) }.max() ?? 0, max(8, columns * 2 / 3))
    var text = ""
    for (label, candidate) in zip(labels, shown) {
      let label = DisplayWidth.truncate(label, to: width)
      let room = columns - width - 3
      text += label
      if !candidate.description.isEmpty, room > 4 {
        let description = DisplayWidth.truncate(VisibleText.escape(candidate.description), to: room)
        text += String(repeating: " ", count: width - DisplayWidth.of(label) + 2) + style.dim(description)
      }
      text += "\n"
    }
    if shown.count < candidates.count {
      let atLeast = isPartial ? "at least " : ""
      text += style.dim("… and \(atLeast)\(candidates.count - shown.count) more") + "\n"
    }
    return text
  }
}
