import Foundation
import GRDB
import SenKernel
import SenTesting
import Testing
import Visits

struct VisitTests {
  let clock = TestClock("2026-11-18T11:06:40Z")
  let site: TestSite
  static let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

  init() throws {
    site = try TestSite([VisitsPlugin()]) { [clock] in clock.now }
  }

  private func lines(_ line: String) throws -> [String] {
    try site.run("\(line) --format csv").replacing("\r", with: "").split(separator: "\n").dropFirst().map(
      String.init)
  }

  private func visit(_ session: String, _ path: String, agent: String = firefox, referrer: String = "") throws
  {
    try site.run(
      "visits record '\(path)' --session \(session) --agent '\(agent)' --referrer '\(referrer)'")
  }

  @Test func aSessionIsOneVisitorHoweverManyPagesItSees() throws {
    try visit("an", "/")
    try visit("an", "/tin-tuc/?trang=2#a")
    clock.move(by: 1700)
    try visit("an", "/tin-tuc")
    try visit("binh", "/tin-tuc")
    #expect(try lines("visits days") == ["2026-11-18,2,4"])
    #expect(try lines("visits pages") == ["/tin-tuc,3", "/,1"])
    #expect(try lines("visits browsers") == ["Firefox,2"])
    clock.move(by: 1801)
    try visit("an", "/")
    #expect(try lines("visits days") == ["2026-11-18,3,5"])
  }

  @Test func onlineIsFiveMinutesAndDaysStay() throws {
    try visit("an", "/")
    clock.move(by: 200)
    try visit("binh", "/")
    #expect(try lines("visits show") == ["2,2,2,2"])
    clock.move(by: 200)
    #expect(try lines("visits show") == ["1,2,2,2"])
    // Midnight where the site is, not in Greenwich.
    clock.move(by: 6 * 3600)
    try visit("an", "/")
    #expect(try lines("visits show") == ["1,1,3,3"])
    clock.move(by: 20 * 86_400)
    #expect(try lines("visits show") == ["0,0,0,3"])
    #expect(try lines("visits days") == ["2026-11-18,2,2", "2026-11-19,1,1"])
    #expect(try lines("visits days --since 5d") == [])
    #expect(try lines("visits days --since 2026-11-19") == ["2026-11-19,1,1"])
    #expect(try site.run("visits days --chart --field chart").hasPrefix("████"))
  }

  @Test func onlyHostsOfOthersAreReferrers() throws {
    try site.run("config set address https://nongthon.example.vn")
    try visit("a", "/", referrer: "https://www.Example.com/search?q=ten+nguoi")
    try visit("b", "/", referrer: "http://example.com/")
    try visit("c", "/", referrer: "https://nongthon.example.vn/tin-tuc")
    try visit("d", "/", referrer: "javascript:alert(1)")
    try visit("e", "/", referrer: "không phải địa chỉ")
    #expect(try lines("visits referrers") == ["example.com,2"])
  }

  @Test(arguments: [
    "https://203.0.113.7/x", "http://[2001:db8::1]:8080/", "https://3405803783/", "http://0x7f.1/",
    "http://127.1/",
  ])
  func theAddressOfAMachineIsNoHost(referrer: String) throws {
    try visit("a", "/", referrer: referrer)
    #expect(try lines("visits referrers") == [])
    #expect(try lines("visits show") == ["1,1,1,1"])
  }

  @Test func aSessionThatTwoProcessesSeeFirstIsOneVisitor() throws {
    let counters = try (0..<3).map { _ in try VisitCounter(site.site) }
    for counter in counters {
      try counter.count(
        PageVisit(
          session: "an", path: "/", referrer: "https://example.com/", agent: Self.firefox, at: clock.now))
    }
    for counter in counters { try counter.write() }
    #expect(try lines("visits days") == ["2026-11-18,1,3"])
    #expect(try lines("visits browsers") == ["Firefox,1"])
    #expect(try lines("visits referrers") == ["example.com,1"])
  }

  @Test func nothingIsCountedBeforeItHappens() throws {
    try visit("an", "/")
    #expect(throws: Refusal.self) { try site.run("visits record / --at=+2d") }
    #expect(throws: Refusal.self) { try site.run("visits record / --at 2027-01-01") }
    try visit("an", "/")
    #expect(try lines("visits days") == ["2026-11-18,1,2"])
  }

  @Test func whatWasCountedElsewhereIsKeptApart() throws {
    try site.run("tag create lúa")
    try site.site.write { operation in
      try operation.db.execute(sql: "INSERT INTO visitCarried (itemId, hits) VALUES (1, 41)")
    }
    #expect(try lines("visits carried") == ["1,tag,lúa,41"])
    #expect(try lines("visits show") == ["0,0,0,0"])
    try site.run("export archive --to \(site.folder)/a.tar")
    let other = try TestSite([VisitsPlugin()])
    try other.run("import archive \(site.folder)/a.tar")
    #expect(try other.run("visits carried --field hits") == "41\n")
  }

  @Test func programsAreNoVisitors() throws {
    try visit("bot", "/", agent: "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)")
    #expect(try lines("visits show") == ["0,0,0,0"])
    #expect(try lines("visits browsers") == ["Bot,1"])
    #expect(try lines("visits pages") == [])
  }

  @Test func nothingThatTellsWhoItWasIsStored() throws {
    try visit("gianh-tinh", "/")
    for name in ["site.db", "site.db-wal"] {
      let bytes = FileManager.default.contents(atPath: "\(site.folder)/\(name)") ?? Data()
      #expect(bytes.range(of: Data("gianh-tinh".utf8)) == nil)
    }
  }

  @Test func aCounterWritesWhatItCountedInBatches() throws {
    let counter = try VisitCounter(site.site)
    try counter.write()
    for index in 0..<1000 {
      try counter.count(
        PageVisit(session: "s\(index % 250)", path: "/p\(index % 10)", agent: Self.firefox, at: clock.now))
    }
    #expect(try lines("visits show") == ["0,0,0,0"])
    try counter.write()
    try counter.write()
    #expect(try lines("visits show") == ["250,250,250,250"])
    #expect(try lines("visits pages").count == 10)
    // Another process knows the sessions of the first.
    #expect(
      try !VisitCounter(site.site).begins(
        PageVisit(session: "s1", path: "/", agent: Self.firefox, at: clock.now)))
  }

  @Test func countsTravelInArchivesAndSessionsDoNot() throws {
    try visit("an", "/", referrer: "https://example.com/")
    try site.run("export archive --to \(site.folder)/a")
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(site.folder)/a/side").sorted()
    #expect(names == ["visitBrowser.ndjson", "visitDay.ndjson", "visitPage.ndjson", "visitReferrer.ndjson"])
    #expect(
      try String(contentsOfFile: "\(site.folder)/a/side/visitDay.ndjson", encoding: .utf8)
        == "{\"day\":\"2026-11-18\",\"visitors\":1,\"hits\":1}\n")
    let other = try TestSite([VisitsPlugin()]) { [clock] in clock.now }
    try other.run("visits record / --session b")
    try other.run("visits record / --session c --at '2026-11-17 08:00'")
    try other.run("import archive \(site.folder)/a --on-conflict skip")
    #expect(try other.run("visits show --field total") == "2\n")
    #expect(throws: Refusal.self) { try other.run("import archive \(site.folder)/a --on-conflict fail") }
    try other.run("import archive \(site.folder)/a")
    #expect(try other.run("visits referrers --field host") == "example.com\n")
  }

  @Test(arguments: [
    (
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
      "Chrome"
    ),
    (
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
      "Edge"
    ),
    (
      "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/130.0 Chrome/124.0 Safari/537.36",
      "Cốc Cốc"
    ),
    (
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
      "Safari"
    ),
    (
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 CriOS/140.0 Mobile/15E148 Safari/604.1",
      "Chrome"
    ),
    (
      "Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36",
      "Samsung Internet"
    ),
    ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 OPR/120.0", "Opera"),
    ("Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko", "Internet Explorer"),
    ("curl/8.5.0", "Bot"), ("", "Bot"), ("Mozilla/5.0 (compatible; bingbot/2.0)", "Bot"),
    ("Lynx/2.9", "Other"),
  ])
  func browsersAreToldApart(_ agent: String, _ family: String) throws {
    try visit("x", "/", agent: agent)
    #expect(try site.run("visits browsers --field family") == "\(family)\n")
  }

  @Test func everyExampleRuns() throws {
    for command in VisitsPlugin().commands {
      for example in command.spec.examples { try site.run(String(example.dropFirst(4))) }
    }
  }

  @Test func thePluginConforms() throws {
    #expect(try Conformance.problems(of: VisitsPlugin()) == [])
  }
}
