import ContentModel
import Foundation
import GRDB
import News
import SenKernel
import SenTesting
import Testing

/// Imports in which slugs go from one item to another.
struct SlugExchangeTests {
  /// The site that a source comes from.
  let one: TestSite
  /// The same site as it was before.
  let two: TestSite

  init() throws {
    one = try TestSite([NewsPlugin()])
    two = try TestSite([NewsPlugin()])
    for slug in ["a", "b", "c"] { try one.run("category create 'Mục \(slug)' --slug \(slug)") }
    try one.run("article create 'Bài' --category a --slug bai")
    try one.run("export archive --to \(one.folder)/before.tar")
    try two.run("import archive \(one.folder)/before.tar")
  }

  /// Gives categories of the first site new slugs, those that they have among themselves included.
  private func rename(_ slugs: [(String, String)]) throws {
    for (old, _) in slugs { try one.run("category set \(old) slug=parked-\(old)") }
    for (old, new) in slugs {
      // Whoever wants to give a slug to another has to give up that it leads to the first.
      try one.site.write { operation in
        try operation.db.execute(sql: "DELETE FROM redirect WHERE slug IN (?, ?)", arguments: [old, new])
      }
      try one.run("category set parked-\(old) slug=\(new)")
    }
    try one.site.write { try $0.db.execute(sql: "DELETE FROM redirect") }
  }

  private func notes(_ line: String) throws -> String {
    let output = MemoryOutput()
    try two.run(line, output)
    return output.notes.last ?? ""
  }

  private func contents(_ site: TestSite) throws -> String { try site.run("export ndjson") }

  @Test(arguments: [
    [("a", "b"), ("b", "a")], [("a", "b"), ("b", "c"), ("c", "a")], [("a", "b"), ("b", "d")],
    [("b", "d"), ("a", "b")], [("c", "b"), ("b", "a"), ("a", "x")],
  ])
  func slugsThatChangeHandsComeOverInAnArchive(slugs: [(String, String)]) throws {
    try rename(slugs)
    try one.run("category set \(slugs[0].1) description='Khác'")
    let archive = "\(one.folder)/after.tar"
    try one.run("export archive --to \(archive)")
    let before = try two.contents()
    #expect(try notes("import archive \(archive)").hasSuffix("failed 0"))
    #expect(try contents(two) == contents(one))
    #expect(try notes("import archive \(archive)").hasPrefix("created 0, updated 0, skipped"))
    let after = try two.contents()
    try two.run("history undo")
    #expect(try two.contents() == before)
    try two.run("history redo")
    #expect(try two.contents() == after)
    // The versions before have the slugs of then.
    let (old, new) = slugs[0]
    #expect(try two.run("category revisions \(new) --field version").hasPrefix("1\n2\n"))
    #expect(try two.run("category diff \(new) 1").contains("slug: \(old) → \(new)"))
    #expect(try two.run("site doctor").isEmpty)
  }

  @Test func namesInOpenFormatsMeanTheItemsThatHaveThemInTheSource() throws {
    try rename([("a", "b"), ("b", "a")])
    try one.run("category set c parent=a")
    let file = "\(one.folder)/after.ndjson"
    try one.run("export ndjson --to \(file)")
    #expect(try notes("import ndjson \(file)").hasSuffix("failed 0"))
    #expect(try contents(two) == contents(one))
    #expect(try two.run("article show bai --field category") == "b\n")
  }

  @Test func aNewItemTakesTheSlugThatAnotherGivesUp() throws {
    try one.run("category set a slug=x")
    try one.site.write { try $0.db.execute(sql: "DELETE FROM redirect") }
    try one.run("category create 'Mới' --slug a")
    let archive = "\(one.folder)/after.tar"
    try one.run("export archive --to \(archive)")
    #expect(try notes("import archive \(archive)").hasPrefix("created 1, updated 1, skipped"))
    #expect(try contents(two) == contents(one))
  }

  @Test func aSlugThatNobodyGivesUpRefusesItsRecordOnly() throws {
    let uid = String(try two.run("category show a --field uid").dropLast())
    let other = String(try two.run("category show c --field uid").dropLast())
    let text = """
      {"type":"category","uid":"\(uid)","title":"Mục a","slug":"b"}
      {"type":"category","title":"Mới","slug":"b2"}
      {"type":"category","uid":"\(other)","title":"","slug":"b"}
      """
    let file = "\(one.folder)/bad.ndjson"
    try Data(text.utf8).write(to: URL(filePath: file))
    let output = MemoryOutput()
    #expect(throws: (any Error).self) { try two.run("import ndjson \(file)", output) }
    #expect(output.notes.last == "created 1, updated 0, skipped 0, failed 2")
    #expect(output.notes.contains { $0.contains("line 1") && $0.contains("slug") })
    #expect(try two.run("category list --field slug --sort id") == "a\nb\nc\nb2\n")
  }
}
