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
}
