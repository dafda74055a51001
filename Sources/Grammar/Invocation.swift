/// A command as given: its specification and the words that fill it.
public struct Invocation: Sendable, Hashable {
  public var spec: CommandSpec
  /// Words by the name of their argument; an argument without words is absent.
  public var values: [String: [String]]
  /// Values by the name of their flag, aliases resolved, the flags of every command included; a switch
  /// that is present has one empty value.
  public var flags: [String: [String]]
  /// Where the output goes, for lines that say so.
  public var redirect: Redirect?

  public init(
    spec: CommandSpec, values: [String: [String]] = [:], flags: [String: [String]] = [:],
    redirect: Redirect? = nil
  ) {
    self.spec = spec
    self.values = values
    self.flags = flags
    self.redirect = redirect
  }

  /// The first word of an argument.
  public func value(_ name: String) -> String? { values[name]?.first }

  /// All words of an argument.
  public func values(_ name: String) -> [String] { values[name] ?? [] }

  /// The value of a flag, the last one if it was repeated; empty for a switch.
  public func flag(_ name: String) -> String? { flags[name]?.last }

  /// All values of a flag that may be repeated, in order.
  public func flags(_ name: String) -> [String] { flags[name] ?? [] }

  /// Whether a flag was given.
  public func has(_ name: String) -> Bool { flags[name] != nil }

  /// The value of a flag of the kind `integer`, whose shape was checked when it was parsed.
  public func integer(_ name: String) -> Int? { flag(name).flatMap { Int($0) } }
}
