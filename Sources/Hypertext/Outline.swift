/// The levels of a text's headings, whatever they were: the first ones at `first`, each below one step further.
///
/// `h3 h4 h3 h6` with `first` 2 become `h2 h3 h2 h3`; nothing is beyond 6.
struct Outline {
  let first: Int
  private var above: [(written: Int, level: Int)] = []

  init(first: Int) { self.first = min(max(first, 2), HTMLPolicy.noHeadings) }

  /// The level for the next heading, which was written as `written`; nil where it is to be none.
  mutating func level(_ written: Int) -> Int? {
    guard first < HTMLPolicy.noHeadings else { return nil }
    while let last = above.last, last.written >= written { above.removeLast() }
    let level = min(above.last.map { $0.level + 1 } ?? first, 6)
    above.append((written, level))
    return level
  }
}
