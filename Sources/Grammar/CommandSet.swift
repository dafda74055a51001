/// All commands of a program and the options that every one of them takes; immutable.
public struct CommandSet: Sendable {
  let commands: [CommandSpec]
  public let globals: [FlagSpec]
  let nounSummaries: [String: String]
  /// First words by what they stand for: nouns, single words, short forms.
  let byWords: [String: [String: CommandSpec]]
  let shortForms: [String: CommandSpec]

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
  func flags(of spec: CommandSpec) -> [FlagSpec] { spec.flags + shared(by: spec) }

  /// The flags of the whole set that a command takes; its own come before one of the same name.
  func shared(by spec: CommandSpec) -> [FlagSpec] {
    globals.filter { global in
      (!global.isForSome || spec.heeds.contains(global.name))
        && !spec.flags.contains { $0.name == global.name }
    }
  }
}
