import Documents
import Foundation
import GRDB
import SenKernel
import SenTesting
import Testing
import Visits

@testable import StaticSite

/// What is published stays in its folder, and tells nothing that is long over.
struct TreeFolderTests {
  private let portal: Portal
  private let folder: String
  private let outside: String

  init() throws {
    portal = try Portal()
    folder = portal.test.folder + "/public"
    outside = portal.test.folder + "/outside"
    try FileManager.default.createDirectory(atPath: outside, withIntermediateDirectories: true)
    try portal.run("article create 'Tin một' --state published")
  }

  private func publish(isWhole: Bool = false) throws -> Publisher.Report {
    let publisher = try Publisher(portal.test.site, folder: folder, actionsOrigin: "")
    defer { try? publisher.close() }
    return try publisher.run(isWhole: isWhole, note: { _ in }, progress: { _, _ in true })
  }

  private func names(_ path: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
  }

  @Test func nothingIsWrittenBehindALink() throws {
    let picture = "\(portal.test.folder)/a.jpg"
    try portal.test.site.pictures.draw(seed: 3, width: 640, height: 480).write(to: URL(filePath: picture))
    try portal.run("article create 'Có ảnh' --cover '\(picture)' --state published")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in ["article", "media", "site"] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/\(name)", withDestinationPath: outside)
    }
    let report = try publish()
    #expect(try names(outside) == [])
    #expect(
      report.foreign.contains("article/tin-mot/index.html") && report.foreign.contains("site/index.html"))
    #expect(
      report.foreign.contains { $0.hasPrefix("media/") }
        && report.foreign.contains { $0.hasPrefix("site/theme/") })
    #expect(try names(folder).contains("index.html"))
  }

  @Test func whatStoodInTheWayIsLookedAtAgain() throws {
    let page = "\(folder)/article/tin-mot/index.html"
    try FileManager.default.createDirectory(
      atPath: "\(folder)/article/tin-mot", withIntermediateDirectories: true)
    try Data("của người khác".utf8).write(to: URL(filePath: page))
    #expect(try publish().foreign == ["article/tin-mot/index.html"])
    #expect(try publish().foreign == ["article/tin-mot/index.html"])
    try FileManager.default.removeItem(atPath: page)
    let report = try publish()
    #expect(report.foreign.isEmpty && report.written == 1)
    #expect(try String(contentsOfFile: page, encoding: .utf8).contains("Tin một"))
    #expect(try publish().pages == 0)
  }

  @Test(arguments: [
    ("index.html", true), ("article/a..b/index.html", true), (".sen/gone.map", true), ("a/.../b", true),
    ("a/.b/c", true), ("", false), ("a//b", false), ("/a", false), ("a/", false), ("../a", false),
    ("a/../b", false), ("a/./b", false), ("a/..", false), (".", false),
  ])
  func aPlaceHasNamesAlone(file: String, isPlace: Bool) { #expect(TreeFolder.isPlace(file) == isPlace) }

  @Test func aSlugThatLeadsElsewhereIsRefused() throws {
    _ = try publish()
    try portal.test.site.database.pool.write { db in
      try db.execute(sql: "UPDATE item SET slug = '../../outside' WHERE slug = 'tin-mot'")
    }
    #expect(throws: Refusal.self) { try publish(isWhole: true) }
    #expect(try names(outside) == [])
  }

  @Test func nothingIsRemovedBehindALink() throws {
    _ = try publish()
    try FileManager.default.moveItem(atPath: "\(folder)/article", toPath: "\(outside)/article")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder)/article", withDestinationPath: "\(outside)/article")
    let before = try names(outside)
    try portal.run("article delete tin-mot --yes")
    _ = try publish()
    _ = try publish(isWhole: true)
    #expect(try names(outside) == before && before.contains("article/tin-mot/index.html"))
  }

  @Test(arguments: [".sen", ".sen/published.db", ".sen/lock"]) func whatSenKeepsForItselfIsNoLink(
    name: String
  ) throws {
    let place = "\(folder)/\(name)"
    try FileManager.default.createDirectory(
      atPath: (place as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    let target = name == ".sen" ? outside : "\(outside)/file"
    try FileManager.default.createSymbolicLink(atPath: place, withDestinationPath: target)
    #expect(throws: Refusal.self) { _ = try publish() }
    #expect(try names(outside) == [])
  }

  @Test(
    arguments: [
      ("https://h.vn/", "https://h.vn"), ("https://h.vn:8443/cong//", "https://h.vn:8443/cong"),
      ("https://h.vn?q=1", nil), ("https://h.vn/#a", nil), ("https://h.vn/?", nil), ("https://an@h.vn", nil),
      ("h.vn", nil), ("javascript:alert(1)", nil), ("https://", nil),
    ] as [(String, String?)])
  func formsAreSentToAnAddressThatPathsCanStandBehind(text: String, expected: String?) {
    #expect((try? PublishCommand.origin(text)) == expected)
  }

  @Test func aFeedWithoutEntriesSaysWhenTheLastWent() throws {
    let path = "\(folder)/article/atom.xml"
    func updated() throws -> String? {
      try String(contentsOfFile: path, encoding: .utf8).firstMatch(of: /<updated>([^<]+)</).map {
        String($0.output.1)
      }
    }
    try portal.run("article set tin-mot expireAt=2026-11-24T10:00:00Z")
    portal.clock.move(by: 7200)
    _ = try publish()
    let first = try #require(try updated())
    #expect(first == "2026-11-24T17:00:00+07:00")
    // Other things change, and the whole tree is made anew: it stays.
    portal.clock.move(by: 7200)
    try portal.run("page create 'Giới thiệu' --state published")
    _ = try publish(isWhole: true)
    #expect(try updated() == first)
    #expect(
      try updated()
        == portal.text("/article/atom.xml").firstMatch(of: /<updated>([^<]+)</).map { String($0.output.1) })
  }

  @Test func whatGrowsOldByItselfIsNotInFiles() throws {
    let site = try TestSite([DocumentsPlugin(), VisitsPlugin()]) { portal.clock.now }
    try Data("%PDF-1.4\n".utf8).write(to: URL(filePath: "\(outside)/a.pdf"))
    try site.run("document create 'Công văn' --slug cong-van --state published")
    try site.run("attachment create 'Tệp' --document cong-van --file '\(outside)/a.pdf' --state published")
    try site.run("block add visits --region footer")
    try site.site.write { operation in
      try operation.db.execute(
        sql:
          "INSERT INTO attachmentDownload (itemId, day, count) SELECT id, '2026-11-24', 7 FROM item WHERE type = 'attachment'"
      )
    }
    let publisher = try Publisher(site.site, folder: folder, actionsOrigin: "https://live.example.vn")
    _ = try publisher.run(isWhole: false, note: { _ in }, progress: { _, _ in true })
    let page = try String(contentsOfFile: "\(folder)/document/cong-van/index.html", encoding: .utf8)
    #expect(page.contains("Tệp") && !page.contains("lượt tải"))
    // Nothing has to be made again because time goes by.
    portal.clock.move(by: 86_400)
    #expect(try publisher.hasNothingToDo())
  }
}
