import ContentModel
public import Foundation
public import GRDB
public import SenKernel
import Storage
import Templates

/// Makes the pages of a site. One rendering for both outputs: the live server and the published files.
public final class PageMaker: Sendable {
  public let site: Site
  let theme: Theme
  /// The same before anything was written into it.
  private let plainTheme: Theme
  public let surroundings: Surroundings
  var words: Words { surroundings.words }
  /// What every template knows.
  let common: CommonValues
  let files: FileValues
  private let shelf = RegionShelf()
  let feeds = FeedShelf()

  public convenience init(_ site: Site, _ surroundings: Surroundings) throws {
    self.init(site, surroundings, try Theme(site.registry, folder: Self.themeFolder(site)))
  }

  /// A maker with the theme of another, whatever lies in the site's folder.
  public convenience init(_ site: Site, _ surroundings: Surroundings, themeOf other: PageMaker) {
    self.init(site, surroundings, other.plainTheme)
  }

  private init(_ site: Site, _ surroundings: Surroundings, _ theme: Theme) {
    (self.site, self.surroundings, plainTheme) = (site, surroundings, theme)
    common = CommonValues(surroundings)
    self.theme = theme.knowing(common)
    files = FileValues(theme.paths)
  }

  static func themeFolder(_ site: Site) -> String { "\(site.folder)/theme" }

  /// What tells one state of the site's own theme from another without reading it: names, sizes, times, and whether it
  /// can be read.
  public static func stateOfTheme(_ site: Site) -> String {
    do {
      return try Theme.files(in: themeFolder(site)).map { name, path in
        let facts = try FileManager.default.attributesOfItem(atPath: path)
        let time = (facts[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        let isReadable = FileManager.default.isReadableFile(atPath: path)
        return "\(name) \(facts[.size] as? Int ?? 0) \(time)\(isReadable ? "" : " unreadable")"
      }.joined(separator: "\n")
    } catch {
      // A state as any other: whoever makes pages of it tells what is wrong.
      return "unreadable: \(error)"
    }
  }

  /// What is at an address.
  /// - Parameters:
  ///   - query: what the visitor looks for, on the page of the search.
  ///   - asked: what a list is narrowed by, as the form on it sends it (`ListFilter`); of the search, which part (`page`).
  ///   - said: what the visitor is told first, such as thanks.
  ///   - filled: the form that the visitor sent to the item of the address, to be shown again.
  ///   - voter: tells the name under which the visitor acts on an item.
  public func answer(
    _ address: PageAddress, query: String = "", asked: [String: String] = [:], said: String? = nil,
    filled: FilledForm? = nil, voter: (@Sendable (Action, Envelope) throws -> String?)? = nil,
    _ db: Database, now: Date
  ) throws -> PageAnswer {
    let page = PageContext(
      site: site, db: db, now: now, said: said, filled: filled, isFile: surroundings.isFile,
      voter: voter)
    switch address {
    case .front: return .page(try front(page))
    case .list(let noun, let part): return try list(noun, part, asked, page)
    case .item(let noun, let slug, let part): return try item(noun, slug, part, page)
    case .search: return try search(query, asked["page"], page)
    // What visitors do is no page; whoever serves it does it.
    case .action: return .missing
    case .contents: return .page(try contents(page))
    case .feed(let format, let scope): return try feed(format, scope, page)
    case .robots: return .page(robots(page))
    case .sitemapIndex: return try sitemapIndex(page)
    case .sitemap(let noun, let part): return try sitemap(noun, part, page)
    case .newsSitemap: return try newsSitemap(page)
    }
  }

  /// A page that tells why there is none: `missing`, `gone` or `failure`.
  public func notice(_ kind: String, text: String? = nil, _ db: Database, now: Date) throws -> Page {
    let page = PageContext(site: site, db: db, now: now, isFile: surroundings.isFile)
    let title = words["\(kind)Title"] ?? kind
    return try layout(
      "notice",
      ["title": .text(title), "text": .text(text ?? words["\(kind)Text"]), "reason": .text(kind)],
      Head(title: title, address: nil, isIndexed: false), page)
  }

  /// A word of the interface in the site's language; nil if there is none of that name.
  public func word(_ name: String) -> String? { words[name] }

  // MARK: Kinds of pages

  private func front(_ page: PageContext) throws -> Page {
    let settings = surroundings.settings
    return try layout(
      "front", [:],
      Head(title: settings.title, lead: settings.slogan, address: .front, feeds: [.site], kind: "website"),
      page)
  }

  private func item(_ noun: String, _ slug: String, _ part: Int, _ page: PageContext) throws -> PageAnswer {
    let (type, item): (PageType, Item)
    switch try find(noun, slug, page) {
    case .item(let found, let foundType): (type, item) = (foundType, found)
    case .moved(let slug): return .moved(to: .item(noun: noun, slug: slug, page: part))
    case .gone: return .gone
    case .missing: return .missing
    }
    return try self.page(of: item, type, part, page)
  }

  /// The page of an item that is known to be seen.
  /// - Parameter place: tells where the parts of the list on it are; nil for their own addresses.
  func page(
    of item: Item, _ type: PageType, _ part: Int, _ page: PageContext, _ place: ((Int) -> ViewValue)? = nil
  ) throws -> PageAnswer {
    let envelope = item.envelope
    let address = PageAddress.item(noun: envelope.type, slug: envelope.slug, page: part)
    var view = try type.view(item, page)
    view["item"] = .item(item)
    let listing = try type.listing(item, page)
    var parts = 1
    if let listing {
      guard let listed = try Listed(listing, part, page) else { return .missing }
      view = listed.adding(to: view) {
        place?($0) ?? .page(.item(noun: envelope.type, slug: envelope.slug, page: $0))
      }
      parts = listed.parts
    } else if part > 1 {
      return .missing
    }
    let value = ItemValue(item, ValueWriter(page: page, surroundings: surroundings))
    // What only some may see says no address of its own to machines.
    let isPreview = page.previewed != nil || page.filled != nil
    let title =
      page.filled == nil ? envelope.title : "\(words["errorTitle"] ?? "") – \(envelope.title)"
    let head = Head(
      title: title, lead: value.lead, address: isPreview ? nil : address, isIndexed: !isPreview,
      feeds: listing?.hasFeeds == true && !isPreview
        ? [.item(noun: envelope.type, slug: envelope.slug)] : [],
      kind: type.isNews ? "article" : "website",
      item: item, part: part)
    var made = try layout(template("page", envelope.type), view, head, page, of: item)
    made.parts = parts
    made.companions = companions(head)
    return .page(made)
  }

  /// The feeds that a page names.
  func companions(_ head: Head) -> [PageAddress] {
    guard surroundings.origin != nil, head.part == 1 else { return [] }
    return head.feeds.flatMap { scope in FeedFormat.allCases.map { .feed($0, of: scope) } }
  }

  /// What is at the slug of an item.
  enum Found {
    case item(Item, PageType)
    /// It has another slug now.
    case moved(String)
    case gone
    case missing
  }

  func find(_ noun: String, _ slug: String, _ page: PageContext) throws -> Found {
    guard let type = site.registry.pages[noun], let id = try site.store.id(slug: slug, of: noun, page.db),
      let item = try page.stored(id, of: noun)
    else { return .missing }
    let envelope = item.envelope
    guard envelope.isPublic(at: page.now) else {
      return envelope.isOver(at: page.now) ? .gone : .missing
    }
    guard envelope.slug == slug else { return .moved(envelope.slug) }
    page.trace.add(item: id)
    return .item(item, type)
  }

  func template(_ kind: String, _ noun: String) -> String {
    theme.has("\(kind)-\(noun)") ? "\(kind)-\(noun)" : kind
  }

  // MARK: Putting together

  func render(
    _ template: String, _ values: any TemplateValue, _ writer: ValueWriter, in theme: Theme? = nil
  ) throws -> [UInt8] {
    let written = try (theme ?? self.theme).render(template, values)
    if let problem = writer.problem { throw problem }
    return written
  }

  func layout(
    _ template: String, _ view: View, _ head: Head, _ page: PageContext, of item: Item? = nil
  ) throws -> Page {
    let writer = ValueWriter(page: page, surroundings: surroundings)
    let trail = try Trail(item, head, writer, words)
    let own = NamedValues(values: ["trail": trail.values, "head": HeadValues(head, writer, trail, self)])
    let inner = Layered(ViewValues(view, writer), Layered(own, common))
    let content = try render(template, inner, writer)
    let shared = try shelf.regions(page, self)
    let values = LayoutValues(
      template: template, content: content,
      language: item?.envelope.language ?? surroundings.settings.language, regions: shared.regions,
      files: files, writer: writer)
    let bytes = try render("layout", Layered(values, Layered(own, common)), writer, in: shared.theme)
    return Page(
      bytes, type: "text/html; charset=utf-8", modified: item?.envelope.updatedAt, trace: page.trace,
      shared: shared.regions.trace)
  }

  /// What the parts were made from that all pages share.
  public func sharedTrace(_ db: Database, now: Date) throws -> PageTrace {
    try shelf.regions(PageContext(site: site, db: db, now: now, isFile: surroundings.isFile), self).regions
      .trace
  }

  /// What all pages share in this state of the site, in one text: two states with the same text make the same pages of
  /// the same items.
  public func shared(_ db: Database, now: Date) throws -> String {
    let regions = try shelf.regions(
      PageContext(site: site, db: db, now: now, isFile: surroundings.isFile), self
    ).regions
    let settings = surroundings.settings
    let inRegions = regions.html.sorted { $0.key < $1.key }.map {
      "\($0.key)\n\(String(decoding: $0.value, as: UTF8.self))"
    }
    let parts =
      inRegions + [
        theme.stamp, settings.title, settings.slogan, settings.place?.text ?? "", settings.language,
        settings.timeZoneName, surroundings.actionsOrigin, Release.version,
      ]
    return parts.joined(separator: "\u{0}")
  }
}
