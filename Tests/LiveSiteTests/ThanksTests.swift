import Foundation
import Polls
import SenKernel
import SenTesting
import Testing
import Web

@testable import LiveSite

/// Thanks are for whoever did something, and for nobody who opens the address of the page that says them.
struct ThanksTests {
  let clock = TestClock("2026-11-30T08:00:00Z")
  let site: TestSite
  let live: LiveSite
  private let path = "/poll/gi-truoc/"

  init() throws {
    let clock = clock
    site = try TestSite([PollsPlugin()]) { clock.now }
    try site.run("poll create 'Gì trước?' --options Đường --options Nước --state published")
    try site.run("poll create 'Khác?' --options A --options B --state published")
    live = try LiveSite(site)
  }

  private func isThanked(_ target: String, cookie: String? = nil, address: String = "192.0.2.9") throws
    -> Bool
  {
    var request = try WebRequest(.get, target, address: address)
    if let cookie { request.headers["Cookie"] = cookie }
    #expect(live.responder.ready(for: request) == nil)
    let page = try live.responder.respond(to: request)
    #expect(page.status == 200 && page.headers["Cache-Control"] == "no-store")
    return page.text.contains("Cảm ơn")
  }

  @Test func onlyWhoActedIsThanked() throws {
    let voted = try live.post("\(path)vote", [("option", "1")])
    let cookie = try #require(voted.cookie)
    let address = try #require(voted.headers["Location"])
    #expect(try isThanked(address, cookie: cookie))
    // A link that was passed on, and one that was made up.
    #expect(try !isThanked(address))
    let other = try #require(try live.post("/poll/khac/vote", [("option", "1")], address: "192.0.2.1").cookie)
    #expect(try !isThanked(address, cookie: other))
    for made in ["vote", "rate", "ask", "", "a.b.c"] {
      #expect(try !isThanked("\(path)?done=\(made)", cookie: cookie))
    }
    // It holds for the page that it was made for, and for ten minutes.
    #expect(try !isThanked(address.replacing(path, with: "/poll/khac/"), cookie: cookie))
    clock.move(by: 601)
    #expect(try !isThanked(address, cookie: cookie))
  }

  @Test func whoTakesNoCookiesIsThankedAsWell() throws {
    let address = try #require(
      try live.post("\(path)vote", [("option", "1")], address: "192.0.2.5").headers["Location"])
    #expect(try isThanked(address, address: "192.0.2.5"))
    #expect(try !isThanked(address, address: "192.0.2.6"))
  }
}
