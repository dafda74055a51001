import Foundation
import SenTesting
import StaticSite
import Testing

/// That a published tree with relative links can be gone through from file to file, on the demo site.
@Suite struct RelativeTreeTests {
  private static let address = "https://songlam.example.vn"
  private let test: TestSite
  private let folder: String

  init() throws {
    // What goes by the minute (banners, visitors) stands still.
    let clock = TestClock("2026-11-30T08:00:00Z")
    test = try TestSite(allPlugins) { clock.now }
    folder = test.folder + "/public"
    let demo = RoomsTests.root.appending(path: "Examples/Demo").path
    let files =
      try ["demo.ndjson"]
      + FileManager.default.contentsOfDirectory(atPath: "\(demo)/more").sorted().map { "more/\($0)" }
    let records = "\(test.folder)/demo.ndjson"
    try files.map { try String(contentsOfFile: "\(demo)/\($0)", encoding: .utf8) }.joined()
      .write(toFile: records, atomically: true, encoding: .utf8)
    try test.run("import ndjson \"\(records)\"")
    let script = try String(contentsOfFile: "\(demo)/demo.sen", encoding: .utf8)
    for line in script.split(separator: "\n") where !line.hasPrefix("#") { try test.run(String(line)) }
    try test.run("config set address \(Self.address)")
    try test.run("article set nuoc-sach-ve-ban-khe-vang slug=nuoc-sach-khe-vang")
    let links =
      "[a](/) [b](/article) [c](\(Self.address)/poll/?x=1&y=2#z) [d](/../../site/) [e](#f) "
      + "[g](/article/nuoc-sach-ve-ban-khe-vang/) [h](https://elsewhere.example/article/)"
    try test.run("page create 'Chỗ có liên kết' --state published --body \"\(links)\"")
  }

  private func publish(isRelative: Bool) throws -> Publisher.Report {
    try Publisher(test.site, folder: folder, actionsOrigin: "", isRelative: isRelative)
      .run(isWhole: false, note: { _ in }, progress: { _, _ in true })
  }

  private func pages() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".html") }.sorted()
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
  }

  /// The addresses that a page leads to or shows.
  private func addresses(_ html: String) -> [String] {
    var found = html.matches(of: /\s(?:href|src|poster|action)="([^"]*)"/).map { String($0.output.1) }
    for match in html.matches(of: /\ssrcset="([^"]*)"/) {
      found += match.output.1.split(separator: ", ").map { String($0.split(separator: " ")[0]) }
    }
    found += html.matches(of: /content="0; url=([^"]*)"/).map { String($0.output.1) }
    return found
  }

  /// Where a relative path leads from a file; nil where that is out of the tree.
  private static func target(_ path: String, on page: String) -> String? {
    var names = page.split(separator: "/").dropLast()
    for name in (path.removingPercentEncoding ?? path).split(separator: "/") where name != "." {
      guard name == ".." else {
        names.append(name)
        continue
      }
      if names.popLast() == nil { return nil }
    }
    return names.joined(separator: "/")
  }

  @Test func everyLinkAndPictureIsAFile() throws {
    _ = try publish(isRelative: true)
    let pages = try pages()
    var (followed, reached) = (0, Set<String>())
    for page in pages where !["404.html", "410.html"].contains(page) {
      for address in addresses(try text(page)) {
        let path = address.prefix { $0 != "?" && $0 != "#" }
        if path.isEmpty { continue }
        if path.contains(":") {
          #expect(
            !path.hasPrefix(Self.address)
              || (try? text(page).contains("canonical\" href=\"\(path)\"")) ?? false,
            "\(page): \(address)")
          continue
        }
        #expect(!path.hasPrefix("/"), "\(page): \(address)")
        let file = try #require(Self.target(String(path), on: page), "\(page): \(address)")
        var isFolder: ObjCBool = false
        let isThere = FileManager.default.fileExists(atPath: "\(folder)/\(file)", isDirectory: &isFolder)
        #expect(isThere && !isFolder.boolValue, "\(page): \(address)")
        followed += 1
        reached.insert(file)
      }
    }
    #expect(followed > 1000)
    #expect(reached.contains { $0.hasPrefix("media/") })
    let page = try text("page/cho-co-lien-ket/index.html")
    for link in [
      "../../index.html", "../../article/index.html", "../../poll/index.html?x=1&amp;y=2#z",
      "../../site/index.html",
      "#n-f", "../../article/nuoc-sach-ve-ban-khe-vang/index.html", "https://elsewhere.example/article/",
    ] { #expect(page.contains("href=\"\(link)\""), "\(link)") }
    #expect(
      try text("article/nuoc-sach-ve-ban-khe-vang/index.html")
        .contains("content=\"0; url=../../article/nuoc-sach-khe-vang/index.html\""))
    // What is shown anywhere leads by whole addresses.
    #expect(try addresses(text("404.html")).allSatisfy { !$0.hasPrefix("/") && !$0.hasPrefix(".") })
    #expect(try addresses(text("404.html")).contains("\(Self.address)/site/"))
  }

  @Test func canonicalAddressesAndFeedsStayWhole() throws {
    _ = try publish(isRelative: true)
    for page in try pages() {
      for match in try text(page).matches(of: /rel="canonical" href="([^"]*)"/) {
        #expect(match.output.1.hasPrefix(Self.address + "/"))
        #expect(!match.output.1.contains("index.html"))
      }
    }
    let relative = try ["feed.xml", "atom.xml", "sitemap-article-1.xml", "robots.txt"].map(text)
    _ = try publish(isRelative: false)
    #expect(try ["feed.xml", "atom.xml", "sitemap-article-1.xml", "robots.txt"].map(text) == relative)
  }

  @Test func switchingWritesEachPageOnce() throws {
    _ = try publish(isRelative: false)
    let count = try pages().count
    for isRelative in [true, false, true] {
      let report = try publish(isRelative: isRelative)
      #expect(report.written == count && report.removed == 0 && report.media == 0)
      #expect(try publish(isRelative: isRelative).written == 0)
    }
    // A change afterwards touches only what shows it.
    try test.run("page set cho-co-lien-ket summary=Mới")
    let report = try publish(isRelative: true)
    #expect(report.written > 0 && report.written < count / 2)
  }
}
