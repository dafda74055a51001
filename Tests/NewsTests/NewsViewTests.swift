import Foundation
import News
import SenKernel
import SenTesting
import Testing

/// What visitors see of news.
struct NewsViewTests {
  private let clock = TestClock("2026-11-18T11:00:00Z")
  private let site: TestSite

  init() throws {
    site = try TestSite([NewsPlugin()]) { [clock] in clock.now }
    try site.run("category create 'Nông thôn' --slug nong-thon --state published")
    try site.run("category create 'Xã' --slug xa --parent nong-thon --state published")
    for (slug, category) in [("mot", "nong-thon"), ("hai", "xa"), ("ba", "xa")] {
      clock.move(by: 60)
      let state = slug == "ba" ? "draft" : "published"
      try site.run(
        "article create 'Tin \(slug)' --slug \(slug) --category \(category) --tags lúa --body Dài --state \(state)"
      )
    }
  }

  @Test func theNewestAndThoseOnTheFrontPageAreShown() throws {
    #expect(
      try site.view(ofBlock: "latest-news", "category=nong-thon")?.text
        == "{items: [article:hai, article:mot], more: category:nong-thon, style: titles}")
    #expect(try site.view(ofBlock: "featured") == nil)
    try site.run("article set mot featuredUntil=+1h")
    try site.run("article set ba featuredUntil=+1h")
    let trace = PageTrace()
    #expect(
      try site.view(ofBlock: "featured", trace: trace)?.text == "{items: [article:mot], style: pictures}")
    #expect(trace.expiry == clock.now + 3600)
    clock.move(by: 3600)
    #expect(try site.view(ofBlock: "featured") == nil)
  }

  @Test func whatIsOnTheFrontPageForATimeMayBeLeftOutOfTheNewest() throws {
    try site.run("article set mot featuredUntil=+1h")
    let trace = PageTrace()
    let options = ["category=nong-thon", "skipFeatured=yes"]
    #expect(
      try site.view(ofBlock: "latest-news", options[0], options[1], trace: trace)?.text("items")
        == "[article:hai]")
    #expect(trace.expiry == clock.now + 3600)
    clock.move(by: 3600)
    #expect(
      try site.view(ofBlock: "latest-news", options[0], options[1])?.text("items")
        == "[article:hai, article:mot]")
  }

  @Test func categoriesAndTagsCountWhatIsPublic() throws {
    #expect(
      try site.view(ofBlock: "categories", "showCounts=yes")?.text
        == "{categories: [{children: [{children: [], count: 1, item: category:xa}], count: 2, item: category:nong-thon}]}"
    )
    // Tags that were made beside an article are seen with it.
    #expect(try site.view(ofBlock: "tags")?.text == "{tags: [{count: 2, item: tag:lua}]}")
  }

  @Test func anArticleShowsItsNeighboursAndRating() throws {
    try site.run("article set hai category=nong-thon")
    let view = try #require(try site.view(ofPage: "article", "mot"))
    #expect(view.text("newer") == "[article:hai]" && view.text("older") == "[]")
    #expect(
      view.text("rating") == "{average: -, form: form(article mot rate), points: 0, votes: 0}")
    #expect(try site.listing(ofPage: "category", "nong-thon") == ["hai", "mot"])
    #expect(try site.view(ofPage: "article", "ba") == nil)
  }
}
