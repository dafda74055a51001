/// One `--flag`: a switch, or a name for a value.
public struct FlagSpec: Sendable, Hashable {
  /// The name without `--`, and the key of its values in an `Invocation`.
  public var name: String
  /// One line for people.
  public var help: String
  /// What its value is; nil for a switch.
  public var kind: ValueKind?
  /// `-x`, for one ASCII letter.
  public var short: Character?
  /// The word for its value in usage lines, where the kind's own does not say enough.
  public var placeholder: String?
  /// Whether it may be given more than once.
  public var repeats: Bool
  /// Other names, without `--`.
  public var aliases: [String]
  /// Whether only those commands take it whose specification names it in `heeds`; for flags of a whole set.
  public var isForSome: Bool
  /// Whether the value belongs to a field, and may therefore also be empty, `@file` or `-`: the shape is
  /// then left to whoever knows the field.
  public var isFieldValue: Bool

  public init(
    _ name: String, help: String = "", kind: ValueKind? = nil, short: Character? = nil,
    placeholder: String? = nil, repeats: Bool = false, aliases: [String] = [], isForSome: Bool = false,
    isFieldValue: Bool = false
  ) {
    self.isForSome = isForSome
    self.name = name
    self.help = help
    self.kind = kind
    self.short = short
    self.placeholder = placeholder
    self.repeats = repeats
    self.aliases = aliases
    self.isFieldValue = isFieldValue
  }

  /// Whether a word of a command line, up to its `=`, names this flag: `--yes`, `-y`.
  public func isCalled(_ word: String) -> Bool {
    ([name] + aliases).contains { word == "--\($0)" } || short.map { word == "-\($0)" } ?? false
  }

  /// `N`; nil for a switch.
  var valueName: String? { kind.map { placeholder ?? $0.placeholder } }

  /// `--limit N`.
  var usage: String { valueName.map { "--\(name) \($0)" } ?? "--\(name)" }

  /// `-n, --limit N`, for the left column of help.
  var heading: String { (short.map { "-\($0), " } ?? "    ") + usage }
}
