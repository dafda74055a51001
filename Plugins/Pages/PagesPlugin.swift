public import SenKernel

/// Pages that stand by themselves.
public struct PagesPlugin: Plugin {
  public let name = "pages"
  public let help = "Pages that stand by themselves, as a tree"
  public let contentTypes = [Shape(Page.self)]
  public let pages = [PageViews.page]
  public let blocks = [PageViews.block]

  public init() {}
}

/// How much of a page a block shows.
enum PagePart: String, Choice { case whole, summary }

/// Which page a block shows.
struct PageBlock: Fielded {
  static let fields: [Field<PageBlock>] = [
    Field("page", \.page, .required, help: "Which"),
    Field("part", \.part, help: "How much of it"),
  ]
  var page: Reference<Page>?
  var part = PagePart.summary
}
