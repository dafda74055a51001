import ContentModel
import Foundation
import GRDB
import News
import SenKernel
import SenTesting
import Testing

/// Imports and exports of many items, which take ways of their own.
struct BulkTests {
  let portal: Portal

  init() throws { portal = try Portal() }

  private func file(_ name: String, _ text: String) throws -> String {
    let path = "\(portal.site.folder)/\(name)"
    try Data(text.utf8).write(to: URL(filePath: path))
    return path
  }

  /// NDJSON is written straight from the rows, JSON from values: the objects have to be the same bytes.
  @Test func linesAreTheBytesThatValuesGive() throws {
    let texts = ["\"\\/\u{8}\u{C}\n\r\t\u{1}\u{7F}", "🌾 é e\u{301} \u{2028}", "", "</script> 'x'"]
    for (index, text) in texts.enumerated() {
      let value = try #require(String(data: JSONEncoder().encode(text), encoding: .utf8))
      let path = try file(
        "\(index).ndjson",
        """
        {"type":"article","title":"Bài \(index)","body":\(value),"summary":\(value),"seoTitle":\(value),\
        "tags":["lúa","a|b","“x”"],"categories":["ocop","tin-tuc"],"allowRating":\(index % 2 == 0),\
        "featuredUntil":"2030-01-01T00:00:00Z","position":\(index),"expireAt":"2031-01-01T00:00:00Z"}

        """)
      try portal.run("import ndjson \(path)")
    }
    try portal.run("article delete bai-0")
    for noun in ["article", "category", "source", "tag", "topic", ""] {
      let lines = try portal.run("export ndjson \(noun)").split(separator: "\n")
      let array = try portal.run("export json \(noun)").split(separator: "\n").dropFirst().dropLast()
      #expect(lines == array.map { $0.last == "," ? $0.dropLast() : $0 })
      #expect(!lines.isEmpty)
    }
  }

  private func articles(_ count: Int) -> String {
    (1...count).map { number in
      """
      {"type":"article","title":"Bài số \(number)","slug":"bai-so-\(number)","tags":["thẻ \(number % 7)"],"body":"Nội dung \(number)"}

      """
    }.joined()
  }

  @Test func manyRecordsComeInOrderAndTwiceIsOnce() throws {
    let site = try TestSite([NewsPlugin()])
    let path = try file("many.ndjson", articles(500))
    try site.run("import ndjson \(path)")
    let slugs = try site.run("article list --field slug --sort id")
    #expect(slugs == (1...500).map { "bai-so-\($0)\n" }.joined())
    #expect(try site.run("tag list --format count") == "7\n")
    let output = MemoryOutput()
    try site.run("import ndjson \(path)", output)
    #expect(output.notes.last == "created 0, updated 0, skipped 500, failed 0")
    #expect(try site.run("search dung --format count --limit 600") == "500\n")
  }

  @Test func aBrokenLineIsNamedAndNothingIsKept() throws {
    let site = try TestSite([NewsPlugin()])
    let path = try file("broken.ndjson", articles(300) + "{\"type\":\"article\",\n")
    #expect {
      try site.run("import ndjson \(path)")
    } throws: { error in
      (error as? Refusal)?.message.contains("line 301") == true
    }
    #expect(try site.run("article list --format count") == "0\n")
    #expect(throws: Refusal.self) { try site.run("import ndjson \(path) --dry-run") }
    try site.run("article create 'Vẫn ghi được'")
  }

  @Test func aSiteThatIsOpenElsewhereIsFilledAsWell() throws {
    let site = try TestSite([NewsPlugin()])
    let path = try file("some.ndjson", articles(50))
    let other = try Site.open(site.folder, registry: Registry([NewsPlugin()]))
    func count() throws -> Int? {
      try other.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM article") }
    }
    #expect(try count() == 0)
    try site.run("import ndjson \(path)")
    #expect(try count() == 50)
    let mode = try other.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") }
    #expect(mode == "wal")
  }
}
