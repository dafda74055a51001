import ContentModel
import Foundation
import GRDB
import News
import SenKernel
import SenTesting
import Testing

/// Files that never end, lie elsewhere than they seem to, or come into use at the wrong moment.
struct HostileFilesTests {
  let test: TestSite
  var folder: String { test.folder }

  init() throws { test = try TestSite([NewsPlugin()]) }

  private func write(_ text: String, _ name: String) throws {
    let bytes = name.hasSuffix(".png") ? Data.smallPicture(text) : Data(text.utf8)
    try bytes.write(to: URL(filePath: "\(folder)/\(name)"))
  }

  @Test func whatNeverEndsIsNoMedium() throws {
    #expect(mkfifo("\(folder)/pipe.png", 0o600) == 0)
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder)/zero.png", withDestinationPath: "/dev/zero")
    for name in ["pipe.png", "zero.png"] {
      for line in ["article create T --cover \(folder)/\(name)", "media add \(folder)/\(name)"] {
        #expect(test.refusal(line)?.message.contains("is a device or pipe, not a file") == true, "\(line)")
      }
    }
    try write("", "hole.png")
    #expect(truncate("\(folder)/hole.png", 5 << 30) == 0)
    #expect(test.refusal("media add \(folder)/hole.png")?.message == "\(folder)/hole.png is too large")
    #expect(try test.site.mediaFiles().isEmpty)
  }

  @Test func aRecordDoesNotReachOutOfTheMediaFolderByALink() throws {
    try FileManager.default.createDirectory(atPath: "\(folder)/uploads", withIntermediateDirectories: false)
    for (name, target) in [("a.png", "/etc/passwd"), ("b", "..")] {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/uploads/\(name)", withDestinationPath: target)
    }
    try write("secret", "secret.txt")
    for file in ["a.png", "b/secret.txt"] {
      try write(#"{"type":"article","title":"x","cover":{"file":"\#(file)"}}"#, "a.ndjson")
      let output = MemoryOutput()
      #expect(throws: DoneInPart.self) {
        try test.run("import ndjson \(folder)/a.ndjson --media \(folder)/uploads", output)
      }
      #expect(output.notes.first?.contains("The file \(file) lies outside \(folder)/uploads") == true)
    }
    #expect(try test.site.mediaFiles().isEmpty)
  }

  @Test(arguments: ["", "--all"]) func pruneLeavesWhatCameIntoUseWhileItAsked(_ flag: String) throws {
    try write("một", "a.png")
    try write("hai", "b.png")
    try test.run("media add \(folder)/a.png")
    try test.run("media add \(folder)/b.png")
    let output = MemoryOutput(answers: [true])
    output.whileAsked = { [test] in
      _ = Result { try test.run("article create T --cover \(test.folder)/a.png") }
    }
    try test.run("media prune \(flag)", output)
    let cover = try test.run("article show t --field cover").dropLast()
    #expect(try test.site.mediaFiles() == [String(cover)])
    #expect(output.notes.suffix(2) == ["Kept, for they came into use: 1 file", "Removed 1 file"])
  }

  /// A commit that fails, as on a full disk.
  private final class FullDisk: TransactionObserver {
    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseWillCommit() throws { throw DatabaseError(resultCode: .SQLITE_FULL) }
    func databaseDidCommit(_ db: Database) {}
    func databaseDidRollback(_ db: Database) {}
  }

  @Test func aCommitThatFailsLeavesNoFile() throws {
    try write("một", "a.png")
    try write("hai", "b.png")
    try test.run("article create Kept --cover \(folder)/b.png")
    let (kept, disk) = (try test.site.mediaFiles(), FullDisk())
    test.site.database.pool.add(transactionObserver: disk, extent: .observerLifetime)
    #expect(throws: DatabaseError.self) { try test.run("article create T --cover \(folder)/a.png") }
    #expect(throws: DatabaseError.self) { try test.run("article create U --cover \(folder)/b.png") }
    #expect(try test.site.mediaFiles() == kept)
  }
}
