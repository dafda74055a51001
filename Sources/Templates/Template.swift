/// A Mustache template, read once.
///
/// Source: https://mustache.github.io/mustache.5.html and the specification's extensions for inheritance; beside them
/// `first(list)`, and within a list `first()`, `last()`, `index()` (from 0) and `plusone(…)`. There are neither lambdas nor
/// other delimiters, and `{{{x}}}` and `{{&x}}` are `{{x}}`, since values come escaped.
public struct Template: Sendable {
  /// What a tag names.
  enum Name: Sendable, Equatable {
    /// `.`
    case this
    /// `a.b`: `a` is looked for from within outwards, `b` is a part of it.
    case path(String, [String])
    /// `first(list)`
    case firstOf([String])
    /// `first()`, `last()`, `index()` of the list that is gone through
    case isFirst, isLast, index
    /// `plusone(…)`
    indirect case plusOne(Name)
  }

  indirect enum Node: Sendable {
    case text([UInt8])
    case variable(Name)
    case section(Name, [Node])
    case inverted(Name, [Node])
    /// Another template, with what is to stand in its blanks.
    case part(String, blanks: [String: [Node]])
    case blank(String, usual: [Node])
  }

  let nodes: [Node]

  init(nodes: [Node]) { self.nodes = nodes }

  /// - Throws: `TemplateProblem`
  public init(_ source: String) throws(TemplateProblem) {
    var parser = TemplateParser(source)
    nodes = try parser.parse()
  }
}

/// What is wrong with a template, and in which of its lines.
public struct TemplateProblem: Error, CustomStringConvertible, Equatable {
  public let line: Int
  public let text: String
  public var description: String { "line \(line): \(text)" }
}
