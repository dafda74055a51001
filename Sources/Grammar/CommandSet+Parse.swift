public import ContentModel

extension CommandSet {
  /// Reads words as a command with its arguments and flags; `--help` anywhere asks for help on the rest.
  /// - Throws: a refusal (`usage`) that names the nearest known word and an example.
  public func parse(words: [Word]) throws(Refusal) -> Invocation {
    if let help = askedHelp(words) { return help }
    let (location, options) = locate(words)
    switch location {
    case .start, .noun:
      for option in options {
        var index = option
        _ = try take(words, &index, known: globals, example: "sen help")
      }
      if case .noun(let noun) = location { throw unknown([noun]) }
      throw unknown([])
    case .unknown(let texts): throw unknown(texts)
    case .foreignOption(let index): throw foreign(words[index].text, words)
    case .command(let spec, let rest):
      var flags: [String: [String]] = [:]
      for option in options where option < rest {
        var index = option
        for (flag, value) in try take(words, &index, known: shared(by: spec), example: spec.example) {
          flags[flag, default: []].append(value)
        }
      }
      return try read(Array(words.dropFirst(rest)), spec, flags)
    }
  }

  /// The help that `article create --help` asks for.
  private func askedHelp(_ words: [Word]) -> Invocation? {
    let isAsked = words.prefix { $0.text != "--" || $0.wasQuoted }.contains {
      !$0.wasQuoted && ($0.text == "--help" || $0.text == "-h")
    }
    guard isAsked, let (spec, _) = find(["help"]), let argument = spec.arguments.first else { return nil }
    let others = words.filter { $0.wasQuoted || $0.text != "--help" && $0.text != "-h" }
    let named =
      switch locate(others).0 {
      case .start: [String]()
      case .noun(let noun): [noun]
      case .command(let found, _): found.path.split(separator: " ").map(String.init)
      case .unknown(let texts): Array(texts.prefix(2))
      case .foreignOption: Array(others.filter { !$0.isOption }.map(\.text).prefix(2))
      }
    return Invocation(spec: spec, values: named.isEmpty ? [:] : [argument.name: named])
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
      let word = words[index]
      if !isFree, word.text == "--", !word.wasQuoted {
        isFree = true
        index += 1
      } else if isFree || !word.isOption {
        free.append(word.text)
        index += 1
      } else {
        for (flag, value) in try take(words, &index, known: known, example: spec.example) {
          flags[flag, default: []].append(value)
        }
      }
    }
    for flag in known {
      guard let kind = flag.kind, !flag.isFieldValue else { continue }
      for value in flags[flag.name] ?? [] { try kind.check(value, "--\(flag.name)") }
    }
    return Invocation(spec: spec, values: try distribute(free, spec), flags: flags)
  }

  /// Reads the option at `index` and its value; more than one where switches stand together, as in `-ny`.
  private func take(
    _ words: [Word], _ index: inout Int, known: [FlagSpec], example: String
  ) throws(Refusal) -> [(String, String)] {
    let text = words[index].text
    guard let flag = flag(text, known) else {
      if let together = switches(text, known) {
        index += 1
        return together.map { ($0, "") }
      }
      throw noOption(text, known, example)
    }
    index += 1
    let value = text.firstIndex(of: "=").map { String(text[text.index(after: $0)...]) }
    if flag.kind == nil {
      guard value == nil else {
        throw Refusal(.usage, "--\(flag.name) takes no value", hint: "Example: \(example)")
      }
      return [(flag.name, "")]
    }
    if let value { return [(flag.name, value)] }
    guard index < words.count else {
      throw Refusal(.usage, "--\(flag.name) needs a value", hint: "Write \(flag.usage).")
    }
    let next = words[index]
    if next.text.hasPrefix("--"), !next.beginsQuoted, self.flag(next.text, known) != nil {
      throw Refusal(
        .usage, "--\(flag.name) needs a value, but \(next.text.shown) follows",
        hint: "Write \(flag.usage), or --\(flag.name)=\(next.text) if that is the value.")
    }
    index += 1
    return [(flag.name, next.text)]
  }

  private func switches(_ text: String, _ known: [FlagSpec]) -> [String]? {
    guard !text.hasPrefix("--"), text.count > 2 else { return nil }
    let flags = text.dropFirst().map { letter in known.first { $0.short == letter && $0.kind == nil } }
    return flags.contains { $0 == nil } ? nil : flags.compactMap(\.?.name)
  }

  /// Gives the free words to the arguments, in order.
  private func distribute(_ words: [String], _ spec: CommandSpec) throws(Refusal) -> [String: [String]] {
    var values: [String: [String]] = [:]
    var rest = words[...]
    for (place, argument) in spec.arguments.enumerated() {
      let later = spec.arguments[(place + 1)...].reduce(0) { $0 + $1.arity.minimum }
      let most = argument.arity.repeats ? max(0, rest.count - later) : min(1, max(0, rest.count - later))
      guard most >= argument.arity.minimum else {
        let needed = spec.arguments.filter { $0.arity.minimum > 0 }
        let missing = needed[min(words.count, needed.count - 1)]
        throw Refusal(
          .usage, "\(missing.placeholder) is missing: \(spec.usage)", hint: "Example: \(spec.example)")
      }
      let taken = rest.prefix(most)
      for value in taken { try argument.kind.check(value, argument.placeholder) }
      if !taken.isEmpty { values[argument.name] = Array(taken) }
      rest = rest.dropFirst(most)
    }
    guard let extra = rest.first else { return values }
    let isText = spec.arguments.last?.kind == .text
    throw Refusal(
      .usage, "\(extra.shown) is one word too many: \(spec.usage)",
      hint: (isText ? "Put quotes around words that belong together. " : "") + "Example: \(spec.example)")
  }
}
