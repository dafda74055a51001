import Foundation
import Rendering
import SenKernel
import SenTesting
import Testing

/// Headings are in order on every kind of page, whichever block stands in whichever region.
struct HeadingOrderTests {
  private static let regions = [
    "header", "front-top", "front", "top", "main-top", "main-bottom", "sidebar", "footer",
  ]
  private static let blocks = [
    "latest-news style=titles", "latest-news style=summaries", "latest-news style=pictures",
    "featured style=pictures", "featured style=summaries", "categories", "tags", "poll", "gallery",
    "links", "weather", "exchange", "page page=huong-dan part=whole", "page page=huong-dan part=summary",
    "menu menu=chinh", "banner zone=dau-trang", "documents", "questions", "visits",
  ]
  private static let paths = [
    "/", "/article/", "/article/nuoc-sach/", "/category/nong-thon-moi/", "/tag/nuoc-sach/", "/poll/",
    "/poll/uu-tien/", "/album/lang-que/", "/photo/ruong/", "/linkgroup/trong-tinh/", "/document/",
    "/document/qd-1215/", "/area/nong-nghiep/", "/questiongroup/vay-von/", "/question/",
    "/question/the-chap/",
    "/page/gioi-thieu/", "/page/huong-dan/", "/site/", "/search/",
  ]

  /// A site whose only blocks are these kinds in a region, or in all of them.
  private func site(_ regions: [String]) throws -> ThemeSite {
    let site = try ThemeSite()
    try site.test.run(
      "page create 'Hướng dẫn' --slug huong-dan --summary 'Các bước' --state published --body '## Một\n\nChữ\n\n#### Hai\n\nChữ\n\n# Ba\n\nChữ'"
    )
    for region in regions {
      for block in Self.blocks {
        let words = block.split(separator: " ").map(String.init)
        let options = words.dropFirst().map { " --set \($0)" }.joined()
        try site.test.run("block add \(words[0]) --region \(region) --title 'Khối \(words[0])'\(options)")
      }
    }
    return site
  }

  private func levels(_ page: String) -> [Int] {
    page.matches(of: /<h([1-6])[ >]/).compactMap { Int($0.output.1) }
  }

  private func check(_ page: String, _ name: String) {
    let levels = levels(page)
    #expect(levels.first == 1 && levels.count { $0 == 1 } == 1, "\(name): \(levels)")
    for (before, level) in zip(levels, levels.dropFirst()) where level > before + 1 {
      Issue.record("\(name): \(levels)")
      break
    }
  }

  @Test(arguments: HeadingOrderTests.regions + ["all"]) func headingsAreInOrder(region: String) throws {
    let site = try site(region == "all" ? Self.regions : [region])
    let maker = try site.maker()
    for path in Self.paths { try check(site.page(path, of: maker), "\(region) \(path)") }
    try check(site.page("/search/", query: "nuoc", of: maker), "\(region) search")
    for kind in ["missing", "gone", "failure"] {
      try check(site.notice(kind, of: maker), "\(region) \(kind)")
    }
    let front = try site.page("/", of: maker)
    // Every one of them is there, with its words, as a heading or not.
    let shown = Self.blocks.count { front.contains("Khối \($0.prefix { $0 != " " })") }
    if ["top", "sidebar", "front", "all"].contains(region) { #expect(shown == Self.blocks.count - 1) }
  }
}
