public import ContentModel

/// All commands of a program and the options that every one of them takes; immutable.
public struct CommandSet: Sendable {
  let commands: [CommandSpec]
  let globals: [FlagSpec]
  let nounSummaries: [String: String]
  /// First words by what they stand for: nouns, single words, short forms.
  private let byWords: [String: [String: CommandSpec]]
  private let shortForms: [String: CommandSpec]

  public init(
    commands: [CommandSpec], globals: [FlagSpec], nounSummaries: [String: String] = [:],
    nounAliases: [String: String] = [:]
  ) {
    self.commands = commands
    self.globals = globals
    self.nounSummaries = nounSummaries
    var byWords: [String: [String: CommandSpec]] = [:]
    var shortForms: [String: CommandSpec] = [:]
    for spec in commands {
      for verb in [spec.secondWord] + spec.aliases { byWords[spec.firstWord, default: [:]][verb] = spec }
      for form in spec.shortForms { shortForms[form] = spec }
    }
    for (alias, noun) in nounAliases { byWords[alias] = byWords[noun] }
    self.byWords = byWords
    self.shortForms = shortForms
  }

  /// The first words there are.
  var nouns: [String] {
    Set(commands.filter { !$0.isHidden }.map(\.firstWord)).union(shortForms.keys).sorted()
  }

  func verbs(of noun: String) -> [String] {
    commands.filter { $0.firstWord == noun && !$0.secondWord.isEmpty && !$0.isHidden }.map(\.secondWord)
      .sorted()
  }

  /// The command that the words begin with, and how many of them name it; nil if they name none.
  func find(_ words: [String]) -> (spec: CommandSpec, count: Int)? {
    guard let first = words.first else { return nil }
    if let spec = shortForms[first] { return (spec, 1) }
    guard let verbs = byWords[first] else { return nil }
    if words.count > 1, let spec = verbs[words[1]], !words[1].isEmpty { return (spec, 2) }
    return verbs[""].map { ($0, 1) }
  }

  /// The flags that a command takes, its own first.
  func flags(of spec: CommandSpec) -> [FlagSpec] {
    spec.flags + globals.filter { global in !spec.flags.contains { $0.name == global.name } }
  }

  /// Reads words as a command with its arguments and flags.
  /// - Throws: a refusal that names the nearest known word and an example.
  public func parse(words: [Word]) throws(Refusal) -> Invocation {
    var words = words
    var early: [String: [String]] = [:]
    while let first = words.first, first.text.hasPrefix("-"), first.text != "-" {
      var index = 0
      let (flag, value) = try take(words, &index, known: globals, example: "help")
      early[flag, default: []].append(value)
      words.removeFirst(index)
    }
    guard let (spec, count) = find(words.map(\.text)) else { throw unknown(words.map(\.text)) }
    return try read(Array(words.dropFirst(count)), spec, early)
  }

  private func read(
    _ words: [Word], _ spec: CommandSpec, _ early: [String: [String]]
  ) throws(Refusal) -> Invocation {
    let known = flags(of: spec)
    var flags = early
    var free: [String] = []
    var index = 0
    var isFree = false
    while index < words.count {
      let text = words[index].text
      if !isFree, text == "--", !words[index].wasQuoted {
        isFree = true
        index += 1
      } else if isFree || text == "-" || !text.hasPrefix("-") || words[index].wasQuoted || isNumber(text) {
        free.append(text)
        index += 1
      } else {
        let (flag, value) = try take(words, &index, known: known, example: spec.example)
        flags[flag, default: []].append(value)
      }
    }
    for (name, values) in flags {
      guard let flag = known.first(where: { $0.name == name }), case .choice(let choices)? = flag.kind else {
        continue
      }
      for value in values where !choices.contains(value) { throw noChoice(value, choices, "--\(name)", spec) }
    }
    return Invocation(spec: spec, values: try distribute(free, spec), flags: flags)
  }

  private func isNumber(_ text: String) -> Bool { Double(text) != nil }

  /// Reads the flag at `index` and its value.
  private func take(
    _ words: [Word], _ index: inout Int, known: [FlagSpec], example: String
  ) throws(Refusal) -> (String, String) {
    let text = words[index].text
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let flag: FlagSpec?
    if parts[0].hasPrefix("--") {
      let name = String(parts[0].dropFirst(2))
      flag = known.first { $0.name == name || $0.aliases.contains(name) }
    } else {
      flag = parts[0].count == 2 ? known.first { $0.short == parts[0].last } : nil
    }
    guard let flag else {
      let near = Suggestion.nearest(String(parts[0].drop { $0 == "-" }), in: known.map(\.name))
      throw Refusal(
        .usage, "There is no option \(parts[0].shown) here",
        hint: (near.map { "Did you mean --\($0)? " } ?? "") + "Example: \(example)")
    }
    index += 1
    if flag.kind == nil {
      guard parts.count == 1 else {
        throw Refusal(.usage, "--\(flag.name) takes no value", hint: "Example: \(example)")
      }
      return (flag.name, "")
    }
    if parts.count == 2 { return (flag.name, parts[1]) }
    guard index < words.count else {
      throw Refusal(.usage, "--\(flag.name) needs a value", hint: "Write \(flag.usage).")
    }
    index += 1
    return (flag.name, words[index - 1].text)
  }

  /// Gives the free words to the arguments, in order.
  private func distribute(_ words: [String], _ spec: CommandSpec) throws(Refusal) -> [String: [String]] {
    var values: [String: [String]] = [:]
    var rest = words[...]
    for (place, argument) in spec.arguments.enumerated() {
      let later = spec.arguments[(place + 1)...].reduce(0) { $0 + $1.arity.minimum }
      let most = argument.arity.repeats ? max(0, rest.count - later) : min(1, max(0, rest.count - later))
      guard most >= argument.arity.minimum else {
        throw Refusal(
          .usage, "\(argument.name.uppercased()) is missing: \(spec.usage)", hint: "Example: \(spec.example)")
      }
      let taken = rest.prefix(most)
      if case .choice(let choices) = argument.kind {
        for value in taken where !choices.contains(value) {
          throw noChoice(value, choices, argument.name.uppercased(), spec)
        }
      }
      if !taken.isEmpty { values[argument.name] = Array(taken) }
      rest = rest.dropFirst(most)
    }
    if let extra = rest.first {
      throw Refusal(
        .usage, "\(extra.shown) is one word too many: \(spec.usage)", hint: "Example: \(spec.example)")
    }
    return values
  }

  private func noChoice(_ value: String, _ choices: [String], _ place: String, _ spec: CommandSpec) -> Refusal
  {
    let near = Suggestion.nearest(value, in: choices).map { "Did you mean `\($0)`? " } ?? ""
    return Refusal(
      .usage, "\(place) cannot be \(value.shown)", hint: "\(near)One of: \(choices.joined(separator: ", "))")
  }

  private func unknown(_ words: [String]) -> Refusal {
    guard let first = words.first else { return Refusal(.usage, "No command", hint: "See: sen help") }
    guard byWords[first] != nil else {
      let near = Suggestion.nearest(first, in: nouns)
      let example = near.flatMap { near in commands.first { $0.firstWord == near } }?.example
      return Refusal(
        .usage, "There is no command \(first.shown)",
        hint: near.map { "Did you mean `\($0)`? Example: \(example ?? $0)" } ?? "See what there is: sen help")
    }
    let verbs = verbs(of: first)
    guard words.count > 1 else {
      return Refusal(.usage, "What about \(first)?", hint: "It has: \(verbs.joined(separator: ", "))")
    }
    let near = Suggestion.nearest(words[1], in: verbs)
    let example = near.flatMap { near in commands.first { $0.firstWord == first && $0.secondWord == near } }?
      .example
    return Refusal(
      .usage, "\(first) has no verb \(words[1].shown)",
      hint: near.map { "Did you mean `\(first) \($0)`? Example: \(example ?? $0)" }
        ?? "It has: \(verbs.joined(separator: ", "))")
  }
}
