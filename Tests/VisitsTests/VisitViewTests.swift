import Foundation
import SenKernel
import SenTesting
import Testing
import Visits

/// What visitors see of visits.
struct VisitViewTests {
  @Test func theBlockCountsVisitorsAndGrowsOldWithinAMinute() throws {
    let clock = TestClock("2026-11-18T11:06:40Z")
    let site = try TestSite([VisitsPlugin()]) { clock.now }
    #expect(try site.view(ofBlock: "visits") == nil)
    func visit(_ session: String) throws {
      try site.run("visits record / --session \(session) --agent '\(VisitTests.firefox)'")
    }
    try visit("an")
    clock.move(by: 20 * 86_400)
    try visit("an")
    clock.move(by: 86_400)
    try visit("an")
    clock.move(by: 600)
    try visit("binh")
    let trace = PageTrace()
    #expect(
      try site.view(ofBlock: "visits", trace: trace)?.text == "{month: 3, online: 1, today: 2, total: 4}")
    #expect(trace.expiry == clock.now + 60)
  }
}
