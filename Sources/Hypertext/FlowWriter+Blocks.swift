/// Where blocks begin and end.
extension FlowWriter {
  /// Begins a paragraph, heading or preformatted text; returns what it interrupts.
  mutating func begin(leaf: Leaf) -> Leaf? {
    beginBlock()
    let outer = top.leaf
    top.leaf = leaf
    return outer
  }

  /// Says more of the paragraph that has just begun.
  mutating func replace(leaf: Leaf) { top.leaf = leaf }

  mutating func end(leaf outer: Leaf?) {
    endLine()
    top.leaf = outer
  }

  /// Ends the line, so that a block can begin here.
  mutating func beginBlock() {
    settle()
    openImplied()
    endLine()
  }

  /// Begins or ends a block of the source of which nothing is written.
  mutating func boundary(_ change: Int) {
    if let leaf = top.leaf, leaf.level != nil || leaf.isPreformatted {
      if leaf.isOpen { glue = leaf.isPreformatted ? 0x0A : 0x20 }
    } else if top.leaf == nil, top.kind == .line || top.kind == .tight || top.kind == .figure {
      if top.hasLine { glue = 0x20 }
    } else {
      endLine()
    }
    top.blocks = max(0, top.blocks + change)
  }

  /// Begins a block that holds others.
  mutating func push(_ frame: Frame, _ attributes: [UInt8] = []) {
    breakLine()
    startTag(frame.name, attributes)
    var frame = frame
    frame.takesHeadings = frame.takesHeadings && top.takesHeadings
    frames.append(frame)
  }

  /// Ends the item of a list or the like; what is loose behind it still goes into it.
  mutating func endItem() {
    let hadLine = top.hasLine
    endLine()
    breakLine()
    if hadLine { glue = 0x20 }
    top.isEnded = true
  }

  /// Ends blocks until so many are left.
  mutating func pop(to count: Int) {
    while frames.count > count { pop() }
  }

  mutating func pop() {
    endLine()
    if !top.isEnded, !top.isImplied { breakLine() }
    endTag(frames.removeLast().name)
  }

  /// Ends what is there for want of better, or was ended before, down to the next block of a kind.
  mutating func unwind(to kind: Frame.Kind) {
    while frames.count > floor, top.isEnded || top.isImplied, top.kind != kind { pop() }
  }

  /// Ends a list that only loose items made necessary.
  mutating func settle() {
    while frames.count - 2 >= floor, top.isEnded, frames[frames.count - 2].isImplied {
      pop()
      pop()
    }
  }

  /// Opens what text or a block needs here.
  mutating func openImplied() {
    while true {
      switch top.kind {
      case .list: push(Frame(kind: .item, name: "li", isImplied: true))
      case .descriptions: push(Frame(kind: .item, name: "dd", isImplied: true))
      case .table: push(Frame(kind: .rows, name: "tbody", isImplied: true))
      case .rows: push(Frame(kind: .row, name: "tr", isImplied: true))
      case .row: push(Frame(kind: .item, name: "td", isImplied: true))
      default: return
      }
    }
  }

  mutating func finish() -> [UInt8] {
    pop(to: 1)
    endLine()
    return bytes
  }
}

extension FlowWriter.Part {
  func isNamed(_ other: StaticString) -> Bool { name.hasSameBytes(other) }
  /// Whether it is the plain element of that name.
  func isSame(_ other: StaticString) -> Bool { attributes.isEmpty && isNamed(other) }
}

extension FlowWriter.Frame {
  func isNamed(_ other: StaticString) -> Bool { name.hasSameBytes(other) }
}

extension StaticString {
  func hasSameBytes(_ other: StaticString) -> Bool {
    withUTF8Buffer { bytes in other.withUTF8Buffer { bytes.elementsEqual($0) } }
  }
}
