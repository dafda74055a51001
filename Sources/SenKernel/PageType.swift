public import ContentModel
public import Storage

/// That the items of a content type have a page each, and what stands there beside their fields.
///
/// Whatever a page shows of the item itself (title, lead, picture, date, text, every field that visitors may see) comes
/// from the declared fields; so does the page as a whole where a plugin says nothing more than `PageType(Recipe.self)`.
public struct PageType: Sendable {
  public let noun: String
  /// The list of all items, at `/noun/`; nil if there is none.
  public let index: Listing?
  /// The fields by which visitors may narrow that list: references, choices, and dates by their year. The live site has a
  /// form for them, and for words.
  public let filters: [String]
  /// Whether its items are news: in the news sitemap and the feed of the site, with `NewsArticle` for machines.
  public let isNews: Bool
  /// What of that view is read without a template as well.
  public let shows: [ViewField]
  /// What stands on the page beside the item's fields.
  public let view: @Sendable (Item, PageContext) throws -> View
  /// What the page lists, a part at a time; nil if nothing.
  public let listing: @Sendable (Item, PageContext) throws -> Listing?
  /// Whose picture stands for an item whose type has none of its own, such as an album's cover.
  public let pictured: @Sendable (Item, PageContext) throws -> Item?

  /// - Parameter shows: the values of `view` that programs get by the reading API; the page has all of them.
  public init<Body: Content>(
    _ type: Body.Type, index: Listing? = nil, filters: [String] = [], isNews: Bool = false,
    shows: [ViewField] = [],
    listing: @escaping @Sendable (Entry<Body>, PageContext) throws -> Listing? = { _, _ in nil },
    view: @escaping @Sendable (Entry<Body>, PageContext) throws -> View = { _, _ in View() },
    pictured: @escaping @Sendable (Entry<Body>, PageContext) throws -> Item? = { _, _ in nil }
  ) {
    noun = Body.name
    (self.index, self.filters, self.isNews, self.shows) = (index, filters, isNews, shows)
    self.listing = { try listing(Entry($0), $1) }
    self.view = { try view(Entry($0), $1) }
    self.pictured = { try pictured(Entry($0), $1) }
  }
}

/// Which items a page lists, in which order, so many on each part of it.
public struct Listing: Sendable {
  public enum Source: Sendable, Hashable {
    /// Items of one noun that are public, and of which the condition holds as well.
    case items(of: String, where: Condition?, order: [Query.Order])
    /// Public items of every noun that has pages, the newest first, which a list of references leads from to this
    /// one: all that carry a tag.
    case linking(field: String, to: Int64)

    /// What all of its items are; nil where they may be of any noun.
    var noun: String? {
      if case .items(let noun, _, _) = self { noun } else { nil }
    }
  }
  public let source: Source
  public let pageSize: Int
  /// Whether there are feeds of it.
  public let hasFeeds: Bool
  /// Whether which items it holds is kept for the next page; not of lists that visitors put together.
  public private(set) var isKept = true

  public init(_ source: Source, pageSize: Int = 20, hasFeeds: Bool = false) {
    (self.source, self.pageSize, self.hasFeeds) = (source, pageSize, hasFeeds)
  }

  /// What is left of it where something else holds as well; it has no feeds.
  public func narrowed(by condition: Condition) -> Listing {
    guard case .items(let noun, let own, let order) = source else { return self }
    let both = own.map { .all([$0, condition]) } ?? condition
    var narrowed = Listing(.items(of: noun, where: both, order: order), pageSize: pageSize)
    narrowed.isKept = false
    return narrowed
  }

  /// The newest of a noun first, with feeds.
  public static func newest(
    _ noun: String, where condition: Condition? = nil, pageSize: Int = 20, hasFeeds: Bool = true
  ) -> Listing {
    Listing(
      .items(of: noun, where: condition, order: [.init("publishAt", descends: true)]), pageSize: pageSize,
      hasFeeds: hasFeeds)
  }

  /// The items of a noun in their places.
  public static func inOrder(_ noun: String, where condition: Condition? = nil, pageSize: Int = 200)
    -> Listing
  {
    Listing(.items(of: noun, where: condition, order: Query.siblings), pageSize: pageSize)
  }
}
