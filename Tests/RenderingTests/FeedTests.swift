import ContentModel
import Formats
import Foundation
import Rendering
import SenKernel
import SenTesting
import Testing

struct FeedTests {
  private static let formats: [FeedFormat] = FeedFormat.allCases

  /// The titles that a feed tells, in its order, read by a parser that is not ours.
  private func titles(_ path: String, _ portal: Portal) throws -> [String] {
    let page = try portal.page(path)
    switch path.split(separator: "/").last {
    case "feed.xml": return try Element(page.bytes).all("channel", "item").compactMap { $0.text("title") }
    case "atom.xml": return try Element(page.bytes).all("entry").compactMap { $0.text("title") }
    default: return try JSONFeed(page).items.map(\.title)
    }
  }

  private struct JSONFeed: Decodable {
    struct Item: Decodable {
      let id: String
      let url: String
      let title: String
      let summary: String?
      let contentHtml: String?
      let datePublished: String
      let image: String?
      let tags: [String]?
    }
    let title: String
    let language: String
    let items: [Item]

    init(_ page: Page) throws {
      let decoder = JSONDecoder()
      decoder.keyDecodingStrategy = .convertFromSnakeCase
      self = try decoder.decode(JSONFeed.self, from: Data(page.bytes))
    }
  }

  @Test(arguments: formats) func holdsTheThirtyNewestOfFiftyInTheirOrder(format: FeedFormat) throws {
    let portal = try Portal()
    try portal.publish(50)
    let expected = (21...50).reversed().map { "Tin \($0)" }
    #expect(try titles("/" + format.fileName, portal) == expected)
    #expect(try titles("/article/" + format.fileName, portal) == expected)
  }

  @Test(arguments: formats) func tellsNothingThatVisitorsMayNotSee(format: FeedFormat) throws {
    let portal = try Portal()
    for (title, rest) in [
      ("Nháp", ""), ("Chờ duyệt", "--state review"), ("Lưu trữ", "--state archived"),
      ("Hẹn giờ", "--state published --publish-at 2026-11-24T09:00:01Z"),
      ("Hết hạn", "--state published --publish-at 2026-11-01 --expire-at 2026-11-24T09:00:00Z"),
      ("Bỏ", "--state published"), ("Còn", "--state published"),
    ] {
      try portal.run("article create '\(title)' \(rest)")
    }
    try portal.run("article delete bo --yes")
    #expect(try titles("/" + format.fileName, portal) == ["Còn"])
    portal.clock.move(by: 1)
    #expect(try titles("/" + format.fileName, portal) == ["Hẹn giờ", "Còn"])
  }

  @Test func everyListThatHasFeedsHasThem() throws {
    let portal = try Portal()
    try portal.run("category create 'Nông nghiệp'")
    try portal.run("category create 'Cây lúa' --parent nong-nghiep")
    try portal.run("topic create 'Mùa gặt'")
    try portal.run("source create 'Báo tỉnh'")
    try portal.run("category set nong-nghiep cay-lua state=published")
    try portal.run("topic set mua-gat state=published")
    try portal.run("source set bao-tinh state=published")
    try portal.run(
      "article create 'Lúa vàng' --category cay-lua --topic mua-gat --source bao-tinh --tags lúa --state published"
    )
    try portal.run("article create 'Tin khác' --state published")
    try portal.run("tag set lua state=published")
    for path in [
      "/category/nong-nghiep/", "/category/cay-lua/", "/topic/mua-gat/", "/source/bao-tinh/", "/tag/lua/",
    ] {
      for format in Self.formats {
        #expect(try titles(path + format.fileName, portal) == ["Lúa vàng"], "\(path)")
      }
    }
    for path in ["/category/", "/topic/", "/page/", "/nothing/", "/article/lua-vang/", "/category/khong-co/"]
    {
      #expect(try portal.outcome(path + "feed.xml") == "missing", "\(path)")
    }
    let atom = try portal.xml("/category/cay-lua/atom.xml")
    #expect(atom.text("title") == "Cây lúa – Nông thôn mới")
    #expect(
      atom.all("link").map { $0.attributes["href"] } == [
        "https://nongthon.example.vn/category/cay-lua/atom.xml",
        "https://nongthon.example.vn/category/cay-lua/",
      ])
  }

  @Test func feedsMoveAndGoWithTheirItems() throws {
    let portal = try Portal()
    try portal.run("category create 'Cây lúa' --state published")
    let id = try portal.xml("/category/cay-lua/atom.xml").text("id")
    try portal.run("category set cay-lua slug=cay-lua-nuoc")
    #expect(try portal.outcome("/category/cay-lua/atom.xml") == "/category/cay-lua-nuoc/atom.xml")
    #expect(try portal.xml("/category/cay-lua-nuoc/atom.xml").text("id") == id)
    try portal.run("category delete cay-lua-nuoc --yes")
    #expect(try portal.outcome("/category/cay-lua-nuoc/feed.json") == "gone")
  }

  @Test func thereAreNoneWhileTheSiteDoesNotKnowItsAddress() throws {
    let portal = try Portal(address: nil)
    try portal.publish(1)
    for path in ["/feed.xml", "/atom.xml", "/feed.json", "/article/feed.xml"] {
      #expect(try portal.outcome(path) == "missing")
    }
    #expect(try !portal.text("/").contains("application/rss+xml"))
  }

  @Test func tellsAllOfAnArticle() throws {
    let portal = try Portal()
    try portal.run("category create 'Đồng ruộng' --state published")
    try portal.run(
      "article create 'Gặt < & >' --summary 'Lúa & \"nếp\" < 5 tấn' --category dong-ruong --tags lúa,nếp"
        + " --byline 'Thu Hà' --body 'Một\n\nHai & ba' --state published --publish-at 2026-11-24T01:02:03Z")
    try portal.run("tag set lua nep state=published")
    let uid = try portal.run("article show @last --field uid").trimmingCharacters(in: .whitespacesAndNewlines)
    let address = "https://nongthon.example.vn/article/gat/"

    let rss = try portal.xml("/feed.xml")
    #expect(rss.attributes["version"] == "2.0")
    let channel = try #require(rss.all("channel").first)
    #expect(channel.text("title") == "Nông thôn mới")
    #expect(channel.text("link") == "https://nongthon.example.vn/")
    #expect(channel.text("language") == "vi")
    #expect(channel.text("lastBuildDate") == "Tue, 24 Nov 2026 16:00:00 +0700")
    let item = try #require(channel.all("item").first)
    #expect(item.text("title") == "Gặt < & >")
    #expect(item.text("link") == address)
    #expect(item.text("guid") == "urn:uuid:\(uid)")
    #expect(item.all("guid").first?.attributes == ["isPermaLink": "false"])
    #expect(item.text("pubDate") == "Tue, 24 Nov 2026 08:02:03 +0700")
    // Readers take it for HTML.
    #expect(item.text("description") == "Lúa &amp; \"nếp\" &lt; 5 tấn")
    #expect(item.text("dc:creator") == "Thu Hà")
    #expect(item.texts("category") == ["Đồng ruộng", "lúa", "nếp"])
    let html = try #require(item.text("content:encoded"))
    #expect(html.contains("Hai &amp; ba"))

    let entry = try #require(try portal.xml("/atom.xml").all("entry").first)
    #expect(entry.text("id") == "urn:uuid:\(uid)")
    #expect(entry.text("title") == "Gặt < & >")
    #expect(entry.text("published") == "2026-11-24T08:02:03+07:00")
    #expect(entry.text("updated") == "2026-11-24T16:00:00+07:00")
    #expect(entry.text("summary") == "Lúa & \"nếp\" < 5 tấn")
    #expect(entry.all("author", "name").map(\.text) == ["Thu Hà"])
    #expect(entry.all("category").map { $0.attributes["term"] } == ["Đồng ruộng", "lúa", "nếp"])
    #expect(entry.text("content") == html)
    #expect(entry.all("content").first?.attributes == ["type": "html"])

    let feed = try JSONFeed(portal.page("/feed.json"))
    #expect(feed.title == "Nông thôn mới")
    #expect(feed.items[0].id == "urn:uuid:\(uid)")
    #expect(feed.items[0].url == address)
    #expect(feed.items[0].summary == "Lúa & \"nếp\" < 5 tấn")
    #expect(feed.items[0].contentHtml == html)
    #expect(feed.items[0].datePublished == "2026-11-24T08:02:03+07:00")
    #expect(feed.items[0].tags == ["Đồng ruộng", "lúa", "nếp"])
  }

  @Test func theAccountThatMadeAnArticleIsNotToldOf() throws {
    let portal = try Portal()
    try portal.publish(1)
    for format in Self.formats {
      #expect(try !portal.text("/" + format.fileName).contains("tester"))
    }
    #expect(try portal.xml("/atom.xml").all("author", "name").map(\.text) == ["Nông thôn mới"])
  }

  @Test func picturesAreToldOfAsTheyArePublished() throws {
    let portal = try Portal()
    let site = portal.test.site
    let name = try site.addMedia(site.pictures.draw(seed: 7, width: 1200, height: 800), ending: "jpg")
    try portal.run("article create 'Có ảnh' --cover \(name) --state published")
    #expect(try portal.xml("/feed.xml").all("channel", "item", "enclosure").isEmpty)

    _ = try PublishedSizes.makeMissing(site) { _ in }
    let published = try #require(try site.publishedPicture(MediaName(fieldValue: .text(name)))).largest
    let bytes = try Data(contentsOf: URL(filePath: "\(PublishedSizes.root(site))/\(published.name)"))
    let expected = [
      "url": "https://nongthon.example.vn/media/\(published.name)", "length": String(bytes.count),
      "type": "image/jpeg",
    ]
    #expect(try portal.xml("/feed.xml").all("channel", "item", "enclosure").map(\.attributes) == [expected])
    let link = try portal.xml("/atom.xml").all("entry", "link").first { $0.attributes["rel"] == "enclosure" }
    #expect(link?.attributes["length"] == expected["length"])
    #expect(link?.attributes["href"] == expected["url"])
    let feed = try JSONFeed(portal.page("/feed.json"))
    #expect(feed.items[0].image == expected["url"])
  }

  @Test func datesFollowTheZoneOfTheSite() throws {
    let portal = try Portal()
    try portal.run("article create Tin --state published --publish-at 2026-07-01T03:00:00Z")
    try portal.run("config set timeZone America/New_York")
    #expect(
      try portal.xml("/atom.xml").all("entry", "published").map(\.text) == ["2026-06-30T23:00:00-04:00"])
    #expect(
      try portal.xml("/feed.xml").all("channel", "item", "pubDate").map(\.text)
        == ["Tue, 30 Jun 2026 23:00:00 -0400"])
  }

  @Test func anEmptySiteHasEmptyFeeds() throws {
    let portal = try Portal()
    for format in Self.formats { #expect(try titles("/" + format.fileName, portal).isEmpty) }
    // Nothing was ever in it, so that nothing has changed in it.
    #expect(try portal.xml("/atom.xml").text("updated") == "1970-01-01T08:00:00+08:00")
  }

  @Test func theSameStateGivesTheSameBytesAndMoment() throws {
    let portal = try Portal()
    try portal.publish(2)
    for format in Self.formats {
      let first = try portal.page("/" + format.fileName)
      portal.clock.move(by: 60)
      let second = try portal.page("/" + format.fileName)
      #expect(first.bytes == second.bytes)
      #expect(first.modified == second.modified)
    }
  }

  /// Else a reader that asks only by the moment would keep what has gone.
  @Test func whatGoesIsAChangeAsWell() throws {
    let portal = try Portal()
    try portal.publish(2)
    try portal.run("article set tin-1 expireAt=2026-11-24T11:00:00Z")
    portal.clock.set("2026-11-24T10:00:00Z")
    try portal.run("article delete tin-2 --yes")
    #expect(try portal.page("/feed.xml").modified == Timestamp.date("2026-11-24T10:00:00Z"))
    portal.clock.set("2026-11-24T12:00:00Z")
    #expect(try portal.page("/feed.xml").modified == Timestamp.date("2026-11-24T11:00:00Z"))
  }

  @Test func tellsItsTypeAndWhatItWasMadeFrom() throws {
    let portal = try Portal()
    try portal.publish(1)
    let types = try Self.formats.map { try portal.page("/" + $0.fileName).type }
    #expect(
      types == [
        "application/rss+xml; charset=utf-8", "application/atom+xml; charset=utf-8",
        "application/feed+json; charset=utf-8",
      ])
    let trace = try portal.page("/feed.xml").trace
    #expect(trace.nouns.contains("article"))
    #expect(trace.items.count == 1)
  }
}
