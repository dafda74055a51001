import ContentModel
import Foundation
import News
import SenKernel
import SenTesting
import Testing

/// export and import.
struct SiteDataTests {
  let portal: Portal

  init() throws { portal = try Portal() }

  private func path(_ name: String) -> String { "\(portal.site.folder)/\(name)" }

  private func full() throws {
    try Data.smallPicture("bytes").write(to: URL(filePath: path("lua.jpg")))
    try portal.run("article set duong-lang cover=\(path("lua.jpg")) slug=duong-moi")
    try portal.run("article generate --count 30")
    try portal.run("article delete hoi-nghi-tong-ket")
    try portal.run("config set title 'Cổng tỉnh'")
  }

  @Test(arguments: ["folder", "site.tar"])
  func theArchiveBringsEverythingBackByteForByte(name: String) throws {
    try full()
    try portal.run("export archive --to \(path(name))")
    let other = try TestSite([NewsPlugin()])
    try other.run("import archive \(path(name))")
    #expect(try other.run("config get title") == "Cổng tỉnh\n")
    #expect(try other.run("article show duong-lang --field slug") == "duong-moi\n")
    #expect(try other.run("trash list --format count") == "1\n")
    #expect(try other.run("media list --format count") == "1\n")
    let again = "\(other.folder)/\(name)"
    try other.run("export archive --to \(again)")
    #expect(FileManager.default.contentsEqual(atPath: path(name), andPath: again))
    let output = MemoryOutput()
    try other.run("import archive \(path(name))", output)
    #expect(output.notes.last?.hasPrefix("created 0, updated 0, skipped") == true)
  }

  @Test(arguments: ["ndjson", "csv"])
  func openFormatsComeBack(format: String) throws {
    try full()
    // CSV holds one noun: what it refers to has to be there.
    let nouns = format == "csv" ? ["category", "topic", "source", "tag", "article"] : [""]
    let other = try TestSite([NewsPlugin()])
    for noun in nouns {
      let file = path("out-\(noun).\(format)")
      try portal.run("export \(format) \(noun) --to \(file)")
      try other.run(
        "import \(format) \(file) --media \(portal.site.folder)/media \(format == "csv" ? "--noun \(noun)" : "")"
      )
      let again = "\(other.folder)/again"
      try other.run("export \(format) \(noun) --to \(again)")
      #expect(FileManager.default.contentsEqual(atPath: file, andPath: again), "\(noun)")
    }
  }

  @Test func exportGoesToStandardOutputAsWell() throws {
    let lines = try portal.run("export ndjson category").split(separator: "\n")
    #expect(lines.count == 3)
    let json = try JSONSerialization.jsonObject(with: Data(portal.run("export json").utf8))
    #expect((json as? [Any])?.count ?? 0 > 5)
    #expect(portal.refusal("export csv")?.code == .usage)
    #expect(portal.refusal("export ndjson artcle")?.hint?.contains("article") == true)
  }

  @Test func conflictsAreUpdatedSkippedOrRefused() throws {
    try portal.run("export ndjson article --to \(path("a.ndjson"))")
    try portal.run("article set duong-lang title='Đổi rồi'")
    _ = try? portal.run("import ndjson \(path("a.ndjson")) --on-conflict fail")
    try portal.run("import ndjson \(path("a.ndjson")) --on-conflict skip")
    #expect(try portal.field("title", of: "duong-lang") == "Đổi rồi")
    try portal.run("import ndjson \(path("a.ndjson")) --dry-run")
    #expect(try portal.field("title", of: "duong-lang") == "Đổi rồi")
    try portal.run("import ndjson \(path("a.ndjson"))")
    #expect(try portal.field("title", of: "duong-lang") == "Đường làng")
  }

  @Test func aBadRecordIsToldWithItsPlaceAndTheOthersComeIn() throws {
    let text = """
      {"type":"article","title":"Một"}
      {"type":"article","title":"Hai","state":"nope"}
      {"type":"article","title":""}
      {"type":"poll","question":"?"}
      {"type":"article","title":"Ba","category":"nowhere"}
      {"type":"article","title":"Bốn","titel":"x"}
      """
    try Data(text.utf8).write(to: URL(filePath: path("bad.ndjson")))
    let output = MemoryOutput()
    #expect(throws: DoneInPart.self) { try portal.site.run("import ndjson \(path("bad.ndjson"))", output) }
    let notes = output.notes.joined(separator: "\n")
    #expect(notes.contains("created 1, updated 0, skipped 0, failed 4"), "\(notes)")
    for line in [2, 3, 5, 6] { #expect(notes.contains("line \(line)"), "line \(line) in \(notes)") }
    #expect(notes.contains("left out: 1 poll,"))
  }

  @Test(arguments: [
    "{\"type\":\"article\",\"title\":\"Một\"}\n{\"type\":\"article\",\"tit",
    "{\"type\":\"article\",\"title\":\"Một\"}\nnonsense\n", "{\"type\":\"article\",\"title\":\"a\u{0}b\"}\n",
    "[1,2]\n", "{\"title\":\"no type\"}\n",
  ])
  func aBrokenFileChangesNothing(text: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path("broken.ndjson")))
    let refusal = portal.refusal("import ndjson \(path("broken.ndjson"))")
    #expect(refusal?.code == .invalid)
    #expect(refusal?.message.contains("line") == true)
    #expect(try portal.run("article list --format count") == "2\n")
  }

  @Test func aTreeComesBackWhoseChildIsOlderThanItsParent() throws {
    try portal.run("category create Sau")
    try portal.run("category set tin-tuc parent=sau")
    try portal.run("export ndjson category --to \(path("c.ndjson"))")
    let other = try TestSite([NewsPlugin()])
    try other.run("import ndjson \(path("c.ndjson"))")
    #expect(try other.run("category show tin-tuc --field parent") == "sau\n")
    #expect(try other.run("category revisions tin-tuc --format count") == "1\n")
  }

  @Test func aDamagedArchiveIsRefusedWhole() throws {
    try full()
    try portal.run("export archive --to \(path("site"))")
    let content = path("site/content/article.ndjson")
    var bytes = try Data(contentsOf: URL(filePath: content))
    bytes[100] ^= 1
    try bytes.write(to: URL(filePath: content))
    let other = try TestSite([NewsPlugin()])
    #expect(throws: Refusal.self) { try other.run("import archive \(path("site"))") }
    #expect(try other.run("article list --format count") == "0\n")
    #expect(try other.run("media list --format count") == "0\n")
  }
}
