/// What two sequences of numbers have in common, in order, as long as possible or nearly so.
///
/// E. Myers, “An O(ND) Difference Algorithm and Its Variations”, 1986, in linear space (section 4b): a shortest way
/// from both ends at once, split where the two meet. Where they do not meet after `most` steps, the furthest point that
/// was reached splits it instead, as GNU diff does, so that texts with little in common do not take forever.
struct CommonSequence {
  /// Which elements belong to what is common.
  private(set) var isLeft: [Bool]
  private(set) var isLeftToo: [Bool]
  /// How many steps may still be taken.
  private(set) var effort: Int

  private let old: [Int32]
  private let new: [Int32]
  /// The furthest place in `old` on each diagonal (place in `old` − place in `new`), from the beginning and from the end.
  private var forward: [Int]
  private var backward: [Int]
  /// Where diagonal 0 stands in them.
  private let zero: Int

  private static let most = 256

  init(_ old: [Int32], _ new: [Int32], effort: Int) {
    (self.old, self.new, self.effort) = (old, new, effort)
    isLeft = Array(repeating: false, count: old.count)
    isLeftToo = Array(repeating: false, count: new.count)
    zero = new.count + 1
    forward = Array(repeating: 0, count: old.count + new.count + 3)
    backward = forward
  }

  /// A part of both.
  private struct Box {
    var left: Int
    var right: Int
    var top: Int
    var bottom: Int
  }

  mutating func run() {
    // A stack instead of recursion: hostile texts make splits as uneven as can be.
    var waiting = [Box(left: 0, right: old.count, top: 0, bottom: new.count)]
    while var box = waiting.popLast() {
      while box.left < box.right, box.top < box.bottom, old[box.left] == new[box.top] {
        (isLeft[box.left], isLeftToo[box.top]) = (true, true)
        (box.left, box.top) = (box.left + 1, box.top + 1)
      }
      while box.left < box.right, box.top < box.bottom, old[box.right - 1] == new[box.bottom - 1] {
        (box.right, box.bottom) = (box.right - 1, box.bottom - 1)
        (isLeft[box.right], isLeftToo[box.bottom]) = (true, true)
      }
      guard box.left < box.right, box.top < box.bottom, effort > 0 else { continue }
      let (x, y) = split(box)
      guard (x, y) != (box.left, box.top), (x, y) != (box.right, box.bottom) else { continue }
      waiting.append(Box(left: box.left, right: x, top: box.top, bottom: y))
      waiting.append(Box(left: x, right: box.right, top: y, bottom: box.bottom))
    }
  }

  /// A point that a shortest way through the box, or a good one, goes through.
  private mutating func split(_ box: Box) -> (x: Int, y: Int) {
    let (first, last) = (box.left - box.bottom, box.right - box.top)
    let (start, end) = (box.left - box.top, box.right - box.bottom)
    let isOdd = (start - end) & 1 != 0
    var (low, high) = (start, start)
    var (lowBack, highBack) = (end, end)
    forward[zero + start] = box.left
    backward[zero + end] = box.right
    var steps = 0
    while true {
      steps += 1
      // One diagonal more on each side, unless it lies outside; beside the outermost nothing was reached.
      if low > first {
        low -= 1
        forward[zero + low - 1] = -1
      } else {
        low += 1
      }
      if high < last {
        high += 1
        forward[zero + high + 1] = -1
      } else {
        high -= 1
      }
      for diagonal in stride(from: high, through: low, by: -2) {
        let place = zero + diagonal
        var x = max(forward[place - 1] + 1, forward[place + 1])
        var y = x - diagonal
        while x < box.right, y < box.bottom, old[x] == new[y] { (x, y) = (x + 1, y + 1) }
        forward[place] = x
        if isOdd, lowBack <= diagonal, diagonal <= highBack, backward[place] <= x { return (x, y) }
      }
      if lowBack > first {
        lowBack -= 1
        backward[zero + lowBack - 1] = .max
      } else {
        lowBack += 1
      }
      if highBack < last {
        highBack += 1
        backward[zero + highBack + 1] = .max
      } else {
        highBack -= 1
      }
      for diagonal in stride(from: highBack, through: lowBack, by: -2) {
        let place = zero + diagonal
        var x = backward[place - 1] < backward[place + 1] ? backward[place - 1] : backward[place + 1] - 1
        var y = x - diagonal
        while x > box.left, y > box.top, old[x - 1] == new[y - 1] { (x, y) = (x - 1, y - 1) }
        backward[place] = x
        if !isOdd, low <= diagonal, diagonal <= high, x <= forward[place] { return (x, y) }
      }
      effort -= high - low + highBack - lowBack + 2
      guard steps >= Self.most || effort <= 0 else { continue }
      return furthest(box, low, high, lowBack, highBack)
    }
  }

  /// The point furthest from where it began that one of the two searches has reached.
  private func furthest(_ box: Box, _ low: Int, _ high: Int, _ lowBack: Int, _ highBack: Int) -> (Int, Int) {
    var (best, bestBack) = ((x: box.left, y: box.top), (x: box.right, y: box.bottom))
    for diagonal in stride(from: high, through: low, by: -2) {
      let x = min(forward[zero + diagonal], box.right, box.bottom + diagonal)
      if x + x - diagonal > best.x + best.y { best = (x, x - diagonal) }
    }
    for diagonal in stride(from: highBack, through: lowBack, by: -2) {
      let x = max(backward[zero + diagonal], box.left, box.top + diagonal)
      if x + x - diagonal < bestBack.x + bestBack.y { bestBack = (x, x - diagonal) }
    }
    let (reached, reachedBack) = (
      best.x + best.y - box.left - box.top, box.right + box.bottom - bestBack.x - bestBack.y
    )
    return reached >= reachedBack ? best : bestBack
  }
}
