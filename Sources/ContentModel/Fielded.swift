/// A struct whose attributes are declared: a content type, an action's input, settings, a block's options.
public protocol Fielded: Sendable {
  static var fields: [Field<Self>] { get }
  /// The value with every attribute at its default.
  init()
  /// Throws what is wrong with the attributes taken together, each of them being right by itself.
  func check() throws(Refusal)
}

extension Fielded {
  public func check() throws(Refusal) {}
}

/// A content type: its `name` is the noun of the console and the name of its table.
public protocol Content: Fielded {
  static var name: String { get }
  /// One line for help.
  static var help: String { get }
  /// Whether it arranges the site, as sections, menus and blocks do, which is for editors; else it is written by
  /// authors as well.
  static var isStructure: Bool { get }
}

extension Content {
  public static var isStructure: Bool { false }
}
