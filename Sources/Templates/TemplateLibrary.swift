/// Templates that know each other by their names.
public struct TemplateLibrary: Sendable {
  private let templates: [String: Template]

  public init(_ templates: [String: Template]) { self.templates = templates }

  /// What a template makes of values, in UTF-8; nil where there is none of that name. A part that is missing is blank,
  /// as the specification has it.
  public func render(_ name: String, _ values: any TemplateValue) -> [UInt8]? {
    guard let template = templates[name] else { return nil }
    var writing = Writing(templates: templates, stack: [values])
    writing.write(template.nodes)
    return writing.bytes
  }

  /// The same templates with what is known beforehand written into them, so that nobody looks for it page by page.
  ///
  /// A name that begins with one that `values` know means that everywhere, whatever values come later; they still have to
  /// hold it, for the sections that stay.
  public func knowing(_ values: any TemplateValue) -> TemplateLibrary {
    TemplateLibrary(templates.mapValues { $0.knowing(values) })
  }

  /// The same templates, one of them with what is known beforehand written into it.
  public func knowing(_ values: any TemplateValue, in name: String) -> TemplateLibrary {
    var templates = templates
    templates[name] = templates[name]?.knowing(values)
    return TemplateLibrary(templates)
  }
}

/// One template being written.
private struct Writing {
  /// The list that is gone through.
  struct Turn {
    var index: Int
    var count: Int
  }

  /// Parts call each other no deeper than this: one that calls itself for ever ends.
  static let deepest = 60

  let templates: [String: Template]
  var bytes: [UInt8] = []
  var stack: [any TemplateValue]
  var turn: Turn?
  /// What stands in blanks, of the outermost part that fills them in.
  var blanks: [String: [Template.Node]] = [:]
  var depth = 0

  init(templates: [String: Template], stack: [any TemplateValue]) {
    (self.templates, self.stack) = (templates, stack)
    bytes.reserveCapacity(16_384)
  }

  mutating func write(_ nodes: [Template.Node]) {
    for node in nodes {
      switch node {
      case .text(let piece): bytes += piece
      case .variable(let name): value(name)?.write(to: &bytes)
      case .section(let name, let nodes): if let value = value(name), !value.isBlank { open(value, nodes) }
      case .inverted(let name, let nodes): if value(name)?.isBlank ?? true { write(nodes) }
      case .blank(let name, let usual): write(blanks[name] ?? usual)
      case .part(let name, let further):
        guard let template = templates[name], depth < Self.deepest else { continue }
        let (outer, before) = (blanks, turn)
        if !further.isEmpty { blanks.merge(further) { first, _ in first } }
        turn = nil
        depth += 1
        write(template.nodes)
        depth -= 1
        (blanks, turn) = (outer, before)
      }
    }
  }

  private mutating func open(_ value: any TemplateValue, _ nodes: [Template.Node]) {
    if let elements = value.elements {
      let before = turn
      for (index, element) in elements.enumerated() {
        turn = Turn(index: index, count: elements.count)
        stack.append(element)
        write(nodes)
        stack.removeLast()
      }
      turn = before
    } else if value.isFlag {
      write(nodes)
    } else {
      let before = turn
      turn = nil
      stack.append(value)
      write(nodes)
      stack.removeLast()
      turn = before
    }
  }

  private func value(_ name: Template.Name) -> (any TemplateValue)? {
    switch name {
    case .this: return stack.last
    case .path(let first, let rest): return value(first, rest)
    case .firstOf(let path): return value(path[0], Array(path.dropFirst()))?.elements?.first
    case .isFirst: return turn.map { $0.index == 0 }
    case .isLast: return turn.map { $0.index == $0.count - 1 }
    case .index: return turn?.index
    case .plusOne(let inner): return (value(inner) as? Int).map { $0 + 1 }
    }
  }

  private func value(_ first: String, _ rest: [String]) -> (any TemplateValue)? {
    for place in stack.indices.reversed() {
      guard var found = stack[place].child(named: first) else { continue }
      for name in rest {
        guard let part = found.child(named: name) else { return nil }
        found = part
      }
      return found
    }
    return nil
  }
}
