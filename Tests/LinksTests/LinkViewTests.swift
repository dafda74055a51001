import Foundation
import Links
import Rendering
import SenKernel
import SenTesting
import Testing

/// What visitors see of links.
struct LinkViewTests {
  private let site: TestSite

  init() throws {
    site = try TestSite([LinksPlugin()])
    try site.run("linkgroup create 'Báo chí' --slug bao --state published")
    try site.run(
      "link create 'Nông nghiệp' --slug nn --url https://nn.example.vn/tin --group bao --state published")
    try site.run(
      "link create 'Nhân dân' --slug nd --url https://TỈNH.vn --group bao --new-window yes --rel nofollow "
        + "--state published")
    try site.run("link create 'Nháp' --slug nhap --url https://nhap.example.vn --group bao")
    try site.run("link create 'Khác' --slug khac --url https://khac.example.vn --state published")
    try site.run("link move nd --position 1")
  }

  private static let nn =
    "{address: https://nn.example.vn/tin, host: nn.example.vn, item: link:nn, newWindow: no, rel: , "
    + "url: /link/nn/follow}"

  @Test func aGroupShowsItsLinksInTheirOrder() throws {
    #expect(
      try site.view(ofPage: "linkgroup", "bao")?.text
        == "{links: [{address: https://tỉnh.vn/, host: tỉnh.vn, item: link:nd, newWindow: yes, "
        + "rel: nofollow noopener, url: /link/nd/follow}, \(Self.nn)]}")
    #expect(try site.index(of: "linkgroup") == ["bao"])
    #expect(try site.view(ofPage: "link", "nn") == nil)
    try site.run("linkgroup create 'Trống' --slug trong --state published")
    #expect(try site.view(ofPage: "linkgroup", "trong")?.text == "{links: []}")
  }

  @Test func theCountedAddressIsThatOfTheAction() throws {
    let url = try #require(try site.view(ofPage: "linkgroup", "bao")?.views("links").first?.text("url"))
    #expect(PageAddress(path: url) == .action(noun: "link", slug: "nd", name: "follow"))
    let actions = site.site.registry.actions
    #expect(actions.contains { $0.noun == "link" && $0.name == "follow" && $0.isForVisitors })
    // Published files count at the live site.
    let shown = try site.page(
      .item(noun: "linkgroup", slug: "bao"), "page-linkgroup", "{{#links}}<a href=\"{{url}}\">{{/links}}")
    #expect(shown.contains("<a href=\"https://live.example.vn/link/nd/follow\">"))
  }

  @Test func theBlockShowsLinksOfAllGroupsOrOfOne() throws {
    let all = try #require(try site.view(ofBlock: "links"))
    #expect(all.views("links").map { $0.text("item") } == ["link:nd", "link:nn", "link:khac"])
    #expect(all["more"] == nil)
    let trace = PageTrace()
    let group = try #require(try site.view(ofBlock: "links", "group=bao", "count=1", trace: trace))
    #expect(group.text("more") == "linkgroup:bao")
    #expect(group.views("links").map { $0.text("item") } == ["link:nd"])
    #expect(trace.nouns.contains("link") && !trace.items.isEmpty)
  }

  @Test func whatIsHiddenIsNotShown() throws {
    try site.run("link set nn publishAt=+1h")
    try site.run("link delete nd --yes")
    #expect(try site.view(ofBlock: "links", "group=bao") == nil)
    try site.run("linkgroup unpublish bao")
    try site.run("link create 'Mới' --url https://moi.example.vn --group bao --state published")
    #expect(try site.view(ofBlock: "links", "group=bao") == nil)
    #expect(try site.view(ofPage: "linkgroup", "bao") == nil)
  }
}
