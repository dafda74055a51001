internal import CGumbo
private import Glibc

/// One text on its way through the sanitizer: a walk over its tree that remembers what is open.
struct Cleaning {
  /// An element whose children are being looked at.
  struct Open {
    let element: HTMLTree.Element
    var next = 0
    let exit: Exit
    /// What was so outside of it.
    let alignment: SourceStyle.Alignment?
    let floor: Int
  }

  /// What has to be done where an element ends.
  enum Exit {
    case nothing
    case parts(Int)
    case leaf(FlowWriter.Leaf?, frames: Int)
    case frames(Int)
    case item(frames: Int)
    case block(frames: Int)
  }

  let policy: HTMLPolicy
  /// The longest result, in bytes: links around many blocks are written in each.
  let most: Int
  var writer: FlowWriter
  var open: [Open] = []
  var ids: Set<String> = []
  /// How the lines of paragraphs stand that do not say it themselves.
  var alignment: SourceStyle.Alignment? {
    didSet {
      guard alignment != oldValue else { return }
      var attributes = Attributes()
      attributes.add("class", SourceStyle.className(alignment))
      writer.paragraphAttributes = attributes.bytes
    }
  }

  init(policy: HTMLPolicy, most: Int) {
    (self.policy, self.most) = (policy, most)
    writer = FlowWriter(outline: Outline(first: policy.firstHeading))
  }

  mutating func clean(_ tree: HTMLTree) -> [UInt8] {
    guard let root = tree.root else { return [] }
    open.append(Open(element: root, exit: .nothing, alignment: nil, floor: 1))
    // The tree lives as long as something points into it.
    withExtendedLifetime(tree) {
      while !open.isEmpty, writer.bytes.count < most {
        let last = open.count - 1
        let (element, next) = (open[last].element, open[last].next)
        guard next < element.count else {
          leave(open.removeLast())
          continue
        }
        open[last].next += 1
        switch element.child(next) {
        case .element(let element): enter(element)
        case .text(let text): add(text)
        case nil: break
        }
      }
      while let last = open.popLast() { leave(last) }
    }
    return writer.finish()
  }

  private mutating func add(_ text: UnsafePointer<CChar>) {
    let count = strlen(text)
    text.withMemoryRebound(to: UInt8.self, capacity: count) {
      add(UnsafeBufferPointer(start: $0, count: count))
    }
  }

  /// Adds text; a carriage return that came of a reference would come back as a line feed, a form feed is a blank.
  mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    guard let start = text.baseAddress,
      memchr(start, 0x0D, text.count) != nil || memchr(start, 0x0C, text.count) != nil
    else { return writer.text(text) }
    let plain = text.map { $0 == 0x0D ? 0x0A : $0 == 0x0C ? 0x20 : $0 }
    plain.withUnsafeBufferPointer { writer.text($0) }
  }

  mutating func add(_ text: String) {
    var text = text
    text.withUTF8 { add($0) }
  }

  private mutating func leave(_ left: Open) {
    switch left.exit {
    case .nothing: break
    case .parts(let count): for _ in 0..<count { writer.endPart() }
    case .leaf(let outer, let frames):
      writer.pop(to: frames)
      writer.end(leaf: outer)
    case .frames(let frames): writer.pop(to: frames)
    case .item(let frames):
      writer.pop(to: frames)
      writer.endItem()
    case .block(let frames):
      writer.pop(to: frames)
      writer.boundary(-1)
    }
    alignment = left.alignment
    writer.floor = left.floor
  }

  /// Goes into an element; `inner` is how lines stand in it.
  mutating func descend(
    _ element: HTMLTree.Element, _ exit: Exit, outer: SourceStyle.Alignment?, floor: Int
  ) {
    open.append(Open(element: element, exit: exit, alignment: outer, floor: floor))
    switch exit {
    case .leaf(_, let frames), .item(let frames), .block(let frames): writer.floor = frames
    case .frames: writer.floor = writer.frames.count
    case .nothing, .parts: break
    }
  }

  // MARK: Identifiers

  /// The id of an element, if it has a good one that no other has.
  mutating func id(of element: HTMLTree.Element) -> [UInt8] {
    guard element.hasAttributes, let prefix = policy.usedPrefix else { return [] }
    let name = element.tag == GUMBO_TAG_A ? element.attribute("name") : nil
    guard let id = (element.attribute("id") ?? name).flatMap({ Self.prefixed($0, prefix) }),
      ids.insert(id).inserted
    else { return [] }
    var attributes = Attributes()
    attributes.add("id", id)
    return attributes.bytes
  }

  static func prefixed(_ id: String, _ prefix: String) -> String? {
    guard !id.isEmpty, id.utf8.count <= 100, !id.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) else {
      return nil
    }
    return id.hasPrefix(prefix) ? id : prefix + id
  }
}
