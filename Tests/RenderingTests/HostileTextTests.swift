import Foundation
import SenKernel
import SenTesting
import Testing

@testable import Rendering

/// Whatever somebody writes into a title comes out as it went in, as far as the format can say it.
struct HostileTextTests {
  private static let own = [
    "]]>", "<![CDATA[", "</title><script>alert(1)</script>", "&amp;", "&#0;",
    "a\u{0}b\u{1}c\u{8}\u{B}\u{C}\u{1F}d",
    "\u{FFFE}x\u{FFFF}", "\u{FEFF}x", "x\r\ny\rz", "\t<tab>\t", "\u{85}\u{2028}\u{2029}", "\u{7F}\u{9F}",
    "👩‍👩‍👧‍👦 🇻🇳", "\u{202E}ngược\u{202C}", "\u{301}\u{323}", "e\u{323}\u{302}", "𐀀\u{10FFFF}\u{1FFFE}", "\"'`",
    "ï¿¾", "\u{FFFD}\u{FFFC}", "--> <!--", "<?xml?>", "%0A%00", "\u{EFBF}\u{BFBE}", "",
  ]
  private static var all: [String] { own + ((try? Schemas.naughty()) ?? []) }

  /// What XML 1.0 allows (section 2.2).
  private func allowed(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.filter { scalar in
          switch scalar.value {
          case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
          default: false
          }
        }))
  }

  private func same(_ one: [String], _ other: [String]) -> Bool {
    one.map { Array($0.utf8) } == other.map { Array($0.utf8) }
  }

  private static let address = "https://a.example/feed"

  private var feed: Feed {
    let clock = ZonedClock(timeZone: .gmt)
    let entries = Self.all.enumerated().map { number, text in
      Feed.Entry(
        id: "urn:x:\(number)", title: text, address: "https://a.example/\(number)/", lead: text,
        html: Array(text.utf8),
        author: text, language: "vi", published: Date(timeIntervalSince1970: 0),
        updated: Date(timeIntervalSince1970: 0), categories: [text], picture: nil)
    }
    return Feed(
      id: "urn:x", title: "]]>&<", about: "x", language: "vi", siteTitle: "x", home: "https://a.example/",
      updated: Date(timeIntervalSince1970: 0), changed: nil, entries: entries, clock: clock)
  }

  @Test func textsComeBackFromAtom() throws {
    let atom = try Element(feed.written(as: .atom, at: Self.address))
    let expected = Self.all.map(allowed)
    #expect(atom.text("title") == "]]>&<")
    #expect(same(atom.all("entry", "title").map(\.text), expected))
    #expect(same(atom.all("entry", "category").map { $0.attributes["term"] ?? "" }, expected))
    #expect(same(atom.all("entry", "content").map(\.text), Self.all.filter { !$0.isEmpty }.map(allowed)))
  }

  @Test func textsComeBackFromRSS() throws {
    let items = try Element(feed.written(as: .rss, at: Self.address)).all("channel", "item")
    let expected = Self.all.map(allowed)
    #expect(same(items.compactMap { $0.text("title") }, expected))
    #expect(same(items.compactMap { $0.text("category") }, expected))
  }

  @Test func textsComeBackFromJSON() throws {
    struct Read: Decodable {
      struct Item: Decodable { let title: String }
      let items: [Item]
    }
    let read = try JSONDecoder().decode(Read.self, from: Data(feed.written(as: .json, at: Self.address)))
    #expect(same(read.items.map(\.title), Self.all))
  }

  @Test func textsComeBackFromNewsSitemaps() throws {
    let addresses = Self.all.map { text in
      Sitemap.Address(
        location: "https://a.example/",
        news: Sitemap.News(publication: text, language: "vi", published: Date(), title: text))
    }
    let read = try Element(Sitemap(clock: ZonedClock(timeZone: .gmt)).pages(addresses))
    #expect(same(read.all("url", "news:news", "news:title").map(\.text), Self.all.map(allowed)))
  }

  @Test(.enabled("skipped: ../shared/data or xmllint (libxml2-utils) is not there") { Schemas.canValidate })
  func otherParsersTakeThemAsWell() throws {
    #expect(try Schemas.complaints(feed.written(as: .rss, at: Self.address), Schemas.rss()) == "")
  }

  @Test(arguments: ["]]>", "a\u{1}b", "\u{202E}ngược", "👩‍👩‍👧‍👦", "a\u{301}\u{323}", "<b>&amp;"])
  func titlesPassThroughAWholeSite(title: String) throws {
    let portal = try Portal()
    try portal.run("article create '\(title)' --state published")
    let stored = try portal.run("article show @last --format json")
    let read = try #require(
      try JSONSerialization.jsonObject(with: Data(stored.utf8)) as? [String: Any] ?? firstOf(stored))
    let expected = allowed(try #require(read["title"] as? String))
    #expect(try portal.xml("/feed.xml").all("channel", "item", "title").map(\.text) == [expected])
    #expect(
      try portal.xml("/sitemap-news.xml").all("url", "news:news", "news:title").map(\.text) == [expected])
  }

  private func firstOf(_ json: String) throws -> [String: Any]? {
    (try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])?.first
  }
}
