import Foundation
import Gallery
import News
import Polls
import Rendering
import SenKernel
import SenTesting
import Testing
import Visits
import Web

@testable import LiveSite

/// Pages are what the site is now, whoever changes it, and nothing else leaves.
struct LivePagesTests {
  let clock = TestClock("2026-11-30T08:00:00Z")
  let site: TestSite
  let live: LiveSite

  init() throws {
    let clock = clock
    site = try TestSite([NewsPlugin(), PollsPlugin(), GalleryPlugin(), VisitsPlugin()]) { clock.now }
    try site.run("category create 'Tin tức' --state published")
    try site.run(
      "article create 'Lúa mới' --category tin-tuc --summary 'Vụ xuân' --body 'Được mùa.' --state published")
    live = try LiveSite(site)
  }

  @Test func aPageIsKeptUntilAnotherProcessChangesWhatItShows() throws {
    let path = "/article/lua-moi/"
    #expect(try live.get(path).text.contains("Vụ xuân"))
    #expect(try live.isReady(path))
    // A site of its own on the same files: another process.
    let other = try Site.open(site.folder, registry: site.site.registry, actor: "lan", clock: site.site.clock)
    try other.write { operation in
      let id = try #require(try other.store.id(slug: "lua-moi", of: "article", operation.db))
      try operation.update(id) { $0.values[1] = .text("Vụ hè thu") }
    }
    #expect(try !live.isReady(path))
    #expect(try live.get(path).text.contains("Vụ hè thu"))
    #expect(try live.isReady(path))
  }

  @Test func everyViewIsCountedOfAPageInMemoryAsWell() throws {
    let agents = ["Mozilla/5.0 Firefox/140.0", "Mozilla/5.0 Chrome/140.0 Safari/537.36"]
    for agent in agents {
      for _ in 1...50 { _ = try live.get("/", headers: ["User-Agent": agent]) }
    }
    _ = try live.get("/article/lua-moi/", headers: ["User-Agent": agents[0]])
    live.responder.close()
    func lines(_ line: String) throws -> [Substring] {
      try site.run("\(line) --format csv").replacing("\r", with: "").split(separator: "\n").dropFirst().map(
        \.self)
    }
    #expect(try lines("visits days") == ["2026-11-30,2,101"])
    #expect(try lines("visits pages").sorted() == ["/,100", "/article/lua-moi,1"])
  }

  @Test func settingsAndTheSitesOwnThemeReachThePages() throws {
    #expect(try live.get("/").text.contains("<title>Sen</title>"))
    try site.run("config set title 'Nông thôn mới'")
    #expect(try live.get("/").text.contains("<title>Nông thôn mới</title>"))
    let theme = site.folder + "/theme"
    try FileManager.default.createDirectory(atPath: theme, withIntermediateDirectories: true)
    try Data("<h1>Của tôi</h1>".utf8).write(to: URL(filePath: "\(theme)/front.mustache"))
    // Within a second or so, without anybody changing the content.
    let end = ContinuousClock.now + .seconds(20)
    while try !live.get("/").text.contains("Của tôi"), .now < end { usleep(100_000) }
    #expect(try live.get("/").text.contains("Của tôi"))
  }

  @Test func aThemeWithAFaultInItIsNotShown() throws {
    let live = try LiveSite(site) { #expect($0.contains("page-tag")) }
    #expect(try live.get("/").text.contains("class=\"kind-front\""))
    let theme = site.folder + "/theme"
    try FileManager.default.createDirectory(atPath: theme, withIntermediateDirectories: true)
    try Data("{{#broken".utf8).write(to: URL(filePath: "\(theme)/page-tag.mustache"))
    try site.run("config set title 'Vẫn chạy'")
    usleep(1_100_000)
    for path in ["/", "/article/lua-moi/", "/feed.xml"] {
      #expect(try live.get(path).status != 500, "\(path)")
    }
    #expect(try live.get("/").text.contains("<title>Vẫn chạy</title>"))
  }

  @Test func aThemeThatCannotBeReadIsNotShown() throws {
    let said = Guarded("")
    let live = try LiveSite(site) { text in said.withLock { $0 = text } }
    let theme = site.folder + "/theme"
    try FileManager.default.createDirectory(atPath: theme, withIntermediateDirectories: true)
    try Data("<h1>Của tôi</h1>".utf8).write(to: URL(filePath: "\(theme)/front.mustache"))
    usleep(1_100_000)
    #expect(try live.get("/").text.contains("Của tôi"))
    try FileManager.default.removeItem(atPath: theme)
    try Data("x".utf8).write(to: URL(filePath: theme))
    usleep(1_100_000)
    #expect(try live.get("/").text.contains("Của tôi"))
    #expect(said.withLock { $0 } == "The theme stays as it was: theme is no folder")
    try FileManager.default.removeItem(atPath: theme)
    usleep(1_100_000)
    #expect(try live.get("/").text.contains("class=\"kind-front\""))
  }

  @Test(.disabled(if: getuid() == 0, "root reads everything"), arguments: ["theme/extra.css", "theme"])
  func whatMayNotBeReadIsToldByItsName(name: String) throws {
    let said = Guarded("")
    let live = try LiveSite(site) { text in said.withLock { $0 = text } }
    let theme = site.folder + "/theme"
    try FileManager.default.createDirectory(atPath: theme, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(filePath: "\(theme)/extra.css"))
    let path = "\(site.folder)/\(name)"
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    defer { chmod(path, 0o755) }
    usleep(1_100_000)
    #expect(try live.get("/").status == 200)
    #expect(
      said.withLock { $0 } == "The theme stays as it was: \(name) cannot be read: Permission denied")
    // Once it can be read again it is shown, though it has not been written since.
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    usleep(1_100_000)
    let page = try live.get("/")
    #expect(page.status == 200)
    #expect(
      try live.responder.makers.latest().themeFiles.contains { $0.path.hasPrefix("/site/theme/extra.") })
  }

  @Test func formsHoldAsLongAsTheirPage() throws {
    let path = "/article/lua-moi/"
    let first = try live.get(path).text
    clock.move(by: 86_401)
    #expect(try !live.isReady(path))
    // Another token, which holds for another two days.
    #expect(try live.get(path).text != first)
  }

  @Test func whatOnlyCountsLeavesPagesInMemory() throws {
    _ = try live.get("/article/lua-moi/")
    try site.run("visits record /tin-tuc")
    // Somebody has to look whether that was content; then the page is served from memory again.
    _ = try live.get("/")
    #expect(try live.isReady("/article/lua-moi/"))
  }

  @Test func theClockAlonePublishesAndTakesDown() throws {
    try site.run(
      "article create 'Mai mới đăng' --category tin-tuc --body x --state published --publish-at 2026-12-01T00:00:00Z"
    )
    try site.run("article set lua-moi expireAt=2026-12-02T00:00:00Z")
    #expect(try live.get("/article/mai-moi-dang/").status == 404)
    #expect(try !live.get("/category/tin-tuc/").text.contains("Mai mới đăng"))
    #expect(try live.get("/article/lua-moi/").status == 200)
    clock.set("2026-12-01T00:00:01Z")
    #expect(try live.get("/article/mai-moi-dang/").status == 200)
    #expect(try live.get("/category/tin-tuc/").text.contains("Mai mới đăng"))
    clock.set("2026-12-02T00:00:01Z")
    #expect(try live.get("/article/lua-moi/").status == 410)
    #expect(try !live.get("/category/tin-tuc/").text.contains("Lúa mới"))
  }

  @Test func draftsAndTrashAreMissingAndFormerSlugsLeadOn() throws {
    try site.run("article create Nháp --category tin-tuc --body x")
    #expect(try live.get("/article/nhap/").status == 404)
    try site.run("article set lua-moi slug=lua-xuan")
    let moved = try live.get("/article/lua-moi/")
    #expect(moved.status == 301)
    // The slug may come back, and who has kept the way would go in a circle.
    #expect(moved.headers["Cache-Control"] == "no-cache")
    #expect(moved.headers["Location"] == "/article/lua-xuan/")
    try site.run("article delete lua-xuan")
    #expect(try live.get("/article/lua-xuan/").status == 410)
  }

  @Test func addressesHaveOneFormEach() throws {
    let response = try live.get("/article/lua-moi")
    #expect(response.status == 301)
    #expect(response.headers["Location"] == "/article/lua-moi/")
    #expect(try live.get("/nothing").status == 404)
    #expect(try live.get("/article/-/2/").status == 404)
    #expect(try live.get("/category/tin-tuc/2/").status == 404)
  }

  @Test(arguments: [
    ("/%61rticle/lua-moi/", "/article/lua-moi/"), ("/article/l%75a-moi", "/article/lua-moi/"),
    ("/article/%6Cua-moi/?a=%62", "/article/lua-moi/?a=%62"), ("/%61rticle/", "/article/"),
    ("/article/?page=1", "/article/"), ("/article/?page=", "/article/"),
    ("/article/?a=b&page=01&c", "/article/?a=b&c"),
    ("/article/?page=02", "/article/-/2/"), ("/article/?page=2&a=b", "/article/-/2/?a=b"),
    ("/category/tin-tuc/?page=1", "/category/tin-tuc/"), ("/category/tin-tuc/?page", "/category/tin-tuc/"),
    ("/search/?q=l%C3%BAa&page=1", "/search/?q=l%C3%BAa"),
    ("/search/?q=l%C3%BAa&page=", "/search/?q=l%C3%BAa"),
    ("/search/?page=02&q=a", "/search/?page=2&q=a"), ("/s%65arch/?q=a&page=0001", "/search/?q=a"),
  ])
  func otherFormsOfAnAddressLeadToIt(target: String, to address: String) throws {
    let response = try live.get(target)
    #expect(response.status == 301 && response.headers["Location"] == address)
    // And no further.
    #expect(try live.get(address).status != 301)
  }

  @Test func whatIsNotThereIsMissingInEveryForm() throws {
    try site.run("article create 'Chưa xong' --body x")
    for target in [
      "/.well-known/security.txt", "/article/index.html", "/.sen/gone.map", "/article/khong-co",
      "/nothing/%61", "/article/%c3%ba/", "/article/khong-co/?page=1", "/nothing/a/?page=1",
      "/article/khong-co/f%65ed.xml",
      // Nor is told that there is a draft.
      "/article/chua-xong",
    ] {
      #expect(try live.get(target).status == 404, "\(target)")
    }
    try site.run("article delete lua-moi")
    #expect(try live.get(live.get("/article/lua-moi").headers["Location"] ?? "").status == 410)
  }

  @Test func whatIsTheOneFormStaysWhereItIs() throws {
    for target in [
      "/article/lua-moi/?a=b", "/article/?page=x", "/search/?q=%61", "/search/?q=a&page=x",
      "/article/%C3%BA/", "/article/ú/",
    ] {
      #expect(try live.get(target).status != 301, "\(target)")
    }
  }

  @Test func pagesAreReadAndNothingElse() throws {
    for (target, status) in [
      ("/", 405), ("/article/", 405), ("/article/lua-moi/", 405), ("/search/", 405), ("/nothing/", 404),
      ("/article/nothing/", 404), ("/article/lua-moi/nothing", 404),
    ] {
      let answer = try live.post(target, [])
      #expect(answer.status == status, "\(target)")
      #expect(answer.headers["Allow"] == (status == 405 ? "GET, HEAD" : nil))
    }
  }

  @Test func onlyFilesOfWhatVisitorsSeeAreGiven() throws {
    let picture = site.folder + "/p.jpg"
    try site.site.pictures.draw(seed: 1, width: 900, height: 600).write(to: URL(filePath: picture))
    try site.run("article create 'Có ảnh' --category tin-tuc --body x --cover \(picture)")
    _ = try PublishedSizes.makeMissing(site.site) { _ in }
    let name = try site.run("article show co-anh --field cover").trimmingCharacters(in: .newlines)
    let size = "/media/\(name.prefix(64))/480.jpg"
    #expect(try live.get(size).status == 404)
    try site.run("article publish co-anh")
    #expect(try live.get(size).status == 200)
    // An original has where it was taken in it.
    #expect(try live.get("/media/\(name)").status == 404)
    for path in ["/media/\(name.prefix(64))/..%2f..%2fsite.db", "/media/../site.db", "/site/theme/%00"] {
      #expect(throws: WebProblem.self) { try live.get(path) }
    }
    try site.run("article unpublish co-anh")
    #expect(try live.get(size).status == 404)
  }
}
