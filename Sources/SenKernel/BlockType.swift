public import ContentModel

/// A kind of piece of a page (poll box, weather, latest news), which the administrator places in a region.
public struct BlockType: Sendable {
  /// Unique among the blocks of a program, such as `poll` or `latest-news`.
  public let name: String
  public let help: String
  /// What can be chosen for one placed block.
  public let options: Shape

  public init<Options: Fielded>(_ name: String, help: String, options: Options.Type) {
    self.name = name
    self.help = help
    self.options = Shape(options, name: name, help: help)
  }
}

/// The options of a block that has none.
public struct NoOptions: Fielded {
  public static let fields: [Field<NoOptions>] = []
  public init() {}
}
