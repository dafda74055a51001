import ContentModel
import Foundation
import GRDB
import SenKernel
import Storage

/// Sitemaps hold whole addresses, so that there are none while the site does not know its own.
extension PageMaker {
  /// The part of the sitemaps that holds the front page and the lists; no noun is called so.
  private static let sitePart = "site"

  func sitemapIndex(_ page: PageContext) throws -> PageAnswer {
    guard surroundings.origin != nil else { return .missing }
    page.trace.addAnyChange()
    var parts: [(address: PageAddress, changed: Date?)] = []
    for noun in site.registry.pages.keys.sorted() {
      for (index, changed) in try changes(ofPartsOf: noun, page).enumerated() {
        parts.append((.sitemap(noun: noun, part: index + 1), changed))
      }
    }
    // The lists are others where what they hold is.
    parts.insert((.sitemap(noun: Self.sitePart, part: 1), parts.compactMap(\.changed).max()), at: 0)
    let news = try latestNews(page).map(\.envelope).map { max($0.publishAt ?? $0.createdAt, $0.updatedAt) }
    if let changed = news.max() { parts.append((.newsSitemap, changed)) }
    let addresses = parts.map {
      Sitemap.Address(location: surroundings.address($0.address.path), changed: $0.changed)
    }
    var made = try xml(Sitemap(clock: clock).index(addresses), page)
    made.companions = parts.map(\.address)
    return .page(made)
  }

  func sitemap(_ noun: String, _ part: Int, _ page: PageContext) throws -> PageAnswer {
    guard surroundings.origin != nil else { return .missing }
    if noun == Self.sitePart, part == 1 {
      page.trace.addAnyChange()
      return .page(try xml(Sitemap(clock: clock).pages(lists(page)), page))
    }
    guard site.registry.pages[noun] != nil, let shape = site.registry.shape(noun) else { return .missing }
    page.trace.add(noun: noun)
    // That the picture is published as well is seen to by the item's page.
    let picture = shape.fields.firstIndex { $0.has(.picture) && $0.isPublic }
    var addresses: [Sitemap.Address] = []
    let ids = try self.ids(of: noun, page).dropFirst((part - 1) * Sitemap.length).prefix(Sitemap.length)
    guard let first = ids.first, let last = ids.last else { return .missing }
    let query = Query(
      .all([
        .isPublic(Timestamp.text(page.now)), .compare("id", .atLeast, .integer(first)),
        .compare("id", .atMost, .integer(last)),
      ]), order: [.init("id")], fields: Set([picture.map { shape.fields[$0].name }].compactMap { $0 }))
    try site.store.each(noun, query, page.db) { item in
      page.trace.add(item: item.envelope.id)
      let shown = picture.flatMap { item.values[$0].text }.flatMap { try? MediaName(fieldValue: .text($0)) }
      addresses.append(
        Sitemap.Address(
          location: location(of: item), changed: item.envelope.updatedAt,
          picture: try shown.flatMap { try site.largestPublished($0) }.map {
            surroundings.address(surroundings.path(ofPublished: $0))
          }))
      return true
    }
    guard !addresses.isEmpty else { return .missing }
    return .page(try xml(Sitemap(clock: clock).pages(addresses), page))
  }

  /// Empty where nothing has come out for two days, which Google allows.
  func newsSitemap(_ page: PageContext) throws -> PageAnswer {
    guard surroundings.origin != nil, !newsNouns.isEmpty else { return .missing }
    let settings = surroundings.settings
    let addresses = try latestNews(page).map { item in
      let envelope = item.envelope
      return Sitemap.Address(
        location: location(of: item),
        news: Sitemap.News(
          publication: settings.title, language: envelope.language ?? settings.language,
          published: envelope.publishAt ?? envelope.createdAt, title: envelope.title))
    }
    return .page(try xml(Sitemap(clock: clock).pages(addresses), page))
  }

  /// What robots may read (RFC 9309): all but searches and what actions answer. A site that does not know its address
  /// is no public one yet, or a copy of one, and asks not to be read at all.
  func robots(_ page: PageContext) -> Page {
    var lines = ["User-agent: *"]
    if surroundings.origin == nil {
      lines = ["# This site has not been told its address: sen config set address https://…"] + lines
      lines.append("Disallow: /")
    } else {
      lines.append("Disallow: \(PageAddress.search.path)")
      for action in site.registry.actions where action.isForVisitors {
        lines.append("Disallow: /\(action.noun)/*/\(action.name)$")
      }
      lines += ["Allow: /", "", "Sitemap: \(surroundings.address(PageAddress.sitemapIndex.path))"]
    }
    let text = lines.joined(separator: "\n") + "\n"
    return Page(text, type: "text/plain; charset=utf-8", trace: page.trace)
  }

  // MARK: What they hold

  private func xml(_ bytes: [UInt8], _ page: PageContext) throws -> Page {
    Page(bytes, type: "application/xml; charset=utf-8", modified: try page.lastChange(), trace: page.trace)
  }

  private func location(of item: Item) -> String {
    surroundings.address(PageAddress.item(noun: item.envelope.type, slug: item.envelope.slug).path)
  }

  /// The front page, the page of contents and the lists that hold something.
  private func lists(_ page: PageContext) throws -> [Sitemap.Address] {
    var latest: Date?
    var lists: [Sitemap.Address] = []
    for (noun, type) in site.registry.pages.sorted(by: { $0.key < $1.key }) {
      guard let changed = try changes(ofPartsOf: noun, page).compactMap({ $0 }).max() else { continue }
      latest = max(latest ?? changed, changed)
      guard type.index != nil else { continue }
      lists.append(
        Sitemap.Address(location: surroundings.address(PageAddress.list(noun: noun).path), changed: changed))
    }
    let common: [PageAddress] = [.front, .contents]
    return common.map { Sitemap.Address(location: surroundings.address($0.path), changed: latest) } + lists
  }

  /// The items of a noun in the order in which they were made, in which they stand in its sitemaps, so that old parts
  /// stay as they are.
  private func ids(of noun: String, _ page: PageContext) throws -> [Int64] {
    try page.ids(of: .items(of: noun, where: nil, order: [.init("id")]))
  }

  /// When each part of the sitemaps of a noun was changed last.
  private func changes(ofPartsOf noun: String, _ page: PageContext) throws -> [Date?] {
    let ids = try ids(of: noun, page)
    return try stride(from: 0, to: ids.count, by: Sitemap.length).map { start in
      let end = min(start + Sitemap.length, ids.count) - 1
      return try String.fetchOne(
        page.db.cachedStatement(
          sql: """
            SELECT max(max(updatedAt, coalesce(publishAt, updatedAt))) FROM item
            WHERE type = ?1 AND id BETWEEN ?3 AND ?4 AND \(Visibility.sql("item", at: "?2"))
            """), arguments: [noun, Timestamp.text(page.now), ids[start], ids[end]]
      ).flatMap(Timestamp.date)
    }
  }

  /// The news of the last two days, the newest first.
  private func latestNews(_ page: PageContext) throws -> [Item] {
    let start = page.now.addingTimeInterval(-Sitemap.newsAge)
    let items = try newsNouns.flatMap { noun in
      try page.items(
        noun, where: .compare("publishAt", .atLeast, .date(start)), limit: Sitemap.newsLength)
    }
    let news = Array(items.sorted(by: Self.isNewer).prefix(Sitemap.newsLength))
    // The oldest drops out by the clock.
    if let oldest = news.last?.envelope.publishAt {
      page.trace.expires(at: oldest.addingTimeInterval(Sitemap.newsAge + 1))
    }
    return news
  }
}
