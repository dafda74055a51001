import ContentModel
import Foundation
import News
import Polls
import SenKernel
import SenTesting
import Testing
import Web

@testable import LiveSite

/// What a cache before the site is told.
@Suite struct PurgeTests {
  private let site: TestSite
  private let cache = Cache()

  init() throws {
    site = try TestSite([NewsPlugin(), PollsPlugin()])
    try site.run("category create 'Tin tức' --state published")
    try site.run("article create 'Lúa mới' --category tin-tuc --body 'Được mùa.' --state published")
    try site.run("article create 'Ngô mới' --body 'Được mùa.' --state published")
  }

  /// A cache that can be away.
  private final class Cache: Sendable {
    let told = Guarded<[[String]]>([])
    let isAway = Guarded(false)
    let notes = Guarded<[String]>([])

    func desk() -> PurgeDesk {
      PurgeDesk { keys in
        if self.isAway.withLock({ $0 }) { throw FetchFailure("refused", "http://cache") }
        self.told.withLock { $0.append(keys) }
      } note: { note in
        self.notes.withLock { $0.append(note) }
      }
    }

    /// Waits until it was told some keys, since when it was last forgotten.
    func expect(_ keys: Set<String>, sourceLocation: SourceLocation = #_sourceLocation) {
      for _ in 0..<200 {
        if keys.isSubset(of: all) { return }
        Thread.sleep(forTimeInterval: 0.05)
      }
      Issue.record("told \(all), not \(keys)", sourceLocation: sourceLocation)
    }
    var all: Set<String> { Set(told.withLock { $0 }.joined()) }
    func forget() { told.withLock { $0 = [] } }
  }

  private func responder() throws -> SiteResponder {
    try SiteResponder(site.site, purges: [cache.desk()]) { Issue.record("\($0)") }
  }

  private func keys(_ responder: SiteResponder, _ path: String) throws -> Set<String> {
    let response = try responder.respond(to: WebRequest(.get, path))
    return Set((response.headers["Surrogate-Key"] ?? "").split(separator: " ").map(String.init))
  }

  private func id(_ slug: String, _ noun: String = "article") throws -> String {
    "i" + (try site.run("\(noun) list --filter slug=\(slug) --field id").trimmingCharacters(in: .newlines))
  }

  @Test func pagesSayWhatTheyShowAndChangesSayWhatTheyTouch() throws {
    let responder = try responder()
    defer { responder.close() }
    cache.expect(["all"])
    // That is said once more, for what was on its way.
    Thread.sleep(forTimeInterval: 4)
    cache.forget()
    let (lua, ngo) = (try id("lua-moi"), try id("ngo-moi"))
    let page = try keys(responder, "/article/lua-moi/")
    #expect(page.isSuperset(of: ["all", lua, try id("tin-tuc", "category")]))
    #expect(!page.contains(ngo) || page.contains("n_article"))
    #expect(try keys(responder, "/article/").isSuperset(of: ["all", "n_article", lua, ngo]))
    #expect(try keys(responder, "/poll/").isSuperset(of: ["all", "n_poll"]))
    #expect(try keys(responder, "/poll/").isDisjoint(with: ["n_article", lua, ngo]))
    let response = try responder.respond(to: WebRequest(.get, "/article/"))
    let end = try #require(response.headers["Expires"].flatMap(HTTPDate.date))
    #expect(end > Date() && end <= Date().addingTimeInterval(86_401))
    // From memory as well.
    #expect(try responder.ready(for: WebRequest(.get, "/article/"))?.response.headers["Expires"] != nil)
    #expect(try keys(responder, "/article/khong-co/") == [])

    try site.run("article set lua-moi summary=Mới")
    cache.expect([lua, "media"])
    #expect(cache.all.isDisjoint(with: ["all", ngo, "n_poll"]))
    cache.forget()
    try site.run("article set ngo-moi state=draft")
    cache.expect([ngo, "n_article"])
    #expect(!cache.all.contains("all"))
    try site.run("config set title Mới")
    cache.expect(["all"])
    #expect(cache.notes.withLock { $0 } == [])
  }

  /// The map of the site says when any of it was changed.
  @Test func whatSaysWhenAnythingWasChangedGoesWithAnyChange() throws {
    try site.run("config set address https://a.example")
    let responder = try responder()
    defer { responder.close() }
    for path in ["/sitemap.xml", "/sitemap-site-1.xml"] {
      #expect(try keys(responder, path).contains("changes"), "\(path)")
    }
    #expect(try !keys(responder, "/article/lua-moi/").contains("changes"))
    cache.forget()
    try site.run("article set ngo-moi title='Ngô non'")
    cache.expect(["changes"])
  }

  @Test func withoutACacheNothingIsSaid() throws {
    let live = try LiveSite(site)
    let response = try live.get("/article/lua-moi/")
    #expect(response.headers["Surrogate-Key"] == nil && response.headers["Expires"] == nil)
  }

  @Test func aCacheThatIsAwayIsToldLaterAndKeepsNobodyWaiting() throws {
    cache.isAway.withLock { $0 = true }
    let responder = try responder()
    defer { responder.close() }
    let ngo = try id("ngo-moi")
    try site.run("article set ngo-moi summary=Mới")
    #expect(try responder.respond(to: WebRequest(.get, "/article/ngo-moi/")).status == 200)
    for _ in 0..<100 where cache.notes.withLock({ $0.isEmpty }) { Thread.sleep(forTimeInterval: 0.05) }
    #expect(cache.notes.withLock { $0.count } == 1)
    cache.isAway.withLock { $0 = false }
    // The first is that everything is old.
    cache.expect(["all"])
    for _ in 0..<100 where cache.notes.withLock({ $0.count < 2 }) { Thread.sleep(forTimeInterval: 0.05) }
    #expect(
      cache.notes.withLock { $0.last } == "The cache answers again, and what has changed meanwhile is purged")
    try site.run("article set ngo-moi summary=Khác")
    cache.expect([ngo])
  }

  @Test func aPageOfVeryManyItemsGoesWithAnyOfThem() throws {
    let trace = PageTrace()
    for id in 1...5000 { trace.add(item: Int64(id)) }
    trace.add(noun: "article")
    #expect(SurrogateKeys.text([trace]) == "all n_article many")
    let responder = try responder()
    defer { responder.close() }
    try site.run("article set ngo-moi summary=Khác")
    cache.expect(["many"])
  }
}
