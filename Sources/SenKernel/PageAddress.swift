/// Which page of the public site; how its address reads is `path` alone.
///
/// Every noun that has pages has them below its own name (`/article/…`), so that no two can have the same address; what
/// is no noun begins with a word that no noun can have.
public enum PageAddress: Sendable, Hashable {
  case front
  /// The list of a noun's items, `page` counted from 1.
  case list(noun: String, page: Int = 1)
  /// An item by its slug, and of the list on its page, where it has one, which part.
  case item(noun: String, slug: String, page: Int = 1)
  /// Where visitors do something to an item: send its form, or follow a link that is counted. `name` is an action's.
  case action(noun: String, slug: String, name: String)
  case search
  /// All sections and pages, for people.
  case contents
  case feed(FeedFormat, of: FeedScope)
  case robots
  case sitemapIndex
  /// `part` of the items of a noun, counted from 1.
  case sitemap(noun: String, part: Int)
  case newsSitemap

  /// Words that begin paths of the live site which are no pages; no content type is called so.
  public static let reserved: Set<String> = ["api", "preview"]

  /// The path, from the site's root on, percent-encoded where needed: `/article/xa-ven-song/`.
  public var path: String {
    switch self {
    case .front: "/"
    case .list(let noun, let page): page == 1 ? "/\(noun)/" : "/\(noun)/-/\(page)/"
    case .item(let noun, let slug, let page): page == 1 ? "/\(noun)/\(slug)/" : "/\(noun)/\(slug)/\(page)/"
    case .action(let noun, let slug, let name): "/\(noun)/\(slug)/\(name)"
    case .search: "/search/"
    case .contents: "/site/"
    case .feed(let format, let scope): scope.path + format.fileName
    case .robots: "/robots.txt"
    case .sitemapIndex: "/sitemap.xml"
    case .sitemap(let noun, let part): "/sitemap-\(noun)-\(part).xml"
    case .newsSitemap: "/sitemap-news.xml"
    }
  }

  /// The page of a path, whose percent signs are decoded already; nil where no page of the site can be there.
  /// Paths of pages end in a slash; one that lacks it is understood, so that it can be redirected. Those of actions
  /// end in none, and no number is the name of one.
  public init?(path: String) {
    guard path.first == "/" else { return nil }
    var parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    if let last = parts.last, last.contains("."), parts.count <= 3, let file = Self.file(parts) {
      self = file
      return
    }
    let endsInSlash = parts.last == ""
    if endsInSlash { parts.removeLast() }
    guard !parts.contains("") else { return nil }
    switch parts.count {
    case 0: self = .front
    case 1 where parts[0] == "search": self = .search
    case 1 where parts[0] == "site": self = .contents
    case 1: self = .list(noun: parts[0])
    case 2: self = .item(noun: parts[0], slug: parts[1])
    case 3 where !endsInSlash && parts[1] != "-" && Self.isActionName(parts[2]):
      self = .action(noun: parts[0], slug: parts[1], name: parts[2])
    case 3:
      guard let page = Self.number(parts[2]), page > 1 else { return nil }
      self =
        parts[1] == "-"
        ? .list(noun: parts[0], page: page) : .item(noun: parts[0], slug: parts[1], page: page)
    default: return nil
    }
  }

  /// Whether an action can be called so: small letters, digits and hyphens, a letter first.
  static func isActionName(_ name: String) -> Bool {
    func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
    return name.utf8.first.map(isLetter) ?? false
      && name.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
  }

  private static func file(_ parts: [String]) -> PageAddress? {
    let name = parts[parts.count - 1]
    if let format = FeedFormat.allCases.first(where: { $0.fileName == name }) {
      switch parts.count {
      case 1: return .feed(format, of: .site)
      case 2: return .feed(format, of: .noun(parts[0]))
      default: return .feed(format, of: .item(noun: parts[0], slug: parts[1]))
      }
    }
    guard parts.count == 1 else { return nil }
    switch name {
    case "robots.txt": return .robots
    case "sitemap.xml": return .sitemapIndex
    case "sitemap-news.xml": return .newsSitemap
    default:
      guard name.hasPrefix("sitemap-"), name.hasSuffix(".xml") else { return nil }
      let words = name.dropFirst(8).dropLast(4).split(separator: "-", omittingEmptySubsequences: false)
      guard words.count == 2, let part = number(String(words[1])) else { return nil }
      return .sitemap(noun: String(words[0]), part: part)
    }
  }

  /// A number as `path` writes it: from 1, without a zero in front; none of seven digits or more.
  private static func number(_ text: String) -> Int? {
    guard text.utf8.count <= 6, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), text.first != "0" else {
      return nil
    }
    return Int(text)
  }
}

/// The formats of feeds.
public enum FeedFormat: String, Sendable, CaseIterable {
  case rss, atom, json

  public var fileName: String {
    switch self {
    case .rss: "feed.xml"
    case .atom: "atom.xml"
    case .json: "feed.json"
    }
  }
}

/// What a feed tells of.
public enum FeedScope: Sendable, Hashable {
  case site
  case noun(String)
  /// What the list on an item's page holds, such as a category's articles.
  case item(noun: String, slug: String)

  var path: String {
    switch self {
    case .site: "/"
    case .noun(let noun): "/\(noun)/"
    case .item(let noun, let slug): "/\(noun)/\(slug)/"
    }
  }
}
