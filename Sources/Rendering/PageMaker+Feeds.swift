import ContentModel
import Foundation
import GRDB
import SenKernel
import Storage

extension PageMaker {
  /// The feed of a scope. Feeds are read elsewhere, so that there are none while the site does not know its address.
  func feed(_ format: FeedFormat, _ scope: FeedScope, _ page: PageContext) throws -> PageAnswer {
    guard let origin = surroundings.origin else { return .missing }
    let kept: FeedShelf.Kept
    if let known = try feeds.feed(of: scope, page) {
      kept = known
    } else {
      switch try contents(of: scope, origin, page) {
      case .feed(let feed, let stamp): kept = feeds.keep(feed, of: scope, at: stamp, page)
      case .moved(let scope): return .moved(to: .feed(format, of: scope))
      case .gone: return .gone
      case .missing: return .missing
      }
    }
    let address = surroundings.address(PageAddress.feed(format, of: scope).path)
    return .page(
      Page(
        try kept.feed.written(as: format, at: address), type: "\(format.mediaType); charset=utf-8",
        modified: kept.feed.changed, trace: kept.trace))
  }

  /// What a scope has for feeds.
  private enum FeedContents {
    case feed(Feed, at: ContentStamp)
    case moved(FeedScope)
    case gone, missing
  }

  private func contents(of scope: FeedScope, _ origin: String, _ page: PageContext) throws -> FeedContents {
    let site = surroundings.settings
    var (title, about, language) = (site.title, site.slogan, site.language)
    let (id, home, items): (String, PageAddress, [Int64])
    // Of a feed without entries: when the last of them may have gone.
    var (nouns, least) = (newsNouns, Date(timeIntervalSince1970: 0))
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
      nouns = [noun]
      title = "\(self.title(ofNoun: noun)) – \(site.title)"
      items = try listing.newestIDs(Feed.length, page)
    case .item(let noun, let slug):
      switch try find(noun, slug, page) {
      case .item(let item, let type):
        guard let listing = try type.listing(item, page), listing.hasFeeds else { return .missing }
        home = .item(noun: noun, slug: slug)
        id = "urn:uuid:\(item.envelope.uid)"
        (nouns, least) = (listing.nouns, item.envelope.updatedAt)
        title = "\(item.envelope.title) – \(site.title)"
        about = ItemValue(item, ValueWriter(page: page, surroundings: surroundings)).lead
        language = item.envelope.language ?? language
        items = try listing.newestIDs(Feed.length, page)
      case .moved(let slug): return .moved(.item(noun: noun, slug: slug))
      case .gone: return .gone
      case .missing: return .missing
      }
    }
    let changed = try page.lastChange()
    let stamp = try ContentStamp(page.db, now: page.now)
    let entries = try items.compactMap { id in
      try feeds.entry(id, at: stamp, page) { page in
        try page.item(id).map { try entry($0, origin, page) }
      }
    }
    return .feed(
      Feed(
        id: id, title: title, about: about.isEmpty ? title : about, language: language,
        siteTitle: site.title, home: surroundings.address(home.path),
        updated: try entries.map(\.updated).max()
          ?? max(least, lastGoing(of: nouns, page) ?? .distantPast), changed: changed,
        entries: entries, clock: clock), at: stamp)
  }

  /// When an item of some nouns that visitors have seen was put into the trash or was over last, if one was; the same
  /// for as long as none of them comes or goes.
  private func lastGoing(of nouns: [String], _ page: PageContext) throws -> Date? {
    for noun in nouns { page.trace.add(noun: noun) }
    let moment = try String.fetchOne(
      page.db.cachedStatement(
        sql: """
          SELECT nullif(max(max(coalesce(trashedAt, ''), CASE WHEN expireAt <= ?2 THEN expireAt ELSE '' END)), '')
          FROM item WHERE type IN (SELECT value FROM json_each(?1)) AND publishAt <= ?2
          """), arguments: [JSONList.of(names: nouns), Timestamp.text(page.now)])
    return moment.flatMap(Timestamp.date)
  }

  /// The entry of an item, and whether all is in it that will be.
  private func entry(_ item: Item, _ origin: String, _ page: PageContext) throws -> (
    entry: Feed.Entry, isDone: Bool
  ) {
    let writer = ValueWriter(page: page, surroundings: surroundings)
    let value = ItemValue(item, writer)
    let envelope = item.envelope
    let address = surroundings.address(PageAddress.item(noun: envelope.type, slug: envelope.slug).path)
    let published = envelope.publishAt ?? envelope.createdAt
    let prose = value.prose.map { writer.html($0.text, $0.format) } ?? []
    var categories: [String] = []
    for item in [value.section].compactMap({ $0 }) + value.tagItems
    where !categories.contains(item.envelope.title) {
      categories.append(item.envelope.title)
    }
    let picture = try value.pictureName.flatMap { try self.picture($0, page) }
    if let problem = writer.problem { throw problem }
    let entry = Feed.Entry(
      id: "urn:uuid:\(envelope.uid)", title: envelope.title, address: address, lead: value.lead,
      html: AbsoluteLinks(origin: origin, page: address).html(prose), author: value.byline,
      language: envelope.language ?? surroundings.settings.language, published: published,
      // What was planned was last touched before it came out.
      updated: max(published, envelope.updatedAt), categories: categories, picture: picture)
    return (entry, !writer.lacksPicture && (picture != nil || value.pictureName == nil))
  }

  private func picture(_ name: MediaName, _ page: PageContext) throws -> Feed.Picture? {
    let found = try surroundings.pictures.largest(name) { page.expires(after: $0) }
    guard let file = found else { return nil }
    page.trace.add(media: file.name)
    return Feed.Picture(
      address: surroundings.address(surroundings.path(ofPublished: file)), length: file.length,
      mediaType: file.mediaType)
  }

  /// The nouns whose items are news, in a set order.
  var newsNouns: [String] { site.registry.pages.values.filter(\.isNews).map(\.noun).sorted() }

  /// The newest items of some nouns together.
  private func newest(_ limit: Int, of nouns: [String], _ page: PageContext) throws -> [Int64] {
    let items = try nouns.flatMap { try page.items($0, limit: limit) }
    let sorted = nouns.count > 1 ? items.sorted(by: Self.isNewer) : items
    return sorted.prefix(limit).map(\.envelope.id)
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
