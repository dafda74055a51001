/// Something that Tab offers.
public struct Candidate: Sendable, Hashable {
  public let text: String
  public let description: String

  public init(text: String, description: String = "") {
    self.text = text
    self.description = description
  }
}

/// What Tab offers in one place of a line.
public struct Completion: Sendable {
  public let candidates: [Candidate]
  /// The bytes of the line that a candidate replaces.
  public let range: Range<Int>
  public let appendsSpace: Bool

  /// What to put in the place of `range`, quoted if it has to be.
  public func replacement(for candidate: Candidate) -> String { Word.quoted(candidate.text) }
}

extension CommandSet {
  /// What could stand at the cursor.
  /// - Parameters:
  ///   - cursor: the offset in bytes.
  ///   - live: looks up content of a kind that begins with a prefix.
  public func complete(
    line: String, cursor: Int, live: (ValueKind, String, Invocation?) -> [Candidate]
  ) -> Completion {
    let before = String(decoding: Array(line.utf8.prefix(cursor)), as: UTF8.self)
    // A word that is still open is read as if it ended here.
    let parsed = ["", "'", "\""].lazy.compactMap { try? Line.parse(before + $0) }.first
    guard let parsed, parsed.redirect == nil else { return nothing(cursor) }
    var words = parsed.words
    let isNew =
      words.isEmpty || before.utf8.last == 0x20 && (words.last?.range.upperBound ?? 0) < before.utf8.count
    let current = isNew ? Word("", range: cursor..<cursor) : words.removeLast()
    if words.first?.text == "sen" { words.removeFirst() }
    let range = current.range.lowerBound..<cursor
    func offer(_ found: [Candidate], from start: Int? = nil, space: Bool = true) -> Completion {
      Completion(candidates: found, range: (start ?? range.lowerBound)..<cursor, appendsSpace: space)
    }
    func matching(_ texts: [String], _ describe: (String) -> String) -> [Candidate] {
      texts.filter { $0.hasPrefix(current.text) }.map { Candidate(text: $0, description: describe($0)) }
    }

    let texts = words.map(\.text)
    if texts.isEmpty {
      return offer(matching(nouns) { nounSummaries[$0] ?? summary(of: $0) })
    }
    let found = find(texts)
    if texts.count == 1, !verbs(of: texts[0]).isEmpty {
      let verbs = matching(verbs(of: texts[0])) { summary(of: texts[0], $0) }
      if found == nil || !verbs.isEmpty { return offer(verbs) }
    }
    guard let (spec, count) = found else { return nothing(cursor) }
    let known = flags(of: spec)
    let rest = texts.dropFirst(count)
    if let last = rest.last, let flag = flag(last, known), flag.kind != nil, !last.contains("=") {
      return value(flag.kind ?? .text, spec, current.text, offer, live)
    }
    if current.text.hasPrefix("-"), !current.wasQuoted {
      let used = Set(rest.compactMap { flag($0, known)?.name })
      let unused = known.filter { !used.contains($0.name) || $0.repeats }
      let offered = unused.map { Candidate(text: "--\($0.name)", description: $0.help) }
      return offer(offered.filter { $0.text.hasPrefix(current.text) })
    }
    let place = free(Array(rest), known)
    let arguments = spec.arguments
    guard let argument = place < arguments.count ? arguments[place] : arguments.last,
      place < arguments.count || argument.arity.repeats
    else { return nothing(cursor) }
    return value(argument.kind, spec, current.text, offer, live)
  }

  private func summary(of noun: String) -> String {
    commands.first { $0.firstWord == noun || $0.shortForms.contains(noun) }?.summary ?? ""
  }

  private func summary(of noun: String, _ verb: String) -> String {
    commands.first { $0.firstWord == noun && $0.secondWord == verb }?.summary ?? ""
  }

  private func nothing(_ cursor: Int) -> Completion {
    Completion(candidates: [], range: cursor..<cursor, appendsSpace: false)
  }

  private func flag(_ text: String, _ known: [FlagSpec]) -> FlagSpec? {
    guard text.hasPrefix("-"), text.count > 1 else { return nil }
    let name = text.drop { $0 == "-" }.prefix { $0 != "=" }
    return known.first {
      text.hasPrefix("--") ? $0.name == name || $0.aliases.contains(String(name)) : $0.short == name.first
    }
  }

  /// How many of the words are arguments.
  private func free(_ words: [String], _ known: [FlagSpec]) -> Int {
    var count = 0
    var index = 0
    while index < words.count {
      if let flag = flag(words[index], known) {
        index += flag.kind != nil && !words[index].contains("=") ? 2 : 1
      } else {
        count += 1
        index += 1
      }
    }
    return count
  }

  private func value(
    _ kind: ValueKind, _ spec: CommandSpec, _ text: String, _ offer: ([Candidate], Int?, Bool) -> Completion,
    _ live: (ValueKind, String, Invocation?) -> [Candidate]
  ) -> Completion {
    let kind = kind.of(noun: spec.noun)
    switch kind {
    case .choice(let words):
      return offer(words.filter { $0.hasPrefix(text) }.map { Candidate(text: $0) }, nil, true)
    case .bool:
      return offer(["true", "false"].filter { $0.hasPrefix(text) }.map { Candidate(text: $0) }, nil, true)
    case .assignment(let noun):
      guard let equals = text.firstIndex(of: "=") else {
        let fields = live(kind, text, nil).map { Candidate(text: $0.text + "=", description: $0.description) }
        return offer(live(.reference(noun: noun), text, nil) + fields, nil, false)
      }
      let start = text[...equals]
      let field = start.prefix { $0 != "=" && $0 != "+" && $0 != "-" }
      let values = live(
        .fieldValue(noun: noun, field: String(field)), String(text[equals...].dropFirst()), nil)
      return offer(values.map { Candidate(text: start + $0.text, description: $0.description) }, nil, true)
    case .fields:
      let start = text.lastIndex(of: ",").map { text[...$0] } ?? ""
      let fields = live(kind, String(text.dropFirst(start.count)), nil)
      return offer(fields.map { Candidate(text: start + $0.text, description: $0.description) }, nil, false)
    case .command:
      return offer(nouns.filter { $0.hasPrefix(text) }.map { Candidate(text: $0) }, nil, true)
    case .path:
      let paths = live(kind, text, nil)
      return offer(paths, nil, !(paths.count == 1 && paths[0].text.hasSuffix("/")))
    default: return offer(live(kind, text, nil), nil, true)
    }
  }

  /// What is still expected after a line, to be shown dim behind the cursor; empty if nothing is.
  public func hint(line: String) -> String {
    guard let parsed = try? Line.parse(line), parsed.redirect == nil, line.last == " " else { return "" }
    var texts = parsed.words.map(\.text)
    if texts.first == "sen" { texts.removeFirst() }
    guard let (spec, count) = find(texts) else { return "" }
    let place = free(Array(texts.dropFirst(count)), flags(of: spec))
    return spec.arguments.dropFirst(place).map { $0.usage() }.joined(separator: " ")
  }
}
