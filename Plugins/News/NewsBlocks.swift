import SenKernel

/// How a block lists articles.
enum ListStyle: String, Choice { case titles, summaries, pictures }

/// The pieces of a page that news offer.
enum NewsBlocks {
  static let all = [
    BlockType("latest-news", help: "The newest articles", options: LatestNews.self),
    BlockType("featured", help: "Articles that are on the front page for a time", options: Featured.self),
    BlockType("categories", help: "The tree of categories", options: Categories.self),
    BlockType("tags", help: "The tags that most articles carry", options: Tags.self),
  ]

  /// A check on how many a block shows.
  @Sendable private static func places(_ count: Int) throws(Refusal) {
    guard (1...100).contains(count) else { throw Refusal(.invalid, "has to be 1 to 100") }
  }

  struct LatestNews: Fielded {
    static let fields: [Field<LatestNews>] = [
      Field("category", \.category, help: "Of this one and those below it; of all if empty"),
      Field("count", \.count, help: "How many, 1 to 100", check: places),
      Field("style", \.style, help: "How much of each"),
    ]
    var category: Reference<Category>?
    var count = 5
    var style = ListStyle.titles
  }

  struct Featured: Fielded {
    static let fields: [Field<Featured>] = [
      Field("count", \.count, help: "How many, 1 to 100", check: places),
      Field("style", \.style, help: "How much of each"),
    ]
    var count = 5
    var style = ListStyle.pictures
  }

  struct Categories: Fielded {
    static let fields: [Field<Categories>] = [
      Field("parent", \.parent, help: "Only those below this one"),
      Field("depth", \.depth, help: "How many levels, 1 to 100", check: places),
      Field("showCounts", \.showCounts, help: "Whether the number of articles stands beside each"),
    ]
    var parent: Reference<Category>?
    var depth = 2
    var showCounts = false
  }

  struct Tags: Fielded {
    static let fields: [Field<Tags>] = [
      Field("count", \.count, help: "How many, 1 to 100", check: places)
    ]
    var count = 20
  }
}
