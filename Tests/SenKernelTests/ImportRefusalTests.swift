import ContentModel
import Foundation
import News
import Polls
import SenKernel
import SenTesting
import Testing

/// What an import says of what it does not bring, and of what it does.
struct ImportRefusalTests {
  let test: TestSite
  var folder: String { test.folder }

  init() throws { test = try TestSite([NewsPlugin(), PollsPlugin()]) }

  /// An archive of these files.
  private func archive(_ files: [(path: String, lines: [String])]) throws -> String {
    let path = "\(folder)/\(UUID().uuidString).tar"
    let writer = try ArchiveWriter(path: path)
    for file in files {
      try writer.begin(file.path)
      try writer.append(Array(file.lines.map { "\($0)\n" }.joined().utf8))
      try writer.end()
    }
    try writer.finish(["format": .text("sen"), "version": .integer(1)])
    return path
  }

  /// Whoever leaves out the flag is told, and gets no archive on the terminal.
  @Test(arguments: [("out/site.tar", "out/site.tar"), ("article", "site.tar")])
  func anArchiveTakesNoNouns(_ word: String, _ path: String) throws {
    let refusal = test.refusal("export archive \(word)")
    #expect(refusal?.code == .usage)
    #expect(refusal?.hint?.hasSuffix("--to \(path)") == true, "\(refusal?.hint ?? "nothing")")
  }

  @Test func aReferenceToARefusedRecordSaysSo() throws {
    try test.run("category create Tin")
    let uids = UIDSequence()
    let (category, article) = (uids.next(at: Date()), uids.next(at: Date()))
    let path = try archive([
      ("content/category.ndjson", [#"{"uid":"\#(category)","title":"Tin khác","slug":"tin"}"#]),
      ("content/article.ndjson", [#"{"uid":"\#(article)","title":"x","category":"\#(category)"}"#]),
    ])
    let refusal = test.refusal("import archive \(path)")
    #expect(
      refusal?.message
        == "content/article.ndjson, line 1: category refers to “\(category)”, which was refused "
        + "(content/category.ndjson, line 1: slug: category 1 “Tin” has “tin” already)")
    // An unknown uid with a known slug is another item, and nothing is overwritten.
    #expect(refusal?.hint?.hasPrefix("Its uid says that it is another item.") == true)
    #expect(test.refusal("import archive \(path) --on-conflict skip")?.message == refusal?.message)
    #expect(try test.run("category list --field title") == "Tin\n")
    #expect(try test.run("article list --format count") == "0\n")
  }

  @Test func aRecordThatNamesARefusedOneSaysWhy() throws {
    let lines = [
      #"{"type":"category","title":"","slug":"c1"}"#, #"{"type":"article","title":"x","category":"c1"}"#,
      #"{"type":"article","title":"y","category":"c2"}"#,
    ]
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: "\(folder)/a.ndjson"))
    let output = MemoryOutput()
    #expect(throws: DoneInPart.self) { try test.run("import ndjson \(folder)/a.ndjson", output) }
    #expect(
      output.notes.prefix(2) == [
        "failed: line 1: title: is missing",
        "failed: line 2: category: refers to “c1”, which was refused (line 1: title: is missing)",
      ])
    #expect(output.notes.last == "created 0, updated 0, skipped 0, failed 3")
  }

  /// By uid, by origin; by slug only what says neither.
  @Test func aRecordIsMatchedByWhatItSays() throws {
    try test.run("tag create OCOP")
    func importing(_ line: String, _ options: String = "") throws -> String? {
      try Data(line.utf8).write(to: URL(filePath: "\(folder)/a.ndjson"))
      let output = MemoryOutput()
      do { try test.run("import ndjson \(folder)/a.ndjson \(options)", output) } catch is DoneInPart {}
      return output.notes.joined(separator: "\n")
    }
    let uid = UIDSequence().next(at: Date())
    #expect(
      try importing(#"{"type":"tag","slug":"ocop","title":"OCOP","description":"a"}"#)
        == "created 0, updated 1, skipped 0, failed 0")
    let other = try importing(#"{"type":"tag","uid":"\#(uid)","slug":"ocop","title":"Khác"}"#)
    #expect(other?.hasPrefix("failed: line 1: slug: tag 1 “OCOP” has “ocop” already\n") == true)
    #expect(other?.contains("leave the uid out of the record, to update the one here") == true)
    #expect(
      try importing(#"{"type":"tag","origin":"x:1","slug":"ocop","title":"Cũ"}"#)
        == "created 1, updated 0, skipped 0, failed 0")
    #expect(try test.run("tag list --field slug --sort id") == "ocop\nocop-2\n")
    #expect(try test.run("tag show 1 --field title") == "OCOP\n")
    try test.run("tag set 1 slug=sao")
    let former = try importing(#"{"type":"tag","uid":"\#(uid)","slug":"ocop","title":"Khác"}"#)
    #expect(former?.contains("“ocop” is a former slug of tag 1 “OCOP”, and leads there") == true)
  }

  /// What is advised where a slug is taken.
  @Test func anotherSlugWhereItComesFromLetsItIn() throws {
    let from = try TestSite([NewsPlugin(), PollsPlugin()])
    try from.run("tag create OCOP")
    try from.run("tag set ocop slug=ocop-tinh")
    try from.run("export archive --to \(folder)/from.tar")
    try test.run("tag create OCOP")
    let notes = try test.notes("import archive \(folder)/from.tar")
    #expect(
      notes == [
        "left out: 1 redirect, whose slug an item has here", "created 1, updated 0, skipped 0, failed 0",
      ])
    #expect(try test.run("tag show ocop --field id") == "1\n")
    #expect(try test.notes("site doctor") == ["Nothing is wrong"])
  }

  @Test(arguments: [
    "content/article.ndjson/x", "content/article.json", "content/article", "content/a.b.ndjson",
    "side/pollCarried.ndjson/x",
  ])
  func aFileThatNoArchiveHasIsNoContent(_ name: String) throws {
    let path = try archive([(name, [#"{"title":"x"}"#])])
    #expect(
      test.refusal("import archive \(path)")?.message
        == "\(path): \(name) is no file that an archive of a site has")
    #expect(try test.run("article list --format count") == "0\n")
  }

  @Test func aTagThatIsTooLongRefusesItsRecordOnly() throws {
    let long = String(repeating: "y", count: 101)
    let lines = [long, "a: \(long)", "lúa", "OCOP: 4 sao"].enumerated().map {
      #"{"type":"article","title":"T\#($0.offset)","tags":["\#($0.element)"]}"#
    }
    try Data(lines.joined(separator: "\n").utf8).write(to: URL(filePath: "\(folder)/a.ndjson"))
    let output = MemoryOutput()
    #expect(throws: DoneInPart.self) { try test.run("import ndjson \(folder)/a.ndjson", output) }
    #expect(output.notes.last == "created 2, updated 0, skipped 0, failed 2")
    #expect(output.notes.first?.contains("101 characters") == true)
    #expect(try test.run("article list --field title --sort title") == "T2\nT3\n")
  }

  @Test func rowsThatComeByThemselvesAreTold() throws {
    let uid = UIDSequence().next(at: Date())
    let poll = ("content/poll.ndjson", [#"{"uid":"\#(uid)","question":"P","options":["a","b"]}"#])
    func votes(_ a: Int, _ b: Int) -> (path: String, lines: [String]) {
      (
        "side/pollCarried.ndjson",
        [("a", a), ("b", b)].map { #"{"item":"\#(uid)","option":"\#($0.0)","votes":\#($0.1)}"# }
      )
    }
    func last(_ path: String, _ flags: String = "") throws -> String? {
      try test.notes("import archive \(path) \(flags)").last
    }
    let said = "; brought %d of votes, ratings or counts"
    func rows(_ text: String) -> String { said.replacing("%d", with: text) }
    #expect(try last(archive([poll])) == "created 1, updated 0, skipped 0, failed 0")
    #expect(
      try last(archive([poll, votes(3, 4)])) == "created 0, updated 0, skipped 1, failed 0\(rows("2 rows"))")
    #expect(try last(archive([poll, votes(3, 4)])) == "created 0, updated 0, skipped 1, failed 0")
    #expect(
      try last(archive([poll, votes(3, 5)]))
        == "created 0, updated 0, skipped 1, failed 0\(rows("1 row").replacing("brought", with: "changed"))")
    #expect(
      try last(archive([poll, votes(9, 9)]), "--on-conflict skip")
        == "created 0, updated 0, skipped 1, failed 0")
    #expect(try test.run("poll results p --field votes") == "3\n5\n")
  }
}
