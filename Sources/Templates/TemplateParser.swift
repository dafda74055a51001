/// Reads a template.
struct TemplateParser {
  private let source: [UInt8]
  private var place = 0
  private var line = 1
  /// Where the tag begins that was read last.
  private var tagLine = 1
  private var depth = 0
  /// Sections stand within each other no deeper than this, nor do functions.
  private static let deepest = 100

  init(_ source: String) { self.source = Array(source.utf8) }

  mutating func parse() throws(TemplateProblem) -> [Template.Node] { try nodes(until: nil) }

  /// What is within a section, up to its end.
  private mutating func section(_ name: String) throws(TemplateProblem) -> [Template.Node] {
    guard depth < Self.deepest else {
      throw TemplateProblem(
        line: tagLine, text: "more than \(Self.deepest) sections stand within each other here")
    }
    depth += 1
    let nodes = try nodes(until: name)
    depth -= 1
    return nodes
  }

  /// What stands before the end of a section, or before the end of all.
  private mutating func nodes(until end: String?) throws(TemplateProblem) -> [Template.Node] {
    let first = tagLine
    var nodes: [Template.Node] = []
    while true {
      let text = readText()
      guard place < source.count else {
        if !text.isEmpty { nodes.append(.text(Array(text.utf8))) }
        guard let end else { return nodes }
        throw TemplateProblem(line: first, text: "{{#\(end)}} has no end")
      }
      let start = place
      let tag = try readTag()
      let isAlone = tag.standsAlone && skipLine(from: start)
      let before = isAlone ? Self.withoutIndent(text) : text
      if !before.isEmpty { nodes.append(.text(Array(before.utf8))) }
      switch tag.sign {
      case "#": nodes.append(.section(try name(tag.text), try section(tag.text)))
      case "^": nodes.append(.inverted(try name(tag.text), try section(tag.text)))
      case "$": nodes.append(.blank(tag.text, usual: try section(tag.text)))
      case ">": nodes.append(.part(tag.text, blanks: [:]))
      case "<":
        let first = tagLine
        var blanks: [String: [Template.Node]] = [:]
        for node in try section(tag.text) {
          switch node {
          case .blank(let name, let nodes): blanks[name] = nodes
          case .text: break
          default:
            throw TemplateProblem(
              line: first, text: "{{<\(tag.text)}} holds nothing but the blanks that it fills in")
          }
        }
        nodes.append(.part(tag.text, blanks: blanks))
      case "/":
        guard tag.text == end else {
          throw TemplateProblem(
            line: tagLine, text: "{{/\(tag.text)}} stands where \(end.map { "{{/\($0)}}" } ?? "nothing") ends"
          )
        }
        return nodes
      case "!": break
      default: nodes.append(.variable(try name(tag.text)))
      }
    }
  }

  private struct Tag {
    var sign: Character
    var text: String
    /// Whether a line that holds nothing else is left out.
    var standsAlone: Bool { sign != " " }
  }

  private func at(_ place: Int) -> UInt8 { place < source.count ? source[place] : 0 }

  private mutating func readText() -> String {
    let start = place
    while place < source.count, !(source[place] == UInt8(ascii: "{") && at(place + 1) == UInt8(ascii: "{")) {
      if source[place] == UInt8(ascii: "\n") { line += 1 }
      place += 1
    }
    return String(decoding: source[start..<place], as: UTF8.self)
  }

  private mutating func readTag() throws(TemplateProblem) -> Tag {
    let first = line
    tagLine = first
    place += 2
    let isTriple = at(place) == UInt8(ascii: "{")
    if isTriple { place += 1 }
    let start = place
    let end: [UInt8] = Array((isTriple ? "}}}" : "}}").utf8)
    while place < source.count, !source[place...].starts(with: end) {
      if source[place] == UInt8(ascii: "\n") { line += 1 }
      place += 1
    }
    guard place < source.count else { throw TemplateProblem(line: first, text: "a tag has no end") }
    var text = String(decoding: source[start..<place], as: UTF8.self)
    place += end.count
    var sign: Character = " "
    if !isTriple, let first = text.first, "#^/$<>!&".contains(first) {
      sign = first == "&" ? " " : first
      text.removeFirst()
    } else if text.first == "=" || text.first == "%" {
      throw TemplateProblem(line: first, text: "{{\(text)}} is not understood here")
    }
    text = String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    guard sign == "!" || !text.isEmpty else {
      throw TemplateProblem(line: first, text: "a tag names nothing")
    }
    return Tag(sign: sign, text: text)
  }

  /// Skips what is left of the line where a tag that began at `start` stands alone on it.
  private mutating func skipLine(from start: Int) -> Bool {
    var before = start
    while before > 0, source[before - 1] == UInt8(ascii: " ") || source[before - 1] == UInt8(ascii: "\t") {
      before -= 1
    }
    guard before == 0 || source[before - 1] == UInt8(ascii: "\n") else { return false }
    var after = place
    while [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")].contains(at(after)),
      after < source.count
    {
      after += 1
    }
    guard after == source.count || source[after] == UInt8(ascii: "\n") else { return false }
    if after < source.count { line += 1 }
    place = min(after + 1, source.count)
    return true
  }

  private static func withoutIndent(_ text: String) -> String {
    String(text.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }

  private func name(_ text: String, within functions: Int = 0) throws(TemplateProblem) -> Template.Name {
    if text == "." { return .this }
    if let open = text.firstIndex(of: "("), text.hasSuffix(")") {
      let (function, argument) = (text[..<open], String(text[text.index(after: open)...].dropLast()))
      switch (function, argument.isEmpty) {
      case ("first", true): return .isFirst
      case ("last", true): return .isLast
      case ("index", true): return .index
      case ("first", false): return .firstOf(try path(argument))
      case ("plusone", false):
        guard functions < Self.deepest else {
          throw TemplateProblem(line: tagLine, text: "this counts on and on")
        }
        return .plusOne(try name(argument, within: functions + 1))
      default: throw TemplateProblem(line: tagLine, text: "there is no function “\(function)”")
      }
    }
    let path = try path(text)
    return .path(path[0], Array(path.dropFirst()))
  }

  private func path(_ text: String) throws(TemplateProblem) -> [String] {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.allSatisfy({ !$0.isEmpty && !$0.contains { " \t\n(){}".contains($0) } }) else {
      throw TemplateProblem(line: tagLine, text: "“\(text)” is no name")
    }
    return parts
  }
}
