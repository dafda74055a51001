/// One template being written. Whoever has it holds the program.
struct Writing {
  /// The list that is gone through.
  private struct Turn {
    var index: Int
    var count: Int
  }

  /// Parts call each other no deeper than this: one that calls itself for ever ends.
  private static let deepest = 60
  /// Of all that is within each other, blanks and sections too: one that fills itself in has no other end.
  private static let deepestOfAll = 1_000
  /// So much is done and written for one page; a large one takes a hundredth. A part that names itself twice would go on
  /// for longer than anybody waits.
  private static let mostSteps = 2_000_000
  private static let mostBytes = 64 << 20

  private let steps: UnsafeMutableBufferPointer<Program.Step>
  private let texts: UnsafeMutableBufferPointer<UInt8>
  private let names: UnsafeMutableBufferPointer<Program.Name>
  private let words: UnsafeMutableBufferPointer<String>
  private let templates: UnsafeMutableBufferPointer<Range<Int>>
  private(set) var bytes: [UInt8] = []
  private var stack: [any TemplateValue]
  private var turn: Turn?
  /// What stands in blanks: their numbers with the steps to run, those of the outermost part first, which count.
  private var fillings: [(blank: Int32, steps: Range<Int>)] = []
  /// The parts that are being written, the innermost last.
  private var parts: [Int] = []
  private var depth = 0
  private var stepsTaken = 0

  init(_ program: Program, _ values: any TemplateValue) {
    (steps, texts, names, words) = (program.steps, program.texts, program.names, program.words)
    (templates, stack) = (program.templates, [values])
    bytes.reserveCapacity(16_384)
  }

  mutating func write(template: Int) throws(RenderingProblem) { try write(templates[template]) }

  private mutating func write(_ range: Range<Int>) throws(RenderingProblem) {
    guard depth < Self.deepestOfAll else { throw problem("is within itself without end") }
    depth += 1
    defer { depth -= 1 }
    // Once more for all of it: a list of many may hold nothing.
    try count()
    var place = range.lowerBound
    while place < range.upperBound {
      let step = steps[place]
      let within = (place + 1)..<Int(step.end)
      try count()
      switch step.kind {
      case .text:
        let text = texts[Int(step.what)..<Int(step.what + step.length)]
        bytes.append(contentsOf: UnsafeMutableBufferPointer(rebasing: text))
      case .variable: value(Int(step.what))?.write(to: &bytes)
      case .section: if let value = value(Int(step.what)), !value.isBlank { try open(value, within) }
      case .inverted: if value(Int(step.what))?.isBlank ?? true { try write(within) }
      case .blank: try write(fillings.first { $0.blank == step.what }?.steps ?? within)
      case .part: try run(Int(step.what), within)
      // Run where the blank is.
      case .filling: break
      }
      place = Int(step.end)
    }
  }

  private mutating func count() throws(RenderingProblem) {
    stepsTaken += 1
    guard stepsTaken <= Self.mostSteps else {
      throw problem("takes more than \(Self.mostSteps) steps to write")
    }
    guard bytes.count <= Self.mostBytes else { throw problem("writes more than \(Self.mostBytes >> 20) MB") }
  }

  private mutating func run(_ template: Int, _ further: Range<Int>) throws(RenderingProblem) {
    guard parts.count < Self.deepest else { return }
    let (outer, before) = (fillings.count, turn)
    var place = further.lowerBound
    while place < further.upperBound {
      let step = steps[place]
      if !fillings.contains(where: { $0.blank == step.what }) {
        fillings.append((step.what, (place + 1)..<Int(step.end)))
      }
      place = Int(step.end)
    }
    turn = nil
    parts.append(template)
    try write(templates[template])
    parts.removeLast()
    fillings.removeSubrange(outer...)
    turn = before
  }

  /// What there is to say of the part that is within itself most often, else the innermost.
  private func problem(_ text: String) -> RenderingProblem {
    let counts = parts.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    let most = counts.values.max() ?? 0
    return RenderingProblem(part: parts.last { counts[$0] == most }, text: text)
  }

  private mutating func open(_ value: any TemplateValue, _ within: Range<Int>) throws(RenderingProblem) {
    if let elements = value.elements {
      let before = turn
      for (index, element) in elements.enumerated() {
        turn = Turn(index: index, count: elements.count)
        stack.append(element)
        try write(within)
        stack.removeLast()
      }
      turn = before
    } else if value.isFlag {
      try write(within)
    } else {
      let before = turn
      turn = nil
      stack.append(value)
      try write(within)
      stack.removeLast()
      turn = before
    }
  }

  private func value(_ name: Int) -> (any TemplateValue)? {
    switch names[name].kind {
    case .this: stack.last
    case .path: path(name)
    case .firstOf: path(name)?.elements?.first
    case .isFirst: turn.map { $0.index == 0 }
    case .isLast: turn.map { $0.index == $0.count - 1 }
    case .index: turn?.index
    case .plusOne: (value(names[name].inner) as? Int).map { $0 + 1 }
    }
  }

  private func path(_ name: Int) -> (any TemplateValue)? {
    for place in stack.indices.reversed() {
      guard var found = stack[place].child(named: names[name].first) else { continue }
      for word in names[name].rest {
        guard let part = found.child(named: words[word]) else { return nil }
        found = part
      }
      return found
    }
    return nil
  }
}

/// Why a template came to no end.
struct RenderingProblem: Error {
  /// The place of the part that it was in; nil for the template itself.
  let part: Int?
  let text: String
}
