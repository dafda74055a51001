internal import CGumbo

/// Elements of lines.
extension Cleaning {
  mutating func enter(part name: StaticString, _ element: HTMLTree.Element, _ style: SourceStyle)
    -> Exit
  {
    var count = 0
    var attributes = Attributes()
    switch element.tag {
    case GUMBO_TAG_ABBR, GUMBO_TAG_ACRONYM, GUMBO_TAG_DFN: attributes.add("title", element.attribute("title"))
    case GUMBO_TAG_CODE: attributes.addProgrammingLanguage(style)
    case GUMBO_TAG_TIME:
      attributes.add("datetime", element.attribute("datetime").flatMap { MachineTime.isValid($0) ? $0 : nil })
    default: break
    }
    attributes.addLanguage(of: element)
    let isBare =
      switch element.tag {
      case GUMBO_TAG_SPAN, GUMBO_TAG_FONT, GUMBO_TAG_BDO: true
      // Without a time for machines its text has to be one.
      case GUMBO_TAG_TIME: true
      case GUMBO_TAG_B: style.isBold == false
      default: false
      }
    let isRepeated = attributes.bytes.isEmpty && writer.parts.contains { $0.isSame(name) }
    if isBare ? !attributes.bytes.isEmpty && element.tag != GUMBO_TAG_B : !isRepeated {
      let isWhole =
        switch element.tag {
        case GUMBO_TAG_BDO: element.attribute("dir") != nil
        case GUMBO_TAG_TIME: element.attribute("datetime").map(MachineTime.isValid) ?? false
        default: true
        }
      count += begin(isWhole ? name : "span", attributes.bytes, id(of: element))
    } else if !writer.parts.contains(where: { $0.isNamed("a") }) {
      addPlace(of: element)
    }
    guard element.hasAttributes else { return .parts(count) }
    if style.isBold == true { count += begin(ifNew: "b") }
    if style.isItalic == true { count += begin(ifNew: "i") }
    if style.isUnderlined, element.tag != GUMBO_TAG_INS { count += begin(ifNew: "u") }
    if style.isStruck, element.tag != GUMBO_TAG_DEL { count += begin(ifNew: "s") }
    return .parts(count)
  }

  private mutating func begin(_ name: StaticString, _ attributes: [UInt8], _ id: [UInt8] = []) -> Int {
    guard writer.parts.count < FlowWriter.mostParts else { return 0 }
    writer.begin(part: FlowWriter.Part(name: name, attributes: attributes, id: id))
    return 1
  }

  private mutating func begin(ifNew name: StaticString) -> Int {
    writer.parts.contains { $0.isSame(name) } ? 0 : begin(name, [])
  }

  mutating func enterAnchor(_ element: HTMLTree.Element) -> Exit {
    var attributes = Attributes()
    let isInner = writer.parts.contains { $0.isNamed("a") }
    if !isInner, let address = element.attribute("href") { addLink(address, of: element, to: &attributes) }
    guard !attributes.bytes.isEmpty else {
      if !isInner { addPlace(of: element) }
      return .nothing
    }
    attributes.add("title", element.attribute("title"))
    attributes.addLanguage(of: element)
    return .parts(begin("a", attributes.bytes, id(of: element)))
  }

  /// An empty element where a link of the text leads to.
  private mutating func addPlace(of element: HTMLTree.Element) {
    let id = id(of: element)
    if !id.isEmpty { writer.atom(Array("<a".utf8) + id + Array("></a>".utf8)) }
  }

  /// A box of a task list, which nobody can tick here, as a sign.
  mutating func addCheckbox(_ element: HTMLTree.Element) {
    guard element.attribute("type")?.lowercased() == "checkbox" else { return }
    add(element.attribute("checked") == nil ? "\u{2610}" : "\u{2611}")
  }
}
