/// What two people have made of one sequence, put together: the changes of both where they do not collide.
///
/// Changes collide where they take the same elements away or put others in their place, or insert at the same place,
/// and not in the same way.
public struct SequenceMerge<Element: Hashable & Sendable>: Sendable {
  public enum Piece: Sendable, Hashable {
    case settled([Element])
    case conflict(base: [Element], mine: [Element], theirs: [Element])
  }

  /// The merged sequence in order; two settled pieces never follow each other.
  public private(set) var pieces: [Piece] = []

  /// The merged sequence; nil where changes collide.
  public var merged: [Element]? {
    var result: [Element] = []
    for piece in pieces {
      guard case .settled(let elements) = piece else { return nil }
      result += elements
    }
    return result
  }

  /// A stretch of the base and what somebody put in its place.
  private struct Change {
    let old: Range<Int>
    let new: ArraySlice<Element>

    func collides(_ other: Change) -> Bool {
      old.lowerBound < other.old.upperBound && other.old.lowerBound < old.upperBound
        || old.isEmpty && other.old.isEmpty && old.lowerBound == other.old.lowerBound
    }

    func precedes(_ other: Change) -> Bool {
      (old.lowerBound, old.upperBound) < (other.old.lowerBound, other.old.upperBound)
    }
  }

  public init(base: [Element], mine: [Element], theirs: [Element]) {
    var own = Self.changes(base, mine)[...]
    var others = Self.changes(base, theirs)[...]
    var place = 0
    while let first = [own.first, others.first].compactMap(\.self).min(by: { $0.precedes($1) }) {
      // What collides with what collides belongs to it.
      var (ours, foreign): ([Change], [Change]) = ([], [])
      if let change = own.first, !first.precedes(change) {
        ours.append(own.removeFirst())
      } else {
        foreign.append(others.removeFirst())
      }
      while true {
        if let change = own.first, foreign.contains(where: change.collides) {
          ours.append(own.removeFirst())
        } else if let change = others.first, ours.contains(where: change.collides) {
          foreign.append(others.removeFirst())
        } else {
          break
        }
      }
      let end = (ours + foreign).map(\.old.upperBound).max() ?? first.old.upperBound
      let range = first.old.lowerBound..<end
      settle(base[place..<range.lowerBound])
      let (left, right) = (Self.result(base, range, ours), Self.result(base, range, foreign))
      if left == right || foreign.isEmpty {
        settle(left[...])
      } else if ours.isEmpty {
        settle(right[...])
      } else {
        pieces.append(.conflict(base: Array(base[range]), mine: left, theirs: right))
      }
      place = end
    }
    settle(base[place...])
  }

  private mutating func settle(_ elements: ArraySlice<Element>) {
    guard !elements.isEmpty else { return }
    if case .settled(let before) = pieces.last {
      pieces[pieces.count - 1] = .settled(before + elements)
    } else {
      pieces.append(.settled(Array(elements)))
    }
  }

  private static func changes(_ base: [Element], _ new: [Element]) -> [Change] {
    Alignment(base, new).runs.filter { !$0.isSame }.map { Change(old: $0.old, new: new[$0.new]) }
  }

  /// A stretch of the base with some changes made.
  private static func result(_ base: [Element], _ range: Range<Int>, _ changes: [Change]) -> [Element] {
    var result: [Element] = []
    var place = range.lowerBound
    for change in changes {
      result += base[place..<change.old.lowerBound] + change.new
      place = change.old.upperBound
    }
    return result + base[place..<range.upperBound]
  }
}

/// What two people have made of one set of things in order, such as tags.
public enum SetMerge {
  /// `theirs` with what I have added and without what I have taken away. The order is mine where I have changed it,
  /// else theirs; what I have added stands behind what it stood behind with me.
  /// - Returns: nil where both have changed the order, and not to the same.
  public static func merged<Element: Hashable>(
    base: [Element], mine: [Element], theirs: [Element]
  ) -> [Element]? {
    func common(_ list: [Element], _ other: [Element]) -> [Element] {
      let known = Set(other)
      return list.filter(known.contains)
    }
    let isMoved = common(base, mine) != common(mine, base)
    let isMovedByThem = common(base, theirs) != common(theirs, base)
    if isMoved, isMovedByThem, common(mine, theirs) != common(theirs, mine) { return nil }
    let (order, further) = isMoved ? (mine, theirs) : (theirs, mine)
    let gone = Set(base).subtracting(mine).union(Set(base).subtracting(theirs))
    var result = order.filter { !gone.contains($0) }
    var present = Set(result)
    for (index, element) in further.enumerated() where !gone.contains(element) && !present.contains(element) {
      let before = further[..<index].last(where: present.contains)
      let place =
        before.flatMap { result.firstIndex(of: $0) }.map { $0 + 1 } ?? (index == 0 ? 0 : result.count)
      result.insert(element, at: place)
      present.insert(element)
    }
    return result
  }
}
