extension Template {
  /// The template with what is known beforehand written into it: `TemplateLibrary.knowing`.
  func knowing(_ values: any TemplateValue) -> Template { Template(nodes: Self.written(nodes, values)) }

  private static func written(_ nodes: [Node], _ values: any TemplateValue) -> [Node] {
    var written: [Node] = []
    /// Texts that come to stand side by side are one.
    func add(_ text: [UInt8]) {
      if case .text(let before)? = written.last {
        written[written.count - 1] = .text(before + text)
      } else if !text.isEmpty {
        written.append(.text(text))
      }
    }
    func add(_ nodes: [Node]) {
      for node in Self.written(nodes, values) {
        if case .text(let text) = node { add(text) } else { written.append(node) }
      }
    }
    for node in nodes {
      switch node {
      case .text(let text): add(text)
      case .variable(let name):
        guard let value = known(name, values) else {
          written.append(node)
          continue
        }
        var text: [UInt8] = []
        value.write(to: &text)
        add(text)
      case .section(let name, let nodes):
        let value = known(name, values)
        if value?.isBlank == true { continue }
        // What is within any other value looks for its names there first.
        if value?.isFlag == true {
          add(nodes)
        } else {
          written.append(.section(name, Self.written(nodes, values)))
        }
      case .inverted(let name, let nodes):
        guard let value = known(name, values) else {
          written.append(.inverted(name, Self.written(nodes, values)))
          continue
        }
        if value.isBlank { add(nodes) }
      case .part(let name, let blanks):
        written.append(.part(name, blanks: blanks.mapValues { Self.written($0, values) }))
      case .blank(let name, let usual):
        written.append(.blank(name, usual: Self.written(usual, values)))
      }
    }
    return written
  }

  /// What a name means where `values` know its beginning; nil where they do not.
  private static func known(_ name: Name, _ values: any TemplateValue) -> (any TemplateValue)? {
    guard case .path(let first, let rest) = name, var found = values.child(named: first) else { return nil }
    for name in rest {
      guard let part = found.child(named: name) else { return Nothing() }
      found = part
    }
    return found
  }

  private struct Nothing: TemplateValue {
    var isBlank: Bool { true }
  }
}
