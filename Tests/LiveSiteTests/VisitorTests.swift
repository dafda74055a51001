import Foundation
import GRDB
import News
import Polls
import Questions
import SenKernel
import SenTesting
import Testing
import Visits
import Web

@testable import LiveSite

/// What visitors do, once each, and nobody in their name.
struct VisitorTests {
  let site: TestSite
  let live: LiveSite
  let clock = TestClock("2026-11-30T08:00:00Z")

  init() throws {
    let clock = clock
    site = try TestSite([NewsPlugin(), PollsPlugin(), QuestionsPlugin(), VisitsPlugin()]) { clock.now }
    try site.run("poll create 'Làm gì trước?' --options Đường --options Nước --state published")
    try site.run("questiongroup create 'Chính sách' --state published")
    live = try LiveSite(site)
  }

  private func votes() throws -> String { try site.run("poll results @last --format csv --fields votes") }

  @Test func aVoteCountsOnce() throws {
    let first = try live.post("/poll/lam-gi-truoc/vote", [("option", "1")])
    #expect(first.status == 303)
    let thanksAddress = try #require(first.headers["Location"])
    #expect(thanksAddress.hasPrefix("/poll/lam-gi-truoc/?done="))
    let cookie = try #require(first.cookie)
    let again = try live.post("/poll/lam-gi-truoc/vote", [("option", "2")], cookie: cookie)
    #expect(again.status == 409)
    #expect(try votes() == "votes\n1\n0\n")
    let thanks = try live.get(thanksAddress, headers: ["Cookie": cookie])
    #expect(thanks.text.contains("Cảm ơn"))
    #expect(thanks.headers["Cache-Control"] == "no-store" && first.headers["Cache-Control"] == "no-store")
  }

  @Test func whoThrowsTheCookieAwayIsStoppedByTheSecondHurdle() throws {
    let statuses = try (0..<5).map { _ in try live.post("/poll/lam-gi-truoc/vote", [("option", "1")]).status }
    #expect(statuses == [303, 303, 303, 409, 409])
    // From elsewhere it goes on.
    #expect(try live.post("/poll/lam-gi-truoc/vote", [("option", "1")], address: "192.0.2.7").status == 303)
  }

  @Test func aCookieOfAnotherActLiftsNoHurdle() throws {
    // Each question that is asked without a cookie is given one.
    let cookies = try (0..<5).map { _ in
      try #require(live.post("/questiongroup/chinh-sach/ask", [("title", "Khi nào?")]).cookie)
    }
    #expect(Set(cookies).count == 5)
    let statuses = try cookies.map {
      try live.post("/poll/lam-gi-truoc/vote", [("option", "1")], cookie: $0).status
    }
    #expect(statuses == [303, 303, 303, 409, 409])
    #expect(try votes() == "votes\n3\n0\n")
    #expect(
      try live.post("/poll/lam-gi-truoc/vote", [("option", "2")], cookie: cookies[4], address: "192.0.2.7")
        .status
        == 303)
  }

  @Test func anOfficeWhoseCookiesAreOfAnEarlierDayMayVote() throws {
    let cookies = try (0..<40).map { number in
      try #require(
        live.post(
          "/questiongroup/chinh-sach/ask", [("title", "Khi nào?")], address: "192.0.2.\(number + 1)"
        ).cookie)
    }
    clock.move(by: 86_400)
    let statuses = try cookies.map {
      try live.post("/poll/lam-gi-truoc/vote", [("option", "1")], cookie: $0).status
    }
    #expect(statuses == Array(repeating: 303, count: 30) + Array(repeating: 409, count: 10))
    #expect(try live.post("/poll/lam-gi-truoc/vote", [("option", "1")]).status == 409)
  }

  @Test func aHouseholdOfIPv6HasOneHurdle() throws {
    func vote(_ address: String) throws -> Int {
      try live.post("/poll/lam-gi-truoc/vote", [("option", "1")], address: address).status
    }
    #expect(try (1...5).map { try vote("2001:db8:77:1::\($0)") } == [303, 303, 303, 409, 409])
    #expect(try vote("2001:db8:77:2::1") == 303)
  }

  @Test func whoHasVotedTakesNoneOfTheHousehold() throws {
    let cookie = try #require(live.post("/poll/lam-gi-truoc/vote", [("option", "1")]).cookie)
    for _ in 0..<4 {
      #expect(try live.post("/poll/lam-gi-truoc/vote", [("option", "1")], cookie: cookie).status == 409)
    }
    #expect(try live.post("/poll/lam-gi-truoc/vote", [("option", "2")]).status == 303)
  }

  @Test func whoIsRefusedHasNotVoted() throws {
    for _ in 0..<5 {
      #expect([404, 422].contains(try live.post("/poll/lam-gi-truoc/vote", [("option", "9")]).status))
    }
    #expect(try live.post("/poll/lam-gi-truoc/vote", [("option", "1")]).status == 303)
  }

  /// However the address is written: browsers write it in one way.
  @Test(arguments: [
    ("https://Tinh.example.vn", "https://tinh.example.vn"),
    ("https://tinh.example.vn:443/portal/?a", "https://tinh.example.vn"),
    ("http://tinh.example.vn:80", "http://tinh.example.vn"),
    ("https://Thử-Nghiệm.vn", "https://xn--th-nghim-l70dko.vn"),
    ("https://xn--th-nghim-l70dko.vn", "https://xn--th-nghim-l70dko.vn"),
    ("https://tinh.example.vn:8443", "https://tinh.example.vn:8443"),
  ])
  func theTreeIsKnownHoweverItsAddressIsWritten(address: String, origin: String) throws {
    let other = try Site.open(site.folder, registry: site.site.registry, actor: "lan", clock: site.site.clock)
    try other.write { try $0.set(setting: "address", to: .text(address)) }
    try site.site.reloadSettings()
    var request = try WebRequest(.post, "/poll/lam-gi-truoc/vote")
    request.headers["Sec-Fetch-Site"] = "cross-site"
    request.form = ["option": "1"]
    for (sent, status) in [(origin, nil), ("null", 403), (origin + "1", 403), ("https://evil.vn", 403)] {
      request.headers["Origin"] = sent
      // What has changed and was not looked at is told by the form.
      let answer = Result { try live.responder.respond(to: request).status }
      #expect((try? answer.get()) == (status == nil ? 422 : nil), "\(sent)")
    }
  }

  @Test func formsOfATreeElsewhereAreSentAgainHere() throws {
    let path = "/poll/lam-gi-truoc/vote"
    let other = try Site.open(site.folder, registry: site.site.registry, actor: "lan", clock: site.site.clock)
    try other.write { try $0.set(setting: "address", to: .text("https://tinh.example.vn")) }
    var request = try WebRequest(.post, path)
    request.headers["Sec-Fetch-Site"] = "cross-site"
    request.headers["Origin"] = "https://tinh.example.vn"
    request.form = ["option": "1"]
    // It gets as far as here, though browsers call it another site's, and though nobody has asked for a page since the
    // address was changed, by another process.
    #expect(live.responder.refusal(of: request) == nil)
    let answer = try live.responder.respond(to: request)
    #expect(answer.status == 422 && answer.text.contains("xin gửi lại biểu mẫu"))
    #expect(answer.text.contains("value=\"1\" id=\"field-option\" checked"))
    #expect(live.responder.refusal(of: request) == nil)
    request.headers["Origin"] = "https://tinh.example.vn.evil.example"
    #expect(live.responder.refusal(of: request)?.status == 403)
    #expect(throws: WebProblem.self) { try live.responder.respond(to: request) }
    #expect(try votes().contains("\n0\n"))
  }

  @Test func nobodyVotesFromAnotherSite() throws {
    #expect(try live.post("/poll/lam-gi-truoc/vote", [("option", "1")], site: "cross-site").status == 403)
    // Without the page's own token, or with that of another form, it is asked for again.
    for token in ["", "x", try live.token(for: "/questiongroup/chinh-sach/ask") ?? ""] {
      let response = try live.post("/poll/lam-gi-truoc/vote", [("option", "1")], token: token)
      #expect(response.status == 422 && response.text.contains("xin gửi lại biểu mẫu"))
    }
    #expect(try votes() == "votes\n0\n0\n")
  }

  @Test func nothingOfWhoVotedIsStored() throws {
    let response = try live.post("/poll/lam-gi-truoc/vote", [("option", "1")], address: "203.0.113.99")
    let cookie = try #require(response.cookie)
    let name = String(cookie.dropFirst("\(Visitors.cookie)=".count))
    let dump = try site.site.read { db in
      try String.fetchAll(db, sql: "SELECT voter FROM pollBallot").joined()
        + String.fetchAll(db, sql: "SELECT command || coalesce(actor, '') FROM journal").joined()
    }
    #expect(!dump.contains("203.0.113"))
    #expect(!dump.contains(name))
    #expect(dump.contains("web-"))
  }

  @Test func aQuestionWaitsForAnEditor() throws {
    let response = try live.post(
      "/questiongroup/chinh-sach/ask",
      [("title", "<script>alert(1)</script> Khi nào?"), ("contact", "an@example.vn")])
    #expect(response.status == 303)
    #expect(try site.run("question list --format csv --fields state") == "state\nreview\n")
    let missing = try live.post("/questiongroup/chinh-sach/ask", [("text", "x")])
    #expect(missing.status == 422)
  }

  @Test func onlyWhatIsForVisitorsCanBeDone() throws {
    #expect(try live.post("/poll/lam-gi-truoc/reset", []).status == 404)
    #expect(try live.post("/poll/lam-gi-truoc/delete", []).status == 404)
    try site.run("poll unpublish lam-gi-truoc")
    #expect(try live.post("/poll/lam-gi-truoc/vote", [("option", "1")]).status == 404)
  }

  @Test func visitsAreCountedAwayFromThePages() throws {
    let agent: WebHeaders = ["User-Agent": "Mozilla/5.0 Firefox/140.0"]
    _ = try live.get("/poll/lam-gi-truoc/", headers: agent)
    _ = try live.get("/poll/lam-gi-truoc/", headers: agent)
    live.responder.close()
    #expect(try site.run("visits show --format csv --fields today,total") == "today,total\n1,1\n")
  }
}
