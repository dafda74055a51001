public import ContentModel

/// A list of contributions to a site. Everything is empty unless a plugin says otherwise.
public protocol Plugin: Sendable {
  /// A short lower-case name, unique among the plugins of a program.
  var name: String { get }
  /// One line for `plugin list`.
  var help: String { get }
  /// The content types, each as `Shape(Article.self)`.
  var contentTypes: [Shape] { get }
}

extension Plugin {
  public var contentTypes: [Shape] { [] }
}
