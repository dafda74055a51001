import ContentModel
import Foundation
import GRDB
import Gallery
import News
import SenKernel
import SenTesting
import Storage
import Testing

/// What becomes of other items, and of those who have read them, when something is done to one.
struct NothingLostTests {
  let test: TestSite

  init() throws {
    test = try TestSite([NewsPlugin(), GalleryPlugin()])
    try test.run("category create 'Tin tức'")
    try test.run("source create 'Báo'")
    try test.run("article create 'Hội nghị' --category tin-tuc --source bao --tags 'lúa, mùa'")
    try test.run("article create 'Rác' --category tin-tuc --tags lúa")
    try test.run("article delete rac")
  }

  private func version(_ slug: String, _ noun: String = "article") throws -> Int64 {
    try test.site.read {
      try Int64.fetchOne(
        $0, sql: "SELECT version FROM item WHERE type = ? AND slug = ?", arguments: [noun, slug]) ?? 0
    }
  }

  private func revisions(_ slug: String) throws -> Int {
    try test.site.read {
      try Int.fetchOne(
        $0, sql: "SELECT count(*) FROM revision r JOIN item i ON i.id = r.itemId WHERE i.slug = ?",
        arguments: [slug]) ?? 0
    }
  }

  @Test(arguments: [
    "category delete tin-tuc --force --yes", "source delete bao --force --yes",
    "tag delete lua --force --yes",
  ])
  func whoIsLeftWithoutItHasANewVersion(line: String) throws {
    let before = try test.contents()
    let (version, revisions) = (try version("hoi-nghi"), try revisions("hoi-nghi"))
    try test.run(line)
    #expect(try self.version("hoi-nghi") == version + 1)
    #expect(try self.revisions("hoi-nghi") == revisions + 1)
    try test.run("history undo")
    #expect(try test.contents() == before)
  }

  @Test func whatIsInTheTrashHasANewVersionToo() throws {
    let version = try version("rac")
    try test.run("tag delete lua --force --yes")
    #expect(try self.version("rac") == version + 1)
    try test.run("category delete tin-tuc --force --yes")
    #expect(try self.version("rac") == version + 2)
  }

  @Test func siblingsThatGoAsideHaveANewVersion() throws {
    try test.run("category create A")
    try test.run("category create B")
    try test.run("category move b --position 1")
    let version = try version("b", "category")
    try test.run("category move a --position 1")
    #expect(try self.version("b", "category") == version + 1)
  }

  @Test func noVersionOfBeforeARestoreComesAgain() throws {
    try test.run("backup create")
    for title in ["a", "b", "c"] { try test.run("article set hoi-nghi title=\(title)") }
    try test.run("article create Sau")
    let opened = try test.run("article edit hoi-nghi --print")
    let (version, id) = (try version("hoi-nghi"), try test.run("article show sau --field id"))
    try test.run("backup restore @last --yes")
    #expect(try self.version("hoi-nghi") < version)
    try test.run("article set hoi-nghi title=d")
    #expect(try self.version("hoi-nghi") == version + 1)
    // Who has it open since before the restore overwrites nothing.
    let typed = opened.replacing("title: c", with: "title: e")
    #expect(opened != typed)
    #expect(test.refusal("article edit hoi-nghi --from -", input: typed)?.code == .conflict)
    try test.run("article create Khác")
    #expect(try test.run("article show khac --field id") != id)
    #expect(try test.notes("site doctor") == ["Nothing is wrong"])
  }

  @Test(arguments: [
    ": > site/site.db", "head -c 8192 /dev/zero | tr '\\0' x | dd of=site/site.db conv=notrunc 2> /dev/null",
    "rm site/site.db",
  ])
  func noVersionOfADatabaseThatCannotBeReadComesAgain(damage: String) throws {
    let program = try SenProgram()
    try program.expect("article create 'Hội nghị'")
    try program.expect("backup create")
    for title in ["a", "b", "c"] { try program.expect("article set hoi-nghi title=\(title)") }
    try program.expect("article create Sau")
    #expect(
      try program.sh("$SEN article edit hoi-nghi --print | sed 's/title: c/title: g/' > opened").code == 0)
    #expect(try program.sh("rm -f site/site.db-*; \(damage)").code == 0)
    try program.expect("backup restore @last --yes")
    for title in ["d", "e", "f"] { try program.expect("article set hoi-nghi title=\(title)") }
    let edited = try program.sh("$SEN article edit hoi-nghi --from opened")
    #expect(edited.code == 5, "\(edited)")
    try program.expect("article create Khác")
    // The backup has an item 1, and of 2 to 1001 nobody knows whether they were given.
    #expect(try program.sh("$SEN article show khac --field id").output == "1002\n")
    try program.expect("site doctor")
  }

  @Test func aTextThatNoArchiveCouldBringBackIsRefused() throws {
    let long = String(repeating: "lúa ", count: (FieldValue.longestText >> 2))
    let refusal = try #require(test.refusal("article create Dài --body -", input: long))
    #expect(refusal.code == .invalid && refusal.description.contains("At most 8 MB"), "\(refusal)")
    // The worst that fits: each byte is six in JSON.
    let worst = String(repeating: "\u{1}", count: FieldValue.longestText - 10)
    try test.run("article create Xấu --body -", input: worst)
    try test.run("export archive --to \(test.folder)/out.tar")
    let other = try TestSite([NewsPlugin(), GalleryPlugin()])
    try other.run("import archive \(test.folder)/out.tar")
    #expect(try other.run("article show xau --field body").utf8.count == worst.utf8.count + 1)
    // Two that fit alone do not fit together.
    let part = String(repeating: "a", count: 6 << 20)
    #expect(test.refusal("article create Hai --body - --summary '\(part)'", input: part) != nil)
  }

  @Test func aTitleIsCountedAsPeopleCountAndItsMarksAreToo() throws {
    try test.run("article create '\(String(repeating: "ế", count: 300))'")
    #expect(test.refusal("article create '\(String(repeating: "ế", count: 301))'") != nil)
    #expect(test.refusal("article create 'a\(String(repeating: "\u{301}", count: 1300))'") != nil)
  }

  @Test func aSlugThatComesBackLeadsNowhereElse() throws {
    try test.run("article set hoi-nghi slug=khac")
    try test.run("article set khac slug=hoi-nghi")
    #expect(try test.run("redirect list --format ndjson").contains("\"khac\""))
    #expect(try !test.run("redirect list --format ndjson").contains("\"from\":\"hoi-nghi\""))
    try test.site.database.pool.writeWithoutTransaction {
      try $0.execute(
        sql: "INSERT INTO redirect SELECT type, slug, id FROM item WHERE slug = 'hoi-nghi'")
    }
    let output = MemoryOutput()
    #expect(throws: DoneInPart.self) { try test.run("site doctor", output) }
    #expect(output.notes.contains { $0.contains("the former slug hoi-nghi of a article") }, "\(output.notes)")
    try test.run("site doctor --fix")
    #expect(try test.notes("site doctor") == ["Nothing is wrong"])
  }

  @Test func anImportThatChangesNothingIsNoOperation() throws {
    try test.run("config set slogan Lúa")
    try test.run("export archive --to \(test.folder)/out.tar")
    try test.run("export ndjson --to \(test.folder)/out.ndjson")
    let before = try test.run("history list --all --format count")
    for policy in ["skip", "update"] {
      try test.run("import archive \(test.folder)/out.tar --on-conflict \(policy)")
      try test.run("import ndjson \(test.folder)/out.ndjson --on-conflict \(policy)")
      #expect(try test.run("history list --all --format count") == before, "\(policy)")
    }
  }
}
