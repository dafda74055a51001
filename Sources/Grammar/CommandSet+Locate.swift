/// Where in a line its command is named.
enum Location {
  /// No word names anything yet.
  case start
  /// A noun that needs a verb, and has none yet.
  case noun(String)
  /// A command, and the word that its arguments and options begin at.
  case command(CommandSpec, rest: Int)
  /// Words that name nothing.
  case unknown([String])
  /// An option in front of its command that not every command has.
  case foreignOption(Int)
}

extension Word {
  /// Whether it stands where an option would: `-x`, `--x`, but neither `-`, nor `-5`, nor `'--x'`.
  var isOption: Bool {
    guard text.utf8.first == 0x2D, text.utf8.count > 1, !beginsQuoted else { return false }
    let second = text.utf8[text.utf8.index(after: text.utf8.startIndex)]
    return !(second >= 0x30 && second <= 0x39 || second == 0x2E)
  }
}

extension CommandSet {
  /// Finds the command that `words` name; options of every command may stand before and between its words.
  /// - Returns: the place, and where those options begin.
  func locate(_ words: [Word]) -> (Location, options: [Int]) {
    var options: [Int] = []
    var noun: String?
    var index = 0
    while index < words.count {
      let word = words[index]
      if word.isOption {
        guard let flag = flag(word.text, globals) else {
          if let noun, let spec = byWords[noun]?[""] { return (.command(spec, rest: index), options) }
          return (.foreignOption(index), options)
        }
        options.append(index)
        index += flag.kind != nil && !word.text.contains("=") ? 2 : 1
      } else if let first = noun {
        if !word.text.isEmpty, let spec = byWords[first]?[word.text] {
          return (.command(spec, rest: index + 1), options)
        }
        if let spec = byWords[first]?[""] { return (.command(spec, rest: index), options) }
        return (.unknown([first, word.text]), options)
      } else {
        if let spec = shortForms[word.text] { return (.command(spec, rest: index + 1), options) }
        guard let verbs = byWords[word.text] else {
          return (.unknown(words[index...].map(\.text)), options)
        }
        index += 1
        if verbs.count == 1, let spec = verbs[""] { return (.command(spec, rest: index), options) }
        noun = word.text
      }
    }
    guard let noun else { return (.start, options) }
    if let spec = byWords[noun]?[""] { return (.command(spec, rest: words.count), options) }
    return (.noun(noun), options)
  }

  /// The flag that an option word names: `--limit`, `--limit=5`, `-n`.
  func flag(_ text: String, _ known: [FlagSpec]) -> FlagSpec? {
    let name = text.prefix { $0 != "=" }
    if name.hasPrefix("--") {
      let long = String(name.dropFirst(2))
      return known.first { $0.name == long } ?? known.first { $0.aliases.contains(long) }
    }
    guard name.count == 2, name.first == "-" else { return nil }
    return known.first { $0.short != nil && $0.short == name.last }
  }
}
