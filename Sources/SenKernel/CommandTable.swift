import ContentModel
public import Grammar

/// All commands of a program: those of the kernel and those derived from content types.
public struct CommandTable: Sendable {
  public let commands: [Command]
  public let grammar: CommandSet
  private let byPath: [String: Command]

  /// - Parameter more: commands of the program itself, such as `help`.
  public init(_ registry: Registry, more: [Command] = []) {
    commands =
      registry.shapes.flatMap { shape in
        let drawing = registry.drawings.first { $0.noun == shape.name }
        let all = ContentCommands(shape: shape, drawing: drawing).all
        guard shape.name == Block.name else { return all }
        // What a block shows is not for chance to say.
        return all.filter { $0.spec.verb != "generate" }.map(BlockCommands.adapted)
      } + registry.actions.map { $0.command() }
      + registry.plugins.flatMap(\.commands) + KernelCommands.all
      + BlockCommands.all(registry.blocks.map(\.name)) + more
    byPath = Dictionary(commands.map { ($0.spec.path, $0) }, uniquingKeysWith: { first, _ in first })
    var nouns = Dictionary(
      registry.shapes.map { ($0.name, $0.help) }, uniquingKeysWith: { first, _ in first })
    nouns.merge(Self.kernelNouns) { first, _ in first }
    grammar = CommandSet(
      commands: commands.map(\.spec), globals: Self.globals, nounSummaries: nouns, nounAliases: [:])
  }

  /// The command that an invocation names.
  public func command(_ invocation: Invocation) throws -> Command {
    guard let command = byPath[invocation.spec.path] else {
      throw Refusal(.usage, "There is no command “\(invocation.spec.path)”")
    }
    return command
  }

  static let kernelNouns = [
    "site": "The site itself", "theme": "How the public pages look", "trash": "What was deleted",
    "search": "Finding items by words",
    "redirect": "Former slugs", "schema": "What is stored, and how", "plugin": "The parts of this program",
    "export": "Site data out", "import": "Site data in", "config": "The settings of the site",
    "history": "What was done, and taking it back", "log": "Who did what",
    "media": "The files of the site", "job": "Work on a schedule", "replace": "One text for another",
    "user": "Who works on the site, and what they may do",
    "publish": "The public site as files", "serve": "The public site, live",
    "backup": "Copies of the whole site, to go back to",
  ]

  /// The options that every command takes.
  public static let globals: [FlagSpec] = [
    FlagSpec("site", help: "The site's folder; else $SEN_SITE, else the nearest folder upwards", kind: .path),
    FlagSpec("as", help: "Who does it", kind: .text, placeholder: "USER"),
    FlagSpec("format", help: "How records are written", kind: .choice(Presentation.formats), isForSome: true),
    FlagSpec("fields", help: "Which fields, or *", kind: .fields(noun: ""), isForSome: true),
    FlagSpec("field", help: "One field, its bare value a line each", kind: .field(noun: ""), isForSome: true),
    FlagSpec("filter", help: "Only items of which it is true", kind: .expression(noun: ""), isForSome: true),
    FlagSpec("sort", help: "By which fields; -field descends", kind: .order(noun: ""), isForSome: true),
    FlagSpec("limit", help: "At most so many", kind: .integer, isForSome: true),
    FlagSpec("offset", help: "After so many", kind: .integer, isForSome: true),
    FlagSpec("porcelain", help: "Only the ids", isForSome: true),
    FlagSpec("yes", help: "Answers every question with yes", short: "y"),
    FlagSpec("dry-run", help: "Does all of it and then takes it back", short: "n"),
    FlagSpec("quiet", help: "Says nothing about what was done", short: "q"),
    FlagSpec("verbose", help: "Says more, such as how long it took", short: "v"),
    FlagSpec("lang", help: "The language of dates and numbers in tables", kind: .choice(["en", "vi"])),
    FlagSpec("color", help: "When to use colours", kind: .choice(["auto", "always", "never"])),
    FlagSpec("errors", help: "How mistakes are told", kind: .choice(["text", "json"])),
    FlagSpec("no-pager", help: "Never opens a pager"),
  ]
}
