import Pages
import SenKernel
import SenTesting
import Testing

/// What visitors see of pages.
struct PageViewTests {
  private let site: TestSite

  init() throws {
    site = try TestSite([PagesPlugin()])
    try site.run("page create 'Giới thiệu' --slug gioi-thieu --summary Ngắn --body 'Dài.' --state published")
    for (slug, state) in [("lich-su", "published"), ("nhap", "draft"), ("bo-may", "published")] {
      try site.run("page create '\(slug)' --slug \(slug) --parent gioi-thieu --state \(state)")
    }
    try site.run("page move bo-may --position 1")
  }

  @Test func aPageShowsThoseBelowIt() throws {
    #expect(
      try site.view(ofPage: "page", "gioi-thieu")?.text == "{children: [page:bo-may, page:lich-su]}")
    #expect(try site.view(ofPage: "page", "lich-su")?.text == "{children: []}")
    #expect(try site.view(ofPage: "page", "nhap") == nil)
    #expect(try site.index(of: "page") == nil)
  }

  @Test func theBlockShowsAPageWholeOrInShort() throws {
    let trace = PageTrace()
    #expect(
      try site.view(ofBlock: "page", "page=gioi-thieu", "part=whole", trace: trace)?.text
        == "{item: page:gioi-thieu, part: whole}")
    #expect(trace.items.contains(1))
    #expect(
      try site.view(ofBlock: "page", "page=lich-su")?.text == "{item: page:lich-su, part: summary}")
    try site.run("page unpublish gioi-thieu")
    #expect(try site.view(ofBlock: "page", "page=gioi-thieu") == nil)
  }
}
