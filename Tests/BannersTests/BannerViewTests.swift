import Banners
import Foundation
import GRDB
import SenKernel
import SenTesting
import Testing

/// What visitors see of banners.
struct BannerViewTests {
  private let clock = TestClock("2026-11-18T11:06:40Z")
  private let site: TestSite

  init() throws {
    site = try TestSite([BannersPlugin()]) { [clock] in clock.now }
    try site.run("zone create 'Đầu trang' --slug dau --width 728 --turns sequence --state published")
    try site.run(
      "banner create Phân --slug phan --zone dau --text 'Phân bón' --link https://phan.example/ --is-paid true "
        + "--new-window true --state published")
    try site.run(
      "banner create Giống --slug giong --zone dau --text 'Lúa giống' --weight 3 --state published")
  }

  private func shown(_ count: Int = 1, trace: PageTrace = PageTrace()) throws -> [String] {
    try site.view(ofBlock: "banner", "zone=dau", "count=\(count)", trace: trace)?.views("banners")
      .compactMap { $0.text("item") } ?? []
  }

  @Test func aBlockShowsTheBannersOfItsZone() throws {
    let trace = PageTrace()
    #expect(
      try site.view(ofBlock: "banner", "zone=dau", "count=2", trace: trace)?.text
        == "{banners: [{address: https://phan.example/, isPaid: yes, item: banner:phan, newWindow: yes, "
        + "rel: sponsored noopener, seen: form(banner phan seen), url: /banner/phan/follow}, "
        + "{address: -, isPaid: no, item: banner:giong, newWindow: no, rel: , seen: form(banner giong seen), "
        + "url: -}], zone: zone:dau}")
    // All are shown: nothing changes by the minute.
    #expect(trace.expiry == nil && trace.nouns.contains("banner"))
  }

  @Test func theyTakeTurnsByTheMinuteAndTheirWeights() throws {
    let trace = PageTrace()
    _ = try shown(trace: trace)
    #expect(trace.expiry == clock.now + 20)
    var turns: [String] = []
    for _ in 0..<8 {
      turns += try shown()
      clock.move(by: 60)
    }
    #expect(turns.filter { $0 == "banner:phan" }.count == 2)
    // Never the same all the time, as blocks of weights would have it.
    #expect(turns.indices.dropFirst(4).allSatisfy { turns[$0] == turns[$0 - 4] })
  }

  @Test(arguments: [Int64.max, 0, -5], ["sequence", "random"])
  func aWeightThatNoSenHasWrittenEndsNoPage(weight: Int64, turns: String) throws {
    try site.site.database.pool.writeWithoutTransaction {
      try $0.execute(sql: "UPDATE banner SET weight = ?", arguments: [weight])
    }
    try site.run("zone set dau turns=\(turns)")
    #expect(try shown().count == 1)
  }

  @Test func chanceIsTheSameForAllWithinAMinute() throws {
    try site.run("zone set dau turns=random")
    var turns: [String] = []
    for _ in 0..<40 {
      let first = try shown()
      clock.move(by: 15)
      #expect(try shown() == first)
      turns += first
      clock.move(by: 45)
    }
    #expect((20...38).contains(turns.filter { $0 == "banner:giong" }.count))
  }

  @Test func bannersHaveTheirTime() throws {
    try site.run("banner set phan expireAt=+1h")
    try site.run("banner set giong publishAt=+2h")
    #expect(try shown(9) == ["banner:phan"])
    clock.move(by: 5400)
    #expect(try site.view(ofBlock: "banner", "zone=dau") == nil)
    clock.move(by: 5400)
    #expect(try shown(9) == ["banner:giong"])
    try site.run("zone unpublish dau")
    #expect(try site.view(ofBlock: "banner", "zone=dau") == nil)
  }
}
