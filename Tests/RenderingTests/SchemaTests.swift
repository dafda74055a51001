import ContentModel
import Foundation
import Rendering
import SenKernel
import SenTesting
import Testing

/// Feeds and sitemaps of a full site against the schemas that lie beside the project.
@Suite(.enabled("skipped: ../shared/data or xmllint (libxml2-utils) is not there") { Schemas.canValidate })
struct SchemaTests {
  private let portal: Portal

  init() throws {
    portal = try Portal()
    let site = portal.test.site
    let name = try site.addMedia(site.pictures.draw(seed: 7, width: 600, height: 400), ending: "jpg")
    try portal.publish(3)
    try portal.run("category create 'Đồng ruộng' --state published")
    try portal.run(
      "article create ']]> & <b>' --summary 'a < b' --cover \(name) --category dong-ruong --tags lúa,b"
        + " --byline 'Thu Hà' --body '# Lúa' --state published --language en")
    try portal.run("tag set lua b state=published")
    try portal.run("page create 'Giới thiệu' --state published")
    _ = try PublishedSizes.makeMissing(site) { _ in }
  }

  @Test(arguments: ["/feed.xml", "/article/feed.xml", "/category/dong-ruong/feed.xml", "/tag/lua/feed.xml"])
  func rss(path: String) throws {
    #expect(try Schemas.complaints(portal.page(path).bytes, Schemas.rss()) == "")
  }

  @Test(arguments: [
    "/feed.json", "/article/feed.json", "/category/dong-ruong/feed.json", "/tag/lua/feed.json",
  ])
  func jsonFeed(path: String) throws {
    #expect(try JSONSchema().complaints(portal.page(path).bytes).isEmpty)
  }

  @Test func theCheckOfJSONFeedsFindsFaults() throws {
    let schema = try JSONSchema()
    #expect(
      try !schema.complaints(Array(#"{"version":"https://jsonfeed.org/version/1.1","items":[]}"#.utf8))
        .isEmpty)
    for item in [#"{"id":1,"content_text":""}"#, #"{"id":"1"}"#, #"{"id":"1","content_text":"","x":1}"#] {
      let feed = #"{"version":"https://jsonfeed.org/version/1.1","title":"","items":[\#(item)]}"#
      #expect(try !schema.complaints(Array(feed.utf8)).isEmpty, "\(item)")
    }
  }

  @Test(arguments: [
    "/sitemap-site-1.xml", "/sitemap-article-1.xml", "/sitemap-tag-1.xml", "/sitemap-news.xml",
  ])
  func sitemap(path: String) throws {
    #expect(try Schemas.complaints(portal.page(path).bytes, Schemas.sitemap()) == "")
  }

  @Test func sitemapIndex() throws {
    #expect(try Schemas.complaints(portal.page("/sitemap.xml").bytes, Schemas.sitemapIndex()) == "")
  }

  @Test func theChecksOfXMLFindFaults() throws {
    let empty = Array("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><url/></urlset>".utf8)
    #expect(try Schemas.complaints(empty, Schemas.sitemap()) != "")
    #expect(try Schemas.complaints(Array("<rss version=\"2.0\"/>".utf8), Schemas.rss()) != "")
  }
}
