import Documents
import Foundation
import Links
import News
import SenKernel
import SenTesting
import Testing
import Web

@testable import LiveSite

/// Links that are counted on the way, files that are taken, and pictures in texts.
struct PassageTests {
  let site: TestSite
  let live: LiveSite

  init() throws {
    site = try TestSite([NewsPlugin(), LinksPlugin(), DocumentsPlugin()])
    live = try LiveSite(site)
  }

  /// A picture of its own file.
  private func picture(_ seed: UInt64) throws -> String {
    let path = "\(site.folder)/\(seed).jpg"
    try site.site.pictures.draw(seed: seed, width: 640, height: 480).write(to: URL(filePath: path))
    return path
  }

  @Test func clicksAreCountedAwayFromTheAnswers() throws {
    try site.run("linkgroup create Bộ --slug bo --state published")
    try site.run(
      "link create 'Bộ Nông nghiệp' --slug bo-nn --group bo --url https://a.example/ --state published")
    // Another writes for as long as it takes; nobody who follows a link waits for that.
    let other = try Site.open(site.folder, registry: site.site.registry, actor: "lan", clock: site.site.clock)
    try other.write { operation in
      try operation.update(#require(try other.store.id(slug: "bo", of: "linkgroup", operation.db))) {
        $0.envelope.title = "Các bộ"
      }
      for _ in 0..<3 {
        let answer = try live.get("/link/bo-nn/follow")
        #expect(answer.status == 302 && answer.headers["Location"] == "https://a.example/")
      }
    }
    live.responder.close()
    #expect(try site.run("link clicks --format csv").contains(",3"))
  }

  @Test func aPictureThatIsOfferedAsAFileIsGivenAsItIs() throws {
    try site.run("document create 'Bản chụp' --slug ban-chup --state published")
    let path = try picture(1)
    try site.run(
      "attachment create 'Trang 1' --slug trang-1 --document ban-chup --file \(path) --state published")
    let target = try #require(try live.get("/attachment/trang-1/download").headers["Location"])
    guard case .file(let file) = try live.get(target).body else {
      Issue.record("\(target) is no file")
      return
    }
    #expect(
      try Data(contentsOf: URL(filePath: "\(file.folder)/\(file.name)"))
        == Data(contentsOf: URL(filePath: path)))
    // What it is a part of is taken down, and comes again.
    for taking in [
      "unpublish ban-chup", "set ban-chup publishAt=2099-01-01",
      "set ban-chup publishAt=2020-01-01 expireAt=2020-06-01",
    ] {
      try site.run("document \(taking)")
      #expect(try live.get(target).status == 404)
      #expect(try live.get("/attachment/trang-1/download").status == 404)
      try site.run("history undo")
      #expect(try live.get(target).status == 200)
    }
    try site.run("attachment unpublish trang-1")
    #expect(try live.get(target).status == 404)
  }

  @Test func picturesInTextsAreShownAndKept() throws {
    try site.run("media add \(try picture(2))")
    let name = try #require(try site.site.mediaFiles().first)
    try site.run("category create Tin --state published")
    try site.run("article create 'Có ảnh' --category tin --body '![Lúa](media/\(name))' --state published")
    _ = try PublishedSizes.makeMissing(site.site, note: { _ in })
    let page = try live.get("/article/co-anh/").text
    #expect(page.contains("<img src=\"/media/\(name.prefix(64))/"), "\(page)")
    #expect(try live.get("/media/\(name.prefix(64))/480.jpg").status == 200)
    // Its original is nobody's business.
    #expect(try live.get("/media/\(name)").status == 404)
    #expect(try site.run("media list --format csv --fields name,used").contains("\(name),true"))
    let old = Date(timeIntervalSinceNow: -10 * 86_400)
    try FileManager.default.setAttributes(
      [.modificationDate: old], ofItemAtPath: site.site.mediaPath(name))
    try site.run("media prune --yes")
    #expect(site.site.hasMedia(name))
  }
}
