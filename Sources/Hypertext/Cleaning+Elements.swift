internal import CGumbo

/// What is done where an element begins.
extension Cleaning {
  mutating func enter(_ element: HTMLTree.Element) {
    let treatment = Treatment.of(element)
    if case .dropped = treatment { return }
    let style = SourceStyle(element)
    guard !style.isHidden else { return }
    let outer = alignment
    let floor = writer.floor
    let exit: Exit
    switch treatment {
    case .dropped: return
    case .lineBreak: return writer.lineBreak()
    case .wordBreak: return writer.atom(Array("<wbr>".utf8))
    case .image: return addImage(element, style)
    case .embedded: return addEmbedded(element)
    case .checkbox: return addCheckbox(element)
    case .unwrapped: exit = .nothing
    case .inline(let name): exit = enter(part: name, element, style)
    case .anchor: exit = enterAnchor(element)
    case .rule:
      guard writer.top.kind != .line else { return writer.boundary(0) }
      writer.beginBlock()
      writer.breakLine()
      return writer.write("<hr>")
    case .paragraph, .heading, .preformatted: exit = enterLeaf(treatment, element, style)
    default: exit = enterBlock(treatment, element, style)
    }
    descend(element, exit, outer: outer, floor: floor)
  }

  // MARK: Blocks of lines

  private mutating func enterLeaf(
    _ treatment: Treatment, _ element: HTMLTree.Element, _ style: SourceStyle
  ) -> Exit {
    guard writer.top.kind != .line else { return enterPlain(style) }
    var leaf = FlowWriter.Leaf(name: "p")
    var attributes = Attributes()
    alignment = style.alignment ?? alignment
    let outer = writer.begin(leaf: leaf)
    switch treatment {
    case .heading(let level) where writer.top.takesHeadings: leaf.level = level
    case .preformatted:
      leaf.name = "pre"
      leaf.isPreformatted = true
      attributes.addProgrammingLanguage(style)
    default: break
    }
    if !leaf.isPreformatted { attributes.add("class", SourceStyle.className(alignment)) }
    attributes.addLanguage(of: element)
    leaf.attributes = attributes.bytes + id(of: element)
    writer.replace(leaf: leaf)
    return .leaf(outer, frames: writer.frames.count)
  }

  /// A block that is nothing itself.
  private mutating func enterPlain(_ style: SourceStyle) -> Exit {
    alignment = style.alignment ?? alignment
    writer.boundary(1)
    return .block(frames: writer.frames.count)
  }

  // MARK: Blocks of blocks

  /// Whether a table still fits here, which is the deepest block until its text begins. What a block consists of always
  /// has room in it.
  private var hasRoom: Bool { writer.frames.count + 6 < FlowWriter.mostFrames }

  private mutating func enterBlock(
    _ treatment: Treatment, _ element: HTMLTree.Element, _ style: SourceStyle
  ) -> Exit {
    guard writer.top.kind != .line, treatment.isPart || hasRoom else { return enterPlain(style) }
    var attributes = Attributes()
    switch treatment {
    case .quotation: return push(.flow, "blockquote", element, style)
    case .list(let isOrdered):
      if isOrdered { addNumbering(of: element, to: &attributes) }
      return push(.list, isOrdered ? "ol" : "ul", element, style, attributes)
    case .item: return enterItem(element, style)
    case .descriptions:
      let hasTerm = (0..<element.count).contains { element.child($0)?.is(GUMBO_TAG_DT) ?? false }
      return hasTerm ? push(.descriptions, "dl", element, style) : enterPlain(style)
    case .term:
      return enterPart(
        of: .descriptions, .init(kind: .item, name: "dt", takesHeadings: false), element, style)
    case .description: return enterPart(of: .descriptions, .init(kind: .item, name: "dd"), element, style)
    case .figure:
      if let float = style.float { attributes.add("class", "float-\(float.rawValue)") }
      return push(.figure, "figure", element, style, attributes)
    case .figureCaption: return enterFigureCaption(element, style)
    case .details:
      guard element.first?.is(GUMBO_TAG_SUMMARY) ?? false else { return enterPlain(style) }
      if element.attribute("open") != nil { attributes.add(flag: "open") }
      return push(.details, "details", element, style, attributes)
    case .summary:
      guard writer.top.kind == .details, isFirst(element, in: GUMBO_TAG_DETAILS), !writer.top.hasCaption
      else {
        return enterPlain(style)
      }
      writer.top.hasCaption = true
      return push(.line, "summary", element, style)
    case .table, .caption, .rows, .row, .cell: return enterTable(treatment, element, style)
    default:
      if style.classes.contains("footnotes") {
        attributes.add("class", "footnotes")
        return push(.flow, "section", element, style, attributes)
      }
      attributes.addLanguage(of: element)
      return attributes.bytes.isEmpty ? enterPlain(style) : push(.flow, "div", element, style)
    }
  }

  /// Begins a block that takes others.
  mutating func push(
    _ kind: FlowWriter.Frame.Kind, _ name: StaticString, _ element: HTMLTree.Element, _ style: SourceStyle,
    _ own: Attributes = Attributes()
  ) -> Exit {
    var attributes = own
    attributes.addLanguage(of: element)
    let id = id(of: element)
    alignment = style.alignment ?? alignment
    writer.beginBlock()
    let frames = writer.frames.count
    writer.push(FlowWriter.Frame(kind: kind, name: name), attributes.bytes + id)
    return .frames(frames)
  }

  private mutating func enterItem(_ element: HTMLTree.Element, _ style: SourceStyle) -> Exit {
    writer.unwind(to: .list)
    if writer.top.kind != .list {
      guard hasRoom else { return enterPlain(style) }
      writer.beginBlock()
      writer.push(FlowWriter.Frame(kind: .list, name: "ul", isImplied: true))
    }
    var attributes = Attributes()
    if writer.top.isNamed("ol") {
      attributes.add("value", number: element.attribute("value"), in: -1_000_000...1_000_000)
    }
    return pushItem(FlowWriter.Frame(kind: .item, name: "li"), element, style, attributes)
  }

  /// Begins one of the parts that a block consists of; elsewhere it is nothing.
  mutating func enterPart(
    of kind: FlowWriter.Frame.Kind, _ frame: FlowWriter.Frame, _ element: HTMLTree.Element,
    _ style: SourceStyle,
    _ attributes: Attributes = Attributes()
  ) -> Exit {
    writer.unwind(to: kind)
    return writer.top.kind == kind ? pushItem(frame, element, style, attributes) : enterPlain(style)
  }

  private mutating func pushItem(
    _ frame: FlowWriter.Frame, _ element: HTMLTree.Element, _ style: SourceStyle, _ own: Attributes
  ) -> Exit {
    var attributes = own
    attributes.add("class", SourceStyle.className(style.alignment ?? alignment))
    attributes.addLanguage(of: element)
    // What is in it stands as it does.
    alignment = nil
    writer.push(frame, attributes.bytes + id(of: element))
    return .item(frames: writer.frames.count)
  }

  private mutating func enterFigureCaption(_ element: HTMLTree.Element, _ style: SourceStyle) -> Exit {
    guard writer.top.kind == .figure, !writer.top.hasCaption,
      isFirst(element, in: GUMBO_TAG_FIGURE) || isLast(element, in: GUMBO_TAG_FIGURE)
    else {
      return enterPlain(style)
    }
    writer.top.hasCaption = true
    return push(.tight, "figcaption", element, style)
  }

  /// Whether the element around is of that kind and was written.
  private func isIn(_ parent: GumboTag) -> Bool {
    guard let last = open.last, last.element.tag == parent, case .frames = last.exit else { return false }
    return true
  }

  private func isFirst(_ element: HTMLTree.Element, in parent: GumboTag) -> Bool {
    if isIn(parent), case .element(let first) = open.last?.element.first {
      return first.node == element.node
    }
    return false
  }

  private func isLast(_ element: HTMLTree.Element, in parent: GumboTag) -> Bool {
    if isIn(parent), case .element(let last) = open.last?.element.last {
      return last.node == element.node
    }
    return false
  }

  private func addNumbering(of element: HTMLTree.Element, to attributes: inout Attributes) {
    attributes.add("start", number: element.attribute("start"), in: -1_000_000...1_000_000)
    if let type = element.attribute("type"), ["a", "A", "i", "I"].contains(type) {
      attributes.add("type", type)
    }
    if element.attribute("reversed") != nil { attributes.add(flag: "reversed") }
  }
}
