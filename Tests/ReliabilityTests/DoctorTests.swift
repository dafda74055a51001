import ContentModel
import Foundation
import GRDB
import News
import Polls
import SenKernel
import SenTesting
import Storage
import Testing

/// `site doctor` on sites that were broken by hand, in ways that SQLite and Sen do not let happen.
struct DoctorTests {
  let test: TestSite

  init() throws {
    test = try TestSite([NewsPlugin(), PollsPlugin()])
    try Data.smallPicture("lúa").write(to: URL(filePath: "\(test.folder)/lua.jpg"))
    try test.run("category create 'Tin tức'")
    try test.run("category create 'Nông thôn' --parent tin-tuc")
    try test.run(
      "article create 'Hội nghị' --category nong-thon --tags 'lúa, mùa' --cover \(test.folder)/lua.jpg")
    try test.run("article create 'Đường làng' --body 'Một con đường dài'")
    try test.run("article set duong-lang slug=duong-moi")
    try test.run("poll create 'Ai?' --option Lan --option Huệ --state published")
    try test.run("poll vote ai --option Lan --voter mot")
  }

  /// Breaks the site with SQL that no rule holds back.
  private func hurt(_ sql: String) throws {
    try test.site.database.pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
      let outcome = Result { try db.execute(sql: sql) }
      try db.execute(sql: "PRAGMA foreign_keys = ON; PRAGMA ignore_check_constraints = OFF")
      try outcome.get()
    }
  }

  /// What the doctor says, and whether something is wrong.
  private func doctor(_ options: String = "") throws -> (notes: [String], isWrong: Bool) {
    let output = MemoryOutput()
    do {
      try test.run("site doctor \(options)", output)
      return (output.notes, false)
    } catch is DoneInPart {
      return (output.notes, true)
    }
  }

  private func id(_ noun: String, _ ref: String) throws -> String {
    String(try test.run("\(noun) show \(ref) --field id").dropLast())
  }

  private func export() throws -> Data {
    try test.run("export archive --to \(test.folder)/now.tar")
    return try Data(contentsOf: URL(filePath: "\(test.folder)/now.tar"))
  }

  /// Sees that the doctor finds `text`, changes nothing in a dry run, mends it, and is content then.
  private func mends(
    _ text: String, after sql: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try hurt(sql)
    let found = try doctor()
    #expect(found.isWrong, sourceLocation: sourceLocation)
    #expect(found.notes.contains { $0.contains(text) }, "\(found.notes)", sourceLocation: sourceLocation)
    #expect(
      found.notes.last == "What can be mended is mended by: sen site doctor --fix",
      sourceLocation: sourceLocation)
    let dry = try doctor("--fix --dry-run")
    #expect(!dry.isWrong, sourceLocation: sourceLocation)
    #expect(
      dry.notes.contains { $0.hasPrefix("would mend: ") && $0.contains(text) }, sourceLocation: sourceLocation
    )
    #expect(try doctor().notes == found.notes, sourceLocation: sourceLocation)
    let mended = try doctor("--fix")
    #expect(!mended.isWrong, "\(mended.notes)", sourceLocation: sourceLocation)
    #expect(
      mended.notes.contains { $0.hasPrefix("mended: ") && $0.contains(text) }, "\(mended.notes)",
      sourceLocation: sourceLocation)
    #expect(try doctor().notes == ["Nothing is wrong"], sourceLocation: sourceLocation)
  }

  @Test func aSoundSiteIsSound() throws {
    let found = try doctor()
    #expect(found.notes == ["Nothing is wrong"])
    #expect(!found.isWrong)
    #expect(try doctor("--fix").notes == ["Nothing else is wrong"])
  }

  @Test(arguments: [
    ("itemLink", "INSERT INTO itemLink VALUES (999, 'tags', 0, 1)"),
    ("redirect", "INSERT INTO redirect VALUES ('article', 'x', 999)"),
    (
      "revision",
      "INSERT INTO revision (itemId, version, at, snapshot) VALUES (999, 1, '2026-01-01T00:00:00Z', '{}')"
    ),
    (
      "pollBallot",
      "INSERT INTO pollBallot (itemId, voter, choices, at) VALUES (999, 'x', '[]', '2026-01-01T00:00:00Z')"
    ),
    ("article refers by category", "UPDATE article SET category = 999 WHERE category IS NOT NULL"),
  ])
  func rowsThatReferToNothing(what: String, sql: String) throws {
    try mends(what, after: sql)
    #expect(try test.run("article show hoi-nghi --field title") == "Hội nghị\n")
  }

  @Test func fieldsWithoutAnItemBecomeADraftAgain() throws {
    let lost = try id("article", "duong-moi")
    try mends("article \(lost) has lost its title", after: "DELETE FROM item WHERE id = \(lost)")
    #expect(try test.run("article show recovered-\(lost) --field body") == "Một con đường dài\n")
    #expect(try test.run("article show \(lost) --field state") == "draft\n")
    #expect(try test.run("search 'con đường' --format count") == "1\n")
  }

  @Test func anItemWithoutFieldsHasEmptyOnes() throws {
    let lost = try id("article", "duong-moi")
    try mends("article \(lost) has lost its fields", after: "DELETE FROM article WHERE itemId = \(lost)")
    #expect(try test.run("article show duong-moi --field title") == "Đường làng\n")
  }

  @Test func referencesToAnotherTypeAreTakenAway() throws {
    let (tag, category) = try (id("tag", "lua"), id("category", "tin-tuc"))
    try mends(
      "category refers to tag \(tag)",
      after: "UPDATE article SET category = \(tag) WHERE category IS NOT NULL")
    try mends(
      "tags refers to category \(category)",
      after: "UPDATE itemLink SET targetId = \(category) WHERE position = 1")
    #expect(try test.run("article show hoi-nghi --field tags") == "lúa\n")
    try mends("the former slug duong-lang", after: "UPDATE redirect SET type = 'poll'")
  }

  @Test func aTreeThatBitesItsTailIsOpened() throws {
    let (above, below) = try (id("category", "tin-tuc"), id("category", "nong-thon"))
    try mends(
      "category \(above) stands below itself",
      after: "UPDATE category SET parent = \(below) WHERE itemId = \(above)")
    #expect(try test.run("category show nong-thon --field parent") == "tin-tuc\n")
  }

  @Test(arguments: [
    "UPDATE item SET version = 9223372036854775807 WHERE slug = 'hoi-nghi'",
    "INSERT INTO versionFloor SELECT id, 9223372036854775807 FROM item WHERE slug = 'hoi-nghi'",
    "UPDATE revision SET version = 9223372036854775807 WHERE itemId = (SELECT id FROM item WHERE slug = 'hoi-nghi')",
  ])
  func aVersionThatNothingHasCountedToIsRefusedAndMended(sql: String) throws {
    try test.run("article set hoi-nghi byline=Lan")
    try mends("“hoi-nghi”: no version is counted to 9223372036854775807", after: sql)
    try test.run("article set hoi-nghi byline=Mai")
    guard !sql.contains("revision") else { return }
    try hurt(sql.replacing("INSERT", with: "INSERT OR REPLACE"))
    let failure = #expect(throws: DamagedValue.self) { try test.run("article set hoi-nghi byline=q") }
    #expect(failure?.place?.contains("“hoi-nghi”") == true)
    #expect(try test.run("article show hoi-nghi --field byline") == "Mai\n")
  }

  @Test(arguments: ["item", "revision"])
  func aTableWithoutAnotherNumberIsToldAndMended(table: String) throws {
    try test.run("article set hoi-nghi byline=Lan")
    let sql = "UPDATE sqlite_sequence SET seq = 9223372036854775807 WHERE name = '\(table)'"
    try hurt(sql)
    let failure = #expect(throws: DamagedValue.self) {
      try test.run(table == "item" ? "article create Mới" : "article set hoi-nghi byline=q")
    }
    #expect(failure?.place == table)
    try mends("the number of the last \(table) is kept as 9223372036854775807", after: sql)
    try test.run("article create Mới")
    try test.run("article set hoi-nghi byline=Mai")
  }

  /// SQLite would give the next operation any number that is free.
  @Test func anOperationThatNothingHasCountedToIsNumberedAnew() throws {
    try test.run("article set hoi-nghi byline=Lan")
    try mends(
      "no operation is counted to 9223372036854775807",
      after: """
        PRAGMA defer_foreign_keys = ON;
        UPDATE journal SET id = 9223372036854775807 WHERE id = (SELECT max(id) FROM journal)
        """)
    try test.run("article set hoi-nghi byline=Mai")
    #expect(try test.run("history list --limit 1 --field id") == "9\n")
    try test.run("history undo")
    try test.run("history undo 8")
    #expect(try test.run("article show hoi-nghi --field byline") == "\n")
  }

  @Test func countersAndKeysAreMadeAnew() throws {
    try mends("the number of the last item", after: "UPDATE sqlite_sequence SET seq = 1 WHERE name = 'item'")
    try mends(
      "1 item is not sorted by the title", after: "UPDATE item SET sortKey = x'00' WHERE slug = 'hoi-nghi'")
  }

  @Test(arguments: [
    "INSERT INTO search (rowid, title, text) VALUES (777, 'ma', 'không ai')",
    "INSERT INTO search (search) VALUES ('delete-all')",
    "UPDATE search_data SET block = zeroblob(length(block)) WHERE id > 10",
    "UPDATE search_data SET block = x'00' WHERE id = 10",
    "DELETE FROM search_data",
    // As many words as before, and others.
    """
    INSERT INTO search (search, rowid, title, text) SELECT 'delete', id, 'hoi nghi', 'hoi nghi' FROM item WHERE 0;
    DELETE FROM search_docsize WHERE id = (SELECT id FROM item WHERE slug = 'hoi-nghi')
    """,
    "INSERT INTO search (rowid, title, text) SELECT id, 'chợ', '' FROM item WHERE slug = 'hoi-nghi'",
    "UPDATE item SET title = 'Nghị hội' WHERE slug = 'hoi-nghi'; UPDATE item SET title = 'Hội xuân', sortKey = sortkey('Hội xuân') WHERE slug = 'hoi-nghi'",
  ])
  func theSearchIndexIsBuiltAnewWhereItHasOtherWords(sql: String) throws {
    try mends("the search index", after: sql)
    #expect(try test.run("search 'con đường' --format count") == "1\n")
  }

  @Test func aColumnThatIsGoneComesBack() throws {
    try mends("article.byline has no column", after: "ALTER TABLE article DROP COLUMN byline")
    #expect(try test.run("article list --format count") == "2\n")
  }

  @Test func anIndexThatLacksRowsIsMadeAnew() throws {
    // The index is declared over another column than the one that it was filled from.
    try hurt(
      """
      PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = 'CREATE INDEX itemByTitle ON item(type, slug)' WHERE name = 'itemByTitle';
      PRAGMA writable_schema = RESET;
      PRAGMA schema_version = 9999;
      """)
    let found = try doctor()
    #expect(found.notes.contains { $0.contains("itemByTitle") }, "\(found.notes)")
    #expect(try !doctor("--fix").isWrong)
    #expect(try doctor().notes == ["Nothing is wrong"])
  }

  @Test func aBackupOfADamagedSiteSaysSoAndIsRestoredOnlyByForce() throws {
    let sound = String(try test.run("backup create --porcelain").dropLast())
    try hurt("INSERT INTO itemLink VALUES (999, 'tags', 0, 1)")
    let output = MemoryOutput()
    #expect(throws: DoneInPart.self) { try test.run("backup create", output) }
    #expect(output.notes.last == "The site is damaged, and so is its backup: sen site doctor")
    #expect(try test.run("backup verify --field state") == "sound\nkept damaged\n")
    let damaged = try #require(try test.run("backup list --field backup").split(separator: "\n").last)
    #expect(throws: Refusal.self) { try test.run("backup restore \(damaged) --yes") }
    try test.run("backup restore @last --yes", output)
    #expect(output.notes.contains { $0.hasPrefix("Restored \(sound)") })
    #expect(try doctor().notes == ["Nothing is wrong"])
    try test.run("backup restore \(damaged) --yes --force", output)
    #expect(output.notes.last == "It is damaged; see: sen site doctor --fix")
    #expect(try !doctor("--fix").isWrong)
  }

  @Test func lostAndDamagedFilesComeBackFromABackup() throws {
    let name = String(try test.run("article show hoi-nghi --field cover").dropLast())
    let path = test.site.mediaPath(name)
    try FileManager.default.removeItem(atPath: path)
    let lost = try doctor("--fix")
    #expect(lost.isWrong)
    #expect(lost.notes.contains { $0.contains("the file of cover is missing (\(name))") })
    try Data.smallPicture("lúa").write(to: URL(filePath: path))
    let before = try export()
    try test.run("backup create")
    try FileManager.default.removeItem(atPath: path)
    #expect(try doctor("--fix --dry-run").notes.contains { $0.hasPrefix("would mend: article") })
    #expect(!FileManager.default.fileExists(atPath: path))
    #expect(try !doctor("--fix").isWrong)
    try FileManager.default.removeItem(atPath: path)
    try Data("lũa".utf8).write(to: URL(filePath: path))
    #expect(try doctor().notes.contains { $0 == "the file \(name) is damaged" })
    #expect(try doctor("--fix").notes.contains { $0 == "mended: the file \(name) is damaged" })
    #expect(try export() == before)
  }

  @Test func whatWasLeftHalfMadeIsTakenAwayAndWhatIsBeingMadeIsNot() throws {
    // No process has this number: it is beyond what Linux gives.
    let left = "\(test.site.mediaFolder)/.x.tmp-99999999-ab"
    let busy = "\(test.site.mediaFolder)/.x.tmp-\(getpid())-ab"
    for path in [left, busy] { try Data("x".utf8).write(to: URL(filePath: path)) }
    let found = try doctor()
    #expect(!found.isWrong)
    #expect(found.notes.first == "1 file half made by processes that are gone; --fix removes what they left")
    #expect(FileManager.default.fileExists(atPath: left))
    #expect(try !doctor("--fix").isWrong)
    #expect(!FileManager.default.fileExists(atPath: left) && FileManager.default.fileExists(atPath: busy))
  }

  @Test func filesThatNobodyUsesAreToldAndAreNoDamage() throws {
    try Data.smallPicture("thừa").write(to: URL(filePath: "\(test.folder)/thua.jpg"))
    try test.run("media add \(test.folder)/thua.jpg")
    let found = try doctor()
    #expect(!found.isWrong)
    #expect(found.notes == ["No item uses 1 file: sen media prune", "Nothing is wrong"])
  }
}
