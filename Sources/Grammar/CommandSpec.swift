/// One command: what it is called, what it takes, and what help says of it.
///
///     CommandSpec(noun: "article", verb: "show", summary: "Shows one article",
///       arguments: [ArgumentSpec("ref", kind: .reference(noun: "article"))],
///       examples: ["sen article show 12"])
///
/// A command of a single word has an empty noun and its word as the verb; or, where its word is also a
/// noun with verbs (`search QUERY` beside `search reindex`), that noun and an empty verb.
public struct CommandSpec: Sendable, Hashable {
  public var noun: String
  public var verb: String
  /// Other names of the verb: `new` and `add` for `create`.
  public var aliases: [String]
  /// Single words that mean the whole command: `init` for `site init`.
  public var shortForms: [String]
  /// One line, without a full stop.
  public var summary: String
  /// More, in paragraphs divided by empty lines; lines that begin with a space stay as they are.
  public var discussion: String
  public var arguments: [ArgumentSpec]
  public var flags: [FlagSpec]
  /// The flags of the whole set that are not for every command, and that this one takes.
  public var heeds: Set<String>
  /// Whole lines, `sen` included.
  public var examples: [String]
  /// Whether help, completion and suggestions keep silent about it.
  public var isHidden: Bool

  public init(
    noun: String = "", verb: String, aliases: [String] = [], shortForms: [String] = [], summary: String,
    discussion: String = "", arguments: [ArgumentSpec] = [], flags: [FlagSpec] = [],
    heeds: Set<String> = [], examples: [String] = [], isHidden: Bool = false
  ) {
    self.noun = noun
    self.verb = verb
    self.aliases = aliases
    self.shortForms = shortForms
    self.summary = summary
    self.discussion = discussion
    self.arguments = arguments
    self.flags = flags
    self.heeds = heeds
    self.examples = examples
    self.isHidden = isHidden
  }

  /// The words that call it: `article list`, `search`.
  public var path: String { [noun, verb].filter { !$0.isEmpty }.joined(separator: " ") }

  /// `sen article set REF field=value… [flags]`.
  public var usage: String {
    (["sen", path] + arguments.map { $0.usage() } + (flags.isEmpty ? [] : ["[flags]"]))
      .joined(separator: " ")
  }

  /// The first word, and the word after it (empty for a command of one word).
  var firstWord: String { noun.isEmpty ? verb : noun }
  var secondWord: String { noun.isEmpty ? "" : verb }

  /// A line that works, or the usage line where no example is declared.
  var example: String {
    guard let first = examples.first else { return usage }
    return first.hasPrefix("sen ") ? first : "sen \(first)"
  }
}
