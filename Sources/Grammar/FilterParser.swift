import ContentModel

/// Reads a filter by recursive descent: `or` binds weakest, then `and`, then `not`.
struct FilterParser {
  private let source: [Character]
  private var index = 0
  private var depth = 0
  /// So many parentheses and `not`s may stand inside each other.
  private static let deepest = 100
  /// So many comparisons and values of lists may stand in one filter; SQLite takes expressions of depth 1000.
  private static let most = 500
  private var count = 0

  init(_ text: String) { source = Array(text) }

  mutating func whole() throws(Refusal) -> Filter {
    let filter = try disjunction()
    skipBlanks()
    guard index == source.count else { throw wrong("“and” or “or” is expected") }
    return filter
  }

  private mutating func disjunction() throws(Refusal) -> Filter {
    var parts = [try conjunction()]
    while take(word: "or") { parts.append(try conjunction()) }
    return parts.count == 1 ? parts[0] : .any(parts)
  }

  private mutating func conjunction() throws(Refusal) -> Filter {
    var parts = [try negation()]
    while take(word: "and") { parts.append(try negation()) }
    return parts.count == 1 ? parts[0] : .all(parts)
  }

  private mutating func negation() throws(Refusal) -> Filter {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw wrong("the filter is nested too deeply") }
    if take(word: "not") { return .not(try negation()) }
    skipBlanks()
    guard take("(") else { return try comparison() }
    let inner = try disjunction()
    skipBlanks()
    guard take(")") else { throw wrong("“)” is missing") }
    return inner
  }

  private mutating func comparison() throws(Refusal) -> Filter {
    skipBlanks()
    try countOne()
    let start = index
    while index < source.count, source[index].isLetter || source[index].isNumber || source[index] == "_" {
      index += 1
    }
    let field = String(source[start..<index])
    guard !field.isEmpty, !["and", "or", "in"].contains(field.lowercased()) else {
      index = start
      throw wrong("a field is expected")
    }
    if take(word: "in") { return .isIn(field, try list()) }
    if take(word: "within") { return .isWithin(field, try operand()) }
    let beforeNot = index
    if take(word: "not") {
      if take(word: "in") { return .not(.isIn(field, try list())) }
      index = beforeNot
    }
    skipBlanks()
    guard let operation = takeOperator() else { return .isSet(field) }
    return .compare(field, operation, try operand())
  }

  private mutating func countOne() throws(Refusal) {
    count += 1
    guard count <= Self.most else {
      throw wrong("a filter holds at most \(Self.most) comparisons and values")
    }
  }

  private mutating func takeOperator() -> Filter.Operator? {
    // What other languages write.
    for (foreign, meant) in [("==", Filter.Operator.equal), ("<>", .unequal)]
    where index + 2 <= source.count && String(source[index..<index + 2]) == foreign {
      index += 2
      return meant
    }
    for length in [2, 1] where index + length <= source.count {
      if let found = Filter.Operator(rawValue: String(source[index..<index + length])) {
        index += length
        return found
      }
    }
    return nil
  }

  private mutating func list() throws(Refusal) -> [Operand] {
    skipBlanks()
    let isParenthesised = take("(")
    var operands = [try operand(inList: true)]
    skipBlanks()
    while take(",") {
      try countOne()
      operands.append(try operand(inList: true))
      skipBlanks()
    }
    if isParenthesised, !take(")") { throw wrong("“)” is missing") }
    return operands
  }

  private mutating func operand(inList: Bool = false) throws(Refusal) -> Operand {
    skipBlanks()
    if index < source.count, source[index] == "'" || source[index] == "\"" { return try quoted() }
    let start = index
    while index < source.count, !source[index].isWhitespace, !"()".contains(source[index]),
      !(inList && source[index] == ",")
    {
      index += 1
    }
    guard index > start else { throw wrong("a value is expected") }
    guard inList || !"=<>!~".contains(source[start]) else {
      index = start
      throw wrong("a value is expected")
    }
    return Operand(String(source[start..<index]))
  }

  private mutating func quoted() throws(Refusal) -> Operand {
    let quote = source[index]
    index += 1
    var text = ""
    while index < source.count, source[index] != quote {
      if source[index] == "\\", index + 1 < source.count { index += 1 }
      text.append(source[index])
      index += 1
    }
    guard take(quote) else { throw wrong("a closing \(quote) is missing") }
    return Operand(text, wasQuoted: true)
  }

  private mutating func skipBlanks() {
    while index < source.count, source[index].isWhitespace { index += 1 }
  }

  private mutating func take(_ character: Character) -> Bool {
    guard index < source.count, source[index] == character else { return false }
    index += 1
    return true
  }

  /// Takes a keyword, in any case, that ends where a word ends.
  private mutating func take(word: String) -> Bool {
    let start = index
    skipBlanks()
    let end = index + word.count
    if end <= source.count, String(source[index..<end]).lowercased() == word,
      end == source.count || source[end].isWhitespace || source[end] == "("
    {
      index = end
      return true
    }
    index = start
    return false
  }

  private func wrong(_ what: String) -> Refusal {
    let near = String(source[max(0, index - 30)..<min(source.count, index + 10)])
    return Refusal(
      .usage, "--filter, character \(index + 1): \(what), near \(near.shown)",
      hint: "Example: --filter 'state=draft and age>30d'")
  }
}
