import ContentModel
import Foundation
import GRDB
import Grammar
import SenKernel
import SenTesting

@testable import News
@testable import Storage

/// What only a site can read: filters and searches that become SQL, records that become items, old versions.
extension Reader {
  static let siteReaders = [search, siteFilter, importing, snapshot]

  /// A site with a few items, all of it made by its own commands.
  private static func site() throws -> TestSite {
    let test = try TestSite(allPlugins)
    try test.run("category create 'Nông nghiệp'")
    try test.run(
      "article create 'Lúa được mùa' --tags 'lúa, OCOP' --category nong-nghiep --body '<b>Hội</b> nghị'")
    try test.run("article create 'Quyết định số 490/QĐ-TTg' --body 'Điều 1. Phê duyệt'")
    return test
  }

  /// Runs a command whose words need no quotes.
  private static func run(_ words: [String], on test: TestSite) throws {
    try readOrRefused { try command(words, on: test) }
  }

  /// What a command writes; refuses what it refuses, but for records that an import passes over.
  @discardableResult
  private static func command(_ words: [String], on test: TestSite) throws -> String {

    let invocation = try test.table.grammar.parse(words: words.map { Word($0) })
    let output = MemoryOutput()
    let context = CommandContext(invocation, grammar: test.table.grammar, site: test.site, output: output)
    do {
      try test.table.command(invocation).run(context)
    } catch is DoneInPart {
      // Some records were refused, each with its place.
    }
    return output.text
  }

  private static let search = Reader(
    name: "search", words: ["\"", "*", "AND", "NEAR(", "title:", "^", "-", "490/QĐ-TTg", "{", "\u{0}", "đ"],
    most: 8192
  ) {
    let test = try site()
    func words(_ text: String) -> [String] { ["search", "--format=json", "--", text] }
    try hold(command(words("hoi nghi"), on: test).contains("Lúa"), "the search finds nothing")
    return { bytes in try run(words(String(decoding: bytes, as: UTF8.self)), on: test) }
  }

  private static let siteFilter = Reader(
    name: "sitefilter",
    words: [
      "state=draft", " and ", " or ", "not ", "(", ")", "tags~lúa", "category within nong-nghiep", "age>30d",
      "id in 1,2",
      "createdAt>=2026-11-24", "title!~", "updatedAt<now", "views>=9223372036854775807", "null", "%", "_",
    ], most: 8192
  ) {
    let test = try site()
    func words(_ text: String) -> [String] { ["article", "list", "--format=count", "--filter=\(text)"] }
    try hold(command(words("category within nong-nghiep"), on: test) == "1\n", "the filter finds nothing")
    return { bytes in try run(words(String(decoding: bytes, as: UTF8.self)), on: test) }
  }

  private static let importing = Reader(
    name: "import",
    words: jsonWords + [
      "{\"type\":\"article\",\"title\":\"", "\"category\":", "\"tags\":[\"",
      "\"createdAt\":\"2026-11-24T08:00:00Z\"",
      "\"cover\":{\"file\":\"../x.jpg\"}", "\"uid\":\"", "\"slug\":\"", "\"origin\":\"",
      "\"state\":\"published\"", "\n",
      "\"type\":\"poll\"", "\"options\":[", "\"parent\":\"", "\"position\":",
    ], most: 16_384
  ) {
    let test = try site()
    let path = "\(test.folder)/in.ndjson"
    try Data("{\"type\":\"article\",\"title\":\"x\"}\n".utf8).write(to: URL(filePath: path))
    try command(["import", "ndjson", path], on: test)
    try hold(test.run("article list --format count") == "3\n", "nothing was imported")
    return { bytes in
      try Data(bytes).write(to: URL(filePath: path))
      try run(["import", "ndjson", path, "--dry-run"], on: test)
    }
  }

  /// The JSON in which a site keeps what an item was; nobody but a damaged disk writes it otherwise.
  private static let snapshot = Reader(
    name: "snapshot", words: jsonWords + ["\"envelope\":", "\"values\":", "\"tags\":["]
  ) {
    let shape = Shape(Article.self)
    let envelope = Envelope(uid: "x", type: "article", createdAt: Date(timeIntervalSince1970: 0))
    let item = Item(envelope: envelope, values: shape.fields.map(\.initial))
    return { bytes in
      do {
        let snapshot = try Snapshot(json: String(decoding: bytes, as: UTF8.self))
        let old = snapshot.item(item, shape, version: 1)
        let again = try Snapshot(json: Snapshot(old, shape).json()).item(item, shape, version: 1)
        try hold(
          again.envelope == old.envelope && again.tags == old.tags, "an item comes back changed: \(old)")
      } catch is DecodingError {
        // Told as damage, with the item's id, by whoever reads the revision.
      }
    }
  }
}
