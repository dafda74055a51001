/// One place for words after the verb.
public struct ArgumentSpec: Sendable, Hashable {
  /// How many words it takes.
  public enum Arity: Sendable, Hashable {
    case one, optional
    /// None or more.
    case many
    /// One or more.
    case some

    var minimum: Int { self == .one || self == .some ? 1 : 0 }
    var repeats: Bool { self == .many || self == .some }
  }

  /// The key of its values in an `Invocation`, and, in capitals, its name in usage lines.
  public var name: String
  /// One line for people.
  public var help: String
  public var kind: ValueKind
  public var arity: Arity
  /// Whether somebody may type a secret here, right or wrong, which no history and no log is to keep; a lone `-` is none.
  public var mayBeSecret: Bool

  public init(
    _ name: String, help: String = "", kind: ValueKind = .text, arity: Arity = .one, mayBeSecret: Bool = false
  ) {
    self.mayBeSecret = mayBeSecret
    self.name = name
    self.help = help
    self.kind = kind
    self.arity = arity
  }

  /// `REF`, `field=value`: the argument without its count.
  var placeholder: String {
    if case .assignment = kind { return kind.placeholder }
    if case .reference = kind, arity.repeats { return kind.placeholder }
    return name.uppercased()
  }

  /// The help, and the words there are to choose from.
  var explanation: String {
    guard case .choice(let words) = kind else { return help }
    return "\(help): \(words.joined(separator: ", "))"
  }

  /// `REF`, `[REF]`, `REF…`, `[REF…]`: the argument in a usage line. `isMet` makes it optional.
  func usage(isMet: Bool = false) -> String {
    let text = placeholder + (arity.repeats ? "…" : "")
    return isMet || arity.minimum == 0 ? "[\(text)]" : text
  }
}
