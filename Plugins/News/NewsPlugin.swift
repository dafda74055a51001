public import SenKernel

/// News: articles in a tree of categories, with topics and sources.
public struct NewsPlugin: Plugin {
  public let name = "news"
  public let help = "Articles in a tree of categories, with topics and sources"
  public let contentTypes = [
    Shape(Category.self), Shape(Topic.self), Shape(Source.self), Shape(Article.self),
  ]
  public let sideTables = [Ratings.given, Ratings.carried]
  public let actions = [Ratings.rate]
  public let commands = [Ratings.show]
  public let pages = NewsPages.all
  public let blocks = NewsBlocks.all

  public init() {}
}
