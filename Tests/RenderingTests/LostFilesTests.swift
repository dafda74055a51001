import Foundation
import SenKernel
import SenTesting
import Testing

@testable import StaticSite

/// What somebody takes out of the tree comes back.
struct LostFilesTests {
  private let portal: Portal
  private let folder: String

  init() throws {
    portal = try Portal()
    folder = portal.test.folder + "/public"
    try portal.run("category create 'Cây lúa' --state published")
    for number in 1...30 {
      try portal.run("article create 'Tin \(number)' --category cay-lua --state published")
    }
    try portal.run("article set tin-3 slug=tin-ba")
    let site = portal.test.site
    let name = try site.addMedia(site.pictures.draw(seed: 7, width: 600, height: 400), ending: "jpg")
    try portal.run("article set tin-1 cover=\(name)")
    _ = try publish()
  }

  private func publish(stopsAfter most: Int = .max) throws -> Publisher.Report {
    try portal.test.site.publish(to: folder, stopsAfter: most)
  }

  private func files() throws -> [String: Data] {
    try FolderContents.read(folder, except: ".sen/published")
  }

  @Test func allThatIsTakenAwayComesBack() throws {
    let whole = try files()
    let media = try #require(whole.keys.first { $0.hasPrefix("media/") })
    #expect(whole["article/tin-3/index.html"] != nil, "the page at the former address")
    for path in [
      "index.html", "article", "article/tin-7", "article/tin-8/index.html", "article/tin-3/index.html", media,
      "media", "category", "sitemap.xml", "article/feed.xml", "404.html", "site/theme", ".sen/redirects.map",
    ] {
      try FileManager.default.removeItem(atPath: "\(folder)/\(path)")
      _ = try publish()
      #expect(try files() == whole, "\(path)")
    }
    #expect(try publish().pages == 0)
  }

  @Test func someAreLookedAtInEachRunAndAllInTheEnd() throws {
    let manifest = try Manifest(folder: folder)
    #expect(try !manifest.noteLost(in: folder, looksAt: 10))
    for number in 10...20 {
      try FileManager.default.removeItem(atPath: "\(folder)/article/tin-\(number)/index.html")
    }
    var found = 0
    for _ in 0..<20 where try manifest.noteLost(in: folder, looksAt: 10) { found += 1 }
    #expect(found > 1)
    try manifest.close()
    #expect(try publish().written == 11)
    // Folders that are gone are seen at once, wherever the look has come to.
    try FileManager.default.removeItem(atPath: "\(folder)/article/tin-25")
    let other = try Manifest(folder: folder)
    #expect(try other.noteLost(in: folder, looksAt: 1))
    try other.close()
    #expect(try publish().written == 1)
  }

  @Test func aReleaseIsLookedAtAsWell() throws {
    let link = portal.test.folder + "/www"
    func release() throws -> Publisher.Report {
      try Publisher.release(
        portal.test.site, at: link, actionsOrigin: "", keeping: 2, isWhole: false, note: { _ in },
        progress: { _, _ in true })
    }
    _ = try release()
    #expect(try release().pages == 0)
    try FileManager.default.removeItem(atPath: "\(link)/article/tin-8/index.html")
    try FileManager.default.removeItem(atPath: "\(link)/media")
    #expect(try release().hasChangedNothing == false)
    #expect(FileManager.default.fileExists(atPath: "\(link)/article/tin-8/index.html"))
    #expect(FileManager.default.fileExists(atPath: "\(link)/media"))
    #expect(try release().pages == 0)
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "www.releases/2")
  }

  @Test func whatARunThatWasStoppedHadWrittenIsTold() throws {
    try portal.run("config set title 'Cổng mới'")
    let stop = #expect(throws: StoppedInPart.self) { try publish(stopsAfter: 1) }
    #expect(stop?.done.contains("files of the folder written by then") == true)
    // A page that it had written, and that is no more.
    try portal.run("article delete tin-1 --yes")
    _ = try publish()
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/article/tin-1"))
    // Nothing was written: nothing is claimed.
    #expect(throws: CancellationError.self) {
      _ = try Publisher.release(
        portal.test.site, at: portal.test.folder + "/www", actionsOrigin: "", keeping: 2, isWhole: false,
        note: { _ in }, progress: { _, _ in false })
    }
  }
}
