import ContentModel
import Foundation
import GRDB
import SenKernel
import SenTesting
import Testing

/// Numbers that somebody else wrote: none is so large that adding it up ends the program.
struct HostileNumbersTests {
  let test: TestSite

  init() throws { test = try TestSite(allPlugins) }

  @Test(arguments: [
    (#""number":1,"#, #""number":9223372036854775807,"#),
    (#""poll":1"#, #""poll":9223372036854775807,"zone":1"#), (#""size":4"#, #""size":9223372036854775807"#),
    (#""database":{"size":"#, #""database":{"size":-"#),
  ])
  func aBackupSaysNoNumberThatNoneHas(_ honest: String, _ hostile: String) throws {
    try test.run("poll create P --options a --options b")
    try Data("lúa".utf8.prefix(4)).write(to: URL(filePath: "\(test.folder)/a.jpg"))
    try test.run("media add \(test.folder)/a.jpg")
    try test.run("backup create")
    let name = try test.run("backup list --from \(test.folder)/backups --field backup").dropLast()
    let path = "\(test.folder)/backups/\(name)/backup.json"
    let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    try #require(text.contains(honest), "\(text)")
    try Data(text.replacing(honest, with: hostile).utf8).write(to: URL(filePath: path))
    #expect(throws: DoneInPart.self) { try test.run("backup verify all --from \(test.folder)/backups") }
    #expect(try test.run("backup list --from \(test.folder)/backups").contains("that a backup can have"))
    try test.run("backup create")
    #expect(try test.run("backup list --from \(test.folder)/backups --format count") == "2\n")
  }

  @Test func anItemHasNoPlaceBeyondThoseThatJSONKeeps() throws {
    for place in [Int64.max, .min] {
      let line = #"{"type":"article","title":"x","position":\#(place)}"#
      try Data(line.utf8).write(to: URL(filePath: "\(test.folder)/a.ndjson"))
      let output = MemoryOutput()
      #expect(throws: DoneInPart.self) { try test.run("import ndjson \(test.folder)/a.ndjson", output) }
      #expect(output.notes.first?.contains("position: \(place) is not from -9007199254740991") == true)
    }
  }

  private static let lines = [
    (noun: "poll", fields: #""question":"x","options":["a","b"]"#),
    (noun: "article", fields: #""title":"x""#),
    (noun: "link", fields: #""title":"x","url":"https://example.vn/""#),
  ]

  /// An archive with an item of a noun, and rows beside it.
  private func archive(_ noun: String, _ fields: String, _ table: String, _ rows: [String]) throws -> String {
    let path = "\(test.folder)/\(table).tar"
    let uid = UIDSequence().next(at: Date())
    let writer = try ArchiveWriter(path: path)
    try writer.begin("content/\(noun).ndjson")
    try writer.append(Array(#"{"uid":"\#(uid)",\#(fields)}"#.utf8))
    try writer.end()
    try writer.begin("side/\(table).ndjson")
    for row in rows { try writer.append(Array(#"{"item":"\#(uid)",\#(row)}"#.utf8 + [0x0A])) }
    try writer.end()
    try writer.finish(["format": .text("sen"), "version": .integer(1)])
    return path
  }

  @Test(arguments: [
    ("poll", "pollCarried", #""option":"a","votes":"#),
    ("article", "articleRatingCarried", #""points":1,"votes":"#),
    ("link", "linkClick", #""day":"2026-11-24","clicks":"#),
    ("article", "visitCarried", #""hits":"#),
  ])
  func anArchiveBringsNoCountThatCannotBeAdded(_ noun: String, _ table: String, _ row: String) throws {
    let fields = try #require(Self.lines.first { $0.noun == noun }).fields
    for number in ["9223372036854775807", #""9223372036854775807""#, "9.2e18", "-9223372036854775808"] {
      let path = try archive(noun, fields, table, [row + number])
      let refusal = try #require(test.refusal("import archive \(path)"), "\(number)")
      #expect(refusal.message.contains("is no whole number up to 9007199254740991"), "\(refusal.message)")
    }
    try test.run("import archive \(archive(noun, fields, table, [row + "9007199254740991"]))")
  }

  @Test func countsThatAreHereAreAddedWhateverTheyAre() throws {
    try test.run("poll create P --options a --options b")
    try test.run("article create A")
    try test.run("link create L --url https://example.vn/")
    try test.run("zone create Z")
    try test.run("banner create B --text x --zone z --link https://example.vn/ --state published")
    let most = Int64.max
    try test.site.write(isJournaled: false) { operation in
      let id = { (slug: String, noun: String) in
        try operation.site.store.id(slug: slug, of: noun, operation.db) ?? 0
      }
      let (poll, article) = (try id("p", "poll"), try id("a", "article"))
      let (link, banner) = (try id("l", "link"), try id("b", "banner"))
      try operation.db.execute(
        sql: """
          INSERT INTO pollCarried (itemId, option, votes) VALUES (\(poll), 'a', \(most)), (\(poll), 'b', \(most));
          INSERT INTO pollBallot (itemId, voter, choices, at) VALUES (\(poll), 'x', '["a"]', '2026-11-24T00:00:00Z');
          INSERT INTO articleRatingCarried (itemId, points, votes) VALUES (\(article), \(most), \(most));
          INSERT INTO articleRating (itemId, voter, points, at) VALUES (\(article), 'x', 5, '2026-11-24T00:00:00Z');
          INSERT INTO linkClick (itemId, day, clicks) VALUES (\(link), '2026-11-24', \(most)), (\(link), '2026-11-25', 1);
          INSERT INTO bannerCount (itemId, day, impressions, clicks) VALUES
            (\(banner), '2026-11-24', \(most), \(most)), (\(banner), '2026-11-25', \(most), -\(most));
          INSERT INTO visitDay (day, visitors, hits) VALUES
            ('2026-11-24', \(most), \(most)), ('2026-11-25', \(most), \(most)), ('2026-11-26', -5, 1);
          INSERT INTO visitPage (day, path, hits) VALUES ('2026-11-24', '/', \(most)), ('2026-11-25', '/', \(most));
          INSERT INTO visitCarried (itemId, hits) VALUES (\(article), \(most));
          """)
    }
    let table = try test.run("poll results p --chart")
    #expect(table.contains("\(most)") && table.contains("█"))
    for line in [
      "article ratings a", "link clicks", "link clicks --by-day", "banner stats", "banner stats --daily",
      "visits show", "visits days --since 2026-01-01 --chart", "visits pages --since 2026-01-01",
      "visits carried",
    ] {
      #expect(try !test.run(line).isEmpty, "\(line)")
    }
    try test.run("poll reset p --yes")
    #expect(try test.notes("poll reset p --yes") == ["Nobody has voted"])
  }
}
