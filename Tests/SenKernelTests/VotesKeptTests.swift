import Foundation
import GRDB
import News
import Polls
import SenKernel
import SenTesting
import Testing

/// What visitors did since an archive was written stays when it comes in.
struct VotesKeptTests {
  private let site: TestSite
  private let clock = TestClock("2026-11-18T11:06:40Z")
  private var archive: String { "\(site.folder)/a.tar" }

  init() throws {
    site = try TestSite([NewsPlugin(), PollsPlugin()]) { [clock] in clock.now }
    try site.run("article create Tin --state published")
    try site.run("poll create Ai --option Lan --option Mai --state published")
    try site.run("poll vote ai --option Lan --voter an")
    try site.run("poll vote ai --option Lan --voter bình")
    try site.run("article rate tin --points 5 --voter an")
    try site.run("export archive --to \(archive)")
    clock.move(by: 3600)
  }

  private func rows() throws -> [String] {
    try site.site.read { db in
      try String.fetchAll(
        db,
        sql: "SELECT id || ' ' || itemId || ' ' || voter || ' ' || choices || at FROM pollBallot ORDER BY id")
    }
  }

  @Test func anOlderArchiveTakesNoVoteAway() throws {
    try site.run("poll vote ai --option Mai --voter chi")
    try site.run("article rate tin --points 1 --voter bình")
    let before = try rows()
    let said = try site.notes("import archive \(archive)")
    #expect(said.last == "created 0, updated 0, skipped 2, failed 0")
    #expect(try rows() == before)
    #expect(try site.run("poll results ai --field votes") == "2\n1\n")
    #expect(try site.run("article ratings tin --field ratings") == "2\n")
    // Nothing was written, so there is nothing to take back.
    #expect(!(try site.run("history list --limit 1 --field command")).contains("import"))
  }

  @Test func ofTwoVotesOfAVoterTheLaterStays() throws {
    try site.site.database.pool.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          UPDATE pollBallot SET choices = '["Mai"]', at = '2026-11-18T12:00:00Z' WHERE voter = 'an';
          UPDATE pollBallot SET choices = '["Mai"]', at = '2026-11-18T10:00:00Z' WHERE voter = 'bình';
          DELETE FROM articleRating
          """)
    }
    #expect(
      try site.notes("import archive \(archive)").last
        == "created 0, updated 0, skipped 2, failed 0; "
        + "brought 1 row of votes, ratings or counts, changed 1, kept newer 1")
    #expect(try site.run("poll results ai --field votes") == "1\n1\n")
    #expect(try site.run("article ratings tin --field ratings") == "1\n")
  }
}
