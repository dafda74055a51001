import Foundation
import GRDB
import SenKernel
import SenTesting
import Testing

@testable import StaticSite

/// That what machines read is in a tree of files as well, and is made anew there when it has to be.
struct PublishedTreeTests {
  private let portal: Portal
  private let folder: String

  init() throws {
    portal = try Portal()
    folder = portal.test.folder + "/public"
    try portal.run("category create 'Cây lúa' --state published")
    try portal.run("article create 'Tin một' --category cay-lua --state published")
    try publish()
  }

  private func publish(isWhole: Bool = false) throws {
    try portal.test.site.publish(to: folder, isWhole: isWhole)
  }

  private func text(_ path: String) throws -> String {
    try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
  }

  private func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(folder)/\(path)") }

  @Test func allIsThere() throws {
    for path in [
      "feed.xml", "atom.xml", "feed.json", "article/feed.xml", "category/cay-lua/atom.xml", "robots.txt",
      "sitemap.xml", "sitemap-site-1.xml", "sitemap-article-1.xml", "sitemap-news.xml", "site/index.html",
    ] {
      #expect(isThere(path), "\(path)")
      #expect(try text(path) == portal.text("/" + path.replacing("index.html", with: "")))
    }
    #expect(!isThere("category/feed.xml"))
  }

  /// A run was killed when a file was written down and not yet written; the old one has as many bytes.
  @Test func whatWasOnlyBegunIsWritten() throws {
    let path = "article/tin-mot/index.html"
    let right = try text(path)
    try Data(right.replacing("Tin một", with: "Tin mốt").utf8).write(to: URL(filePath: "\(folder)/\(path)"))
    let manifest = try DatabaseQueue(path: "\(folder)/.sen/published.db")
    try manifest.write {
      try $0.execute(sql: "UPDATE file SET pending = 1 WHERE path = ?", arguments: [path])
    }
    try publish()
    #expect(try text(path) == right)
  }

  private func manifest<Value>(_ body: (Database) throws -> Value) throws -> Value {
    let manifest = try DatabaseQueue(path: "\(folder)/.sen/published.db")
    defer { #expect(throws: Never.self) { try manifest.close() } }
    return try manifest.write(body)
  }

  /// Whether what files were made from reads the same from both sides.
  private func agrees() throws -> Bool {
    try manifest { db in
      try Manifest.traces.allSatisfy { table, key, column in
        let entered = "SELECT \(key), fileId FROM \(table)"
        let noted = "SELECT value, file.id FROM file, json_each(\(column))"
        return try Int.fetchOne(
          db,
          sql: """
            SELECT count(*) FROM (
              SELECT * FROM (\(entered) EXCEPT \(noted)) UNION ALL SELECT * FROM (\(noted) EXCEPT \(entered)))
            """) == 0
      }
    }
  }

  @Test func whatFilesWereMadeFromIsKnownAfterEveryRun() throws {
    #expect(try agrees())
    for command in [
      "article create 'Tin hai' --category cay-lua --state published", "article set tin-mot title='Tin đầu'",
      "category set cay-lua title='Lúa'", "article delete tin-mot",
    ] {
      try portal.run(command)
      try publish()
      #expect(try agrees(), "\(command)")
    }
    #expect(try manifest { try Int.fetchOne($0, sql: "SELECT count(*) FROM file WHERE pending > 0") } == 0)
  }

  /// A run was killed after its files were written, and before what they were made from was brought in order.
  @Test func whatWasNotBroughtInOrderIsMadeAnew() throws {
    try manifest {
      try $0.execute(
        sql: "DELETE FROM onItem; DELETE FROM onNoun; DELETE FROM onMedia; UPDATE file SET pending = 2")
    }
    try portal.run("article set tin-mot title='Tin đầu'")
    try publish()
    #expect(try agrees())
    #expect(try text("category/cay-lua/index.html").contains("Tin đầu"))
  }

  /// Trees of earlier versions told only by item which files were made from it.
  @Test func aTreeOfAnEarlierVersionIsGoneOnWith() throws {
    try manifest {
      try $0.execute(
        sql: """
          ALTER TABLE file DROP COLUMN items; ALTER TABLE file DROP COLUMN nouns; ALTER TABLE file DROP COLUMN media;
          DROP INDEX filePending; CREATE INDEX filePending ON file(id) WHERE pending = 1;
          CREATE INDEX onItemByFile ON onItem(fileId); CREATE INDEX onNounByFile ON onNoun(fileId);
          CREATE INDEX onMediaByFile ON onMedia(fileId); PRAGMA user_version = 0;
          """)
    }
    let untouched = try FileManager.default.attributesOfItem(atPath: "\(folder)/robots.txt")
    try portal.run("article set tin-mot title='Tin đầu'")
    try publish()
    #expect(try agrees())
    #expect(try text("category/cay-lua/index.html").contains("Tin đầu"))
    let after = try FileManager.default.attributesOfItem(atPath: "\(folder)/robots.txt")
    #expect(after[.systemFileNumber] as? Int == untouched[.systemFileNumber] as? Int)
  }

  @Test func whatIsTakenAwayComesBack() throws {
    let path = "\(portal.test.folder)/a.jpg"
    try portal.test.site.pictures.draw(seed: 3, width: 640, height: 480).write(to: URL(filePath: path))
    let before = Set(try portal.test.site.mediaFiles())
    try portal.run("media add \(path)")
    let name = try #require(Set(try portal.test.site.mediaFiles()).subtracting(before).first)
    try portal.run(
      "article create 'Có ảnh' --category cay-lua --body '![Lúa](media/\(name))' --state published")
    try publish()
    let page = "article/co-anh/index.html"
    let small = "media/\(name.prefix(64))/480.jpg"
    #expect(try text(page).contains("/\(small)") && isThere(small))
    // By hand, in the tree; and all sizes of the site, which are made anew.
    try FileManager.default.removeItem(atPath: "\(folder)/\(small)")
    try publish(isWhole: true)
    #expect(isThere(small))
    // What a run that was killed had begun is nobody's.
    try Data("x".utf8).write(to: URL(filePath: "\(folder)/article/tin-mot/index.html.sen~"))
    try portal.run("article delete tin-mot")
    try publish()
    #expect(!isThere("article/tin-mot"))
  }

  @Test func nobodyPublishesIntoTheSiteOrAroundIt() throws {
    let home = portal.test.folder
    try FileManager.default.createSymbolicLink(
      atPath: "\(home)-link", withDestinationPath: home)
    defer { try? FileManager.default.removeItem(atPath: "\(home)-link") }
    for place in [home, "\(home)/", "\(home)/media", "\(home)/new/tree", "\(home)/..", "/", "\(home)-link/x"]
    {
      #expect(throws: Refusal.self, "\(place)") { try PublishCommand.target(place, of: portal.test.site) }
    }
    #expect(try PublishCommand.target("\(home)-tree/x", of: portal.test.site) == "\(home)-tree/x")
    #expect(
      try PublishCommand.target("a/../b", of: portal.test.site)
        == FileManager.default.currentDirectoryPath + "/b")
  }

  @Test func changesReachThem() throws {
    portal.clock.move(by: 60)
    try portal.run("article create 'Tin hai' --category cay-lua --state published")
    try portal.run("tag create lúa --state published")
    try publish()
    for path in ["feed.xml", "article/feed.json", "category/cay-lua/atom.xml", "sitemap-article-1.xml"] {
      #expect(try text(path).contains("tin-hai"), "\(path)")
    }
    // An item of a noun that had none brings a sitemap and feeds with it.
    #expect(isThere("sitemap-tag-1.xml"))
    #expect(isThere("tag/lua/feed.xml"))

    portal.clock.move(by: 60)
    try portal.run("article set tin-mot summary=Mới")
    try publish()
    for path in ["sitemap.xml", "sitemap-site-1.xml", "feed.json", "category/cay-lua/feed.xml", "atom.xml"] {
      #expect(try text(path) == portal.text("/" + path), "\(path)")
    }
    try portal.run("category set cay-lua state=draft")
    try publish()
    #expect(!isThere("category/cay-lua/feed.xml"))
  }

  @Test func picturesThatTheyNameAreThere() throws {
    let site = portal.test.site
    let name = try site.addMedia(site.pictures.draw(seed: 7, width: 600, height: 400), ending: "jpg")
    try portal.run("article set tin-mot cover=\(name)")
    try publish()
    let enclosure = try Element(Array(text("feed.xml").utf8)).all("channel", "item", "enclosure").first
    let path = try #require(enclosure?.attributes["url"]).replacing(Portal.address + "/", with: "")
    let facts = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(path)")
    #expect((facts[.size] as? Int).map(String.init) == enclosure?.attributes["length"])
    let page = try text("article/tin-mot/index.html")
    #expect(page.contains("/\(path)"))
  }

  /// Only what the pages of a run led to is looked at.
  @Test func picturesThatNobodyShowsAnyMoreGo() throws {
    let site = portal.test.site
    let names = try [7, 8].map {
      try site.addMedia(site.pictures.draw(seed: $0, width: 600, height: 400), ending: "jpg")
    }
    func folder(_ name: String) -> String { "media/\(name.prefix(64))" }
    try portal.run("article create 'Tin hai' --category cay-lua --cover \(names[0]) --state published")
    for name in names {
      try portal.run("article set tin-mot cover=\(name)")
      try publish()
      #expect(isThere(folder(name)))
    }
    #expect(isThere(folder(names[0])))
    try portal.run("article set tin-hai cover=\(names[1])")
    try publish()
    #expect(!isThere(folder(names[0])))
    try portal.run("article set tin-mot cover=")
    try publish()
    #expect(isThere(folder(names[1])))
    try portal.run("article delete tin-hai")
    try publish()
    #expect(!isThere(folder(names[1])))
  }
}
