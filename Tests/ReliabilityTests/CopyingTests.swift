import Foundation
import GRDB
import Storage
import Testing

/// Copying and replacing a database while others have it open. The real program works in the midst of it: were it held
/// up, it would wait for us as we wait for it, and fail.
struct CopyingTests {
  let sen: SenProgram
  var database: String { "\(sen.site)/site.db" }

  init() throws {
    sen = try SenProgram()
    try sen.expect("article generate --count 2000 --seed 1")
  }

  private func items(_ path: String) throws -> Int {
    try SiteDatabase.look(path) {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM item WHERE type = 'article'") ?? 0
    }
  }

  @Test func whoWritesDoesNotWaitForACopyAndIsNotInIt() throws {
    let copy = "\(sen.folder)/copy.db"
    var outcome: SenProgram.Ended?
    try SiteDatabase.copy(database, to: copy) {
      if outcome == nil { outcome = try? sen.sh("\"$SEN\" article create Mới") }
      return true
    }
    #expect(try #require(outcome).code == 0)
    #expect(try items(copy) == 2000)
    #expect(try sen.expect("article list --format count") == "2001\n")
  }

  @Test func aCopyThatIsStoppedEnds() throws {
    #expect(throws: CancellationError.self) {
      try SiteDatabase.copy(database, to: "\(sen.folder)/copy.db") { false }
    }
    try sen.expect("site doctor")
  }

  @Test func whoReadsDoesNotWaitForAReplacementAndSeesTheOldContent() throws {
    let copy = "\(sen.folder)/copy.db"
    try SiteDatabase.copy(database, to: copy)
    try sen.expect("article create Mới")
    var outcome: SenProgram.Ended?
    try SiteDatabase.replace(database, by: copy) {
      outcome = try sen.sh("\"$SEN\" article list --format count")
    }
    #expect(try #require(outcome).code == 0)
    #expect(outcome?.output == "2001\n")
    #expect(try sen.expect("article list --format count") == "2000\n")
  }

  @Test func aReplacementThatCannotKeepTheOldOneDoesNotHappen() throws {
    struct NoRoom: Error {}
    let copy = "\(sen.folder)/copy.db"
    try SiteDatabase.copy(database, to: copy)
    try sen.expect("article create Mới")
    #expect(throws: NoRoom.self) { try SiteDatabase.replace(database, by: copy) { throw NoRoom() } }
    #expect(try sen.expect("article list --format count") == "2001\n")
    try sen.expect("article create Wieder")
  }
}
