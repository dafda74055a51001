import ContentModel
import Foundation
import SenTesting
import Testing

/// create, set, edit, replace, generate and what they refuse.
struct WritingTests {
  let portal: Portal

  init() throws { portal = try Portal() }

  @Test func createTakesEveryFieldAsAFlag() throws {
    let id = try portal.run(
      """
      article create 'Lúa mùa' --summary Tốt --source 'bao-nong-nghiep' --source-url https://bao.example.vn/1 \
      --topic mua-vu --categories ocop,tin-tuc --featured-until 2026-12-01 --allow-rating no --language vi \
      --seo-title S --publish-at '20/11/2026 08:00' --state published --porcelain
      """)
    let ref = String(id.dropLast())
    #expect(try portal.field("categories", of: ref) == "ocop, tin-tuc")
    #expect(try portal.field("publishAt", of: ref) == "2026-11-20T01:00:00Z")
    #expect(try portal.field("allowRating", of: ref) == "false")
    #expect(try portal.field("sourceURL", of: ref) == "https://bao.example.vn/1")
  }

  @Test func aNewTagIsToldOnceItIsTrue() throws {
    func notes(_ line: String) -> [String] {
      let output = MemoryOutput()
      do { try portal.site.run(line, output) } catch {}
      return output.notes.filter { $0.contains("ag “") }
    }
    for line in [
      "article set duong-lang tags+=gạo title=", "article set duong-lang tags+=gạo slug='Không phải'",
      "article create '' --tags gạo", "article set hoi-nghi-tong-ket duong-lang tags+=gạo title=",
    ] {
      #expect(portal.refusal(line) != nil)
      #expect(notes(line) == [], "\(line)")
    }
    #expect(
      notes("article set duong-lang tags+=gạo,Lúa --dry-run") == [
        "Tag “gạo” would be new", "Tag “Lúa” would be new; there is “lúa” as well",
      ])
    #expect(notes("article set hoi-nghi-tong-ket duong-lang tags+=gạo") == ["New tag “gạo”"])
    #expect(notes("article set hoi-nghi-tong-ket duong-lang tags+=gạo") == [])
    #expect(notes("article create 'Bài' --tags Lúa") == ["New tag “Lúa”; there is “lúa” as well"])
    #expect(try portal.run("tag list --format count") == "4\n")
  }

  @Test func aSlugIsMadeNumberedOrRefused() throws {
    try portal.run("article create 'Đường làng'")
    #expect(try portal.field("slug", of: "@last") == "duong-lang-2")
    #expect(portal.refusal("article create Khác --slug duong-lang")?.code == .conflict)
    #expect(portal.refusal("article create Khác --slug 'Đường làng'")?.code == .invalid)
  }

  @Test func setChangesFieldsAndLists() throws {
    try portal.run("article set duong-lang state=review tags+=lúa,mới byline='Lê Hoa'")
    #expect(try portal.field("tags", of: "duong-lang") == "lúa, mới")
    try portal.run("article set duong-lang tags-=lúa categories+=ocop")
    #expect(try portal.field("tags", of: "duong-lang") == "mới")
    try portal.run("article set duong-lang category= tags=")
    #expect(try portal.field("category", of: "duong-lang") == "")
    #expect(try portal.field("tags", of: "duong-lang") == "")
    #expect(portal.refusal("article set duong-lang title+=x")?.code == .usage)
    #expect(portal.refusal("article set duong-lang title=")?.code == .invalid)
    #expect(portal.refusal("article set duong-lang")?.code == .usage)
  }

  @Test func aBulkChangeCountsAsksAndIsOneOperation() throws {
    #expect(portal.refusal("article set --filter state=draft state=archived")?.code == .declined)
    #expect(
      portal.refusal("article set --filter state=draft state=archived", answers: [false])?.code == .declined)
    #expect(try portal.field("state", of: "duong-lang") == "draft")
    let notes = try portal.notes("article set --filter state=draft state=archived", answers: [true])
    #expect(notes.first == "Change 1 article?")
    #expect(try portal.field("state", of: "duong-lang") == "archived")
    try portal.run("article set --filter state=archived state=draft --yes")
    #expect(try portal.field("state", of: "duong-lang") == "draft")
    // One of two fails: neither is changed.
    #expect(portal.refusal("article set 1-100 'slug=mot' --yes")?.code == .conflict)
    #expect(try portal.run("article list --filter slug=mot --format count") == "0\n")
  }

  @Test func aDryRunShowsFieldsAndWritesNothing() throws {
    let notes = try portal.notes("article set duong-lang state=review --dry-run")
    #expect(notes.contains("  state: draft → review"))
    #expect(try portal.field("state", of: "duong-lang") == "draft")
    _ = try portal.notes("article create Mới --dry-run")
    _ = try portal.notes("article delete duong-lang --dry-run")
    #expect(try portal.run("article list --format count") == "2\n")
  }

  @Test func setOfABareFieldOpensItsValueForEditing() throws {
    let output = MemoryOutput()
    output.typed = ["Đường mới"]
    try portal.site.run("article set duong-lang title", output)
    #expect(try portal.field("title", of: "duong-lang") == "Đường mới")
    #expect(portal.refusal("article set duong-lang title")?.code == .usage)
  }

  @Test func createAsksForAMissingTitle() throws {
    let output = MemoryOutput()
    output.typed = ["Gõ vào"]
    try portal.site.run("article create", output)
    #expect(try portal.field("title", of: "@last") == "Gõ vào")
    #expect(portal.refusal("article create")?.field == "title")
  }

  @Test func editSavesFrontMatterAndBody() throws {
    let output = MemoryOutput()
    output.typed = [
      "---\ntitle: Đường mới\nstate: review\ntags: [lúa, mới]\ncategory: ocop\n---\nThân bài\n"
    ]
    try portal.site.run("article edit duong-lang", output)
    #expect(try portal.field("title", of: "duong-lang") == "Đường mới")
    #expect(try portal.field("tags", of: "duong-lang") == "lúa, mới")
    #expect(try portal.field("body", of: "duong-lang").hasPrefix("Thân bài"))
    #expect(output.notes[0].contains("title: Đường làng"))
  }

  @Test func invalidInputReopensWithTheComplaintsOnTop() throws {
    let output = MemoryOutput()
    let wrong = "---\ntitle: Đường mới\nstate: nope\n---\nGiữ lại\n"
    output.typed = [wrong, wrong.replacing("nope", with: "review")]
    try portal.site.run("article edit duong-lang", output)
    #expect(try portal.field("state", of: "duong-lang") == "review")
    let reopened = try #require(output.notes.last { $0.contains("Giữ lại") })
    #expect(reopened.hasPrefix("# ! state: "))
  }

  @Test func givingUpAnInvalidEditSavesNothingAndSaysWhereTheTextIs() throws {
    let output = MemoryOutput()
    output.typed = ["---\nstate: nope\n---\n"]
    #expect(throws: Refusal.self) { try portal.site.run("article edit duong-lang", output) }
    #expect(try portal.field("state", of: "duong-lang") == "draft")
    #expect(portal.refusal("article edit duong-lang --resume")?.code == .notFound)
  }

  @Test func replaceCountsAndChangesEveryItem() throws {
    #expect(portal.refusal("replace đường ngõ --in article.body")?.code == .declined)
    let notes = try portal.notes("replace đường ngõ --in article.body", answers: [true])
    #expect(notes.first == "Replace “đường” by “ngõ” in body of 1 article?")
    #expect(try portal.field("body", of: "duong-lang") == "Một con ngõ")
    #expect(portal.refusal("replace a b --in article.bodi")?.hint?.contains("body") == true)
    #expect(portal.refusal("replace a b --in article.state")?.code == .usage)
  }

  @Test func replaceInSeveralFieldsIsOneQuestionAndOneOperation() throws {
    try portal.run("article set duong-lang title='Con đường'")
    let before = try portal.site.contents()
    let line =
      "replace đường ngõ --in article.body --in article.title --in article.title --in article.summary"
    let output = MemoryOutput(answers: [false])
    #expect(throws: Refusal.self) { try portal.site.run(line, output) }
    #expect(try portal.site.contents() == before)
    let notes = try portal.notes(line, answers: [true])
    #expect(notes.contains("Replace “đường” by “ngõ” in body of 1 article, title of 1 article?"), "\(notes)")
    #expect(notes.contains("article.summary: “đường” occurs nowhere"))
    #expect(try portal.field("title", of: "duong-lang") == "Con ngõ")
    #expect(try portal.field("body", of: "duong-lang") == "Một con ngõ")
    try portal.run("history undo")
    #expect(try portal.site.contents() == before)
  }

  @Test func generateIsTheSameForTheSameSeed() throws {
    let other = try Portal()
    for site in [portal, other] { try site.run("article generate --count 5 --seed 7") }
    let list = "article list --format ndjson --fields uid,title,body,createdAt --limit 5"
    #expect(try portal.run(list) == other.run(list))
    try portal.run("article generate --count 5 --seed 7")
    #expect(try portal.run("article list --format count") == "12\n")
  }

  @Test func hostileValuesComeBackAsTheyWere() throws {
    for text in ["a\u{0}b", "“”\"'", "🌾", "e\u{0302}\u{0301}", "\u{202E}"] where !text.contains("\u{0}") {
      let output = MemoryOutput()
      output.typed = [text]
      try portal.site.run("article set duong-lang byline", output)
      #expect(try portal.field("byline", of: "duong-lang") == text.precomposedStringWithCanonicalMapping)
    }
  }

  @Test func aCategoryInUseOrInALoopIsRefused() throws {
    #expect(portal.refusal("category delete ocop")?.code == .conflict)
    #expect(portal.refusal("category set tin-tuc parent=ocop")?.code == .conflict)
    try portal.run("category set ocop parent=tin-tuc")
    #expect(try portal.field("category", of: "duong-lang") == "ocop")
  }
}
