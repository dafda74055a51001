import Foundation
import GRDB
import Grammar
import News
import Polls
import SenKernel
import SenTesting
import Storage
import Testing

/// Taking back what was done: byte for byte, whatever it was, or a refusal that names what stands in the way.
struct JournalTests {
  let site: TestSite

  init() throws {
    site = try TestSite([NewsPlugin(), PollsPlugin()])
    for line in Self.beginning { try site.run(line) }
  }

  private static let beginning = [
    "category create 'Tin tức'", "category create OCOP --parent tin-tuc",
    "article create 'Hội nghị tổng kết' --category ocop --tags 'lúa, đường' --state published --body 'Một con đường'",
    "article create 'Đường làng' --category ocop --body 'Dài 3 km' --tags lúa",
    "article create 'Chợ phiên' --category tin-tuc",
    "poll create 'Bác thấy sao?' --option Tốt --option Vừa --option Kém --state published",
    "poll vote bac-thay-sao --option 1 --voter an", "poll vote bac-thay-sao --option 2 --voter bình",
  ]

  /// One of each way to change a site.
  private static let changes = [
    "article create 'Tin mới' --tags 'mùa, lúa' --body 'Chữ nghĩa đầy đủ'",
    "article set duong-lang title='Đường làng mới' body='Dài 4 km' tags-=lúa tags+=bê-tông",
    "article set duong-lang slug=duong-moi",
    "article set --filter 'state = published' summary='Tóm tắt' --yes",
    "article publish cho-phien", "article clone hoi-nghi-tong-ket", "article move cho-phien --position 1",
    "category set ocop parent=", "article delete cho-phien", "article restore cho-phien",
    "article revert duong-moi 1",
    "article rate hoi-nghi-tong-ket --points 5 --voter an",
    "poll vote bac-thay-sao --option 3 --voter chi", "poll option edit bac-thay-sao 1 'Rất tốt'",
    "poll option add bac-thay-sao 'Không biết'", "poll option rm bac-thay-sao 3 --force --yes",
    "poll reset bac-thay-sao --yes",
    "tag merge duong lua", "replace km ki-lô-mét --in article.body --yes",
    "config set title 'Cổng mới'", "config unset title",
    "block add latest-news --region sidebar", "article generate --count 12 --seed 4",
    "article delete --filter 'id > 20' --force --yes", "article delete duong-moi cho-phien --yes",
    "trash purge --yes",
    "poll delete bac-thay-sao --force --yes", "category delete tin-tuc --force --yes",
  ]

  @Test func whateverWasDoneIsTakenBackByteForByteAndDoneAgain() throws {
    let first = try site.contents()
    var states = [first]
    for line in Self.changes {
      try site.run(line)
      let after = try site.contents()
      #expect(after != states.last, "\(line) changed nothing")
      try site.run("history undo")
      try expectEqual(site.contents(), states[states.count - 1], "undo of \(line)")
      try site.run("history redo")
      try expectEqual(site.contents(), after, "redo of \(line)")
      states.append(after)
    }
    for (line, state) in zip(Self.changes, states).reversed() {
      try site.run("history undo")
      try expectEqual(site.contents(), state, "late undo of \(line)")
    }
    #expect(try site.contents() == first)
  }

  private func expectEqual(_ now: [String], _ then: [String], _ what: String) throws {
    guard now != then else { return }
    let difference = Set(now).symmetricDifference(then).sorted().prefix(6).joined(separator: "\n")
    Issue.record("\(what):\n\(difference)")
  }

  @Test func anImportIsOneOperationEvenWhenItDoesNotFitInMemory() throws {
    let file = site.folder + "/tin.ndjson"
    // Long, and without words, which would take their time.
    let body = String(repeating: "— ", count: 15_000)
    let lines = (1...200).map {
      #"{"type":"article","title":"Bài \#($0)","tags":["t\#($0 % 9)"],"body":"\#($0) \#(body)"}"#
    }
    try lines.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
    let before = try site.contents()
    try site.run("import ndjson \(file)")
    let entry = try #require(try site.site.read { try Journal.entry(newest($0), $0) })
    #expect(entry.rows > 600)
    // The patches of new rows are their keys: no second copy.
    #expect(entry.size < 50_000)
    #expect(try site.site.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM revision") } == 0)
    let after = try site.contents()
    try site.run("history undo")
    try expectEqual(site.contents(), before, "undo of an import")
    let undo = try #require(try site.site.read { try Journal.entry(newest($0), $0) })
    #expect(undo.size > 10_000_000)
    #expect(try site.site.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM journalPart") } ?? 0 > 0)
    try site.run("history redo")
    try expectEqual(site.contents(), after, "redo of an import")
  }

  private func newest(_ db: Database) throws -> Int64 {
    try Int64.fetchOne(db, sql: "SELECT max(id) FROM journal") ?? 0
  }

  @Test func anotherProcessTakesItBack() throws {
    let before = try site.contents()
    try site.run("article delete duong-lang --force --yes")
    let other = try Site.open(
      site.folder, registry: try Registry([NewsPlugin(), PollsPlugin()]), actor: "tester")
    try run("history undo", on: other)
    #expect(try site.contents() == before)
  }

  private func run(_ line: String, on other: Site) throws {
    let invocation = try site.table.grammar.parse(words: Line.parse(line).words)
    try site.table.command(invocation).run(
      CommandContext(invocation, grammar: site.table.grammar, site: other, output: MemoryOutput()))
  }

  private func refusal(_ line: String) throws -> Refusal {
    try #require(throws: Refusal.self) { try site.run(line) }
  }

  @Test func whatLaterOperationsTouchedStandsInTheWayAndIsNamed() throws {
    let number = try lastNumber()
    try site.run("article set duong-lang title=Một")
    try site.run("article set duong-lang title=Hai")
    let state = try site.contents()
    let refusal = try refusal("history undo \(number + 1)")
    #expect(refusal.code == .conflict)
    #expect(refusal.message.contains("\(number + 2) (article set duong-lang title=Hai"))
    #expect(refusal.hint?.contains("history undo \(number + 2)") == true)
    #expect(try site.contents() == state)
    // Another item's operation does not stand in the way.
    try site.run("article set cho-phien title='Chợ quê'")
    try site.run("history undo \(number + 2)")
    try site.run("history undo \(number + 1)")
    #expect(try site.run("article show duong-lang --field title") == "Đường làng\n")
    #expect(try site.run("article show cho-phien --field title") == "Chợ quê\n")
  }

  @Test func whatStandsOnItStandsInTheWay() throws {
    try site.run("category create Mới --parent tin-tuc")
    let number = try lastNumber()
    try site.run("article create 'Trong mục mới' --category moi")
    try site.run("poll create 'Câu hỏi' --option A --option B --state published")
    try site.run("poll vote cau-hoi --option 1 --voter an")
    let state = try site.contents()
    #expect(try refusal("history undo \(number)").message.contains("\(number + 1) (article create"))
    #expect(try refusal("history undo \(number + 2)").message.contains("\(number + 3) (poll vote"))
    #expect(try site.contents() == state)
  }

  @Test func aNameTakenMeanwhileIsARefusal() throws {
    try site.run("article delete cho-phien --force --yes")
    let number = try lastNumber()
    try site.run("article create 'Chợ phiên'")
    let state = try site.contents()
    #expect(try refusal("history undo \(number)").code == .conflict)
    #expect(try site.contents() == state)
  }

  private func lastNumber() throws -> Int {
    Int(try site.run("history list --limit 1 --field id").dropLast()) ?? 0
  }

  @Test func aDryRunUndoesNothing() throws {
    try site.run("article delete duong-lang --force --yes")
    let state = try site.contents()
    let number = try lastNumber()
    let output = MemoryOutput()
    try site.run("history undo --dry-run", output)
    #expect(output.notes.last?.contains("Would undo \(number)") == true)
    #expect(try site.contents() == state)
    #expect(try lastNumber() == number)
    try site.run("article set cho-phien title=Khác --dry-run")
    #expect(try lastNumber() == number)
  }

  @Test func whatIsUndoneIsNotUndoneTwice() throws {
    let number = try lastNumber()
    try site.run("article set duong-lang title=Một")
    try site.run("history undo")
    #expect(try refusal("history undo \(number + 1)").message.contains("undone already, by \(number + 2)"))
    #expect(try refusal("history undo \(number + 2)").hint?.contains("history redo \(number + 2)") == true)
    try site.run("history redo \(number + 1)")
    #expect(try refusal("history redo \(number + 2)").code == .conflict)
    #expect(try refusal("history redo").code == .notFound)
    #expect(try refusal("history undo 999").code == .notFound)
    #expect(try refusal("history show 999").hint?.contains("newest is \(number + 3)") == true)
  }

  @Test func ownOperationsComeFirst() throws {
    try site.run("article set duong-lang title=Một")
    let other = try Site.open(
      site.folder, registry: try Registry([NewsPlugin(), PollsPlugin()]), actor: "lan")
    try run("article set cho-phien title=Hai", on: other)
    try site.run("history undo")
    #expect(try site.run("article show duong-lang --field title") == "Đường làng\n")
    #expect(try site.run("article show cho-phien --field title") == "Hai\n")
    #expect(throws: Refusal.self) { try run("history redo", on: other) }
    #expect(try site.run("log list --actor lan --noun article --field actor") == "lan\n")
  }

  @Test func showTellsFieldsOfThenAndNotOfNow() throws {
    try site.run("article set duong-lang title=Một summary=Tóm")
    let number = try lastNumber()
    try site.run("article set duong-lang title=Hai")
    try site.run("article delete duong-lang --force --yes")
    let text = try site.run("history show \(number)")
    #expect(text.contains("title: Đường làng → Một"))
    #expect(text.contains("summary: Tóm"))
    #expect(!text.contains("Hai"))
    #expect(try site.run("history show \(number + 2)").contains("“Hai” removed"))
    let json = try site.run("history show \(number + 1) --format ndjson")
    #expect(json.contains(#""field":"title","old":"Một","new":"Hai""#))
    try site.run("config set title 'Cổng mới'")
    #expect(try site.run("history show \(number + 3)").contains("Cổng mới"))
    try site.run("poll vote bac-thay-sao --option 3 --voter chi")
    #expect(try site.run("history show \(number + 4)").contains("voter: chi"))
  }

  @Test func whatIsTooOldIsSaidToBe() throws {
    let number = try lastNumber()
    let site = site.site
    try site.write { operation in
      try Journal.prune(.init(bytes: .max, now: operation.now, patches: -60, log: 1e9), operation.db)
    }
    let refusal = try refusal("history undo 1")
    #expect(
      refusal.message == "Operation 1 is too old to be taken back: the journal keeps 90 days and 256 MB")
    // The newest one is always kept.
    try self.site.run("history undo \(number)")
    #expect(try self.site.run("log list --format count") == "\(number + 1)\n")
    try site.write { operation in
      try Journal.prune(.init(bytes: 1, now: operation.now, patches: 1e9, log: -1e6), operation.db)
    }
    #expect(try self.site.run("log list --format count") == "1\n")
  }

  @Test func theJournalIsPrunedAsTheSettingsSay() throws {
    try site.run("config set historyMegabytes 1")
    try site.run("config set historyDays 30")
    try site.run("config set logDays 400")
    #expect(try refusal("config set historyDays 0").field == "historyDays")
    for number in 0..<3 {
      try site.run("article create 'Dài \(number)' --body \(String(repeating: "chữ", count: 200_000))")
      try site.run("article delete dai-\(number) --force --yes")
    }
    for number in 0..<140 { try site.run("article set duong-lang summary=\(number)") }
    let kept = try site.site.read { try Int.fetchOne($0, sql: "SELECT sum(size) FROM journal") ?? 0 }
    #expect(kept < 1 << 20)
    #expect(try site.run("history list --format ndjson").contains("too old"))
  }

  @Test func theJournalKnowsWhoByWhatAndThroughWhichDoor() throws {
    try site.run("article set duong-lang summary='\(String(repeating: "dài ", count: 200))'")
    let row = try site.run("log list --limit 1 --format ndjson")
    #expect(
      row.contains(
        #""actor":"tester","door":"console","nouns":["article"],"command":"article set duong-lang"#))
    #expect(row.count < 600)
    let words = ["--site", "portal", "--as=lan", "article", "set", "12", "title=a b"].map { Word($0) }
    #expect(Occasion(.shell, words: words).command == "article set 12 'title=a b'")
    #expect(try site.run("history show").contains("article set duong-lang"))
    #expect(try site.run("log list --since 2d --format count") != "0\n")
    #expect(try site.run("log list --noun setting --format count") == "0\n")
  }

  @Test func whoHasTheSlugOfWhatIsToComeBackIsNamed() throws {
    try site.run("article delete cho-phien --force --yes")
    try site.run("article create 'Chợ phiên' --slug cho-phien")
    let taken = try site.run("article show cho-phien --field id").dropLast()
    let number = try site.run("history list --field id").split(separator: "\n")[1]
    let refusal = try #require(site.refusal("history undo \(number)"))
    #expect(refusal.message.hasSuffix("the slug “cho-phien” is that of article \(taken) “Chợ phiên” now"))
    #expect(refusal.hint?.contains("article set \(taken) slug=") == true)
    try site.run("article set \(taken) slug=cho-moi")
    // Its former slug leads to it, and gives way.
    try site.run("history undo \(number)")
    #expect(try site.run("article show cho-phien --field id") != "\(taken)\n")
    #expect(try site.notes("site doctor") == ["Nothing is wrong"])
  }
}
