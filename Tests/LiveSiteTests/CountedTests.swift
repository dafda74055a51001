import Foundation
import Links
import News
import SenKernel
import SenTesting
import Testing
import Visits
import Web

@testable import LiveSite

/// Counted is what somebody gets to see: no heads, no parts of what was begun before, nothing that is fetched ahead.
struct CountedTests {
  static let silent: [(WebMethod, WebHeaders)] = [
    (.head, [:]), (.get, ["Sec-Purpose": "prefetch"]), (.get, ["sec-purpose": "prefetch;prerender"]),
    (.get, ["Purpose": "prefetch"]), (.get, ["purpose": "Prefetch"]), (.get, ["X-Purpose": "preview"]),
    (.get, ["X-Moz": "prefetch"]), (.get, ["Range": "bytes=100-"]), (.get, ["range": "Bytes=5-9"]),
    (.get, ["Range": "bytes=-500"]),
  ]
  static let seen: [(WebMethod, WebHeaders)] = [
    (.get, [:]), (.get, ["Range": "bytes=0-"]), (.get, ["Range": "bytes=0-99, 200-"]),
    (.get, ["Range": "x=5-"]),
    (.get, ["Purpose": "reading"]), (.get, ["If-None-Match": "\"x\""]),
  ]

  @Test func aRequestThatShowsNobodyAnythingCountsNowhere() throws {
    let site = try TestSite([NewsPlugin(), LinksPlugin(), VisitsPlugin()])
    try site.run("linkgroup create Bộ --slug bo --state published")
    try site.run("link create 'Bộ' --slug bo-nn --group bo --url https://a.example/ --state published")
    let live = try LiveSite(site)
    for (method, headers) in Self.silent + Self.seen {
      for target in ["/", "/link/bo-nn/follow"] {
        // The first time it is made, the second it is at hand.
        for _ in 1...2 {
          var headers = headers
          headers["User-Agent"] = "Mozilla/5.0 Firefox/140.0"
          let request = try WebRequest(method, target, headers: headers)
          if live.responder.ready(for: request) == nil { _ = try live.responder.respond(to: request) }
        }
      }
    }
    live.responder.close()
    let count = 2 * Self.seen.count
    #expect(try site.run("visits pages --format csv").contains("/,\(count)"))
    #expect(try site.run("link clicks --format csv").contains(",\(count)"))
  }
}
