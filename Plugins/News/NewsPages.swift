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
    let count = 5
    if let category = entry.body.category {
      view["newer"] = .items(try neighbours(of: entry, in: category, page, isNewer: true, count))
      view["older"] = .items(try neighbours(of: entry, in: category, page, isNewer: false, count))
    }
    if let topic = entry.body.topic {
      view["ofTopic"] = .items(
        try page.items(
          Article.name,
          where: .all([
            .compare("topic", .equal, .integer(topic.id)), .not(.ids([entry.envelope.id])),
          ]), limit: count))
    }
    return view
  }

  /// The articles of a category that were published just before or just after one, the nearest first.
  private static func neighbours(
    of entry: Entry<Article>, in category: Reference<Category>, _ page: PageContext, isNewer: Bool,
    _ count: Int
  ) throws -> [Item] {
    guard let moment = entry.envelope.publishAt else { return [] }
    let at = FieldValue.date(moment)
    // Of those of the same second, the later one is the newer.
    let onOtherSide = Condition.all([
      .compare("publishAt", .equal, at),
      .compare("id", isNewer ? .atMost : .atLeast, .integer(entry.envelope.id)),
    ])
    return try page.items(
      Article.name,
      where: .all([
        .compare("category", .equal, .integer(category.id)),
        .compare("publishAt", isNewer ? .atLeast : .atMost, at), .not(onOtherSide),
      ]), order: [.init("publishAt", descends: !isNewer)], limit: count)
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
    var ids = [category]
    var waiting = [category]
    while let next = waiting.popLast() {
      for child in try children(of: next, page).map(\.envelope.id) where !ids.contains(child) {
        ids.append(child)
        waiting.append(child)
      }
    }
    return .any(ids.map { .compare("category", .equal, .integer($0)) } + [.links("categories", ids)])
  }
}
