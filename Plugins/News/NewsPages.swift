import Foundation
import GRDB
import SenKernel

/// The pages of news, and what stands on them beside the fields.
enum NewsPages {
  static let all = [
    PageType(Article.self, index: .newest(Article.name), isNews: true, shows: beside, view: article),
    PageType(
      Category.self, index: .inOrder(Category.name),
      shows: [ViewField("children", .items, help: "The sections below it")], listing: articles,
      view: category),
    PageType(Topic.self, index: .newest(Topic.name, hasFeeds: false)) { entry, _ in
      .newest(Article.name, where: .compare("topic", .equal, .integer(entry.envelope.id)))
    },
    PageType(Source.self) { entry, _ in
      .newest(Article.name, where: .compare("source", .equal, .integer(entry.envelope.id)))
    },
  ]

  /// What an article's page has beside its fields.
  private static let beside = [
    ViewField(
      "rating",
      .view([
        ViewField("votes", .whole, help: "How many readers have rated it"),
        ViewField("points", .whole, help: "All their points together"),
        ViewField("average", .number, help: "1 to 5; null while nobody has rated it"),
      ]), help: "What readers think of it; null where it may not be rated"),
    ViewField("newer", .items, help: "The next ones of its category, the nearest first"),
    ViewField("older", .items, help: "Those before it in its category, the nearest first"),
    ViewField("ofTopic", .items, help: "Others on its topic"),
  ]

  private static func article(_ entry: Entry<Article>, _ page: PageContext) throws -> View {
    var view = View()
    if entry.body.allowRating, let item = try page.item(entry.envelope.id) {
      let (points, votes) = try Ratings.sum(of: entry.envelope.id, page.db)
      view["rating"] = .view([
        "votes": .number(votes), "points": .number(points),
        "average": votes == 0 ? .none : .number(Double(points) / Double(votes), decimals: 1),
        "form": .form(noun: Article.name, action: "rate", on: item),
      ])
    }
    let (id, count) = (entry.envelope.id, 5)
    if let category = entry.body.category {
      let list = newest(.compare("category", .equal, .integer(category.id)))
      let near = entry.envelope.publishAt == nil ? nil : try page.neighbours(of: id, in: list, count)
      view["newer"] = .items(near?.before ?? [])
      // What has no time stands at the end of the list, and is neither newer nor older.
      view["older"] = .items((near?.after ?? []).filter { $0.envelope.publishAt != nil })
    }
    if let topic = entry.body.topic {
      let others = try page.ids(of: newest(.compare("topic", .equal, .integer(topic.id)))).lazy.filter {
        $0 != id
      }
      view["ofTopic"] = .items(try page.items(others.prefix(count)))
    }
    return view
  }

  /// The articles of which a condition holds, the newest first; of those of the same second, the later one is the newer.
  private static func newest(_ condition: Condition) -> Listing.Source {
    .items(of: Article.name, where: condition, order: [.init("publishAt", descends: true)])
  }

  private static func category(_ entry: Entry<Category>, _ page: PageContext) throws -> View {
    ["children": .items(try children(of: entry.envelope.id, page))]
  }

  private static func articles(_ entry: Entry<Category>, _ page: PageContext) throws -> Listing {
    .newest(Article.name, where: try inTree(of: entry.envelope.id, page))
  }

  static func children(of category: Int64?, _ page: PageContext) throws -> [Item] {
    try page.items(
      Category.name, where: .compare("parent", .equal, category.map { .integer($0) } ?? .null),
      order: Query.siblings)
  }

  /// That an article is in a category or in one below it, as its main one or as a further one.
  static func inTree(of category: Int64, _ page: PageContext) throws -> Condition {
    let ids = try page.tree(from: category, of: Category.name)
    return .any(ids.map { .compare("category", .equal, .integer($0)) } + [.links("categories", ids)])
  }
}
