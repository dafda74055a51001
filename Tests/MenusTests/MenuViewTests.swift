import Menus
import Pages
import SenKernel
import SenTesting
import Testing

/// What visitors see of menus.
struct MenuViewTests {
  private let site: TestSite

  init() throws {
    site = try TestSite([PagesPlugin(), MenusPlugin()])
    try site.run("page create 'Giới thiệu' --slug gioi-thieu --state published")
    try site.run("page create 'Liên hệ' --slug lien-he --state published")
    try site.run("menu create 'Thanh trên' --slug chinh --state published")
    for line in [
      "'Về chúng tôi' --slug ve --menu chinh --target page:gioi-thieu --note 'Ai và đâu'",
      "'Gặp chúng tôi' --slug gap --parent ve --target page:lien-he", "'Giá cả' --slug gia --menu chinh",
      "'Lúa gạo' --slug lua --parent gia --link /gia/lua --new-window yes",
    ] { try site.run("menuitem create \(line) --state published") }
  }

  /// Titles and addresses as lines, indented by depth.
  private func entries(_ views: [View], _ indent: String = "") -> [String] {
    views.flatMap { view in
      ["\(indent)\(view.text("title") ?? "") \(view.text("url") ?? "")"]
        + entries(view.views("children"), indent + "  ")
    }
  }

  private func shown() throws -> [String] {
    entries(try site.view(ofBlock: "menu", "menu=chinh")?.views("entries") ?? [])
  }

  @Test func aMenuIsATreeOfAddresses() throws {
    #expect(
      try shown() == [
        "Về chúng tôi /page/gioi-thieu/", "  Gặp chúng tôi /page/lien-he/", "Giá cả -", "  Lúa gạo /gia/lua",
      ])
    let trace = PageTrace()
    let view = try #require(try site.view(ofBlock: "menu", "menu=chinh", trace: trace))
    #expect(view.text("item") == "menu:chinh")
    #expect(
      view.views("entries").last?.views("children").first?.text
        == "{children: [], newWindow: yes, note: , title: Lúa gạo, url: /gia/lua}")
    #expect(view.views("entries").first?.text("target") == "page:gioi-thieu")
    #expect(trace.nouns.contains("menuitem") && trace.items.isSuperset(of: [1, 2, 3]))
  }

  @Test func entriesThatLeadToNothingPublicAreLeftOut() throws {
    try site.run("page unpublish lien-he")
    #expect(try shown() == ["Về chúng tôi /page/gioi-thieu/", "Giá cả -", "  Lúa gạo /gia/lua"])
    // With something below it, it is a heading.
    try site.run("page publish lien-he")
    try site.run("page set gioi-thieu publishAt=+1h")
    #expect(
      try shown() == ["Về chúng tôi -", "  Gặp chúng tôi /page/lien-he/", "Giá cả -", "  Lúa gạo /gia/lua"])
    try site.run("menuitem set ve target=menu:chinh")
    try site.run("page delete lien-he --yes --force")
    #expect(try shown() == ["Giá cả -", "  Lúa gạo /gia/lua"])
    try site.run("menuitem delete lua --yes")
    #expect(try site.view(ofBlock: "menu", "menu=chinh") == nil)
  }

  @Test func hiddenEntriesHideThoseBelowThem() throws {
    try site.run("menuitem unpublish ve")
    #expect(try shown() == ["Giá cả -", "  Lúa gạo /gia/lua"])
    try site.run("menu unpublish chinh")
    #expect(try site.view(ofBlock: "menu", "menu=chinh") == nil)
  }
}
