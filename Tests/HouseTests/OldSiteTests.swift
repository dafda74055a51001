import ContentModel
import Foundation
import SenKernel
import SenTesting
import Testing

/// `import nukeviet` into the whole program: what has a home comes, all of it.
@Suite struct OldSiteTests {
  static let data: String? = {
    let path = RoomsTests.root.deletingLastPathComponent().appending(path: "shared/data/nukeviet").path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()
  static var isMissing: Bool { data == nil }

  /// Which table of the sample site holds the items of a noun.
  static let tables = [
    "article": "news_rows", "category": "news_cat", "topic": "news_topics", "source": "news_sources",
    "tag": "news_tags", "poll": "voting", "page": "about", "area": "laws_area", "documentkind": "laws_cat",
  ]

  @Test(.disabled(if: isMissing, "../shared/data is not at hand"))
  func nothingThatHasAHomeIsLeftOut() throws {
    let data = try #require(Self.data)
    let site = try TestSite(allPlugins)
    let output = MemoryOutput()
    try site.run(
      "import nukeviet \"\(data)/generated/nukeviet-vi-dump.sql\" --media \"\(data)/core/uploads\"", output)
    let nouns = Set(site.site.registry.shapes.map(\.name))
    for note in output.notes where note.hasPrefix("left out: ") {
      let words = note.split(separator: ",")[0].split(separator: " ").dropFirst(3).joined(separator: " ")
      #expect(nouns.allSatisfy { words != $0 && words != Counted.text(2, $0).dropFirst(2) }, "\(note)")
    }
    let json = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(filePath: "\(data)/generated/nukeviet-vi-rows.json")))
    let rows = try #require(json as? [String: [[String: Any]]])
    var created = 0
    for (noun, table) in Self.tables where nouns.contains(noun) {
      let wanted = try #require(rows["nv4_vi_\(table)"]).count
      #expect(try site.run("\(noun) list --format count") == "\(wanted)\n", "\(noun)")
      created += wanted
    }
    #expect(output.notes.last == "created \(created), updated 0, skipped 0, failed 0")
    let again = MemoryOutput()
    try site.run(
      "import nukeviet \"\(data)/generated/nukeviet-vi-dump.sql\" --media \"\(data)/core/uploads\"", again)
    #expect(again.notes.last == "created 0, updated 0, skipped \(created), failed 0")
  }
}
