import ContentModel
import Foundation
import SenKernel

extension PageMaker {
  /// The feed of a scope. Feeds are read elsewhere, so that there are none while the site does not know its address.
  func feed(_ format: FeedFormat, _ scope: FeedScope, _ page: PageContext) throws -> PageAnswer {
    guard let origin = surroundings.origin else { return .missing }
    let site = surroundings.settings
    var (title, about, language) = (site.title, site.slogan, site.language)
    let (id, home, items): (String, PageAddress, [Item])
    switch scope {
    case .site:
      home = .front
      id = surroundings.address(home.path)
      guard !newsNouns.isEmpty else { return .missing }
      items = try newest(Feed.length, of: newsNouns, page)
    case .noun(let noun):
      guard let listing = self.site.registry.pages[noun]?.index, listing.hasFeeds else { return .missing }
      home = .list(noun: noun)
      id = surroundings.address(home.path)
      title = "\(self.title(ofNoun: noun)) – \(site.title)"
      items = try listing.newest(Feed.length, page)
    case .item(let noun, let slug):
      switch try find(noun, slug, page) {
      case .item(let item, let type):
        guard let listing = try type.listing(item, page), listing.hasFeeds else { return .missing }
        home = .item(noun: noun, slug: slug)
        id = "urn:uuid:\(item.envelope.uid)"
        title = "\(item.envelope.title) – \(site.title)"
        about = ItemValue(item, ValueWriter(page: page, surroundings: surroundings)).lead
        language = item.envelope.language ?? language
        items = try listing.newest(Feed.length, page)
      case .moved(let slug): return .moved(to: .feed(format, of: .item(noun: noun, slug: slug)))
      case .gone: return .gone
      case .missing: return .missing
      }
    }
    let changed = try page.lastChange()
    let entries = try items.map { try entry($0, origin, page) }
    let feed = Feed(
      id: id, title: title, about: about.isEmpty ? title : about, language: language, siteTitle: site.title,
      home: surroundings.address(home.path),
      address: surroundings.address(PageAddress.feed(format, of: scope).path),
      // Of an empty one, what cannot be earlier than its last entry's going.
      updated: entries.map(\.updated).max() ?? changed ?? Date(timeIntervalSince1970: 0), entries: entries,
      clock: clock)
    return .page(
      Page(
        try feed.written(as: format), type: "\(format.mediaType); charset=utf-8", modified: changed,
        trace: page.trace))
  }

  private func entry(_ item: Item, _ origin: String, _ page: PageContext) throws -> Feed.Entry {
    let writer = ValueWriter(page: page, surroundings: surroundings)
    let value = ItemValue(item, writer)
    let envelope = item.envelope
    let address = surroundings.address(PageAddress.item(noun: envelope.type, slug: envelope.slug).path)
    let published = envelope.publishAt ?? envelope.createdAt
    let prose = value.prose.map { writer.html($0.text, $0.format) } ?? ""
    var categories: [String] = []
    for item in [value.section].compactMap({ $0 }) + value.tagItems
    where !categories.contains(item.envelope.title) {
      categories.append(item.envelope.title)
    }
    let picture = try value.pictureName.flatMap { try self.picture($0, page) }
    if let problem = writer.problem { throw problem }
    return Feed.Entry(
      id: "urn:uuid:\(envelope.uid)", title: envelope.title, address: address, lead: value.lead,
      html: AbsoluteLinks(origin: origin, page: address).html(prose), author: value.byline,
      language: envelope.language ?? surroundings.settings.language, published: published,
      // What was planned was last touched before it came out.
      updated: max(published, envelope.updatedAt), categories: categories, picture: picture)
  }

  private func picture(_ name: MediaName, _ page: PageContext) throws -> Feed.Picture? {
    guard let file = try site.largestPublished(name) else { return nil }
    page.trace.add(media: file.name)
    return Feed.Picture(
      address: surroundings.address(surroundings.path(ofPublished: file)), length: file.length,
      mediaType: file.mediaType)
  }

  /// The nouns whose items are news, in a set order.
  var newsNouns: [String] { site.registry.pages.values.filter(\.isNews).map(\.noun).sorted() }

  /// The newest items of some nouns together, with their long texts.
  private func newest(_ limit: Int, of nouns: [String], _ page: PageContext) throws -> [Item] {
    let items = try nouns.flatMap { try page.items($0, limit: limit, readsBodies: true) }
    guard nouns.count > 1 else { return items }
    return Array(items.sorted(by: Self.isNewer).prefix(limit))
  }

  /// Whether an item was published after another; of those of the same second, the one made later.
  static func isNewer(_ one: Item, _ other: Item) -> Bool {
    let (first, second) = (one.envelope, other.envelope)
    return (first.publishAt ?? .distantPast, first.id) > (second.publishAt ?? .distantPast, second.id)
  }

  var clock: ZonedClock { ZonedClock(timeZone: surroundings.style.timeZone) }

  /// What the items of a noun are called above a list of them.
  public func title(ofNoun noun: String) -> String {
    words.noun(noun) ?? site.registry.shape(noun)?.help ?? noun
  }
}
