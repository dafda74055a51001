import Foundation
import Links
import SenKernel
import SenTesting
import Testing

struct LinkTests {
  let site: TestSite

  init() throws { site = try TestSite([LinksPlugin()]) { Date(timeIntervalSince1970: 1_795_000_000) } }

  @Test(arguments: [
    ("HTTPS://Example.VN", "https://example.vn/"),
    ("http://example.vn:80/Tin?A=B#Cuối", "http://example.vn/Tin?A=B#Cuối"),
    ("https://example.vn:443?x", "https://example.vn/?x"),
    ("https://example.vn:8443#a", "https://example.vn:8443/#a"),
    ("https://TỈNH.vn/lúa/", "https://tỉnh.vn/lúa/"),
    ("https://xn--tnh-dlz.vn/", "https://tỉnh.vn/"),
    ("https://xn--bcher-kva.example/", "https://bücher.example/"),
    ("https://xn--!!/".replacing("!", with: "z"), "https://xn--zz/"),
    ("http://[::1]:80/", "http://[::1]/"),
    ("http://[::1]:8080", "http://[::1]:8080/"),
  ])
  func addressesHaveOneForm(_ written: String, _ kept: String) throws {
    try site.run("link create Một --url '\(written)'")
    #expect(try site.run("link show @last --field url") == "\(kept)\n")
    try site.run("link set @last 'url=\(kept)'")
    #expect(try site.run("link show @last --field url") == "\(kept)\n")
  }

  @Test func whatIsNoAddressOrRelationIsRefused() {
    #expect(site.refusal("link create Một")?.field == "url")
    for address in ["javascript:alert(1)", "https://", "ftp://a.vn/", "https://an:mk@a.vn/", "a.vn"] {
      #expect(site.refusal("link create Một --url '\(address)'")?.field == "url")
    }
    #expect(
      site.refusal("link create Một --url https://a.vn/ --rel nofolow")?.hint?.contains("nofollow") == true)
    #expect(site.refusal("link create Một --url https://a.vn/ --rel 'ugc|ugc'")?.field == "rel")
    #expect(
      site.refusal("link create Một --url https://a.vn/ --rel 'sponsored|nofollow' --new-window true") == nil)
  }

  @Test func linksStandInGroups() throws {
    try site.run("linkgroup create 'Bộ ngành'")
    try site.run("link create Một --url https://a.vn/ --group bo-nganh")
    #expect(try site.run("link list --filter group=bo-nganh --field title") == "Một\n")
    #expect(site.refusal("linkgroup rm bo-nganh")?.code == .conflict)
  }

  @Test func addressThatIsThereAlreadyIsToldOnCreateAndSet() throws {
    #expect(try site.notes("link create Một --url https://example.vn/").count == 1)
    let told = try site.notes("link create Hai --url HTTPS://EXAMPLE.VN:443")
    #expect(told.last == "Link 1 “Một” leads to https://example.vn/ as well")
    #expect(try !site.notes("link set 2 description=x").contains { $0.contains("as well") })
    try site.run("link set 2 url=https://b.vn/")
    #expect(try site.notes("link set 2 url=https://example.vn").last?.contains("“Một” leads to") == true)
    try site.run("link rm 1")
    #expect(try !site.notes("link create Ba --url https://b.vn/").contains { $0.contains("as well") })
    for address in ["http://www.b.vn", "http://b.vn/", "https://www.b.vn/"] {
      let told = try site.notes("link create Bốn --url \(address)")
      #expect(
        told.last?.hasSuffix("“Ba” leads to https://b.vn/, most likely the same page") == true, "\(told)")
    }
    #expect(try !site.notes("link create Năm --url https://b.vn/x").contains { $0.contains("leads to") })
    #expect(
      try site.notes("link create Sáu --url http://b.vn/x/").contains { $0.contains("most likely the same") })
    #expect(try site.notes("link restore 1").last?.contains("“Hai” leads to") == true)
  }

  @Test func clicksAreCountedByDay() throws {
    try site.run("link create Một --url https://example.vn/ --state published")
    try site.run("link create Hai --url https://b.vn/ --state published")
    #expect(try site.notes("link follow 1") == ["https://example.vn/"])
    try site.run("link follow 1")
    try site.run("link follow 2")
    try site.run("link follow 2 --dry-run")
    #expect(
      try site.run("link clicks --format csv").replacing("\r", with: "")
        == "id,title,clicks,last\n1,Một,2,2026-11-18\n2,Hai,1,2026-11-18\n")
    #expect(try site.run("link clicks --by-day --field clicks") == "2\n1\n")
  }

  @Test func clicksAndChecksTravelWithTheSite() throws {
    try site.run("link create Một --url https://example.vn/")
    try site.run("link follow 1")
    try site.run("link check")
    try site.run("export archive --to \(site.folder)/all.tar")
    let other = try TestSite([LinksPlugin()])
    try other.run("import archive \(site.folder)/all.tar")
    #expect(try other.run("link clicks --field clicks") == "1\n")
    #expect(try other.run("link check --broken --field note") == "there is no network here\n")
  }

  @Test func blockTakesAGroupAndACount() throws {
    try site.run("linkgroup create 'Bộ ngành'")
    try site.run("block add links --region sidebar --set group=bo-nganh --set count=5")
    #expect(site.refusal("block add links --region sidebar --set count=0") != nil)
  }

  @Test func everyExampleRuns() throws {
    for number in 1...12 { try site.run("link create 'Số \(number)' --url https://a\(number).vn/") }
    for command in site.table.commands
    where command.spec.noun == "link" && ["check", "clicks", "follow"].contains(command.spec.verb) {
      for example in command.spec.examples { try site.run(String(example.trimmingPrefix("sen "))) }
    }
  }

  @Test func linksConform() throws {
    #expect(try Conformance.problems(of: LinksPlugin()).isEmpty)
  }
}
