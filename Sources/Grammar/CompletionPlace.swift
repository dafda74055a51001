/// One place of a line that Tab was pressed in: the words before it, and the word at the cursor.
struct CompletionPlace {
  private let set: CommandSet
  private let words: [Word]
  private let piece: Lexer.Piece
  private let live: CommandSet.Live
  private let text: String

  init(_ set: CommandSet, _ words: [Word], _ piece: Lexer.Piece, _ live: @escaping CommandSet.Live) {
    (self.set, self.words, self.piece, self.live) = (set, words, piece, live)
    text = piece.word.text
  }

  /// nil where nothing could stand.
  func complete() -> Completion? {
    switch set.locate(words).0 {
    case .start: return option(set.globals, nil, words) ?? offer(nouns())
    case .noun(let noun): return option(set.globals, nil, words) ?? offer(verbs(noun))
    case .command(let spec, let rest): return arguments(spec, rest)
    case .unknown, .foreignOption: return nil
    }
  }

  private func arguments(_ spec: CommandSpec, _ rest: Int) -> Completion? {
    let known = set.flags(of: spec)
    let given = Array(words.dropFirst(rest))
    if let found = option(known, spec, given) { return found }
    let walked = set.walk(given, known)
    // A word with arguments of its own may also be a noun: search QUERY beside search reindex.
    let more = given.isEmpty && spec.secondWord.isEmpty ? verbs(spec.firstWord) : []
    let place = walked.free.count
    let last = spec.arguments.last.flatMap { $0.arity.repeats ? $0 : nil }
    guard let argument = place < spec.arguments.count ? spec.arguments[place] : last else {
      return more.isEmpty ? nil : offer(more)
    }
    if case .command = argument.kind { return offer(command(walked.free)) }
    let found = value(argument.kind, spec)
    return more.isEmpty ? found : offer(more + found.candidates)
  }

  /// The value of the option before the cursor, or the names of options.
  private func option(_ known: [FlagSpec], _ spec: CommandSpec?, _ given: [Word]) -> Completion? {
    let walked = set.walk(given, known)
    if let flag = walked.pending { return value(kind(flag, spec, walked.free), spec) }
    guard !walked.isFree, text.hasPrefix("-"), !piece.beginsQuoted else { return nil }
    if let equals = text.firstIndex(of: "=") {
      guard let flag = set.flag(text, known), flag.kind != nil else { return offer([]) }
      return value(kind(flag, spec, walked.free), spec, after: String(text[...equals]))
    }
    let unused = known.filter { !walked.used.contains($0.name) || $0.repeats }
    return offer(
      unused.filter { "--\($0.name)".hasPrefix(text) }
        .map { Candidate(text: "--\($0.name)", description: $0.help) })
  }

  /// The kind of an option's value; what it depends on among the arguments is put in.
  private func kind(_ flag: FlagSpec, _ spec: CommandSpec?, _ arguments: [String]) -> ValueKind {
    guard case .option(let group, let argument)? = flag.kind else { return flag.kind ?? .text }
    let place = spec?.arguments.firstIndex { $0.name == argument } ?? 0
    return .assignment(noun: place < arguments.count ? "\(group) \(arguments[place])" : group)
  }

  private func nouns() -> [Candidate] {
    matching(set.nouns) { noun in
      set.nounSummaries[noun]
        ?? set.commands.first { $0.firstWord == noun || $0.shortForms.contains(noun) }?.summary ?? ""
    }
  }

  private func verbs(_ noun: String) -> [Candidate] {
    matching(set.verbs(of: noun)) { set.byWords[noun]?[$0]?.summary ?? "" }
  }

  /// The words of a command given to a command, such as `help`.
  private func command(_ before: [String]) -> [Candidate] {
    switch before.count {
    case 0: nouns()
    case 1: verbs(before[0])
    default: []
    }
  }

  private func matching(_ texts: [String], _ describe: (String) -> String) -> [Candidate] {
    texts.filter { $0.hasPrefix(text) }.map { Candidate(text: $0, description: describe($0)) }
  }

  private func offer(_ candidates: [Candidate], space: Bool = true, head: String = "") -> Completion {
    Completion(candidates, piece: piece, appendsSpace: space, head: head)
  }

  /// Values of a kind; `head` is what stands before the value in the same word, such as `--state=`.
  func value(_ kind: ValueKind, _ spec: CommandSpec?, after head: String = "") -> Completion {
    let typed = String(decoding: text.utf8.dropFirst(head.utf8.count), as: UTF8.self)
    func offered(_ found: [Candidate], _ more: String = "", space: Bool = true) -> Completion {
      let head = head + more
      return offer(
        found.map { Candidate(text: head + $0.text, description: $0.description) }, space: space, head: head)
    }
    func words(_ words: [String]) -> Completion {
      offered(words.filter { $0.hasPrefix(typed) }.map { Candidate(text: $0) })
    }
    let kind = kind.of(noun: spec?.noun ?? "")
    switch kind {
    case .choice(let choices): return words(choices)
    case .bool: return words(["yes", "no"])
    case .date: return words(["now", "today", "tomorrow", "yesterday"])
    case .text, .integer, .real, .option, .command: return offered([])
    case .assignment(let noun):
      guard let equals = typed.firstIndex(of: "=") else {
        let fields = live(kind, typed, nil).map {
          Candidate(text: $0.text + "=", description: $0.description)
        }
        let items = live(.reference(noun: noun), typed, nil)
        return offered(items + fields, space: fields.isEmpty)
      }
      let start = String(typed[...equals])
      let field = start.prefix { $0 != "=" && $0 != "+" && $0 != "-" }
      return fieldValue(.fieldValue(noun: noun, field: String(field)), head + start)
    case .fieldValue: return fieldValue(kind, head)
    case .fields(let noun), .order(let noun):
      var start = typed.lastIndex(of: ",").map { String(typed[...$0]) } ?? ""
      var name = String(typed.dropFirst(start.count))
      let isOrder = kind == .order(noun: noun)
      if isOrder, name.hasPrefix("-") { (start, name) = (start + "-", String(name.dropFirst())) }
      let fields = live(.fields(noun: noun), name, nil)
      let down = isOrder && name.isEmpty && !start.hasSuffix("-")
      let both =
        fields + (down ? fields.map { Candidate(text: "-" + $0.text, description: $0.description) } : [])
      return offered(both, start, space: false)
    case .expression(let noun):
      return offered(FilterCompletion(typed, noun: noun).candidates(live), space: false)
    case .path:
      let paths = live(kind, typed, nil)
      return offered(paths, space: !(paths.count == 1 && paths[0].text.hasSuffix("/")))
    case .reference, .field, .noun, .verb: return offered(live(kind, typed, nil))
    }
  }

  /// The values of a field, or the files that `@` may name.
  private func fieldValue(_ kind: ValueKind, _ head: String) -> Completion {
    let typed = String(decoding: text.utf8.dropFirst(head.utf8.count), as: UTF8.self)
    if typed.hasPrefix("@") {
      let paths = live(.path, String(typed.dropFirst()), nil)
      return offer(
        paths.map { Candidate(text: "\(head)@\($0.text)", description: $0.description) },
        space: !(paths.count == 1 && paths[0].text.hasSuffix("/")), head: head + "@")
    }
    return offer(
      live(kind, typed, nil).map { Candidate(text: head + $0.text, description: $0.description) }, head: head)
  }
}
