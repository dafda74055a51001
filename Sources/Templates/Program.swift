/// Templates that know each other, laid out one after the other as steps to be run through.
///
/// What is run through for every page by all threads holds no reference that would have to be counted each time: to count
/// one of many threads costs more than to write what it stands for.
final class Program: @unchecked Sendable {
  enum Kind: UInt8 {
    /// Writes `length` bytes of `texts` from `what` on.
    case text
    /// Writes the value of the name `what`.
    case variable
    /// Goes through what is within for the value of the name `what`, or where it is blank.
    case section, inverted
    /// Runs the template `what`, of those that there are; what is within fills in its blanks.
    case part
    /// What is to stand in the blank `what`.
    case filling
    /// The blank `what`, with what usually stands there.
    case blank
  }

  struct Step {
    let kind: Kind
    let what: Int32
    let length: Int32
    /// The step after all that is within this one.
    let end: Int32
  }

  /// A `Template.Name` of which nothing has to be copied to ask for it.
  struct Name {
    enum Kind: UInt8 { case this, path, firstOf, isFirst, isLast, index, plusOne }
    let kind: Kind
    /// The words of a path: the first, and how many of `words` come after it from where on.
    let first: String
    let rest: Range<Int>
    /// What one is added to, in `names`.
    let inner: Int
  }

  /// Never changed once they are there.
  let steps: UnsafeMutableBufferPointer<Step>
  let texts: UnsafeMutableBufferPointer<UInt8>
  let names: UnsafeMutableBufferPointer<Name>
  let words: UnsafeMutableBufferPointer<String>
  /// The steps of each template.
  let templates: UnsafeMutableBufferPointer<Range<Int>>
  /// Which of them is called so.
  let places: [String: Int]

  init(_ templates: [String: Template]) {
    var layout = Layout(templates)
    layout.add()
    places = layout.places
    steps = Self.kept(layout.steps)
    texts = Self.kept(layout.texts)
    names = Self.kept(layout.names)
    words = Self.kept(layout.words)
    self.templates = Self.kept(layout.ranges)
  }

  deinit {
    Self.leave(steps)
    Self.leave(texts)
    Self.leave(names)
    Self.leave(words)
    Self.leave(templates)
  }

  private static func kept<Element>(_ elements: [Element]) -> UnsafeMutableBufferPointer<Element> {
    let buffer = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
    _ = buffer.initialize(fromContentsOf: elements)
    return buffer
  }

  private static func leave<Element>(_ buffer: UnsafeMutableBufferPointer<Element>) {
    buffer.deinitialize()
    buffer.deallocate()
  }
}

/// A program while it is put together.
private struct Layout {
  let templates: [String: Template]
  let places: [String: Int]
  var steps: [Program.Step] = []
  var texts: [UInt8] = []
  var names: [Program.Name] = []
  var words: [String] = []
  var ranges: [Range<Int>] = []
  private var blanks: [String: Int] = [:]

  init(_ templates: [String: Template]) {
    self.templates = templates
    places = Dictionary(
      uniqueKeysWithValues: templates.keys.sorted().enumerated().map { place, name in (name, place) })
  }

  mutating func add() {
    for (_, template) in templates.sorted(by: { $0.key < $1.key }) {
      let start = steps.count
      add(template.nodes)
      ranges.append(start..<steps.count)
    }
  }

  private mutating func add(_ nodes: [Template.Node]) {
    for node in nodes {
      switch node {
      case .text(let text):
        add(.text, texts.count, length: text.count)
        texts += text
      case .variable(let name): add(.variable, place(of: name))
      case .section(let name, let nodes): add(.section, place(of: name)) { $0.add(nodes) }
      case .inverted(let name, let nodes): add(.inverted, place(of: name)) { $0.add(nodes) }
      case .part(let name, let fillings):
        // One that there is not writes nothing.
        guard let template = places[name] else { continue }
        add(.part, template) { layout in
          for (name, nodes) in fillings.sorted(by: { $0.key < $1.key }) {
            layout.add(.filling, layout.place(ofBlank: name)) { $0.add(nodes) }
          }
        }
      case .blank(let name, let usual): add(.blank, place(ofBlank: name)) { $0.add(usual) }
      }
    }
  }

  private mutating func add(
    _ kind: Program.Kind, _ what: Int, length: Int = 0, _ within: (inout Layout) -> Void = { _ in }
  ) {
    let place = steps.count
    func step(_ end: Int) -> Program.Step {
      Program.Step(kind: kind, what: Int32(what), length: Int32(length), end: Int32(end))
    }
    steps.append(step(0))
    within(&self)
    steps[place] = step(steps.count)
  }

  private mutating func place(ofBlank name: String) -> Int {
    let place = blanks[name] ?? blanks.count
    blanks[name] = place
    return place
  }

  private mutating func place(of name: Template.Name) -> Int {
    func named(_ kind: Program.Name.Kind, _ path: [String] = [], inner: Int = 0) -> Program.Name {
      let start = words.count
      words += path.dropFirst()
      return Program.Name(kind: kind, first: path.first ?? "", rest: start..<words.count, inner: inner)
    }
    let made =
      switch name {
      case .this: named(.this)
      case .path(let first, let rest): named(.path, [first] + rest)
      case .firstOf(let path): named(.firstOf, path)
      case .isFirst: named(.isFirst)
      case .isLast: named(.isLast)
      case .index: named(.index)
      case .plusOne(let inner): named(.plusOne, inner: place(of: inner))
      }
    names.append(made)
    return names.count - 1
  }
}
