internal import CGumbo

/// Tables, each in a block that scrolls when it is wider than the page.
extension Cleaning {
  mutating func enterTable(_ treatment: Treatment, _ element: HTMLTree.Element, _ style: SourceStyle) -> Exit
  {
    switch treatment {
    case .table: return enterWhole(element, style)
    case .caption:
      guard writer.top.kind == .table, !writer.top.hasCaption, !writer.top.hasRows else { break }
      writer.top.hasCaption = true
      writer.breakLine()
      var attributes = Attributes()
      attributes.addLanguage(of: element)
      let frames = writer.frames.count
      writer.push(FlowWriter.Frame(kind: .line, name: "caption", takesHeadings: false), attributes.bytes)
      return .frames(frames)
    case .rows(let name):
      writer.unwind(to: .table)
      guard writer.top.kind == .table else { break }
      let isBody = name.hasSameBytes("tbody") || name.hasSameBytes("thead") && writer.top.hasRows
      writer.top.hasRows = true
      let frames = writer.frames.count
      writer.push(FlowWriter.Frame(kind: .rows, name: isBody ? "tbody" : name))
      return .frames(frames)
    case .row:
      writer.unwind(to: .rows)
      guard writer.top.kind == .rows else { break }
      let frames = writer.frames.count
      writer.push(FlowWriter.Frame(kind: .row, name: "tr"))
      return .frames(frames)
    case .cell(let name):
      let isHead = name.hasSameBytes("th")
      return enterPart(
        of: .row, FlowWriter.Frame(kind: .item, name: name, takesHeadings: !isHead), element, style,
        spans(of: element, isHead: isHead))
    default: break
    }
    alignment = style.alignment ?? alignment
    writer.boundary(1)
    return .block(frames: writer.frames.count)
  }

  private mutating func enterWhole(_ element: HTMLTree.Element, _ style: SourceStyle) -> Exit {
    let isInner = writer.frames.contains { $0.kind == .table }
    // Lines stand in a table as it says itself.
    alignment = nil
    writer.beginBlock()
    let frames = writer.frames.count
    if !isInner {
      var attributes = Attributes()
      attributes.add("class", "table")
      attributes.add("role", "region")
      attributes.add("tabindex", "0")
      attributes.add("aria-label", policy.tableLabel)
      writer.push(FlowWriter.Frame(kind: .flow, name: "div"), attributes.bytes)
    }
    var attributes = Attributes()
    attributes.addLanguage(of: element)
    writer.push(FlowWriter.Frame(kind: .table, name: "table"), attributes.bytes + id(of: element))
    return .frames(frames)
  }

  private func spans(of element: HTMLTree.Element, isHead: Bool) -> Attributes {
    var attributes = Attributes()
    guard element.hasAttributes else { return attributes }
    attributes.add("colspan", number: element.attribute("colspan"), in: 2...1000)
    attributes.add("rowspan", number: element.attribute("rowspan"), in: 2...1000)
    if isHead, let scope = element.attribute("scope")?.lowercased(),
      ["row", "col", "rowgroup", "colgroup"].contains(scope)
    {
      attributes.add("scope", scope)
    }
    return attributes
  }
}
