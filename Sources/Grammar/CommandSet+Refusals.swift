import ContentModel

/// What is said of words that name nothing: the nearest known one, and an example.
extension CommandSet {
  func noOption(_ text: String, _ known: [FlagSpec], _ example: String) -> Refusal {
    let name = String(text.drop { $0 == "-" }.prefix { $0 != "=" })
    let near = Suggestion.nearest(name, in: known.flatMap { [$0.name] + $0.aliases }).flatMap { near in
      known.first { $0.name == near || $0.aliases.contains(near) }
    }
    return Refusal(
      .usage, "There is no option \(String(text.prefix { $0 != "=" }).shown) here",
      hint: (near.map { "Did you mean --\($0.name)? " } ?? "") + "Example: \(example)")
  }

  /// An option before its command that not every command has.
  func foreign(_ text: String, _ words: [Word]) -> Refusal {
    let named = words.filter { !$0.isOption }.map(\.text)
    let nouns = named.indices.filter { byWords[named[$0]] != nil }
    let spec = nouns.lazy.compactMap { noun in
      named[(noun + 1)...].lazy.compactMap { byWords[named[noun]]?[$0] }.first
    }.first
    if let spec, flag(text, flags(of: spec)) != nil {
      let name = String(text.prefix { $0 != "=" })
      return Refusal(
        .usage, "\(name.shown) belongs behind the words of its command",
        hint: "Write: sen \(spec.path) … \(name). Example: \(spec.example)")
    }
    return noOption(text, spec.map(flags) ?? globals, spec?.example ?? "sen help")
  }

  func unknown(_ words: [String]) -> Refusal {
    guard let first = words.first else {
      return Refusal(.usage, "No command was given", hint: "See: sen help")
    }
    guard byWords[first] != nil else { return unknownFirst(first, words.dropFirst().first) }
    let verbs = verbs(of: first)
    guard words.count > 1 else {
      let example = commands.first { $0.firstWord == first && !$0.isHidden }?.example ?? "sen help \(first)"
      return Refusal(
        .usage, "\(first) needs a verb: \(verbs.joined(separator: ", "))", hint: "Example: \(example)")
    }
    let every = byWords[first].map { Array($0.keys).filter { !$0.isEmpty }.sorted() } ?? verbs
    let near = Suggestion.nearest(words[1], in: every)
    let spec = near.flatMap { byWords[first]?[$0] }
    return Refusal(
      .usage, "\(first) has no verb \(words[1].shown)",
      hint: spec.map { "Did you mean `\(first) \($0.secondWord)`? Example: \($0.example)" }
        ?? "It has: \(verbs.joined(separator: ", "))")
  }

  private func unknownFirst(_ first: String, _ second: String?) -> Refusal {
    let message = "There is no command \(first.shown)"
    if let second, let spec = byWords[second]?[first], !first.isEmpty {
      return Refusal(
        .usage, message, hint: "The noun comes first: `\(spec.path)`. Example: \(spec.example)")
    }
    if !first.isEmpty, let spec = commands.first(where: { $0.secondWord == first && !$0.isHidden }) {
      return Refusal(
        .usage, message, hint: "A noun comes before it, as in `\(spec.path)`. Example: \(spec.example)")
    }
    guard let near = Suggestion.nearest(first, in: nouns) else {
      return Refusal(.usage, message, hint: "See what there is: sen help")
    }
    let verbs = byWords[near] ?? [:]
    let verb = second.flatMap { second in
      verbs[second] != nil ? second : Suggestion.nearest(second, in: verbs.keys.sorted())
    }
    if let verb, let spec = verbs[verb], !verb.isEmpty {
      return Refusal(.usage, message, hint: "Did you mean `\(near) \(verb)`? Example: \(spec.example)")
    }
    let example = (shortForms[near] ?? commands.first { $0.firstWord == near && !$0.isHidden })?.example
    return Refusal(.usage, message, hint: "Did you mean `\(near)`? Example: \(example ?? near)")
  }
}
