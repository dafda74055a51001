import ContentModel
import Foundation
import GRDB
import News
import Polls
import SenKernel
import SenTesting
import Testing

/// Values that no Sen has written: the site goes on, and the doctor reads on, names each, mends it, and what it mends
/// can be taken back.
struct DamagedValueTests {
  let test: TestSite

  init() throws {
    test = try TestSite([NewsPlugin(), PollsPlugin()])
    try test.run("category create 'Tin tức'")
    try test.run("article create 'Hội nghị' --category tin-tuc --tags 'lúa, mùa'")
    try test.run("article create 'Đường làng' --body 'Một con đường dài'")
    try test.run("poll create 'Ai?' --option Lan --option Huệ --state published")
    try test.run("poll vote ai --option Lan --voter mot")
    try test.run("block add latest-news --region sidebar --title 'Tin mới'")
  }

  private func hurt(_ sql: String) throws {
    try test.site.database.pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
      let outcome = Result { try db.execute(sql: sql) }
      try db.execute(sql: "PRAGMA foreign_keys = ON; PRAGMA ignore_check_constraints = OFF")
      try outcome.get()
    }
  }

  private func doctor(_ options: String = "") throws -> (notes: [String], isWrong: Bool) {
    let output = MemoryOutput()
    do {
      try test.run("site doctor \(options)", output)
      return (output.notes, false)
    } catch is DoneInPart {
      return (output.notes, true)
    }
  }

  @Test(arguments: [
    (
      "“hoi-nghi”: featuredUntil is “hôm qua”, which is not a date; mended it becomes empty",
      "UPDATE article SET featuredUntil = 'hôm qua' WHERE itemId = (SELECT id FROM item WHERE slug = 'hoi-nghi')"
    ),
    (
      "“hoi-nghi”: expireAt is “2030-02-01”, which is not a date; mended it becomes 2030-02-01T00:00:00Z",
      "UPDATE item SET expireAt = '2030-02-01' WHERE slug = 'hoi-nghi'"
    ),
    ("“hoi-nghi”: createdAt is “x”", "UPDATE item SET createdAt = 'x' WHERE slug = 'hoi-nghi'"),
    ("“hoi-nghi”: state is “xong”", "UPDATE item SET state = 'xong' WHERE slug = 'hoi-nghi'"),
    (
      "“ai”: options is “[\"Lan\",\"Huệ\"”, which is not a list of texts; mended it becomes “Lan”, “Huệ”",
      "UPDATE poll SET options = '[\"Lan\",\"Huệ\"' WHERE itemId = (SELECT id FROM item WHERE slug = 'ai')"
    ),
    (
      "“tin-moi”: options is “{}”",
      "UPDATE block SET options = '{}' WHERE itemId = (SELECT id FROM item WHERE slug = 'tin-moi')"
    ),
    ("pollBallot row 1: at is “gestern”", "UPDATE pollBallot SET at = 'gestern'"),
    ("operation 3: at is “x”", "UPDATE journal SET at = 'x' WHERE id = 3"),
  ])
  func isToldAndMended(told: String, sql: String) throws {
    try hurt(sql)
    // Another one beside it is found as well.
    try hurt("UPDATE item SET publishAt = 'bald' WHERE slug = 'duong-lang'")
    let found = try doctor()
    #expect(found.isWrong)
    #expect(found.notes.contains { $0.contains(told) }, "\(found.notes)")
    #expect(found.notes.contains { $0.contains("“duong-lang”: publishAt is “bald”") }, "\(found.notes)")
    let mended = try doctor("--fix")
    #expect(!mended.isWrong, "\(mended.notes)")
    #expect(mended.notes.contains { $0.hasPrefix("mended: ") && $0.contains(told) }, "\(mended.notes)")
    #expect(try doctor().notes == ["Nothing is wrong"])
  }

  @Test func whatWasMendedCanBeTakenBack() throws {
    try hurt(
      "UPDATE article SET featuredUntil = 'hôm qua' WHERE itemId = (SELECT id FROM item WHERE slug = 'hoi-nghi')"
    )
    let before = try test.contents()
    _ = try doctor("--fix")
    #expect(try test.run("article show hoi-nghi --field featuredUntil") == "\n")
    #expect(try test.run("article revisions hoi-nghi --format count") != "0\n")
    #expect(try test.contents() != before)
    try test.run("history undo")
    #expect(try test.contents() == before)
    #expect(try doctor().isWrong)
  }

  /// What no rule of SQLite's lets in comes back as well.
  @Test func whatWasMendedAgainstARuleOfItsTableCanBeTakenBack() throws {
    try hurt("UPDATE item SET state = 'weird' WHERE slug = 'hoi-nghi'")
    let before = try test.contents()
    #expect(try !doctor("--fix").isWrong)
    #expect(try test.run("history show").contains("state: weird → draft"))
    try test.run("history undo")
    #expect(try test.contents() == before)
  }

  @Test func whatNoUndoBringsBackIsKeptInABackup() throws {
    try hurt("INSERT INTO itemLink VALUES (999, 'tags', 0, 1)")
    let before = try test.contents()
    let mended = try doctor("--fix")
    let backup = try #require(
      try test.run("backup list --format csv").split(separator: "\n").last?.split(separator: ",").first)
    #expect(mended.notes.contains { $0.hasSuffix("sen backup restore \(backup) --force") }, "\(mended.notes)")
    try test.run("backup restore \(backup) --force --yes")
    #expect(try test.contents() == before)
    // What can be taken back needs none.
    _ = try doctor("--fix")
    try hurt("UPDATE item SET publishAt = 'bald' WHERE slug = 'duong-lang'")
    let count = try test.run("backup list --format count")
    _ = try doctor("--fix")
    #expect(try test.run("backup list --format count") == count)
  }

  @Test(arguments: [
    ("title is empty", "UPDATE item SET title = '' WHERE slug = 'hoi-nghi'"),
    ("title holds a NUL", "UPDATE item SET title = 'Hội' || char(0) || 'nghị' WHERE slug = 'hoi-nghi'"),
    (
      "title is no valid text",
      "UPDATE item SET title = CAST(x'48e1bb99ff69' AS TEXT) WHERE slug = 'hoi-nghi'"
    ),
    ("uid is “xyz”, which is none", "UPDATE item SET uid = 'xyz' WHERE slug = 'hoi-nghi'"),
    ("uid is “", "UPDATE item SET uid = upper(uid) WHERE slug = 'hoi-nghi'"),
    ("“Hội nghị!”: slug is no slug", "UPDATE item SET slug = 'Hội nghị!' WHERE slug = 'hoi-nghi'"),
    (
      "former slug “A b” of article",
      "INSERT INTO redirect SELECT 'article', 'A b', id FROM item WHERE slug = 'hoi-nghi'"
    ),
    (
      "position is 9223372036854775807",
      "UPDATE item SET position = 9223372036854775807 WHERE slug = 'hoi-nghi'"
    ),
    ("language “tiếng Việt” is none", "UPDATE item SET language = 'tiếng Việt' WHERE slug = 'hoi-nghi'"),
    (
      "expireAt is not after publishAt",
      "UPDATE item SET publishAt = '2026-02-01T00:00:00Z', expireAt = '2026-01-01T00:00:00Z' WHERE slug = 'hoi-nghi'"
    ),
    (
      "which holds a NUL character; mended it is without it",
      "UPDATE article SET body = 'một' || char(0) || 'hai' WHERE itemId = (SELECT id FROM item WHERE slug = 'hoi-nghi')"
    ),
    (
      "body is “",
      "UPDATE article SET body = CAST(x'6dff74' AS TEXT) WHERE itemId = (SELECT id FROM item WHERE slug = 'hoi-nghi')"
    ),
    (
      "mostChoices: ",
      "UPDATE poll SET mostChoices = 99999 WHERE itemId = (SELECT id FROM item WHERE slug = 'ai')"
    ),
  ])
  func whatNoArchiveCouldBringInIsMended(told: String, sql: String) throws {
    try hurt(sql)
    let found = try doctor()
    #expect(found.isWrong)
    #expect(found.notes.contains { $0.contains(told) }, "\(found.notes)")
    let mended = try doctor("--fix")
    #expect(!mended.isWrong, "\(mended.notes)")
    #expect(try doctor().notes == ["Nothing is wrong"])
    let path = "\(test.folder)/mended.tar"
    try test.run("export archive --to \(path)")
    let other = try TestSite([NewsPlugin(), PollsPlugin()])
    try other.run("import archive \(path)")
    #expect(try other.run("article list --format count") == "2\n")
    #expect(try other.run("poll list --format count") == "1\n")
  }

  @Test func whatNobodyCanKnowIsToldWithTheCommandThatSetsIt() throws {
    try hurt("UPDATE poll SET options = '[]'")
    let found = try doctor("--fix")
    #expect(found.isWrong)
    #expect(
      found.notes.contains { $0.contains("options: ") && $0.contains("set it: sen poll set ") },
      "\(found.notes)")
  }

  /// It was published at a time that nobody can read: who brings the version before the mend back publishes nothing.
  @Test func theVersionBeforeAMendPublishesNothing() throws {
    try test.run("article set hoi-nghi state=published publishAt=2090-01-01")
    try hurt("UPDATE item SET publishAt = 'morgen' WHERE slug = 'hoi-nghi'")
    #expect(try !doctor("--fix").isWrong)
    #expect(try test.run("history show").contains("publishAt: morgen → (empty)"))
    try test.run("article set hoi-nghi byline=Lan")
    try test.run("article revert hoi-nghi 2")
    #expect(try test.run("article show hoi-nghi --field state") == "draft\n")
  }

  @Test func whatAnOperationChangedAndCannotBeReadStopsNothingElse() throws {
    try test.run("article set hoi-nghi byline=Lan")
    try test.run("article set duong-lang byline=Mai")
    try test.run("category create Xã")
    try hurt("UPDATE journal SET changes = x'ffffffff' WHERE command LIKE '%byline=Mai'")
    let number = try #require(
      try test.site.read {
        try Int64.fetchOne($0, sql: "SELECT id FROM journal WHERE command LIKE '%byline=Mai'")
      })
    for line in ["history list", "log list", "history show", "article revisions hoi-nghi", "history show 2"] {
      try test.run(line)
    }
    let shown = try test.notes("history show \(number)")
    #expect(shown.contains { $0.contains("cannot be read") }, "\(shown)")
    let refusal = try #require(test.refusal("history undo 2"))
    #expect(refusal.message.contains("cannot be read"), "\(refusal)")
    try test.run("history undo")
    let found = try doctor()
    #expect(found.notes.contains { $0.contains("what it changed cannot be read; mended") }, "\(found.notes)")
    #expect(try !doctor("--fix").isWrong)
    #expect(try doctor().notes == ["Nothing is wrong"])
    // What it did is still not passed over.
    #expect(try #require(test.refusal("history undo 2")).message.contains("cannot be read"))
    try test.run("media prune --yes")
  }

  @Test func whoeverReadsItIsToldWhichItemAndField() throws {
    try hurt(
      "UPDATE article SET featuredUntil = 'hôm qua' WHERE itemId = (SELECT id FROM item WHERE slug = 'hoi-nghi')"
    )
    let error = #expect(throws: DamagedValue.self) { try test.run("article show hoi-nghi") }
    #expect(try "\(#require(error))".hasSuffix("“hoi-nghi”: featuredUntil: “hôm qua” is not a date"))
    #expect(try test.run("article show duong-lang --field title") == "Đường làng\n")
    // A backup is of the file, whatever is in it.
    try test.run("backup create")
    #expect(try test.run("backup list --format count") == "1\n")
  }

  @Test(arguments: ["timeZone", "historyDays", "title"])
  func aSettingThatCannotBeUsedHasItsDefault(name: String) throws {
    for json in ["\"Nirgendwo/Stadt\"", "0", "no json", "[1]", "null"]
    where !(name == "title" && json.hasPrefix("\"")) {
      try hurt(
        "INSERT OR REPLACE INTO setting (name, value) VALUES ('\(name)', '\(json)'), ('slogan', '\"Lúa\"')")
      var notes: [String] = []
      let site = try Site.open(
        test.folder, registry: test.site.registry, actor: "tester", note: { notes.append($0) })
      #expect(site.settings.historyDays == 90)
      #expect(site.settings.slogan == "Lúa")
      #expect(site.timeZone.identifier == "Asia/Ho_Chi_Minh")
      #expect(notes.count == 1)
      #expect(notes.first?.contains("The setting \(name): ") == true, "\(notes)")
      #expect(notes.first?.hasSuffix("sen config set \(name) VALUE; or: sen config unset \(name)") == true)
      let found = try doctor()
      #expect(found.notes.first?.hasPrefix("The setting \(name): ") == true, "\(found.notes)")
      #expect(found.isWrong)
    }
    // Another one can be set meanwhile, and this one too.
    try test.run("config set logDays 5")
    try test.run("config unset \(name)")
    #expect(try doctor().notes == ["Nothing is wrong"])
    try hurt("INSERT OR REPLACE INTO setting (name, value) VALUES ('\(name)', 'no json')")
    #expect(try !doctor("--fix").isWrong)
    #expect(try doctor().notes == ["Nothing is wrong"])
    #expect(try test.run("config get logDays") == "5\n")
    try test.run("history undo")
    #expect(try doctor().isWrong)
  }

  @Test func aVersionThatCannotBeReadIsToldWithItsItem() throws {
    try test.run("article set hoi-nghi title='Hội nghị xuân'")
    try hurt(
      "UPDATE revision SET snapshot = '{\"a\":' WHERE itemId = (SELECT id FROM item WHERE slug = 'hoi-nghi')")
    #expect(try doctor().notes.contains { $0.contains("“hoi-nghi”: its version 1 cannot be read") })
    #expect(throws: DamagedValue.self) { try test.run("article revisions hoi-nghi") }
    #expect(try !doctor("--fix").isWrong)
    try test.run("article revisions hoi-nghi")
  }

  @Test(arguments: [
    ("trashedAt", ""), ("publishAt", "draft"), ("expireAt", "archived"),
  ])
  func aDateThatCannotBeReadShowsNothingThatWasHidden(name: String, state: String) throws {
    try test.run("article set hoi-nghi state=published publishAt=2090-01-01")
    if name == "expireAt" { try test.run("article set hoi-nghi publishAt=2020-01-01 expireAt=2021-01-01") }
    if name == "trashedAt" {
      try test.run("article set hoi-nghi publishAt=2020-01-01")
      try test.run("article delete hoi-nghi")
    }
    try hurt("UPDATE item SET \(name) = 'morgen' WHERE slug = 'hoi-nghi'")
    let mended = try doctor("--fix")
    #expect(!mended.isWrong, "\(mended.notes)")
    #expect(
      mended.notes.contains {
        $0.contains("“hoi-nghi”: \(name) is “morgen”")
          && $0.contains(state.isEmpty ? "becomes 2" : "the article is \(state)")
      }, "\(mended.notes)")
    #expect(try doctor().notes == ["Nothing is wrong"])
    let (now, stays) = try test.site.read { db in
      let row = try #require(
        try Row.fetchOne(db, sql: "SELECT state, trashedAt FROM item WHERE slug = 'hoi-nghi'"))
      return (row[0] as String, row[1] as String?)
    }
    #expect(now == (state.isEmpty ? "published" : state))
    #expect((stays != nil) == state.isEmpty)
  }

  /// The time of an operation is told in its place, and those before it as well.
  @Test func aDamagedTimeStopsNeitherHistoryNorLog() throws {
    let count = try test.run("log list --format count")
    try hurt("UPDATE journal SET at = 'x' WHERE id = 3")
    for line in ["history list --all", "log list --since 2000-01-01"] {
      let output = MemoryOutput()
      try test.run(line, output)
      #expect(output.text.contains("“x” is not a date"), "\(output.text)")
      #expect(output.text.contains("category create"), "\(output.text)")
      #expect(output.notes == ["Times of the history are damaged; see: sen site doctor"])
    }
    #expect(try test.run("log list --format count") == count)
    #expect(try test.run("history show 3").contains("“x” is not a date"))
  }

  @Test(arguments: [
    ("role = 'adminstrator'", "user set-role tester administrator"),
    ("isDisabled = 2", "user enable tester"),
  ])
  func aSiteIsNotLeftWithoutAnAdministrator(damage: String, command: String) throws {
    try test.run("user create tester --role administrator")
    try test.run("user create minh --role author")
    try hurt("UPDATE user SET \(damage) WHERE name = 'tester'")
    // What is beside it is mended by whoever has the files.
    try hurt("UPDATE item SET publishAt = 'bald' WHERE slug = 'duong-lang'")
    let found = try doctor("--fix")
    #expect(found.isWrong)
    #expect(
      found.notes.contains { $0.hasPrefix("mended: ") && $0.contains("publishAt is “bald”") },
      "\(found.notes)")
    #expect(found.notes.contains { $0.hasSuffix("if it is one: sen \(command)") }, "\(found.notes)")
    // Nothing else may be done meanwhile.
    #expect(test.refusal("article create X")?.code == .declined)
    try test.run(command)
    #expect(try doctor("--fix").notes == ["Nothing else is wrong"])
    try test.run("article create X")
    // Beside another administrator it is mended.
    try test.run("user create lan --role administrator")
    try hurt("UPDATE user SET \(damage) WHERE name = 'lan'")
    let mended = try doctor("--fix")
    #expect(!mended.isWrong, "\(mended.notes)")
    #expect(
      mended.notes.contains { $0.hasPrefix("mended: ") && $0.contains("else: sen user") }, "\(mended.notes)")
  }

  @Test func whoeverBothRoleAndDoorAreDamagedOfIsSetRightOneAfterTheOther() throws {
    try test.run("user create tester --role administrator")
    try hurt("UPDATE user SET role = 'x', isDisabled = 2")
    try test.run("user set-role tester administrator")
    try test.run("user enable tester")
    #expect(try doctor().notes == ["Nothing is wrong"])
    #expect(test.refusal("user disable tester") != nil)
  }
}
