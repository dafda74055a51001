import Foundation
import GRDB
import SenKernel
import SenTesting
import StaticSite
import Testing

/// What a published tree has where something was.
@Suite struct FormerAddressTests {
  private let portal: Portal
  private let folder: String

  init() throws {
    portal = try Portal()
    folder = portal.test.folder + "/public"
    try portal.run("category create 'Cây lúa' --state published")
    try portal.run("article create 'Tin một' --category cay-lua --state published")
    try publish()
  }

  @discardableResult
  private func publish(isWhole: Bool = false) throws -> Publisher.Report {
    try portal.test.site.publish(to: folder, isWhole: isWhole)
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
  }

  private func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(path)") }

  private func map(_ name: String) throws -> [String] {
    try text(".sen/\(name).map").split(separator: "\n").dropFirst().map(String.init)
  }

  @Test func aFormerSlugLeadsOn() throws {
    try portal.run("article set tin-mot slug=tin-hai")
    try publish()
    #expect(
      try text("article/tin-mot/index.html").split(separator: "\n").map(String.init) == [
        "<!doctype html>", #"<html lang="vi">"#, "<head>", #"<meta charset="utf-8">"#,
        #"<meta name="viewport" content="width=device-width, initial-scale=1">"#,
        "<title>Tin một – Nông thôn mới</title>", #"<meta name="robots" content="noindex">"#,
        #"<link rel="canonical" href="https://nongthon.example.vn/article/tin-hai/">"#,
        #"<meta http-equiv="refresh" content="0; url=/article/tin-hai/">"#, "</head>", "<body>",
        #"<p><a href="/article/tin-hai/">Tin một</a></p>"#, "</body>", "</html>",
      ])
    #expect(try text("article/tin-hai/index.html").contains("Tin một"))
    #expect(try map("redirects") == [#""/article/tin-mot/" "/article/tin-hai/";"#])
    #expect(try map("gone") == [])
    // Nothing is written twice.
    #expect(try publish().written == 0)
    #expect(try publish(isWhole: true).written == 0)
    // A chain leads to its end at once.
    try portal.run("article set tin-hai slug=tin-ba")
    try publish()
    #expect(try text("article/tin-mot/index.html").contains(#"url=/article/tin-ba/""#))
    #expect(
      try map("redirects") == [
        #""/article/tin-hai/" "/article/tin-ba/";"#, #""/article/tin-mot/" "/article/tin-ba/";"#,
      ])
    // The title of what has moved is on the page.
    try portal.run("article set tin-ba title='Tin \"ba\" <mới>'")
    try publish()
    #expect(try text("article/tin-hai/index.html").contains(">Tin &quot;ba&quot; &lt;mới&gt;</a>"))
  }

  @Test func aSlugThatIsTakenAgainIsAPageAgain() throws {
    try portal.run("article set tin-mot slug=tin-hai")
    try publish()
    try portal.run("article set tin-hai slug=tin-mot")
    try publish()
    #expect(try text("article/tin-mot/index.html").contains("<main"))
    #expect(try text("article/tin-hai/index.html").contains(#"url=/article/tin-mot/""#))
    #expect(try map("redirects") == [#""/article/tin-hai/" "/article/tin-mot/";"#])
    #expect(try publish(isWhole: true).written == 0)
  }

  @Test func whatIsTakenDownIsNotLedToAndWhatIsOverIsGone() throws {
    try portal.run("article set tin-mot slug=tin-hai")
    try portal.run("article create 'Tin năm' --state published --expire-at 2026-11-25")
    try publish()
    try portal.run("article set tin-hai state=draft")
    try publish()
    #expect(!isThere("article/tin-mot"))
    #expect(!isThere("article/tin-hai"))
    #expect(try map("redirects") == [] && map("gone") == [])
    try portal.run("article set tin-hai state=published")
    try publish()
    #expect(isThere("article/tin-mot/index.html"))
    try portal.run("article delete tin-hai")
    portal.clock.move(by: 2 * 86_400)
    try publish()
    #expect(!isThere("article/tin-mot") && !isThere("article/tin-nam"))
    #expect(
      try map("gone") == [
        #""/article/tin-hai/" "1";"#, #""/article/tin-mot/" "1";"#, #""/article/tin-nam/" "1";"#,
      ])
    #expect(
      try portal.outcome("/article/tin-mot/") == "gone" && portal.outcome("/article/tin-nam/") == "gone")
  }

  @Test func theFurtherPartsOfAListLeadOnAsWell() throws {
    for number in 0..<70 {
      try portal.run("article create 'Bài \(number)' --category cay-lua --state published")
    }
    try publish()
    let parts = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/category/cay-lua").compactMap {
      Int($0)
    }
    #expect(parts.contains(2))
    try portal.run("category set cay-lua slug=lua")
    try publish()
    for part in parts {
      #expect(try text("category/cay-lua/\(part)/index.html").contains("url=/category/lua/\(part)/\""))
    }
    #expect(!isThere("category/cay-lua/feed.xml"))
    #expect(try publish(isWhole: true).written == 0)
    // All but the first part go.
    try portal.run("article delete --filter 'slug ~ \"bai-\"' --yes")
    try publish()
    #expect(!isThere("category/lua/2") && !isThere("category/cay-lua/2"))
    #expect(isThere("category/cay-lua/index.html"))
  }

  /// Former slugs come with archives, unread.
  @Test func anySlugIsHarmless() throws {
    let refused = [
      "../../thoat", "..", ".sen", "a/b", "dong\nmoi", "feed.xml", "~^/",
      String(repeating: "d", count: 300),
    ]
    let taken = ["hai\"; x \"", "\\", "$uri", "LỚN", "<script>", "có dấu cách"]
    try portal.test.site.database.pool.write { db in
      let id = try Int64.fetchOne(db, sql: "SELECT id FROM item WHERE slug = 'tin-mot'")
      for slug in refused + taken {
        try db.execute(sql: "INSERT INTO redirect VALUES ('article', ?, ?)", arguments: [slug, id])
      }
    }
    try publish(isWhole: true)
    let folders = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/article")
      .filter { !$0.contains("feed") && !$0.hasSuffix(".xml") && $0 != "index.html" }
    #expect(Set(folders) == Set(taken + ["tin-mot"]))
    #expect(!FileManager.default.fileExists(atPath: "\(portal.test.folder)/thoat"))
    let lines = try map("redirects")
    #expect(lines.allSatisfy { $0.hasPrefix("\"/article/") && $0.hasSuffix("\" \"/article/tin-mot/\";") })
    // A name that is too long for a folder is none for a request.
    let keys = lines.map {
      $0.replacing("\"/article/", with: "", maxReplacements: 1).replacing(
        "/\" \"/article/tin-mot/\";", with: "")
    }
    #expect(
      Set(keys)
        == Set(
          ["..", ".sen", "feed.xml", String(repeating: "d", count: 300)] + [
            #"hai\"; x \""#, #"\\"#, "$uri", "<script>", "có dấu cách",
          ]))
    #expect(try publish(isWhole: true).written == 0)
  }

  @Test func pagesForWhatIsMissingAreThereUnlessSomebodyHasTheirOwn() throws {
    #expect(try text("404.html").contains("Không tìm thấy trang"))
    #expect(try text("410.html").contains("Nội dung đã được gỡ"))
    try FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try "của tôi".write(toFile: "\(folder)/404.html", atomically: true, encoding: .utf8)
    #expect(try publish().foreign == [])
    #expect(try text("404.html") == "của tôi")
    #expect(isThere("410.html"))
  }
}
