public import ContentModel

/// A kind of piece of a page (poll box, weather, latest news), which the administrator places in a region.
public struct BlockType: Sendable {
  /// Unique among the blocks of a program, such as `poll` or `latest-news`.
  public let name: String
  public let help: String
  /// What can be chosen for one placed block.
  public let options: Shape
  /// What it shows, by the values of its options; nil where there is nothing to show.
  public let view: @Sendable ([FieldValue], PageContext) throws -> View?

  /// - Parameter view: what its template, `block-NAME`, is given; nil where there is nothing to show.
  public init<Options: Fielded>(
    _ name: String, help: String, options: Options.Type,
    view: @escaping @Sendable (Options, PageContext) throws -> View?
  ) {
    self.name = name
    self.help = help
    self.options = Shape(options, name: name, help: help)
    self.view = { try view(Shape.decode(Options.self, $0), $1) }
  }
}

/// The options of a block that has none.
public struct NoOptions: Fielded {
  public static let fields: [Field<NoOptions>] = []
  public init() {}
}
