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
}
