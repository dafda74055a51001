import ContentModel
import Foundation
import GRDB
import Rendering
import SenKernel
import SenTesting
import Storage
import Testing

struct SitemapTests {
  private func locations(_ path: String, _ portal: Portal) throws -> [String] {
    let root = try portal.xml(path)
    return (root.all("url", "loc") + root.all("sitemap", "loc")).map {
      $0.text.replacing("https://nongthon.example.vn", with: "")
    }
  }

  @Test func theIndexNamesWhatThereIs() throws {
    let portal = try Portal()
    try portal.run("article create 'Tin cũ' --state published --publish-at 2026-11-01T00:00:00Z")
    try portal.run("page create 'Giới thiệu' --state published")
    try portal.run("category create Nháp --state draft")
    #expect(
      try locations("/sitemap.xml", portal) == [
        "/sitemap-site-1.xml", "/sitemap-article-1.xml", "/sitemap-page-1.xml",
      ])
    try portal.publish(1)
    #expect(
      try locations("/sitemap.xml", portal)
        == ["/sitemap-site-1.xml", "/sitemap-article-1.xml", "/sitemap-page-1.xml", "/sitemap-news.xml"])
    for path in try locations("/sitemap.xml", portal) { #expect(try portal.outcome(path) == "page") }
    for path in [
      "/sitemap-article-2.xml", "/sitemap-category-1.xml", "/sitemap-site-2.xml", "/sitemap-x-1.xml",
    ] {
      #expect(try portal.outcome(path) == "missing", "\(path)")
    }
  }

  @Test func listsAreWithTheFrontPage() throws {
    let portal = try Portal()
    #expect(try locations("/sitemap-site-1.xml", portal) == ["/", "/site/"])
    try portal.publish(1)
    #expect(try locations("/sitemap-site-1.xml", portal) == ["/", "/site/", "/article/"])
  }

  @Test func itemsStandInTheOrderInWhichTheyWereMadeWithTheirLastChange() throws {
    let portal = try Portal()
    try portal.publish(2)
    try portal.run("article create Nháp")
    try portal.run(
      "article create 'Hết hạn' --state published --publish-at 2026-11-01 --expire-at 2026-11-02")
    portal.clock.set("2026-11-25T00:00:00Z")
    try portal.run("article set tin-1 summary=Mới")
    let addresses = try portal.xml("/sitemap-article-1.xml").all("url")
    #expect(
      addresses.map { $0.text("loc") } == [
        "https://nongthon.example.vn/article/tin-1/", "https://nongthon.example.vn/article/tin-2/",
      ])
    #expect(
      addresses.map { $0.text("lastmod") } == ["2026-11-25T07:00:00+07:00", "2026-11-24T16:00:00+07:00"])
    #expect(
      try portal.xml("/sitemap.xml").all("sitemap").map { $0.text("lastmod") }
        == ["2026-11-25T07:00:00+07:00", "2026-11-25T07:00:00+07:00", "2026-11-25T07:00:00+07:00"])
  }

  @Test func picturesAreNamedAsTheyArePublished() throws {
    let portal = try Portal()
    let site = portal.test.site
    let name = try site.addMedia(site.pictures.draw(seed: 7, width: 600, height: 400), ending: "jpg")
    try portal.run("article create 'Có ảnh' --cover \(name) --state published")
    #expect(try portal.xml("/sitemap-article-1.xml").all("url", "image:image").isEmpty)
    _ = try PublishedSizes.makeMissing(site) { _ in }
    #expect(
      try portal.xml("/sitemap-article-1.xml").all("url", "image:image", "image:loc").map(\.text)
        == ["https://nongthon.example.vn/media/\(name.prefix(64))/960.jpg"])
  }

  /// Twelve thousand items, put straight into the tables.
  @Test func aPartHoldsTenThousandAddresses() throws {
    let portal = try Portal()
    try portal.run("tag create lúa")
    try portal.run("tag set lua state=published")
    try DatabaseQueue(path: "\(portal.test.folder)/site.db").write { db in
      try db.execute(
        sql: """
          INSERT INTO item (uid, type, slug, title, sortKey, state, createdAt, updatedAt)
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000)
          SELECT printf('00000000-0000-7000-8000-%012d', i), 'tag', 'tag-' || i, 'Tag ' || i, x'00', 'published',
            '2026-01-01T00:00:00Z', CASE i WHEN 11000 THEN '2026-10-02T00:00:00Z' ELSE '2026-01-02T00:00:00Z' END
          FROM n;
          INSERT INTO tag (itemId) SELECT id FROM item WHERE type = 'tag' AND slug <> 'lua'
          """)
    }
    let first = try portal.page("/sitemap-tag-1.xml")
    #expect(try Element(first.bytes).all("url").count == 10_000)
    #expect(first.bytes.count < 52_428_800)
    let second = try portal.xml("/sitemap-tag-2.xml").all("url", "loc")
    #expect(second.count == 2001)
    #expect(second.first?.text == "https://nongthon.example.vn/tag/tag-10000/")
    #expect(try portal.outcome("/sitemap-tag-3.xml") == "missing")
    #expect(
      try portal.xml("/sitemap.xml").all("sitemap").compactMap { $0.text("lastmod") }.last
        == "2026-10-02T07:00:00+07:00")
  }

  @Test func newsAreThoseOfTwoDays() throws {
    let portal = try Portal()
    for (title, moment) in [
      ("Cũ", "2026-11-22T08:59:59Z"), ("Vừa kịp", "2026-11-22T09:00:00Z"), ("Mới", "2026-11-24T08:00:00Z"),
      ("Sắp", "2026-11-24T10:00:00Z"),
    ] {
      try portal.run("article create '\(title)' --state published --publish-at \(moment)")
    }
    try portal.run("page create 'Giới thiệu' --state published")
    let sitemap = try portal.page("/sitemap-news.xml")
    let news = try Element(sitemap.bytes).all("url", "news:news")
    #expect(news.map { $0.text("news:title") } == ["Mới", "Vừa kịp"])
    #expect(news[0].text("news:publication_date") == "2026-11-24T15:00:00+07:00")
    #expect(news[0].all("news:publication").map { $0.text("news:name") } == ["Nông thôn mới"])
    #expect(news[0].all("news:publication").map { $0.text("news:language") } == ["vi"])
    // The clock alone takes the oldest out.
    let expiry = try #require(sitemap.trace.expiry)
    portal.clock.move(by: expiry.timeIntervalSince(portal.clock.now))
    #expect(
      try portal.xml("/sitemap-news.xml").all("url", "news:news").map { $0.text("news:title") } == ["Mới"])
  }

  @Test func thereAreNoneWhileTheSiteDoesNotKnowItsAddress() throws {
    let portal = try Portal(address: nil)
    try portal.publish(1)
    for path in ["/sitemap.xml", "/sitemap-site-1.xml", "/sitemap-article-1.xml", "/sitemap-news.xml"] {
      #expect(try portal.outcome(path) == "missing")
    }
    #expect(try portal.text("/robots.txt").hasSuffix("User-agent: *\nDisallow: /\n"))
  }

  @Test func robotsAreToldWhereNotToGo() throws {
    let portal = try Portal()
    #expect(
      try portal.text("/robots.txt") == """
        User-agent: *
        Disallow: /search/
        Disallow: /article/*/rate$
        Disallow: /poll/*/vote$
        Allow: /

        Sitemap: https://nongthon.example.vn/sitemap.xml

        """)
    #expect(try portal.page("/robots.txt").type == "text/plain; charset=utf-8")
    #expect(try portal.page("/sitemap.xml").type == "application/xml; charset=utf-8")
  }
}
