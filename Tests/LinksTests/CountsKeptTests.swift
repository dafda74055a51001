import Foundation
import GRDB
import Links
import SenKernel
import SenTesting
import Testing

/// Clicks are nobody's operation: no undo and no import takes any back.
struct CountsKeptTests {
  private let site: TestSite
  private var archive: String { "\(site.folder)/a.tar" }

  init() throws {
    site = try TestSite([LinksPlugin()])
    try site.run("link create Sở --url https://so.example/ --state published")
    try site.run("link create Xã --url https://xa.example/ --state published")
    try site.run("link follow so")
    try site.run("export archive --to \(archive)")
  }

  private var clicks: [String] {
    get throws {
      try site.run("link clicks --format csv").split(separator: "\n").dropFirst().map(String.init)
    }
  }

  private func follow(_ slug: String, _ times: Int) throws {
    for _ in 0..<times { try site.run("link follow \(slug)") }
  }

  /// The lines of the counts: id, title, clicks.
  private func expectClicks(_ expected: [String: Int], sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    let found = try clicks.map { $0.split(separator: ",").map(String.init) }
    #expect(
      Dictionary(uniqueKeysWithValues: found.map { ($0[1], Int($0[2])) }) == expected.mapValues { $0 },
      sourceLocation: sourceLocation)
  }

  @Test func anOlderArchiveBringsNoCountDown() throws {
    try follow("so", 4)
    try follow("xa", 2)
    let ids = try rows()
    #expect(
      try site.notes("import archive \(archive)").last
        == "created 0, updated 0, skipped 2, failed 0; kept newer 1 row of votes, ratings or counts")
    try expectClicks(["Sở": 5, "Xã": 2])
    #expect(try rows() == ids)
  }

  private func rows() throws -> [String] {
    try site.site.read { db in
      try String.fetchAll(
        db, sql: "SELECT id || ' ' || itemId || ' ' || clicks FROM linkClick ORDER BY id")
    }
  }

  @Test func clicksAfterAnImportSurviveItsUndoAndRedo() throws {
    // Here fewer were counted than the archive has, as where it is of another server.
    try site.site.database.pool.writeWithoutTransaction { db in
      try db.execute(sql: "UPDATE linkClick SET clicks = 0")
    }
    #expect(
      try site.notes("import archive \(archive)").last
        == "created 0, updated 0, skipped 2, failed 0; changed 1 row of votes, ratings or counts")
    try expectClicks(["Sở": 1])
    try follow("so", 3)
    try follow("xa", 1)
    try site.run("history undo")
    try expectClicks(["Sở": 3, "Xã": 1])
    try follow("so", 2)
    try site.run("history redo")
    try expectClicks(["Sở": 6, "Xã": 1])
    try site.run("history undo")
    try expectClicks(["Sở": 5, "Xã": 1])
  }

  @Test func clicksInARowThatAnImportBroughtSurviveItsUndo() throws {
    try site.site.database.pool.writeWithoutTransaction { try $0.execute(sql: "DELETE FROM linkClick") }
    try site.run("import archive \(archive)")
    try follow("so", 2)
    try site.run("history undo")
    try expectClicks(["Sở": 2])
    try follow("so", 1)
    try site.run("history redo")
    try expectClicks(["Sở": 4])
  }

  @Test func whatVisitorsDidMeanwhileHindersNoUndo() throws {
    try site.run("link delete so --force --yes")
    try follow("xa", 3)
    try site.run("history undo")
    try expectClicks(["Sở": 1, "Xã": 3])
    try site.run("history redo")
    try expectClicks(["Xã": 3])
    #expect(try site.notes("site doctor") == ["Nothing is wrong"])
  }
}
