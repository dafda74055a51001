/// Where two sequences agree: what a comparison shows as unchanged, and a merge builds on.
///
/// Of `a b c d` and `a x c d` the runs are `a`, then `b` in place of `x`, then `c d`. As many elements are kept as
/// can be, or nearly so where finding out would take too long: the time grows with the length times the number of
/// differences up to a bound, and with the length alone from there on.
public struct Alignment: Sendable {
  /// A stretch of both sequences: the same in both, or one in place of the other. One of two places may be empty.
  public struct Run: Sendable, Hashable {
    public var isSame: Bool
    public var old: Range<Int>
    public var new: Range<Int>

    public init(isSame: Bool, old: Range<Int>, new: Range<Int>) {
      (self.isSame, self.old, self.new) = (isSame, old, new)
    }
  }

  /// The runs in order; together they are both sequences, and two of a kind never follow each other.
  public let runs: [Run]

  /// So many steps are taken for two sequences before the rest of them counts as different: a fraction of a second.
  public static let usualEffort = 40_000_000

  public init<Element: Hashable>(_ old: [Element], _ new: [Element]) {
    var effort = Self.usualEffort
    self.init(old, new, effort: &effort)
  }

  /// - Parameter effort: how many steps may be taken; what is left of it for further sequences.
  public init<Element: Hashable>(_ old: [Element], _ new: [Element], effort: inout Int) {
    // Most changes are small: what is the same at both ends needs no table.
    var start = 0
    let shorter = min(old.count, new.count)
    while start < shorter, old[start] == new[start] { start += 1 }
    var end = 0
    while end < shorter - start, old[old.count - 1 - end] == new[new.count - 1 - end] { end += 1 }
    let (oldEnd, newEnd) = (old.count - end, new.count - end)

    var numbers: [Element: Int32] = [:]
    var oldNumbers: [Int32] = []
    for element in old[start..<oldEnd] {
      let number = numbers[element] ?? Int32(numbers.count)
      numbers[element] = number
      oldNumbers.append(number)
    }
    let newNumbers = new[start..<newEnd].map { numbers[$0] ?? -1 }
    let known = Set(newNumbers)
    // What only one side has can match nothing, and is left out of the search.
    let oldPlaces = oldNumbers.indices.filter { known.contains(oldNumbers[$0]) }
    let newPlaces = newNumbers.indices.filter { newNumbers[$0] >= 0 }
    var search = CommonSequence(
      oldPlaces.map { oldNumbers[$0] }, newPlaces.map { newNumbers[$0] }, effort: effort)
    search.run()
    effort = search.effort
    var (isKept, isKeptToo) = (
      [Bool](repeating: false, count: old.count), [Bool](repeating: false, count: new.count)
    )
    for index in 0..<start { (isKept[index], isKeptToo[index]) = (true, true) }
    for index in 0..<end { (isKept[oldEnd + index], isKeptToo[newEnd + index]) = (true, true) }
    for (place, isLeft) in zip(oldPlaces, search.isLeft) where isLeft { isKept[start + place] = true }
    for (place, isLeft) in zip(newPlaces, search.isLeftToo) where isLeft { isKeptToo[start + place] = true }
    runs = Self.runs(isKept, isKeptToo)
  }

  private static func runs(_ old: [Bool], _ new: [Bool]) -> [Run] {
    var runs: [Run] = []
    var (i, j) = (0, 0)
    while i < old.count || j < new.count {
      let (first, second) = (i, j)
      while i < old.count, j < new.count, old[i], new[j] { (i, j) = (i + 1, j + 1) }
      if i > first { runs.append(Run(isSame: true, old: first..<i, new: second..<j)) }
      let (removed, inserted) = (i, j)
      while i < old.count, !old[i] { i += 1 }
      while j < new.count, !new[j] { j += 1 }
      if i > removed || j > inserted {
        runs.append(Run(isSame: false, old: removed..<i, new: inserted..<j))
      }
    }
    return runs
  }
}
