public import ContentModel

/// A value in a filter as it was typed.
public struct Operand: Sendable, Hashable {
  public var text: String
  public var wasQuoted: Bool

  public init(_ text: String, wasQuoted: Bool = false) {
    self.text = text
    self.wasQuoted = wasQuoted
  }

  /// Whether the bare word `null` was typed.
  public var isNull: Bool { !wasQuoted && text.lowercased() == "null" }
}

/// What `--filter` asks: `state=draft and (age>30d or not tags~"lúa")`. Fields and values have no types yet.
public indirect enum Filter: Sendable, Hashable {
  public enum Operator: String, Sendable, CaseIterable {
    case equal = "="
    case unequal = "!="
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
    case contains = "~"
    case lacks = "!~"
  }

  case all([Filter])
  case any([Filter])
  case not(Filter)
  case compare(String, Operator, Operand)
  case isIn(String, [Operand])
  /// A reference into a tree leads to this item or below it.
  case isWithin(String, Operand)
  case isSet(String)

  /// - Throws: a refusal that shows where the filter cannot be read.
  public static func parse(_ text: String) throws(Refusal) -> Filter {
    var parser = FilterParser(text)
    return try parser.whole()
  }
}
