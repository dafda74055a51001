public import Formats
public import Foundation
public import GRDB
public import Grammar

/// A command: what it is called and takes, and what it does.
public struct Command: Sendable {
  public let spec: CommandSpec
  /// Whether it needs an open site.
  public let needsSite: Bool
  public let run: @Sendable (CommandContext) throws -> Void

  public init(
    _ spec: CommandSpec, needsSite: Bool = true, run: @escaping @Sendable (CommandContext) throws -> Void
  ) {
    self.spec = spec
    self.needsSite = needsSite
    self.run = { context in
      context.readAhead()
      try run(context)
    }
  }
}

/// A site's folder and what this program would make of it, whether or not it can be opened.
public struct SitePlace: Sendable {
  public let folder: String
  public let registry: Registry
  /// Who does what is done, by name.
  public let actor: String?
  public let clock: @Sendable () -> Date
  /// Through which door, and by which command.
  public let occasion: Occasion

  public init(
    folder: String, registry: Registry, actor: String? = nil,
    occasion: Occasion = Occasion(.shell, command: ""),
    clock: @escaping @Sendable () -> Date = { Date() }
  ) {
    (self.folder, self.registry, self.clock) = (folder, registry, clock)
    (self.actor, self.occasion) = (actor.map(User.normal), occasion)
  }
}

/// What a running command has: its words, the site, the door.
public struct CommandContext {
  public private(set) var invocation: Invocation
  public let output: any Output
  /// All commands of the program.
  public let grammar: CommandSet
  private let opened: Site?
  private let named: SitePlace?
  let input: () throws -> String
  let given = GivenTexts()

  /// - Parameter readInput: the lines of standard input, for `-`; called once at most.
  public init(
    _ invocation: Invocation, grammar: CommandSet, site: Site?, place: SitePlace? = nil, output: any Output,
    readInput: @escaping () throws -> String = { "" }
  ) {
    self.invocation = invocation
    self.grammar = grammar
    opened = site
    named = place
    self.output = output
    input = readInput
  }

  var registry: Registry? { opened?.registry ?? named?.registry }

  public var site: Site {
    get throws {
      guard let opened else {
        throw Refusal(
          .notFound, "There is no site here", hint: "Make one: sen init DIR; or name one: --site DIR")
      }
      return opened
    }
  }

  /// Whether there is a site, or one was named.
  var hasPlace: Bool { opened != nil || named != nil }

  /// Where the site is, or was, or is to be; for commands that help when it cannot be opened.
  var place: SitePlace {
    get throws {
      if let opened {
        return SitePlace(
          folder: opened.folder, registry: opened.registry, actor: opened.actor, occasion: opened.occasion,
          clock: opened.clock)
      }
      guard let named else {
        throw Refusal(.notFound, "There is no site here", hint: "Name its folder: --site DIR")
      }
      return named
    }
  }

  /// How values read to people here: the site's time zone, `--lang`.
  public var style: PeopleStyle {
    PeopleStyle(
      timeZone: opened?.timeZone ?? named?.timeZone ?? .gmt,
      language: invocation.flag("lang").flatMap(PeopleStyle.Language.init) ?? .en)
  }

  /// The same door and site with other words.
  func with(_ invocation: Invocation) -> CommandContext {
    var other = self
    other.invocation = invocation
    return other
  }

  var noun: String { invocation.spec.noun }
  public var isDryRun: Bool { invocation.has("dry-run") }

  /// The id of the one item that an argument names.
  public func item(_ noun: String, _ db: Database, argument: String = "ref") throws -> Int64 {
    try item(noun, named: invocation.value(argument) ?? "", db)
  }

  /// The id of the one item that a text names: an id, a slug or `@last`.
  public func item(_ noun: String, named text: String, _ db: Database) throws -> Int64 {
    try ItemSelection(site: site, context: self, shape: site.shape(noun), db: db).one(text)
  }

  /// The ids of the items that an argument (REFs) and `--filter` name, each once.
  public func items(_ noun: String, _ db: Database, argument: String = "refs") throws -> [Int64] {
    try ItemSelection(site: site, context: self, shape: site.shape(noun), db: db).all(argument)
  }

  /// Where records of these columns go, as `--format`, `--fields`, `--limit` say; end it with `finish`.
  public func records(_ columns: [String]) throws -> any RecordSink {
    try Presentation(self, usual: "table").list(columns)
  }

  /// The number of items that a flag says.
  func count(_ flag: String) throws -> Int? {
    guard let text = invocation.flag(flag) else { return nil }
    guard let count = Int(text), count >= 0 else {
      throw Refusal(.usage, "--\(flag): “\(text)” is no number of items", hint: "Example: --\(flag) 20")
    }
    return count
  }

  /// Asks before many or irrevocable changes; `--yes` answers for the user.
  public func confirm(_ question: String) throws {
    if invocation.has("yes") || isDryRun { return }
    switch output.ask(question) {
    case true?: return
    case false?: throw Refusal(.declined, "Declined; nothing was changed")
    case nil:
      throw Refusal(.declined, "Nobody could be asked: \(question) Nothing was changed", hint: "Say --yes.")
    }
  }
}
