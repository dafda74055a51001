import Foundation
import Polls
import SenKernel
import SenTesting
import Testing
import Web

@testable import LiveSite
@testable import StaticSite

/// The results of a poll that are for those who have voted: they see them while it is open, and nobody else does.
struct PersonalPageTests {
  let clock = TestClock("2026-11-30T08:00:00Z")
  let site: TestSite
  let live: LiveSite
  private let path = "/poll/gi-truoc/"

  init() throws {
    let clock = clock
    site = try TestSite([PollsPlugin()]) { clock.now }
    try site.run("config set address https://tinh.example.vn")
    try site.run(
      "poll create 'Gì trước?' --options Đường --options Nước --results afterVoting --closes 2026-12-05 --state published"
    )
    try site.run("block add poll --region sidebar")
    live = try LiveSite(site)
  }

  private func seesResults(_ page: WebResponse) -> Bool { page.text.contains("class=\"results\"") }

  @Test func whoHasVotedSeesTheResultsAndNobodyElse() throws {
    #expect(try !seesResults(live.get(path)))
    let voted = try live.post("\(path)vote", [("option", "1")])
    let cookie = try #require(voted.cookie)
    let mine: WebHeaders = ["Cookie": cookie]
    let thanks = try live.get(try #require(voted.headers["Location"]), headers: mine)
    #expect(seesResults(thanks) && thanks.text.contains("Cảm ơn"))
    for _ in 0..<2 {
      let page = try live.get(path, headers: mine)
      #expect(seesResults(page) && !page.text.contains("name=\"option\" value=\"1\" id=\"field-option\""))
      #expect(page.headers["Cache-Control"] == "private, no-cache" && page.headers.list("Vary") == "Cookie")
      #expect(page.headers["Surrogate-Key"] == nil && page.lastModified == nil)
      // Neither without the cookie nor with one that was made up, whoever looked before.
      #expect(try !seesResults(live.get(path)))
      #expect(try !seesResults(live.get("\(path)?done=vote")))
      #expect(try !seesResults(live.get(path, headers: ["Cookie": "\(cookie)x"])))
    }
    #expect(try !live.isReady(path))
    // Another visitor, known by voting elsewhere.
    try site.run("poll create 'Khác?' --options A --options B --state published")
    let other = try #require(try live.post("/poll/khac/vote", [("option", "1")], address: "192.0.2.1").cookie)
    #expect(try !seesResults(live.get(path, headers: ["Cookie": other])))
    // Who votes again is told so, with the results.
    let again = try live.post("\(path)vote", [("option", "2")], cookie: cookie)
    #expect(again.status == 409 && seesResults(again))
    // Once it is closed they are everybody's.
    clock.move(by: 6 * 86_400)
    #expect(try seesResults(live.get(path)))
    #expect(try live.isReady(path))
  }

  @Test func nothingElseTellsThem() throws {
    let cookie = try #require(try live.post("\(path)vote", [("option", "1")]).cookie)
    for path in ["/api/poll/gi-truoc", "/api/poll", "/poll/", "/", "/feed.xml", "/sitemap.xml"] {
      for _ in 0..<2 {
        let page = try live.get(path, headers: ["Cookie": cookie])
        #expect(!seesResults(page) && !page.text.contains("\"votes\":1"), "\(path)")
      }
    }
    let folder = "\(site.folder)-public"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    _ = try Publisher(site.site, folder: folder, actionsOrigin: "https://live.example.vn").run(
      isWhole: true, note: { _ in }, progress: { _, _ in true })
    let file = try String(contentsOfFile: "\(folder)\(path)index.html", encoding: .utf8)
    #expect(!file.contains("class=\"results\"") && file.contains("Kết quả cho người đã biểu quyết"))
  }
}
