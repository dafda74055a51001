import ContentModel
import Foundation
import GRDB
import News
import Polls
import SenKernel
import SenTesting
import Storage
import Testing

/// Indexes, tables and columns that are not those of a new site; pages that cannot be read.
struct DamagedSchemaTests {
  let test: TestSite

  init() throws {
    test = try TestSite([NewsPlugin(), PollsPlugin()])
    try test.run("category create 'Tin tức'")
    try test.run("article create 'Hội nghị' --category tin-tuc --tags 'lúa, mùa' --byline Lan")
    try test.run("article create 'Đường làng' --body 'Một con đường dài'")
    try test.run("config set slogan Lúa")
  }

  private func sql(_ sql: String) throws {
    try test.site.database.pool.writeWithoutTransaction { try $0.execute(sql: sql) }
  }

  private func doctor(_ options: String = "", on site: Site? = nil) throws -> (notes: [String], isWrong: Bool)
  {
    let output = MemoryOutput()
    do {
      try test.run("site doctor \(options)", output)
      return (output.notes, false)
    } catch is DoneInPart {
      return (output.notes, true)
    }
  }

  @Test(arguments: [
    ("the index itemBySlug of item is missing", "DROP INDEX itemBySlug"),
    ("the index articleByCategory of article is missing", "DROP INDEX articleByCategory"),
    (
      "the index itemByType of item is not the one that Sen makes",
      "DROP INDEX itemByType; CREATE INDEX itemByType ON item(title)"
    ),
    ("there is no table redirect", "DROP TABLE redirect"),
    ("there is no table search", "DROP TABLE search"),
  ])
  func whatIsMissingIsMadeAnew(told: String, change: String) throws {
    try sql(change)
    let found = try doctor()
    #expect(found.isWrong)
    #expect(found.notes.contains { $0.contains(told) }, "\(found.notes)")
    let mended = try doctor("--fix")
    #expect(!mended.isWrong, "\(mended.notes)")
    #expect(try doctor().notes == ["Nothing is wrong"])
    #expect(try test.run("search 'con đường' --format count") == "1\n")
  }

  /// As the shell of SQLite does it, which minds no references.
  private func drop(_ table: String) throws {
    try test.site.database.pool.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      let outcome = Result { try db.execute(sql: "DROP TABLE \(table)") }
      try db.execute(sql: "PRAGMA foreign_keys = ON")
      try outcome.get()
    }
  }

  @Test(arguments: [
    "pollBallot", "article", "poll", "setting", "redirect", "revision", "journal", "journalPart",
    "credential", "user", "itemLink", "versionFloor", "jobRun", "askedSource", "siteIdentity",
    "item",
  ])
  func aTableThatIsGoneIsToldOnceAndMadeAnew(table: String) throws {
    try drop(table)
    // Another thing beside it is mended as well.
    try sql("DROP INDEX IF EXISTS articleByCategory")
    let found = try doctor()
    #expect(found.isWrong)
    #expect(found.notes.filter { $0.contains("there is no table \(table)") }.count == 1, "\(found.notes)")
    let mended = try doctor("--fix")
    #expect(!mended.isWrong, "\(mended.notes)")
    #expect(mended.notes.contains { $0.hasPrefix("mended: there is no table \(table)") }, "\(mended.notes)")
    #expect(try doctor().notes == ["Nothing is wrong"])
  }

  @Test func whatWentWithATableIsToldWithTheBackupThatHasIt() throws {
    try test.run("article set hoi-nghi title='Hội nghị xuân'")
    try drop("pollBallot")
    #expect(
      try doctor().notes.contains { $0.contains("what it held is gone") && $0.hasSuffix("no backup has it") })
    _ = try doctor("--fix")
    let backup = String(try test.run("backup create --porcelain").dropLast())
    try drop("revision")
    try sql("ALTER TABLE article DROP COLUMN byline")
    let mended = try doctor("--fix")
    #expect(!mended.isWrong, "\(mended.notes)")
    for told in [
      "mended: there is no table revision, and what it held is gone; mended it is empty; the backup \(backup) has 1 row",
      "mended: article.byline has no column, and what it held is gone; mended it is empty; the backup \(backup) has it of 2 rows",
    ] {
      #expect(mended.notes.contains { $0.hasPrefix(told) }, "\(mended.notes)")
    }
  }

  @Test func whatIsNotSensIsTold() throws {
    try sql("CREATE TRIGGER mine AFTER UPDATE ON item BEGIN DELETE FROM redirect; END")
    let found = try doctor("--fix")
    #expect(found.isWrong)
    #expect(found.notes.contains { $0.contains("the trigger mine on item is not Sen's") }, "\(found.notes)")
  }

  @Test func aColumnOfAnotherTypeKeepsWhatItHolds() throws {
    try sql(
      """
      PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = replace(replace(sql, '"byline" TEXT', '"byline" INTEGER'), 'STRICT', '')
        WHERE name = 'article';
      PRAGMA writable_schema = RESET;
      """)
    let found = try doctor("--fix")
    #expect(found.isWrong)
    #expect(
      found.notes.contains { $0.contains("article.byline is INTEGER, and TEXT is declared") },
      "\(found.notes)")
    #expect(try test.run("article show hoi-nghi --field byline") == "Lan\n")
  }

  @Test func operationsOnATableThatGotAnotherLayoutAreForgotten() throws {
    try sql("ALTER TABLE article DROP COLUMN byline")
    #expect(try !doctor("--fix").isWrong)
    // Its patches would put values into other columns.
    let refusal = try #require(test.refusal("history undo 2"))
    #expect(refusal.message.contains("what it changed is not kept"), "\(refusal)")
  }

  @Test(arguments: [
    ("itemBySlug", "slug", "UPDATE item SET slug = 'hoi-nghi' WHERE type = 'article'"),
    ("itemByUID", "uid", "UPDATE item SET uid = (SELECT uid FROM item WHERE slug = 'hoi-nghi')"),
    ("itemByOrigin", "origin", "UPDATE item SET origin = 'a:b:1'"),
  ])
  func whatOnlyOneMayHaveIsToldAndGivenAnew(index: String, name: String, change: String) throws {
    try sql("DROP INDEX \(index); \(change)")
    let found = try doctor()
    #expect(
      found.notes.contains { $0.contains("its \(name) “") && $0.contains("is that of") }, "\(found.notes)")
    let mended = try doctor("--fix")
    #expect(!mended.isWrong, "\(mended.notes)")
    #expect(!mended.notes.contains { $0.contains("could not mend") }, "\(mended.notes)")
    #expect(try doctor().notes == ["Nothing is wrong"])
    #expect(try test.run("article list --field title --sort title") == "Đường làng\nHội nghị\n")
    try comesIn()
  }

  /// An archive of the site comes into a new one.
  private func comesIn() throws {
    let path = "\(test.folder)/mended.tar"
    try test.run("export archive --to \(path)")
    let other = try TestSite([NewsPlugin(), PollsPlugin()])
    try other.run("import archive \(path)")
    #expect(try other.run("article list --format count") == test.run("article list --format count"))
  }

  @Test(arguments: [
    "DELETE FROM migration", "DELETE FROM migration WHERE name = 'kernel-1'",
    "DELETE FROM migration WHERE name = 'kernel-12'", "DROP TABLE migration",
    "DELETE FROM migration; DROP INDEX itemByExpiry",
  ])
  func aListOfMigrationsThatWasLostIsKnownByTheTables(change: String) throws {
    let before = try test.run("article list --format json")
    try sql(change)
    let opened = try fresh("article list")
    #expect(!opened.isWrong)
    if change.contains("INDEX") { _ = try fresh("site doctor --fix") }
    #expect(try fresh("site doctor").notes == ["Nothing is wrong"])
    #expect(try test.run("article list --format json") == before)
  }

  @Test func aListOfMigrationsThatFitsNoTablesIsRefused() throws {
    try sql("DELETE FROM migration; ALTER TABLE revision DROP COLUMN actor")
    let refusal = #expect(throws: Refusal.self) { try fresh("article list") }
    #expect(refusal?.message.contains("does not fit its tables") == true)
  }

  @Test(arguments: [
    ("item", "author"), ("item", "language"), ("revision", "actor"), ("item", "createdAt"),
    ("journal", "command"), ("jobRun", "failure"),
  ])
  func aColumnOfTheKernelsIsMadeAnew(table: String, column: String) throws {
    try sql("ALTER TABLE \(table) DROP COLUMN \(column)")
    #expect(try doctor().notes.contains { $0.hasPrefix("\(table).\(column) has no column") })
    let mended = try fresh("site doctor --fix")
    #expect(!mended.isWrong, "\(mended.notes)")
    #expect(try fresh("site doctor").notes == ["Nothing is wrong"])
    #expect(try test.run("article show hoi-nghi --field byline") == "Lan\n")
    try test.run("article set hoi-nghi byline=Mai")
    try test.run("history undo")
    try comesIn()
  }

  @Test func aColumnThatHidWhatNobodyIsToSeeIsNotMadeUp() throws {
    try test.run("article delete duong-lang")
    let backup = String(try test.run("backup create --porcelain").dropLast())
    try sql("DROP INDEX itemInTrash; ALTER TABLE item DROP COLUMN trashedAt")
    let found = try fresh("site doctor --fix")
    #expect(found.isWrong)
    #expect(
      found.notes.contains {
        $0.hasPrefix("item.trashedAt has no column") && $0.hasSuffix("sen backup restore \(backup)")
      }, "\(found.notes)")
  }

  /// Writes rubbish over the root page of a table or an index.
  private func damage(_ name: String) throws {
    let (root, size) = try test.site.database.pool.writeWithoutTransaction { db in
      _ = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
      return (
        try #require(
          try Int.fetchOne(db, sql: "SELECT rootpage FROM sqlite_schema WHERE name = ?", arguments: [name])),
        try #require(try Int.fetchOne(db, sql: "PRAGMA page_size"))
      )
    }
    let file = try FileHandle(forUpdating: URL(filePath: "\(test.folder)/site.db"))
    try file.seek(toOffset: UInt64((root - 1) * size))
    try file.write(contentsOf: Data(repeating: 0x5A, count: size))
    try file.close()
  }

  /// A site opened anew, as by another process: nothing of the file is in memory.
  private func fresh(_ line: String) throws -> (notes: [String], isWrong: Bool) {
    let output = MemoryOutput()
    let site = try Site.open(
      test.folder, registry: test.site.registry, actor: "tester", note: { output.note($0) })
    let invocation = try test.table.grammar.parse(words: Line.parse(line).words)
    do {
      try test.table.command(invocation).run(
        CommandContext(invocation, grammar: test.table.grammar, site: site, output: output) { "" })
      return (output.notes, false)
    } catch is DoneInPart {
      return (output.notes, true)
    }
  }

  @Test(arguments: [
    "itemByTitle", "itemLinkByTarget", "articleByCategory", "search_data", "search_idx", "search_docsize",
  ])
  func damagedPagesOfIndexesAreMadeAnew(name: String) throws {
    try damage(name)
    let found = try fresh("site doctor")
    #expect(found.isWrong)
    #expect(found.notes.contains { $0.contains("index") && $0.contains("damaged (") }, "\(found.notes)")
    let mended = try fresh("site doctor --fix")
    #expect(!mended.isWrong, "\(mended.notes)")
    #expect(try fresh("site doctor").notes == ["Nothing is wrong"])
    #expect(try fresh("search 'con đường'").isWrong == false)
  }

  @Test func aDamagedPageOfSettingsStopsNothing() throws {
    let backup = String(try test.run("backup create --porcelain").dropLast())
    try damage("setting")
    let listed = try fresh("article list")
    #expect(listed.notes.contains { $0.hasPrefix("The settings cannot be read") }, "\(listed.notes)")
    let found = try fresh("site doctor --fix")
    #expect(found.isWrong)
    #expect(found.notes.contains { $0.contains("the table setting is damaged") }, "\(found.notes)")
    #expect(found.notes.last?.hasSuffix("sen backup restore \(backup)") == true, "\(found.notes)")
  }
}
