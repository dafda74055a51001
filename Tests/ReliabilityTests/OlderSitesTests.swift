import ContentModel
import Foundation
import GRDB
import SenKernel
import SenTesting
import Storage
import Testing

/// Sites that every released schema has left, opened by this program. `make.sh` beside them made them.
struct OlderSitesTests {
  static let fixtures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/Sites").path

  /// The site of a release in the folder of `sen`.
  private func place(_ release: Int, _ sen: SenProgram) throws {
    // The cover of its first article, which was no picture and was taken.
    try Data("anh lua".utf8).write(to: URL(filePath: "\(sen.folder)/lua.jpg"))
    try sen.expect("media add lua.jpg")
    for ending in ["", "-wal", "-shm"] { unlink("\(sen.site)/site.db\(ending)") }
    let ended = try sen.sh("sqlite3 '\(sen.site)/site.db' < '\(Self.fixtures)/kernel-\(release).sql'")
    try #require(ended.code == 0 && ended.errors.isEmpty, "\(ended.errors)")
  }

  /// The kernel's migrations of a site that this program makes.
  private func released() throws -> [String] {
    let test = try TestSite([])
    return try test.site.read { try Schema.kernelMigrations($0) }
  }

  /// Migrations that no site ever had without the next one.
  private static let together: Set = ["kernel-6"]

  @Test func everyReleaseHasItsSite() throws {
    let released = try released()
    #expect(released.count >= 5)
    for name in released.dropLast() where !Self.together.contains(name) {
      #expect(FileManager.default.fileExists(atPath: "\(Self.fixtures)/\(name).sql"), "\(name)")
    }
  }

  @Test(arguments: [1, 2, 3, 4, 5, 7, 8, 9, 10, 11])
  func aSiteOfAnEarlierReleaseComesOverWhole(release: Int) throws {
    let sen = try SenProgram()
    try place(release, sen)
    let opened = try sen.sh("\"$SEN\" site info")
    #expect(opened.code == 0)
    let told = opened.errors.split(separator: "\n")
    try #require(told.count == 1)
    #expect(told[0].hasPrefix("Brought the site up to Sen "))

    let before = try records("\(Self.fixtures)/kernel-\(release).ndjson")
    try sen.expect("export ndjson --to \(sen.folder)/now.ndjson")
    let now = try records("\(sen.folder)/now.ndjson")
    #expect(Set(now.keys) == Set(before.keys))
    for (uid, record) in before {
      for (name, value) in record {
        #expect(now[uid]?[name] == value, "\(name) of \(uid)")
      }
    }
    #expect(try sen.expect("search 'duong lang' --format count") == "2\n")
    #expect(try sen.expect("article show duong-lang-ngo-xom --field title") == "Đường làng ngõ xóm\n")
    #expect(try sen.expect("article revisions duong-lang --format count") == "2\n")
    #expect(try sen.expect("trash list --format count") == "1\n")
    #expect(try sen.expect("config get title") == "Cổng tỉnh\n")
    if release >= 3 {
      #expect(try sen.expect("poll results trang-nay-the-nao --field votes") == "1\n1\n")
      try aVoteTakesNoNumberOfOneThatIsGone(sen)
    }
    try nothingIsWrongButTheCover(sen)
    // The second time there is nothing to do.
    #expect(try sen.sh("\"$SEN\" site info").errors.isEmpty)

    let backup = try sen.expect("backup list --field backup").trimmingCharacters(in: .newlines)
    #expect(told[0].hasSuffix(backup) && backup.hasPrefix("before-upgrade-"))
    try sen.expect("backup verify \(backup)")
    try sen.expect("article delete duong-lang --force --yes")
    try sen.expect("backup restore \(backup) --yes")
    #expect(try sen.expect("article show duong-lang --field summary") == "Dài 4 km\n")
    try sen.expect("article create 'Bài mới' --tags lúa")
  }

  /// The cover, a text of those releases, is named, and nothing else.
  private func nothingIsWrongButTheCover(_ sen: SenProgram) throws {
    let found = try sen.sh("\"$SEN\" site doctor").errors.split(separator: "\n").filter {
      // Whoever was killed has left that to this.
      !$0.hasPrefix("Brought the site up to Sen ")
    }
    #expect(found.count == 1 && found[0].contains("the file of cover is text, not a picture"), "\(found)")
  }

  /// The newest votes of all go with their poll and come back, whatever others have voted since.
  private func aVoteTakesNoNumberOfOneThatIsGone(_ sen: SenProgram) throws {
    try sen.expect("poll create 'Ý kiến khác' --option Có --option Không --state published")
    try sen.expect("poll delete trang-nay-the-nao --force --yes")
    let number = try sen.expect("history list --limit 1 --field id").trimmingCharacters(in: .newlines)
    try sen.expect("poll vote y-kien-khac --option 1 --voter chi")
    try sen.expect("history undo \(number)")
    #expect(try sen.expect("poll results trang-nay-the-nao --field votes") == "1\n1\n")
    #expect(try sen.expect("poll results y-kien-khac --field votes") == "1\n0\n")
  }

  /// Records by uid; each value as JSON writes it.
  private func records(_ path: String) throws -> [String: [String: String]] {
    var found: [String: [String: String]] = [:]
    for line in try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n") {
      guard case .map(let map) = try JSONReader.value(String(line)), let uid = map["uid"]?.text else {
        throw CocoaError(.fileReadCorruptFile)
      }
      for (name, value) in map.entries { found[uid, default: [:]][name] = "\(value)" }
    }
    return found
  }

  @Test func aMigrationThatFailsChangesNothingAndTheBackupIsThere() throws {
    let sen = try SenProgram()
    try place(2, sen)
    // A table that is in the way of kernel-3.
    _ = try sen.sh("sqlite3 '\(sen.site)/site.db' 'CREATE TABLE jobRun (x)'")
    let before = try sen.sh("sqlite3 '\(sen.site)/site.db' .dump").output
    let opened = try sen.sh("\"$SEN\" site info")
    #expect(opened.code == 1, "\(opened.errors)")
    #expect(try sen.sh("sqlite3 '\(sen.site)/site.db' .dump").output == before)
    #expect(try sen.sh("\"$SEN\" backup verify --format csv").code == 0)
  }

  @Test func manyWhoOpenAnOlderSiteAtOnceBringItUpOnce() throws {
    let sen = try SenProgram()
    try place(1, sen)
    let all = try (0..<6).map { try sen.begin("\"$SEN\" article list --format count", "out-\($0)") }
    for process in all { process.waitUntilExit() }
    let told = try (0..<6).map { try sen.text("out-\($0).errors") }.joined()
    #expect(all.allSatisfy { $0.terminationStatus == 0 }, "\(told)")
    #expect(try sen.expect("backup list --format count") == "1\n")
    #expect(told.components(separatedBy: "Brought the site up").count == 2)
  }

  @Test func anUpgradeThatIsKilledIsDoneByTheNext() throws {
    let sen = try SenProgram()
    var whole = 0.0
    for kill in 0...KilledBackupTests.kills {
      try place(1, sen)
      let started = Date()
      let process = try sen.beginProgram("site info")
      if kill == 0 {
        process.waitUntilExit()
        whole = Date().timeIntervalSince(started)
      } else {
        SenProgram.kill(process, after: .random(in: 0...whole))
      }
      try nothingIsWrongButTheCover(sen)
      #expect(try sen.expect("article show duong-lang --field summary") == "Dài 4 km\n")
      try sen.expect("backup verify")
    }
  }

  @Test(.disabled(if: ThreadSanitizer.isOn, ThreadSanitizer.needsFiles))
  func anUpgradeWithoutRoomForABackupIsNotDone() throws {
    let sen = try SenProgram()
    try place(1, sen)
    let before = try sen.sh("sqlite3 site/site.db .dump").output
    let ended = try sen.sh("ulimit -f 200; \"$SEN\" site info")
    #expect(ended.code == 1)
    #expect(
      ended.errors.contains("and a backup comes before that: Cannot write a backup into"), "\(ended.errors)")
    #expect(try sen.sh("sqlite3 site/site.db .dump").output == before)
    try sen.expect("site info")
  }

  @Test func aSiteOfALaterReleaseIsRefusedAndNotTouched() throws {
    let sen = try SenProgram()
    try place(5, sen)
    let change =
      "ALTER TABLE migration ADD COLUMN sen TEXT; INSERT INTO migration (name, sen) VALUES ('kernel-900', '7.2.0')"
    _ = try sen.sh("sqlite3 '\(sen.site)/site.db' \"PRAGMA journal_mode = WAL; \(change)\"")
    let before = try Data(contentsOf: URL(filePath: "\(sen.site)/site.db"))
    let names = try FileManager.default.contentsOfDirectory(atPath: sen.site).sorted()
    for command in ["article list", "article create X", "site doctor", "backup create", "import ndjson -"] {
      let ended = try sen.sh("\"$SEN\" \(command)")
      #expect(ended.code == 5)
      #expect(ended.errors.hasPrefix("sen: This site belongs to Sen 7.2.0 (kernel-900); this is Sen "))
      #expect(ended.errors.contains("nothing was touched"))
    }
    #expect(try Data(contentsOf: URL(filePath: "\(sen.site)/site.db")) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: sen.site).sorted() == names)
  }

  @Test func aSiteWhoseTypesALaterReleaseHasChangedIsRefusedAndNotTouched() throws {
    let sen = try SenProgram()
    try sen.expect("article create Tin")
    let change =
      "ALTER TABLE article ADD COLUMN subtitle TEXT; "
      + "UPDATE migration SET name = name || ', subtitle TEXT', sen = '0.10.0' WHERE name LIKE 'type article:%'"
    _ = try sen.sh("sqlite3 '\(sen.site)/site.db' \"\(change); PRAGMA wal_checkpoint(TRUNCATE)\"")
    let before = try Data(contentsOf: URL(filePath: "\(sen.site)/site.db"))
    let ended = try sen.sh("\"$SEN\" article list")
    #expect(ended.code == 5)
    #expect(
      ended.errors.hasPrefix("sen: This site belongs to Sen 0.10.0 (type article); this is Sen "),
      "\(ended.errors)")
    #expect(try Data(contentsOf: URL(filePath: "\(sen.site)/site.db")) == before)
  }

  /// Whether the site can be opened, can only be asked, or is gone.
  @Test func theListOfBackupsSaysTheTimeOfTheSite() throws {
    let sen = try SenProgram()
    try sen.expect("config set timeZone Pacific/Kiritimati")
    try sen.expect("backup create")
    let made = try sen.expect("backup list --field made").trimmingCharacters(in: .newlines)
    func time(_ zone: String) throws -> String {
      try sen.sh("TZ=\(zone) date -d '\(made)' '+%Y-%m-%d %H:%M'").output.trimmingCharacters(in: .newlines)
    }
    #expect(try sen.expect("backup list --fields made").contains(time("Pacific/Kiritimati")))
    _ = try sen.sh(
      "sqlite3 site/site.db \"INSERT INTO migration (name, sen) VALUES ('kernel-900', '7.2.0')\"")
    let before = try Data(contentsOf: URL(filePath: "\(sen.site)/site.db"))
    #expect(try sen.expect("backup list --fields made").contains(time("Pacific/Kiritimati")))
    #expect(try Data(contentsOf: URL(filePath: "\(sen.site)/site.db")) == before)
    unlink("\(sen.site)/site.db")
    #expect(try sen.expect("backup list --fields made").contains(time("UTC")))
  }

  /// The one thing that this program may do to it.
  @Test func aBackupFromBeforeTakesThePlaceOfASiteOfALaterRelease() throws {
    let sen = try SenProgram()
    try sen.expect("user create lan --role administrator")
    try sen.expect("user create hoa --role editor")
    try sen.expect("article create Tin")
    try sen.expect("backup create")
    try sen.expect("article create 'Tin sau'")
    let change = "INSERT INTO migration (name, sen) VALUES ('kernel-900', '7.2.0'); CREATE TABLE later (x)"
    _ = try sen.sh("sqlite3 site/site.db \"\(change)\"")
    let before = try Data(contentsOf: URL(filePath: "\(sen.site)/site.db"))
    let refused = try sen.sh("\"$SEN\" article list")
    #expect(refused.code == 5 && refused.errors.contains("sen backup restore NAME"), "\(refused.errors)")
    for (command, code) in [
      ("backup restore @last --yes --as hoa", 6), ("backup restore @last -n", 0), ("backup restore @last", 6),
      ("backup prune --keep 1 --yes", 5), ("backup create", 5), ("article create X", 5),
    ] {
      let ended = try sen.sh("\"$SEN\" \(command)")
      #expect(ended.code == Int32(code), "\(command): \(ended.errors)")
    }
    #expect(try Data(contentsOf: URL(filePath: "\(sen.site)/site.db")) == before)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: sen.site).sorted() == [
        "backups", "media", "site.db",
      ])

    try sen.expect("backup restore @last --yes")
    #expect(try sen.expect("article list --field title") == "Tin\n")
    #expect(try sen.expect("site doctor") == "")
    let names = try sen.expect("backup list --field backup").split(separator: "\n")
    #expect(names.count == 2 && names[1].hasPrefix("before-restore-"))
    // What it was is kept, for the Sen that knows it.
    #expect(
      try sen.sh("sqlite3 site/backups/\(names[1])/site.db 'SELECT count(*) FROM article'").output == "2\n")
    #expect(try sen.expect("backup verify all --field state") == "sound\nsound\n")
    for options in ["--yes", "-n"] {
      let later = try sen.sh("\"$SEN\" backup restore \(names[1]) \(options)")
      #expect(later.code == 5)
      #expect(
        later.errors.hasPrefix("sen: The backup \(names[1]): This site belongs to Sen 7.2.0"),
        "\(later.errors)")
    }
    #expect(try sen.expect("article list --field title") == "Tin\n")
  }

  @Test func anEmptyFileIsNoSiteWhateverLiesBesideIt() throws {
    let sen = try SenProgram()
    try sen.expect("article create Tin")
    try Data().write(to: URL(filePath: "\(sen.site)/site.db"))
    let log = Data(repeating: 7, count: 9000)
    try log.write(to: URL(filePath: "\(sen.site)/site.db-wal"))
    #expect(try sen.sh("\"$SEN\" article list").code != 0)
    #expect(try Data(contentsOf: URL(filePath: "\(sen.site)/site.db-wal")) == log)
  }

  @Test func aBackupOfALaterReleaseIsRefusedAndNothingChanges() throws {
    let sen = try SenProgram()
    try sen.expect("article create Tin")
    try sen.expect("backup create")
    let name = try sen.expect("backup list --field backup").trimmingCharacters(in: .newlines)
    let database = "\(sen.site)/backups/\(name)/site.db"
    _ = try sen.sh(
      "sqlite3 '\(database)' \"INSERT INTO migration (name, sen) VALUES ('kernel-900', '7.2.0')\"")
    let sum = try FileDigest.sha256(database)
    let manifest = URL(filePath: "\(sen.site)/backups/\(name)/backup.json")
    guard case .map(var map) = try JSONReader.value(Array(Data(contentsOf: manifest))) else { return }
    map["database"] = .map(["size": .integer(Int64(sum.size)), "sha256": .text(sum.hex)])
    var bytes: [UInt8] = []
    try JSONWriter.append(map, to: &bytes)
    try Data(bytes).write(to: manifest)
    let ended = try sen.sh("\"$SEN\" backup restore @last --yes")
    #expect(ended.code == 5)
    #expect(ended.errors.contains("Sen 7.2.0"))
    #expect(try sen.expect("article list --format count") == "1\n")
    #expect(try sen.expect("backup list --format count") == "1\n")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: sen.site).sorted() == [
        "backups", "media", "site.db",
      ])
  }
}
