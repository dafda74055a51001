import ContentModel
import Foundation
import News
import SenKernel
import SenTesting
import Testing

/// Site data that comes back into a site, or comes from one that means harm.
struct ArchiveImportTests {
  @Test func anArchiveBringsTheSlugsOfItsItemsBack() throws {
    let test = try TestSite([NewsPlugin()])
    try test.run("article create 'Lễ hội'")
    let archive = "\(test.folder)/a.tar"
    try test.run("export archive --to \(archive)")
    try test.run("article set le-hoi slug=khac")
    try test.run("import archive \(archive) --on-conflict skip")
    #expect(try test.run("article list --field slug") == "khac\n")
    try test.run("import archive \(archive)")
    #expect(try test.run("article list --field slug") == "le-hoi\n")
  }

  @Test func formerSlugsOfHereFollowThePolicyToo() throws {
    let (one, two) = (try TestSite([NewsPlugin()]), try TestSite([NewsPlugin()]))
    let archive = "\(one.folder)/a.tar"
    for title in ["Một", "Hai"] { try one.run("article create \(title)") }
    try one.run("export archive --to \(archive)")
    try two.run("import archive \(archive)")
    try one.run("article set mot slug=cu")
    try one.run("article set cu slug=mot-nay")
    try one.run("export archive --to \(archive)")
    try two.run("article set hai slug=cu")
    try two.run("article set cu slug=hai-nay")
    try two.run("import archive \(archive) --on-conflict skip")
    #expect(try two.run("article show cu --field title") == "Hai\n")
    #expect(two.refusal("import archive \(archive) --on-conflict fail")?.code == .conflict)
    try two.run("import archive \(archive)")
    #expect(try two.run("article show cu --field title") == "Một\n")
  }

  @Test func listsComeBackFromCSV() throws {
    let (one, two) = (try TestSite([NewsPlugin()]), try TestSite([NewsPlugin()]))
    try one.run("article create 'Lễ hội' --tags 'lúa nước, 3 sao' --body '=1+1, \"x\"'")
    try one.run("export csv article --to \(one.folder)/a.csv")
    try two.run("import csv \(one.folder)/a.csv --noun article")
    #expect(try two.run("export csv article") == one.run("export csv article"))
  }

  @Test func tagsThatLookLikeIDsOrOriginsAreTags() throws {
    let (one, two) = (try TestSite([NewsPlugin()]), try TestSite([NewsPlugin()]))
    try one.run("article create 'Lễ hội' --tags 'OCOP: 4 sao|lúa'")
    try one.run("tag create 9")
    try one.run("article set le-hoi tags+=9")
    try one.run("export ndjson article --to \(one.folder)/a.ndjson")
    // Here 1 to 9 are ids of other tags.
    for name in "abcdefghi" { try two.run("tag create \(name)") }
    try two.run("import ndjson \(one.folder)/a.ndjson")
    #expect(try two.run("export ndjson article") == one.run("export ndjson article"))
    #expect(try two.run("article list --field tags") == one.run("article list --field tags"))
  }

  @Test func tagsWithABlankInFrontAreFoundAgain() throws {
    let (one, two) = (try TestSite([NewsPlugin()]), try TestSite([NewsPlugin()]))
    let lines =
      #"{"type":"tag","title":" lúa "}"# + "\n" + #"{"type":"article","title":"x","tags":[" lúa "]}"#
    try Data(lines.utf8).write(to: URL(filePath: "\(one.folder)/a.ndjson"))
    try one.run("import ndjson \(one.folder)/a.ndjson")
    try one.run("export ndjson --to \(one.folder)/b.ndjson")
    try two.run("import ndjson \(one.folder)/b.ndjson")
    #expect(try two.run("export ndjson") == one.run("export ndjson"))
    #expect(try two.run("tag list --format count") == "1\n")
  }

  @Test func aRecordDoesNotReachFilesOutsideTheMediaFolder() throws {
    let test = try TestSite([NewsPlugin()])
    let folder = test.folder
    try FileManager.default.createDirectory(atPath: "\(folder)/uploads", withIntermediateDirectories: false)
    try Data("secret".utf8).write(to: URL(filePath: "\(folder)/secret.txt"))
    let line = #"{"type":"article","title":"x","cover":{"file":"../secret.txt"}}"#
    try Data(line.utf8).write(to: URL(filePath: "\(folder)/a.ndjson"))
    let output = MemoryOutput()
    #expect(throws: DoneInPart.self) {
      try test.run("import ndjson \(folder)/a.ndjson --media \(folder)/uploads", output)
    }
    #expect(output.notes.contains { $0.contains("would lie outside") })
    #expect(try test.run("article list --format count") == "0\n")
  }

  @Test func aMissingMediumIsNamedWhenAnArchiveIsWritten() throws {
    let test = try TestSite([NewsPlugin()])
    let name = String(repeating: "0", count: 64) + ".jpg"
    let line = #"{"type":"article","title":"x","cover":"\#(name)"}"#
    try Data(line.utf8).write(to: URL(filePath: "\(test.folder)/a.ndjson"))
    do {
      try test.run("import ndjson \(test.folder)/a.ndjson")
      try test.run("export archive --to \(test.folder)/a.tar")
      Issue.record("the archive was written without the file")
    } catch let refusal as Refusal {
      #expect(refusal.message.contains(name))
    } catch is DoneInPart {
      // A name without a file may be refused on its way in as well.
    }
    #expect(!FileManager.default.fileExists(atPath: "\(test.folder)/a.tar"))
  }

  @Test func anImportThatIsRefusedLeavesNoFilesBehind() throws {
    let (one, two) = (try TestSite([NewsPlugin()]), try TestSite([NewsPlugin()]))
    try Data.smallPicture("bytes").write(to: URL(filePath: "\(one.folder)/lua.jpg"))
    try one.run("article create 'Lúa' --cover \(one.folder)/lua.jpg")
    let line = #"{"title":"x","cover":{"file":"lua.jpg"}}"#
    try Data((line + "\n{").utf8).write(to: URL(filePath: "\(one.folder)/a.ndjson"))
    #expect(throws: Refusal.self) {
      try two.run("import ndjson \(one.folder)/a.ndjson --noun article --media \(one.folder)")
    }
    #expect(try two.run("media list --format count") == "0\n")
    try one.run("export archive --to \(one.folder)/a.tar")
    try two.run("import archive \(one.folder)/a.tar --dry-run")
    #expect(try two.run("media list --format count") == "0\n")
    try two.run("import archive \(one.folder)/a.tar")
    #expect(try two.run("media list --format count") == "1\n")
  }

  @Test func aFileThatIsAskedForByAnItemThatIsRefusedIsNotKept() throws {
    let test = try TestSite([NewsPlugin()])
    try Data.smallPicture("bytes").write(to: URL(filePath: "\(test.folder)/lua.jpg"))
    #expect(throws: (any Error).self) {
      try test.run("article create '' --cover \(test.folder)/lua.jpg --state nonsense")
    }
    #expect(try test.run("media list --format count") == "0\n")
  }

  @Test func aLoopIsToldOnceWithItsLine() throws {
    let (one, two) = (try TestSite([NewsPlugin()]), try TestSite([NewsPlugin()]))
    try one.run("category create A")
    try one.run("category create B --parent a")
    try one.run("export ndjson category --to \(one.folder)/c.ndjson")
    let text = try String(contentsOfFile: "\(one.folder)/c.ndjson", encoding: .utf8)
    let uids = text.matches(of: /"uid":"([^"]+)"/).map { $0.output.1 }
    let loop = text.replacing("\"parent\":null", with: "\"parent\":\"\(uids[1])\"")
    try Data(loop.utf8).write(to: URL(filePath: "\(one.folder)/loop.ndjson"))
    do {
      try two.run("import ndjson \(one.folder)/loop.ndjson")
      Issue.record("a loop was imported")
    } catch let refusal as Refusal {
      #expect(refusal.message == "line 1: parent: “A” would be inside itself")
    }
  }
}
