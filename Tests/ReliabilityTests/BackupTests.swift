import ContentModel
import Foundation
import News
import Polls
import SenKernel
import SenTesting
import Testing

/// Backups of a site with articles, a poll with votes, settings and two files.
struct BackupTests {
  let clock = TestClock("2026-11-18T11:06:40Z")
  let test: TestSite

  init() throws {
    let clock = clock
    test = try TestSite([NewsPlugin(), PollsPlugin()]) { clock.now }
    try Data.smallPicture("lúa").write(to: URL(filePath: path("lua.jpg")))
    try Data.smallPicture("đường").write(to: URL(filePath: path("duong.jpg")))
    try test.run("article create 'Hội nghị' --cover \(path("lua.jpg")) --tags 'lúa, mùa'")
    try test.run("article create 'Đường làng' --cover \(path("duong.jpg")) --state published")
    try test.run("article set duong-lang slug=duong-moi")
    try test.run("poll create 'Ai?' --option Lan --option Huệ --state published")
    try test.run("poll vote ai --option Lan --voter mot")
    try test.run("config set title 'Cổng tỉnh'")
  }

  private func path(_ name: String) -> String { "\(test.folder)/\(name)" }

  private var shelf: String { path("backups") }

  private func export(_ name: String) throws -> Data {
    try test.run("export archive --to \(path(name))")
    return try Data(contentsOf: URL(filePath: path(name)))
  }

  private func create(_ options: String = "") throws -> String {
    clock.move(by: 60)
    return String(try test.run("backup create --porcelain \(options)").dropLast())
  }

  private func names() throws -> [String] {
    try test.run("backup list --field backup").split(separator: "\n").map(String.init)
  }

  private func verify(_ ref: String = "all") throws -> String {
    let output = MemoryOutput()
    do { try test.run("backup verify \(ref) --format csv", output) } catch is DoneInPart {}
    return output.text
  }

  private func refusal(_ line: String, answers: [Bool] = []) -> Refusal? {
    do {
      try test.run(line, answers: answers)
      return nil
    } catch {
      return error as? Refusal
    }
  }

  /// The files in the site's media, or in those of the backups.
  private func files(_ folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.hasSuffix(".jpg") }.sorted()
      .map { "\(folder)/\($0)" }
  }

  private func change(_ file: String, at offset: Int) throws {
    var bytes = try Data(contentsOf: URL(filePath: file))
    bytes[offset] ^= 1
    // Beside and not in place: the site may have the same file.
    try FileManager.default.removeItem(atPath: file)
    try bytes.write(to: URL(filePath: file))
  }

  @Test func restoringBringsEverythingBackByteForByteAndKeepsWhatItReplaces() throws {
    let before = try export("one.tar")
    let backup = try create("--note 'trước khi sửa'")
    try test.run("article delete --filter id>0 --force --yes")
    try test.run("trash purge --yes")
    try test.run("poll vote ai --option Huệ --voter hai")
    try test.run("config set title 'Hỏng'")
    try test.run("media prune --all --yes")
    let wrecked = try export("two.tar")
    #expect(wrecked != before)
    let output = MemoryOutput()
    try test.run("backup restore \(backup) --yes", output)
    #expect(output.notes.contains("Brought back 2 files"))
    #expect(try export("three.tar") == before)
    #expect(try test.run("search 'hoi nghi' --format count") == "1\n")
    #expect(try test.run("article show duong-lang --field title") == "Đường làng\n")
    let kept = try #require(try names().last)
    #expect(kept.hasPrefix("before-restore-"))
    try test.run("backup restore \(kept) --yes")
    #expect(try export("four.tar") == wrecked)
    #expect(try !verify().contains("damaged"))
  }

  @Test func aBackupSaysWhatIsInItAndIsFoundByTheBeginningOfItsName() throws {
    let name = try create("--note thử")
    #expect(name == "2026-11-18T11-07-40Z")
    #expect(
      try test.run("backup list --format csv --fields backup,items,files,note").replacing("\r", with: "")
        == "backup,items,files,note\n2026-11-18T11-07-40Z,5,2,thử\n")
    #expect(try verify("2026-11").contains("sound"))
    #expect(refusal("backup verify 2027")?.hint == "There are: 2026-11-18T11-07-40Z")
  }

  @Test func filesAreKeptOnceForAllBackupsAndWithTheSite() throws {
    _ = try create()
    _ = try create()
    let kept = try files("\(shelf)/media")
    #expect(kept.count == 2)
    let blocks = try kept.map {
      try FileManager.default.attributesOfItem(atPath: $0)[.referenceCount] as? Int
    }
    // A second name, where the file system cannot share blocks.
    #expect(blocks.allSatisfy { $0 == 2 || $0 == 1 })
  }

  @Test(.enabled(if: FileManager.default.isWritableFile(atPath: "/dev/shm"), "there is no other file system"))
  func onAnotherFileSystemFilesAreCopiedOnce() throws {
    let far = "/dev/shm/sen-test-\(UUID().uuidString)"
    defer { _ = Result { try FileManager.default.removeItem(atPath: far) } }
    _ = try create("--to \(far)")
    let first = try files("\(far)/media").map(number)
    let before = try export("one.tar")
    try test.run("article set hoi-nghi title=Khác")
    _ = try create("--to \(far)")
    #expect(try files("\(far)/media").map(number) == first)
    #expect(try names() == [])
    try test.run("backup restore 2026-11-18T11-07-40Z --from \(far) --yes")
    #expect(try export("two.tar") == before)
    #expect(try names().count == 1)
  }

  /// What the file system calls a file, however it is named.
  private func number(_ path: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int ?? 0
  }

  @Test func verifyFindsEveryKindOfDamage() throws {
    let names = try (0..<5).map { _ in try create() }
    #expect(try verify().components(separatedBy: "sound").count == 6)
    try change("\(shelf)/\(names[0])/site.db", at: 9000)
    try FileManager.default.removeItem(atPath: "\(shelf)/\(names[1])/site.db")
    try FileManager.default.removeItem(atPath: "\(shelf)/\(names[2])/backup.json")
    try Data("{\"format\":\"sen-backup\"".utf8).write(to: URL(filePath: "\(shelf)/\(names[3])/backup.json"))
    let found = try verify()
    #expect(found.contains("\(names[0]),damaged,\"[\"\"its site.db is not what was saved"))
    #expect(found.contains("\(names[1]),damaged,\"[\"\"its site.db is missing"))
    #expect(found.contains("\(names[2]),damaged,\"[\"\"its backup.json is missing"))
    #expect(found.contains("\(names[3]),damaged,"))
    #expect(found.contains("\(names[4]),sound"))
    try change(try files("\(shelf)/media")[0], at: 0)
    try FileManager.default.removeItem(atPath: try files("\(shelf)/media")[1])
    let worse = try verify(names[4])
    #expect(worse.contains("is damaged") && worse.contains("is missing"))
    #expect(throws: DoneInPart.self) { try test.run("backup verify") }
    for name in names { #expect(refusal("backup restore \(name) --yes")?.code == .invalid) }
    let before = try export("one.tar")
    try test.run("article delete hoi-nghi")
    // The site still has the files that the backup has lost.
    #expect(throws: DoneInPart.self) { try test.run("backup restore \(names[4]) --force --yes") }
    #expect(try export("two.tar") == before)
  }

  @Test func pruningKeepsWhatEitherRuleKeepsAndAlwaysOneThatIsSound() throws {
    let first = try create()
    try test.run("article set hoi-nghi cover=")
    try test.run("article delete hoi-nghi --force --yes")
    try test.run("media prune --all --yes")
    clock.move(by: 10 * 86_400)
    let second = try create()
    let third = try create()
    #expect(try files("\(shelf)/media").count == 2)
    try test.run("backup prune --keep 1 --keep-days 30 --yes")
    #expect(try names() == [first, second, third])
    let output = MemoryOutput()
    try test.run("backup prune --keep 2 --dry-run", output)
    #expect(output.notes.last?.hasPrefix("Dry run: would have removed 1 backup and 1 file") == true)
    #expect(refusal("backup prune --keep 2")?.code == .declined)
    #expect(refusal("backup prune")?.code == .usage)
    #expect(try names() == [first, second, third])
    try test.run("backup prune --keep 2 --yes")
    #expect(try names() == [second, third])
    #expect(try files("\(shelf)/media").count == 1)
    try change("\(shelf)/\(third)/site.db", at: 9000)
    try test.run("backup prune --keep 1 --yes")
    #expect(try names() == [second, third], "the one that stays by the rule is damaged")
    try test.run("backup prune --keep 0 --yes")
    #expect(try names() == [second])
    #expect(try verify().contains("sound"))
  }

  @Test func filesStayWhileABackupCannotBeRead() throws {
    let first = try create()
    _ = try create()
    try Data().write(to: URL(filePath: "\(shelf)/\(first)/backup.json"))
    _ = try create()
    try test.run("backup prune --keep 1 --yes")
    #expect(try files("\(shelf)/media").count == 2)
    #expect(try names().last == first, "what cannot be read is not removed")
  }

  @Test func theOrderOfBackupsOutlivesAClockThatJumpsBack() throws {
    let first = try create()
    clock.move(by: -86_400)
    let second = try create()
    clock.move(by: 86_400 - 120)
    let third = try create()
    #expect(third == "\(first)-2")
    #expect(try names() == [first, second, third])
    try test.run("backup prune --keep 1 --yes")
    #expect(try names() == [third])
  }

  @Test func whatWasBegunAndNeverFinishedIsNoBackup() throws {
    _ = try create()
    let left = "\(shelf)/.2026-11-18T11-08-40Z.tmp-1-abc"
    try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: URL(filePath: "\(left)/site.db"))
    #expect(try names().count == 1)
    _ = try create()
    #expect(try names().count == 2)
    #expect(!FileManager.default.fileExists(atPath: left))
  }

  @Test func aFolderOfOtherThingsIsLeftAlone() throws {
    let folder = path("mine")
    try FileManager.default.createDirectory(atPath: "\(folder)/media", withIntermediateDirectories: true)
    #expect(refusal("backup create --to \(folder)")?.message.contains("holds other things") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["media"])
    #expect(refusal("backup list --from \(path("nowhere"))")?.code == .notFound)
  }

  @Test func twoSitesDoNotShareAFolderOfBackups() throws {
    _ = try create("--to \(path("kept"))")
    let other = try TestSite([NewsPlugin()])
    #expect(throws: Refusal.self) { try other.run("backup create --to \(path("kept"))") }
    // It may well be restored elsewhere.
    let third = try TestSite([NewsPlugin(), PollsPlugin()])
    try third.run("backup restore @last --from \(path("kept")) --yes")
    #expect(try third.run("article list --format count") == "2\n")
  }

  @Test func nobodyWhoCouldBeAskedMeansNothingIsRestored() throws {
    let backup = try create()
    try test.run("article delete hoi-nghi")
    #expect(refusal("backup restore \(backup)")?.code == .declined)
    #expect(refusal("backup restore \(backup)", answers: [false])?.code == .declined)
    let output = MemoryOutput()
    try test.run("backup restore \(backup) --dry-run", output)
    #expect(output.notes == ["Dry run: would have restored \(backup)"])
    #expect(try names() == [backup])
    #expect(try test.run("article list --format count") == "1\n")
  }

  @Test func lostFilesAreToldAndTheRestIsSaved() throws {
    try FileManager.default.removeItem(atPath: try files(path("media"))[0])
    try change(try files(path("media"))[0], at: 0)
    let output = MemoryOutput()
    #expect(throws: DoneInPart.self) { try test.run("backup create", output) }
    #expect(output.notes.filter { $0.hasPrefix("not in it: ") }.count == 2)
    #expect(try verify().contains("sound"))
  }

  @Test func aSiteWhoseDatabaseIsGoneIsFoundByItsBackups() throws {
    let program = try SenProgram()
    try program.expect("article create Tin")
    try program.expect("backup create")
    let lost = try program.sh("rm site/site.db*; cd site/media; unset SEN_SITE; $SEN article list")
    #expect(lost.code == 3, "\(lost)")
    #expect(lost.errors.contains("site.db is gone, and its backups are there"), "\(lost)")
    #expect(lost.errors.contains("sen --site \(program.site) backup restore @last"), "\(lost)")
    let restored = try program.sh("cd site/media; unset SEN_SITE; $SEN backup restore @last --yes")
    #expect(restored.code == 0, "\(restored)")
    try program.expect("article show tin")
  }
}
