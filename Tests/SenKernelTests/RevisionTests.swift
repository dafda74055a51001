import ContentModel
import Foundation
import SenTesting
import Testing

/// What a change leaves behind, how two versions are compared, and the way back.
struct RevisionTests {
  let portal: Portal

  init() throws { portal = try Portal() }

  private func revisions() throws -> String {
    try portal.run("schema sql 'SELECT count(*) AS n FROM revision' --field n")
  }

  @Test func everyChangeLeavesAVersionWithItsAuthorAndTime() throws {
    #expect(try portal.run("article revisions duong-lang --field by") == "tester\n")
    try portal.run("article set duong-lang title='Đường mới'")
    try portal.run("article set duong-lang title='Đường mới'")
    #expect(
      try portal.run("article revisions duong-lang --format csv --fields version,by,title")
        == "version,by,title\n1,tester,Đường làng\n2,tester,Đường mới\n")
    #expect(try portal.run("article revisions duong-lang --format json --fields at").contains("2026-11-18T"))
  }

  @Test func aVersionHasWhatTheItemWasMadeFromAndWhen() throws {
    let before = try portal.run("article show duong-lang --format json --fields uid,origin,createdAt")
    try portal.run(
      "article set duong-lang createdAt=2001-01-01 origin=a:1 uid=01990000-0000-7000-8000-000000000009")
    #expect(
      try portal.run("article diff duong-lang --format csv --fields field").split(separator: "\n").sorted()
        == ["createdAt", "field", "origin", "uid"])
    try portal.run("article revert duong-lang 1")
    #expect(try portal.run("article show duong-lang --format json --fields uid,origin,createdAt") == before)
    try portal.run("article set duong-lang origin=a:1")
    let uid = try portal.run("article show duong-lang --field uid").dropLast()
    for field in ["origin=a:1", "uid=\(uid)"] {
      #expect(throws: Refusal.self) { try portal.run("category set 1 \(field)") }
    }
  }

  @Test func itemsThatAreImportedHaveNoSecondCopy() throws {
    let before = try revisions()
    let lines = (1...500).map { number in
      // Each refers to the last, which comes later.
      #"{"type":"category","uid":"01990000-0000-7000-8000-\#(String(format: "%012d", number))","title":"Mục \#(number)","parent":\#(number == 500 ? "null" : #""01990000-0000-7000-8000-\#(String(format: "%012d", 500))""#)}"#
    }
    let text = lines.joined(separator: "\n")
    let path = "\(portal.site.folder)/muc.ndjson"
    try Data(text.utf8).write(to: URL(filePath: path))
    #expect(try portal.notes("import ndjson \(path)").last == "created 500, updated 0, skipped 0, failed 0")
    #expect(try revisions() == before)
    // Said again, it is nothing new.
    #expect(try portal.notes("import ndjson \(path)").last == "created 0, updated 0, skipped 500, failed 0")
    #expect(try revisions() == before)
  }

  @Test func theWordsOfTextsAreComparedAndTheRestByFields() throws {
    try portal.run("article set duong-lang body=-", input: "Một con đường\n\nDài")
    try portal.run(
      "article set duong-lang title='Đường làng mới' summary='Dài 5 km' body=- tags=lúa state=review topic=mua-vu",
      input: "Một con ngõ\n\nDài"
    )
    #expect(
      try portal.run("article diff duong-lang") == """
        title: Đường làng{+ mới+}
        summary: Dài [-3-]{+5+} km
        topic: mua-vu
        body:
          Một con [-đường-]{+ngõ+}
          
          Dài
        state: draft → review
        tags: lúa

        """)
    try portal.run("article set duong-lang tags='đường, mới' topic=")
    #expect(
      try portal.run("article diff duong-lang")
        == "topic: mua-vu → (empty)\ntags: [-lúa-], {+đường+}, {+mới+}\n")
    #expect(try portal.notes("article diff duong-lang 3 3") == ["No difference"])
  }

  @Test func aDifferenceIsReadByProgramsToo() throws {
    try portal.run(#"article set duong-lang body='"a", [-b-]'"#)
    let text = try portal.run("article diff duong-lang --format json")
    let records = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: String]])
    #expect(records == [["field": "body", "old": "Một con đường", "new": #""a", [-b-]"#]])
  }

  @Test func whatHasGoneSinceIsLeftOutOfAFormerVersionAndTold() throws {
    try portal.run("category create Tạm")
    try portal.run("article set duong-lang category=tam tags=lúa,mới")
    try portal.run("article set duong-lang category=ocop tags=")
    try portal.run("category delete tam --force --yes")
    try portal.run("tag delete moi --force --yes")
    let notes = try portal.notes("article revert duong-lang 2")
    #expect(notes.contains { $0.hasPrefix("category: category ") && $0.contains("left out") })
    #expect(notes.contains("tags: tag moi is there no more and was left out"))
    #expect(try portal.field("category", of: "duong-lang") == "")
    #expect(try portal.field("tags", of: "duong-lang") == "lúa")
  }

  @Test func aTagThatWasMergedComesBackAsTheOneThatItIsNow() throws {
    try portal.run("article set duong-lang tags='lúa nước, lúa'")
    try portal.run("article set duong-lang tags=")
    try portal.run("tag create 'lúa gạo'")
    try portal.run("tag merge lua-nuoc lua-gao")
    #expect(try portal.run("article diff duong-lang 1 2").contains("lua-nuoc"))
    let notes = try portal.notes("article revert duong-lang 2")
    #expect(notes.first == "tags: lua-nuoc is “lúa gạo” now")
    #expect(try portal.field("tags", of: "duong-lang") == "lúa gạo, lúa")
    try portal.run("tag merge lua lua-gao")
    try portal.run("article revert duong-lang 2")
    #expect(try portal.field("tags", of: "duong-lang") == "lúa gạo")
  }

  @Test func theVersionThatAnItemIsAtIsNoFormerOne() throws {
    let refusal = try #require(portal.site.refusal("article revert duong-lang 1"))
    #expect(refusal.message.hasSuffix("is at version 1 already: there is nothing to revert"))
    #expect(refusal.hint == "It has not been changed since it was made.")
    try portal.run("article set duong-lang title=Khác")
    #expect(
      portal.site.refusal("article revert duong-lang 2")?.hint == "It can become again what it was as: 1")
  }
}
