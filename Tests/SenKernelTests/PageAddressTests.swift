import SenKernel
import SenTesting
import Testing

/// Every page has one path, and that path leads to it.
struct PageAddressTests {
  private static let addresses: [(PageAddress, String)] = [
    (.front, "/"), (.list(noun: "article"), "/article/"),
    (.list(noun: "article", page: 12), "/article/-/12/"),
    (.item(noun: "article", slug: "xa-ven-song"), "/article/xa-ven-song/"),
    (.item(noun: "article", slug: "2026", page: 999_999), "/article/2026/999999/"),
    (.action(noun: "link", slug: "bao-nong-nghiep", name: "follow"), "/link/bao-nong-nghiep/follow"),
    (.action(noun: "poll", slug: "2", name: "v2"), "/poll/2/v2"),
    (.action(noun: "poll", slug: "2", name: "vote-again"), "/poll/2/vote-again"),
    (.search, "/search/"), (.contents, "/site/"), (.feed(.rss, of: .site), "/feed.xml"),
    (.feed(.atom, of: .noun("article")), "/article/atom.xml"),
    (.feed(.json, of: .item(noun: "category", slug: "lua")), "/category/lua/feed.json"),
    (.robots, "/robots.txt"), (.sitemapIndex, "/sitemap.xml"),
    (.sitemap(noun: "article", part: 3), "/sitemap-article-3.xml"), (.newsSitemap, "/sitemap-news.xml"),
  ]

  @Test(arguments: addresses)
  func pathAndAddressAreInverse(_ address: PageAddress, _ path: String) {
    #expect(address.path == path)
    #expect(PageAddress(path: path) == address)
  }

  @Test(arguments: [
    "", "article", "//", "/article//", "/article/a/follow/", "/article/a/1", "/article/a/1/",
    "/article/a/01/",
    "/article/a/-1", "/article/a/2b", "/article/a/-", "/article/a/Follow", "/article/a/thích",
    "/article/a/b c",
    "/article/-/follow", "/article/a/b/c", "/article/a/1000000",
  ])
  func nothingElseIsAPath(_ path: String) { #expect(PageAddress(path: path) == nil) }

  @Test func aPartIsFoundWithoutTheSlashAtItsEnd() {
    #expect(PageAddress(path: "/article/a/2") == .item(noun: "article", slug: "a", page: 2))
    #expect(PageAddress(path: "/article/-/2") == .list(noun: "article", page: 2))
  }
}
