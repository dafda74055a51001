import Foundation
import Menus
import Pages
import SenKernel
import SenTesting
import Testing

struct MenuTests {
  private let site: TestSite

  /// A menu: About us with Contact below it, Prices with a path below it.
  init() throws {
    let clock = TestClock("2026-11-18T11:06:40Z")
    site = try TestSite([PagesPlugin(), MenusPlugin()]) { clock.now }
    try site.run("page create 'Giới thiệu' --state published")
    try site.run("page create 'Liên hệ' --state published")
    try site.run("menu create 'Thanh trên' --slug chinh")
    try site.run("menuitem create 'Về chúng tôi' --menu chinh --target page:gioi-thieu")
    try site.run("menuitem create 'Gặp chúng tôi' --parent ve-chung-toi --target page:lien-he")
    try site.run("menuitem create 'Giá cả' --menu chinh")
    try site.run("menuitem create 'Lúa gạo' --parent gia-ca --link /gia/lua")
  }

  private func states() throws -> [String] {
    try site.run("menu tree chinh --field state").split(separator: "\n").map(String.init)
  }

  @Test func theTreeShowsEntriesWithTheirTargets() throws {
    #expect(
      try site.run("menu tree chinh --fields title,target,state").split(separator: "\n") == [
        "title\ttarget\tstate", "Về chúng tôi\tpage:gioi-thieu\tok",
        "  Gặp chúng tôi\tpage:lien-he\tok", "Giá cả\t\theading", "  Lúa gạo\t/gia/lua\tok",
      ])
    try site.run("menuitem move gia-ca --position 1")
    #expect(try site.run("menu tree chinh --field title").hasPrefix("Giá cả\nLúa gạo\n"))
    #expect(try site.run("menu tree chinh --format csv --fields depth").contains("1"))
  }

  @Test func aRenamedTargetIsStillItsTarget() throws {
    try site.run("page set gioi-thieu slug=ve-van-phong")
    #expect(try site.run("menuitem show ve-chung-toi --field target") == "page:ve-van-phong\n")
    #expect(try site.run("menuitem list --filter 'target=page:gioi-thieu' --field slug") == "ve-chung-toi\n")
    try site.run("menuitem create 'Khác' --menu chinh --target page:gioi-thieu")
    #expect(try site.run("menuitem show @last --field target") == "page:ve-van-phong\n")
  }

  @Test func targetsThatVisitorsCannotSeeAreTold() throws {
    try site.run("menu check")
    try site.run("page unpublish gioi-thieu")
    try site.run("page publish lien-he --at 2027-12-01")
    #expect(try states() == ["draft", "scheduled", "heading", "ok"])
    let output = MemoryOutput()
    #expect(throws: DoneInPart.self) { try site.run("menu check --format csv", output) }
    #expect(output.text.contains("chinh,4,Về chúng tôi,page:gioi-thieu,draft"))
    #expect(output.notes == ["Broken: 2 of 4 entries"])
    try site.run("page publish gioi-thieu")
    try site.run("page set lien-he publishAt=2026-01-01 expireAt=2026-02-01")
    #expect(try states() == ["ok", "expired", "heading", "ok"])
  }

  @Test func whatAMenuLeadsToIsNotThrownAwayUnsaid() throws {
    #expect(
      site.refusal("page delete lien-he")?.message.contains("in use by 1 item, such as menuitem 5") == true)
    try site.run("page delete lien-he --force --yes")
    #expect(try states() == ["ok", "missing", "heading", "ok"])
    try site.run("menuitem delete lua-gao")
    #expect(try states() == ["ok", "missing", "missing"])
    #expect(throws: DoneInPart.self) { try site.run("menu check") }
    let refusal = site.refusal("menu delete chinh --force --yes")
    #expect(refusal?.code == .conflict && refusal?.message.contains("which cannot be without one") == true)
  }

  @Test func targetsAreOfAnyNounAndHaveToBeThere() throws {
    try site.run("menuitem create 'Chân trang' --menu chinh --target menu:chinh")
    #expect(try site.run("menuitem show @last --field target") == "menu:chinh\n")
    #expect(
      site.refusal("menuitem create A --menu chinh --target page:lien-hee")?.hint?.contains("lien-he") == true
    )
    #expect(
      site.refusal("menuitem create A --menu chinh --target trang:lien-he")?.hint?.contains("noun:slug")
        == true)
    #expect(site.refusal("menuitem create A --menu chinh --target 999")?.code == .notFound)
    #expect(site.refusal("menuitem create A --menu chinh --target 1 --link /")?.field == "link")
  }

  @Test(arguments: [
    "https://example.vn/gia?x=1#y", "/", "/tin-tức/lúa", "#top", "mailto:van-phong@nongthon.example.vn",
  ])
  func addressesAndPathsAreKeptAsTheyAre(link: String) throws {
    try site.run("menuitem create A --menu chinh --link '\(link)'")
    #expect(try site.run("menuitem show @last --field link") == "\(link)\n")
  }

  @Test(arguments: [
    "javascript:alert(1)", "//evil.example", "/a b", "/\"><script>", "gia", "mailto:a", "mailto:a@b?bcc=c@d",
    "tel:1", "tel:gọi", "data:a",
  ])
  func otherLinksAreRefused(link: String) {
    #expect(site.refusal("menuitem create A --menu chinh --link '\(link)'")?.field == "link")
  }

  @Test func anEntryIsInTheMenuOfTheOneAbove() throws {
    try site.run("menu create 'Chân trang'")
    #expect(site.refusal("menuitem create A")?.field == "menu")
    #expect(site.refusal("menuitem set lua-gao menu=chan-trang")?.code == .conflict)
    try site.run("menuitem set gia-ca menu=chan-trang")
    #expect(try site.run("menu tree chan-trang --field title") == "Giá cả\nLúa gạo\n")
    try site.run("menuitem set gia-ca parent=ve-chung-toi")
    #expect(try site.run("menu tree chan-trang --field title") == "")
    #expect(try site.run("menu tree chinh --field depth") == "0\n1\n1\n2\n")
    #expect(site.refusal("menuitem set ve-chung-toi parent=lua-gao")?.code == .conflict)
  }

  @Test func targetsTravelInArchivesAndTables() throws {
    try site.run("export archive --to \(site.folder)/a.tar")
    let other = try TestSite([PagesPlugin(), MenusPlugin()])
    try other.run("page create 'Trước đó'")
    try other.run("import archive \(site.folder)/a.tar")
    #expect(try other.run("menu tree chinh") != "")
    #expect(try other.run("menu tree chinh --field target") == site.run("menu tree chinh --field target"))
    #expect(
      try site.run("menuitem list --filter 'target~gioi' --format csv --fields title,target")
        == "title,target\nVề chúng tôi,page:gioi-thieu\n")
  }

  @Test func tabOffersNounsThenTheirItems() throws {
    let completion = SiteCompletion(site: site.site, most: 10)
    let target = ValueKind.fieldValue(noun: "menuitem", field: "target")
    #expect(try completion.candidates(target, "pa").map(\.text) == ["page:"])
    #expect(try completion.candidates(target, "page:l").map(\.text) == ["page:lien-he"])
  }

  @Test func oneItemIsTargetAndParentInExports() throws {
    try site.run("menuitem create 'Lên trên' --parent gia-ca --target menuitem:gia-ca")
    let lines = try site.run("export ndjson menuitem").split(separator: "\n")
    #expect(lines.last?.contains("\"parent\":\"gia-ca\",\"target\":\"menuitem:gia-ca\"") == true)
    let other = try TestSite([PagesPlugin(), MenusPlugin()])
    try site.run("export ndjson --to \(site.folder)/all.ndjson")
    try other.run("import ndjson \(site.folder)/all.ndjson")
    #expect(try other.run("export ndjson menuitem") == site.run("export ndjson menuitem"))
    #expect(try site.run("export csv menuitem").contains(",gia-ca,menuitem:gia-ca,"))
  }

  @Test func aFormerTargetComesBackWithItsVersion() throws {
    try site.run("menuitem set ve-chung-toi target=page:lien-he")
    try site.run("menuitem revert ve-chung-toi 1")
    #expect(try site.run("menuitem show ve-chung-toi --field target") == "page:gioi-thieu\n")
  }

  @Test func aBlockShowsAMenu() throws {
    try site.run("block add menu --region header --set menu=chinh")
    #expect(site.refusal("block add menu")?.code == .invalid)
  }

  @Test func thePluginConforms() throws {
    #expect(try Conformance.problems(of: MenusPlugin()) == [])
    #expect(try Conformance.problems(of: MenusPlugin(), with: [PagesPlugin()]) == [])
  }
}
