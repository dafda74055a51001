import Foundation

/// A sitemap (sitemaps.org/protocol.html), an address after the other; with pictures and news as Google extends it.
struct Sitemap {
  /// How many addresses one holds here. The protocol allows 50,000 and 50 MB, which these cannot reach: each takes less
  /// than 5 kB.
  static let length = 10_000
  /// How many news one holds, and how far they go back, in seconds (Google, “Create a news sitemap”).
  static let newsLength = 1000
  static let newsAge: TimeInterval = 2 * 86_400
  /// Addresses have to be shorter, in characters.
  private static let longest = 2048

  struct Address {
    let location: String
    var changed: Date?
    var picture: String?
    var news: News?
  }

  struct News {
    let publication: String
    /// A BCP 47 tag.
    let language: String
    let published: Date
    let title: String
  }

  let clock: ZonedClock

  /// A sitemap of pages.
  func pages(_ addresses: [Address]) -> [UInt8] {
    var xml = XMLWriter()
    xml.element(
      "urlset",
      [
        "xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "xmlns:image": "http://www.google.com/schemas/sitemap-image/1.1",
        "xmlns:news": "http://www.google.com/schemas/sitemap-news/0.9",
      ]
    ) { xml in
      for address in addresses where address.location.count < Self.longest {
        xml.element("url") { write(address, &$0) }
      }
    }
    return xml.bytes
  }

  private func write(_ address: Address, _ xml: inout XMLWriter) {
    xml.element("loc", [:], address.location)
    if let changed = address.changed { xml.element("lastmod", [:], clock.rfc3339(changed)) }
    if let picture = address.picture {
      xml.element("image:image") { $0.element("image:loc", [:], picture) }
    }
    guard let news = address.news else { return }
    xml.element("news:news") { xml in
      xml.element("news:publication") { xml in
        xml.element("news:name", [:], news.publication)
        xml.element("news:language", [:], Self.language(news.language))
      }
      xml.element("news:publication_date", [:], clock.rfc3339(news.published))
      xml.element("news:title", [:], news.title)
    }
  }

  /// A language as news sitemaps write it: two or three letters, and Chinese by its script.
  static func language(_ tag: String) -> String {
    let parts = tag.lowercased().split(separator: "-")
    guard parts.first == "zh" else { return parts.first.map(String.init) ?? "" }
    return parts.contains { ["tw", "hk", "mo", "hant"].contains($0) } ? "zh-tw" : "zh-cn"
  }

  /// A sitemap of sitemaps.
  func index(_ parts: [Address]) -> [UInt8] {
    var xml = XMLWriter()
    xml.element("sitemapindex", ["xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"]) { xml in
      for part in parts {
        xml.element("sitemap") { xml in
          xml.element("loc", [:], part.location)
          if let changed = part.changed { xml.element("lastmod", [:], clock.rfc3339(changed)) }
        }
      }
    }
    return xml.bytes
  }
}
