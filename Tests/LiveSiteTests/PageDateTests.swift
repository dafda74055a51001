import Foundation
import News
import SenKernel
import SenTesting
import Testing
import Web

@testable import LiveSite

/// `Last-Modified` of pages tells the truth, or nothing.
struct PageDateTests {
  let clock = TestClock("2026-11-30T08:00:00Z")
  let site: TestSite
  let live: LiveSite
  private let path = "/article/lua-moi/"

  init() throws {
    let clock = clock
    site = try TestSite([NewsPlugin()]) { clock.now }
    try site.run("article create 'Lúa mới' --state published")
    try site.run("block add latest-news --region sidebar")
    live = try LiveSite(site)
  }

  private func outcome(since date: Date?) throws -> Conditions.Outcome {
    let page = try live.get(path)
    let headers: WebHeaders = date.map { ["If-Modified-Since": HTTPDate.text($0)] } ?? [:]
    return Conditions.outcome(
      of: try WebRequest(.get, path, headers: headers), tag: page.entityTag, modified: page.lastModified)
  }

  @Test func aPageHasTheDateOfItsLastChangeWhateverPartChanged() throws {
    let first = try #require(try live.get(path).lastModified)
    #expect(first == clock.now)
    clock.move(by: 100)
    #expect(try live.get(path).lastModified == first)
    #expect(try outcome(since: first) == .notModified)
    // Another item, which stands beside this one: the page is another, though its own item is not.
    try site.run("article create 'Ngô mới' --state published")
    #expect(try live.get(path).lastModified == clock.now)
    #expect(try outcome(since: first) == .proceed)
    #expect(try outcome(since: clock.now) == .notModified)
    // Made anew and the same: it has kept its date.
    let second = clock.now
    clock.move(by: 100)
    try site.run("article create 'Nháp'")
    #expect(try !live.isReady(path))
    #expect(try live.get(path).lastModified == second)
  }

  @Test func feedsAndSitemapsOfOneSecondAreToldApartAsWell() throws {
    try site.run("config set address https://portal.example.vn")
    for target in ["/feed.xml", "/feed.json", "/sitemap-news.xml"] {
      clock.move(by: 10)
      try site.run("article set lua-moi summary=Một")
      let first = try live.get(target)
      #expect(first.status == 200 && first.lastModified == clock.now)
      try site.run("article set lua-moi summary='Hai \(target)' title='Lúa \(target)'")
      let second = try live.get(target)
      #expect(second.text != first.text && second.lastModified == nil, "\(target)")
      // What is taken back is another page once more, whatever its items say.
      clock.move(by: 10)
      try site.run("history undo")
      let third = try live.get(target)
      #expect(try #require(third.lastModified) == clock.now, "\(target)")
    }
  }

  @Test func twoPagesOfOneSecondAreToldApartByTheirTags() throws {
    let first = try live.get(path)
    try site.run("article set lua-moi summary='Khác'")
    let second = try live.get(path)
    #expect(first.entityTag != second.entityTag && second.lastModified == nil)
    #expect(try outcome(since: first.lastModified) == .proceed)
    clock.move(by: 2)
    try site.run("article set lua-moi summary='Khác nữa'")
    #expect(try live.get(path).lastModified == clock.now)
  }
}
