import GRDB
import SenKernel

/// How a block lists articles.
enum ListStyle: String, Choice { case titles, summaries, pictures }

/// The pieces of a page that news offer.
enum NewsBlocks {
  static let all = [
    BlockType("latest-news", help: "The newest articles", options: LatestNews.self, view: latest),
    BlockType(
      "featured", help: "Articles that are on the front page for a time", options: Featured.self,
      view: featured),
    BlockType("categories", help: "The tree of categories", options: Categories.self, view: categories),
    BlockType("tags", help: "The tags that most articles carry", options: Tags.self, view: tags),
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
      Field("skipFeatured", \.skipFeatured, help: "Whether those on the front page for a time are left out"),
    ]
    var category: Reference<Category>?
    var count = 5
    var style = ListStyle.titles
    var skipFeatured = false
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

  private static func latest(_ options: LatestNews, _ page: PageContext) throws -> View? {
    let category = try page.entry(options.category)
    var conditions = try category.map { [try NewsPages.inTree(of: $0.envelope.id, page)] } ?? []
    if options.skipFeatured { conditions.append(try isNotFeatured(page)) }
    let articles = try page.items(
      Article.name, where: conditions.isEmpty ? nil : .all(conditions), limit: options.count)
    guard !articles.isEmpty else { return nil }
    var view: View = ["items": .items(articles), "style": .text(options.style.rawValue)]
    if let category, let item = try page.item(category.envelope.id) { view["more"] = .item(item) }
    return view
  }

  /// That an article is not on the front page for a time; the first of those whose time ends changes the list by that
  /// alone.
  private static func isNotFeatured(_ page: PageContext) throws -> Condition {
    let now = FieldValue.date(page.now)
    let next = try page.items(
      Article.name, where: .compare("featuredUntil", .greater, now), order: [.init("featuredUntil")], limit: 1
    )
    if let until = try next.first.flatMap({ try Entry<Article>($0).body.featuredUntil }) {
      page.trace.expires(at: until)
    }
    return .any([.compare("featuredUntil", .equal, .null), .compare("featuredUntil", .atMost, now)])
  }

  private static func featured(_ options: Featured, _ page: PageContext) throws -> View? {
    let articles = try page.items(
      Article.name, where: .compare("featuredUntil", .greater, .date(page.now)), limit: options.count)
    // None leaves before its time, and that is nothing that anybody changes.
    for article in articles {
      if let until = try Entry<Article>(article).body.featuredUntil { page.trace.expires(at: until) }
    }
    guard !articles.isEmpty else { return nil }
    return ["items": .items(articles), "style": .text(options.style.rawValue)]
  }

  private static func categories(_ options: Categories, _ page: PageContext) throws -> View? {
    func branch(_ parent: Int64?, _ depth: Int) throws -> [ViewValue] {
      guard depth > 0 else { return [] }
      return try NewsPages.children(of: parent, page).map { category in
        // Also where there are none: a template asks the branch itself then, and not the one above.
        var view: View = [
          "item": .item(category), "children": .list(try branch(category.envelope.id, depth - 1)),
        ]
        if options.showCounts {
          let tree = try NewsPages.inTree(of: category.envelope.id, page)
          view["count"] = .number(try page.count(Article.name, where: tree))
        }
        return .view(view)
      }
    }
    let tree = try branch(options.parent?.id, options.depth)
    return tree.isEmpty ? nil : ["categories": .list(tree)]
  }

  private static func tags(_ options: Tags, _ page: PageContext) throws -> View? {
    page.trace.add(noun: Article.name)
    // All that carry one, which an index tells by itself, without the few that nobody sees: to look at each is slow.
    let rows = try Row.fetchAll(
      page.db,
      sql: """
        SELECT targetId, sum(n) AS n FROM (
          SELECT targetId, count(*) AS n FROM itemLink WHERE field = 'tags' GROUP BY targetId
          UNION ALL SELECT l.targetId, -1 FROM item i CROSS JOIN itemLink l ON l.itemId = i.id AND l.field = 'tags'
            WHERE NOT (i.type = ?1 AND \(Visibility.sql("i", at: "?2")))
        ) GROUP BY targetId HAVING sum(n) > 0 ORDER BY n DESC, targetId LIMIT ?3
        """, arguments: [Article.name, Timestamp.text(page.now), options.count])
    let tags = try rows.compactMap { row -> ViewValue? in
      guard let tag = try page.item(row[0]) else { return nil }
      return .view(["item": .item(tag), "count": .number(row[1] as Int)])
    }
    return tags.isEmpty ? nil : ["tags": .list(tags)]
  }
}
