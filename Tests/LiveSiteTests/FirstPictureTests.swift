import Foundation
import News
import SenKernel
import SenTesting
import Testing
import Web

@testable import LiveSite

/// A picture is seen as soon as what shows it is, not when a job has come by.
struct FirstPictureTests {
  let site: TestSite
  let live: LiveSite

  init() throws {
    site = try TestSite([NewsPlugin()])
    try site.run("config set address https://tinh.example.vn")
    live = try LiveSite(site)
  }

  private func picture(_ seed: UInt64) throws -> String {
    let path = "\(site.folder)/\(seed).jpg"
    try site.site.pictures.draw(seed: seed, width: 1200, height: 800).write(to: URL(filePath: path))
    return path
  }

  private func isFile(_ path: String) throws -> Bool {
    guard case .file(let file) = try live.get(path).body else { return false }
    return FileManager.default.fileExists(atPath: "\(file.folder)/\(file.name)")
  }

  @Test func theFirstPageThatShowsItMakesItsSizes() throws {
    try site.run("article create 'Có ảnh' --cover '\(picture(1))' --state published")
    #expect(!FileManager.default.fileExists(atPath: PublishedSizes.root(site.site)))
    let page = try live.get("/article/co-anh/").text
    let source = try #require(page.firstMatch(of: /<img src="(\/media\/[^"]+)"/)).output.1
    #expect(try isFile(String(source)))
    let sizes = try #require(page.firstMatch(of: /srcset="([^"]+)"/)).output.1.split(separator: ",")
    #expect(sizes.count == 3)
    for size in sizes { #expect(try isFile(String(size.split(separator: " ")[0])), "\(size)") }
    #expect(try live.get("/feed.xml").text.contains("<enclosure"))
    #expect(try live.isReady("/article/co-anh/"))
  }

  @Test func aFileThatIsNoPictureIsLeftOutAndLookedAtAgain() throws {
    try site.run("article create 'Hỏng' --cover '\(picture(2))' --state published")
    let name = try #require(try site.site.mediaFiles().first)
    try Data("hỏng".utf8).write(to: URL(filePath: site.site.mediaPath(name)))
    let page = try live.get("/article/hong/")
    #expect(page.status == 200 && !page.text.contains("<img"))
    // The page is kept for as long as nothing can be done about it, and not for ever.
    #expect(try live.isReady("/article/hong/"))
  }

  @Test func sizesThatGoUnderARunningServerComeBack() throws {
    try site.run("article create 'Có ảnh' --cover '\(picture(3))' --state published")
    let page = try live.get("/article/co-anh/").text
    let path = try String(#require(page.firstMatch(of: /<img src="(\/media\/[^"]+)"/)).output.1)
    #expect(try isFile(path))
    try FileManager.default.removeItem(atPath: PublishedSizes.root(site.site))
    // The page is in memory, and leads to what was there.
    #expect(try live.isReady("/article/co-anh/"))
    #expect(try isFile(path))
    for size in page.matches(of: /(\/media\/[^ ",]+) [0-9]+w/) {
      #expect(try isFile(String(size.output.1)))
    }
    // One of several, and with the page made anew.
    try FileManager.default.removeItem(
      atPath: PublishedSizes.root(site.site) + path.dropFirst("/media".count))
    try site.run("article set co-anh summary=x")
    #expect(try live.get("/article/co-anh/").text.contains(path))
    #expect(try isFile(path))
    // What never was there is not made, however often it is asked for.
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    for name in ["480.webp", "481.jpg", "x.jpg", "480.jpg.jpg", "1600.webp"] {
      for _ in 1...2 { #expect(try live.get("/\(folder)/\(name)").status == 404, "\(name)") }
    }
    // Once the original has gone as well, nothing brings it back.
    let name = try #require(try site.site.mediaFiles().first)
    try FileManager.default.removeItem(atPath: PublishedSizes.root(site.site))
    try FileManager.default.removeItem(atPath: site.site.mediaPath(name))
    #expect(try live.get(path).status == 404)
  }

  @Test func aPictureInATextThatCannotBeShownIsTheWordsForIt() throws {
    try site.run("media add '\(picture(4))'")
    let name = try #require(try site.site.mediaFiles().first)
    let gone = String(repeating: "0", count: 64) + ".jpg"
    for (title, format, body) in [
      (
        "Một", "markdown",
        "Trước ![Lúa <chín>](media/\(name)) và ![Mất](/media/\(gone)), [xem](media/\(gone))."
      ),
      (
        "Hai", "html",
        "<p>Trước <a href='media/\(gone)'><img src='media/\(name)' alt='Lúa <chín>'></a> sau</p>"
      ),
    ] {
      try Data(body.utf8).write(to: URL(filePath: "\(site.folder)/text"))
      try site.run(
        "article create '\(title)' --state published --bodyFormat \(format) --body @\(site.folder)/text"
      )
    }
    #expect(try live.get("/article/mot/").text.contains("<img src=\"/media/\(name.prefix(64))/"))
    try Data("hỏng".utf8).write(to: URL(filePath: site.site.mediaPath(name)))
    try FileManager.default.removeItem(atPath: PublishedSizes.root(site.site))
    // Another server of the same site, which has seen nothing of it yet.
    let open = try Site.open(
      site.folder, registry: site.site.registry, actor: "lan", pictures: site.site.pictures,
      clock: site.site.clock)
    let responder = try SiteResponder(open) { Issue.record("\($0)") }
    for path in ["/article/mot/", "/article/hai/"] {
      let page = try responder.respond(to: WebRequest(.get, path))
      #expect(page.status == 200 && page.text.contains("Lúa &lt;chín&gt;"))
      #expect(
        !page.text.contains(gone) && !page.text.contains(String(name.prefix(64))), "\(page.text)")
    }
  }
}
