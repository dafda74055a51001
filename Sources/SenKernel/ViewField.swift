/// A named value of a view, declared for those who read it without a template: the reading API and its document.
///
/// What a page type does not declare stays on its page: the API gives nothing else. Forms are no values.
public struct ViewField: Sendable {
  /// The name that it has in the view.
  public let name: String
  public let kind: ViewKind
  /// One line for the document of the API.
  public let help: String

  public init(_ name: String, _ kind: ViewKind, help: String = "") {
    (self.name, self.kind, self.help) = (name, kind, help)
  }
}

/// What a declared value of a view is. Every value may be missing; a list is empty then.
public indirect enum ViewKind: Sendable {
  case text
  /// A whole number, such as a count.
  case whole
  case number
  case flag
  case moment
  case prose
  case picture
  case file
  case item
  /// The address of a page of the site, or one elsewhere.
  case address
  case list(ViewKind)
  case view([ViewField])

  /// Items of the site, in their order.
  public static let items = ViewKind.list(.item)
}
