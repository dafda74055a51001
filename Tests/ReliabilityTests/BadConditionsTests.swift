import ContentModel
import Foundation
import News
import SenKernel
import SenTesting
import Testing

/// The real program where the machine is against it: each time one clear sentence, the right exit code, and nothing
/// half written.
struct BadConditionsTests {
  let sen: SenProgram

  init() throws {
    sen = try SenProgram()
    try Data.smallPicture("lúa").write(to: URL(filePath: "\(sen.folder)/lua.jpg"))
    try sen.expect("article create 'Hội nghị' --cover lua.jpg")
    try sen.expect("article generate --count 30 --seed 1")
  }

  static let isRoot = getuid() == 0
  /// Whether this user may mount file systems of its own.
  static let canMount: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "unshare -m mount -t tmpfs none /mnt 2> /dev/null"]
    do { try process.run() } catch { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  /// Somebody to whom the site's folder is read-only: root has to become another user for that.
  private var stranger: String {
    Self.isRoot ? "setpriv --reuid=65534 --regid=65534 --clear-groups \"$SEN\"" : "\"$SEN\""
  }

  private func names() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: sen.site).sorted()
  }

  /// Runs a command that has to fail so.
  private func fails(
    _ command: String, _ code: Int32, _ sentence: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let ended = try sen.sh(command)
    #expect(ended.code == code, "\(command): \(ended.errors)", sourceLocation: sourceLocation)
    #expect(ended.errors.hasPrefix("sen: "), "\(ended.errors)", sourceLocation: sourceLocation)
    #expect(ended.errors.contains(sentence), "\(ended.errors)", sourceLocation: sourceLocation)
    #expect(ended.errors.split(separator: "\n").count <= 2, "\(ended.errors)", sourceLocation: sourceLocation)
  }

  @Test func aFolderThatIsReadOnlyIsReadAndSaysSoWhenWritten() throws {
    _ = try sen.sh("chmod -R a-w site; chmod -R a+rX site")
    defer { _ = Result { try sen.sh("chmod -R u+w site") } }
    let before = try Data(contentsOf: URL(filePath: "\(sen.site)/site.db"))
    let there = try names()
    #expect(try sen.sh("\(stranger) article list --format count").output == "31\n")
    #expect(try sen.sh("\(stranger) search 'hoi nghi' --format count").output == "1\n")
    #expect(try sen.sh("\(stranger) export ndjson article").output.split(separator: "\n").count == 31)
    #expect(try sen.sh("\(stranger) site doctor").code == 0)
    for command in [
      "article create X", "article set hoi-nghi title=X", "search reindex",
      "import ndjson /dev/null",
    ] {
      try fails("\(stranger) \(command)", 1, "The site cannot be written to")
    }
    try fails("\(stranger) backup create", 1, "Permission denied")
    try fails("\(stranger) media add /etc/hostname", 1, "Permission denied")
    _ = try sen.sh("mkdir away; chmod 777 away")
    let saved = try sen.sh("\(stranger) backup create --to away")
    #expect(saved.code == 0, "\(saved.errors)")
    #expect(try sen.sh("\(stranger) backup verify --from away").code == 0)
    #expect(try Data(contentsOf: URL(filePath: "\(sen.site)/site.db")) == before)
    #expect(try names() == there)
  }

  @Test func aReadOnlyFolderIsReadBesideOneWhoWrites() throws {
    let writer = try sen.begin(
      "sqlite3 site/site.db \"UPDATE item SET position = 7 WHERE slug = 'hoi-nghi'\" '.shell touch ready; while [ ! -f stop ]; do sleep 0.05; done'"
    )
    while !FileManager.default.fileExists(atPath: "\(sen.folder)/ready") { usleep(20_000) }
    #expect(try sen.sh("\(stranger) article show hoi-nghi --field position", "reader").output == "7\n")
    try Data().write(to: URL(filePath: "\(sen.folder)/stop"))
    writer.waitUntilExit()
  }

  @Test func aLogThatSomebodyKilledHasLeftIsPartOfTheSite() throws {
    let writer = try sen.begin(
      "sqlite3 site/site.db 'PRAGMA wal_autocheckpoint = 0' \"UPDATE item SET position = 7 WHERE slug = 'hoi-nghi'\" '.shell kill -9 $PPID'"
    )
    writer.waitUntilExit()
    #expect(try names().contains("site.db-wal"))
    #expect(try sen.sh("\(stranger) article show hoi-nghi --field position").output == "7\n")
    unlink("\(sen.site)/site.db-shm")
    if Self.isRoot {
      // Without the index of the log, only who may write can read it.
      try fails("\(stranger) article list", 5, "The last changes of this site lie in site.db-wal")
    }
    try sen.expect("backup create")
    #expect(try sen.expect("article show hoi-nghi --field position") == "7\n")
    #expect(try !names().contains("site.db-wal"))
    try sen.expect("site doctor")
  }

  @Test func whatNobodyMayReadIsSaid() throws {
    _ = try sen.sh("chmod 000 site/site.db")
    try fails("\(stranger) article list", 1, "site.db: Permission denied")
  }

  @Test(.disabled(if: ThreadSanitizer.isOn, ThreadSanitizer.needsFiles))
  func aLimitOnTheSizeOfFilesIsAFailureAndNotTheEnd() throws {
    let before = try sen.expect("export ndjson")
    for command in ["article generate --count 3000 --seed 2", "import ndjson many.ndjson"] {
      let line = #"{"type":"article","title":"Tin","body":"\#(String(repeating: "lúa ", count: 2000))"}\n"#
      _ = try sen.sh("yes '\(line.dropLast(2))' | head -n 200 > many.ndjson")
      try fails("ulimit -f 1000; \"$SEN\" \(command)", 1, "site.db cannot be written")
    }
    try fails("ulimit -f 200; \"$SEN\" backup create", 1, "Cannot write a backup into")
    try sen.expect("backup create")
    try fails(
      "ulimit -f 200; \"$SEN\" backup restore @last --yes", 1, "Cannot write the restored database into")
    #expect(try sen.expect("export ndjson") == before)
    #expect(try sen.expect("backup list --format count") == "1\n")
    #expect(try !names().contains { $0.contains(".tmp-") })
    try sen.expect("site doctor")
  }

  @Test(.enabled(if: canMount, "only who may mount a file system can have a full one"))
  func aFullDiskIsSaidAndWhatIsThereIsStillRead() throws {
    try sen.expect("backup create")
    let script = """
      mkdir small; mount -t tmpfs -o size=6m none small; cp -r site small/; cd small; export SEN_SITE=$PWD/site
      say() { "$SEN" "$@" > ../o 2> ../e; echo "$? $(head -n 1 ../e)"; }
      dd if=/dev/zero of=fill bs=1k 2> /dev/null
      say article list --format count; cat ../o
      say article create X
      say import ndjson ../many.ndjson
      say backup create
      say backup restore @last --yes
      say article list --format count; cat ../o
      rm fill; say site doctor; say article create X; say backup verify
      find site -name '*.tmp-*'
      """
    _ = try sen.sh("\"$SEN\" export ndjson > many.ndjson")
    try Data(script.utf8).write(to: URL(filePath: "\(sen.folder)/full.sh"))
    let ended = try sen.sh("unshare -m sh full.sh")
    let lines = ended.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    try #require(lines.count >= 11, "\(ended.output)\(ended.errors)")
    #expect(lines[0] == "0 " && lines[1] == "31")
    for line in [2, 3, 4, 5] {
      #expect(lines[line].hasPrefix("1 sen: "), "\(lines[line])")
      #expect(
        ["disk is full", "cannot be written", "No space left"].contains { lines[line].contains($0) },
        "\(lines[line])")
    }
    #expect(lines[6] == "0 " && lines[7] == "31")
    #expect(lines[8] == "0 Nothing is wrong")
    #expect(lines[9].hasPrefix("0 Created article"))
    #expect(lines[10] == "0 ")
    #expect(lines.dropFirst(11).joined().isEmpty, "nothing half made is left")
  }

  @Test(.enabled(if: canMount, "only who may mount a file system can have a full one"))
  func aDiskThatBecomesFullLeavesNothingHalfMadeAndSaysWhatWasDone() throws {
    let script = """
      mkdir small; mount -t tmpfs -o size=6m none small; cd small
      say() { "$SEN" "$@" > ../o 2> ../e; echo "$? $(grep -E '^(sen:|     )' ../e | tr '\\n' ' ')"; }
      SEN_SITE=$PWD/site; export SEN_SITE; "$SEN" init site 2> /dev/null
      for seed in 1 2 3 4 5 6 7 8; do "$SEN" photo generate --count 1 --seed $seed 2> /dev/null; done
      mkdir -p ../anh; find site/media -name '*.jpg' -exec cp {} ../anh/ \\;
      rm -rf site; "$SEN" init site 2> /dev/null
      dd if=/dev/zero of=fill bs=1k count=4300 2> /dev/null
      say photo import ../anh
      rm fill; "$SEN" photo list --format count; "$SEN" media prune --dry-run --all
      mkdir ../backups; mount -t tmpfs -o size=300k none ../backups
      say backup create --to ../backups/mine; ls -A ../backups
      mkdir ../sites; mount -t tmpfs -o size=300k none ../sites
      say init ../sites/new; ls -A ../sites
      """
    try Data(script.utf8).write(to: URL(filePath: "\(sen.folder)/full.sh"))
    let ended = try sen.sh("unshare -m sh full.sh")
    let lines = ended.output.split(separator: "\n").map(String.init)
    try #require(lines.count == 4, "\(ended.output)\(ended.errors)")
    let imported = try #require(Int(lines[1]))
    #expect(lines[0].hasPrefix("1 sen: "), "\(lines[0])")
    if imported > 0 {
      #expect(lines[0].contains("\(imported) photo"), "\(lines[0])")
      #expect(!lines[0].contains("Nothing was changed"), "\(lines[0])")
    }
    #expect(ended.errors.contains("Every file is in use"), "\(ended.errors)")
    #expect(lines[2].hasPrefix("1 sen: ") && lines[3].hasPrefix("1 sen: "), "\(lines)")
  }

  @Test func aFolderInThePlaceOfTheDatabaseIsSaid() throws {
    _ = try sen.sh("mkdir -p other/site.db")
    try fails("\"$SEN\" --site other article list", 5, "is a folder, not the database of a site")
  }

  @Test func aFilterThatIsTooLongIsSaid() throws {
    try fails(
      "\"$SEN\" article list --filter \"$(printf 'state=draft and %.0s' $(seq 5000)) id=1\"", 2,
      "at most 500 comparisons")
  }

  @Test func aDamagedPageIsToldAndTheBackupHelps() throws {
    let before = try sen.expect("export ndjson")
    try sen.expect("backup create")
    let root = try sen.sh(
      "sqlite3 site/site.db \"SELECT rootpage FROM sqlite_schema WHERE name = 'article'\""
    ).output
    let page = try #require(Int(root.trimmingCharacters(in: .newlines)))
    _ = try sen.sh("dd if=/dev/urandom of=site/site.db bs=8192 seek=\(page - 1) count=1 conv=notrunc")
    try fails("\"$SEN\" article list --sort summary", 1, "site.db is damaged")
    try fails("\"$SEN\" backup create", 1, "site.db is damaged")
    let doctor = try sen.sh("\"$SEN\" site doctor --fix")
    #expect(doctor.code == 7)
    #expect(doctor.errors.contains("sen backup restore 20"), "\(doctor.errors)")
    try sen.expect("backup restore @last --yes")
    #expect(try sen.expect("export ndjson") == before)
    try sen.expect("site doctor")
    #expect(try sen.expect("backup list --format count") == "2\n", "the damaged one is kept")
    try sen.expect("backup verify")
  }

  @Test(arguments: [
    "dd if=/dev/urandom of=site/site.db bs=8192 count=1 conv=notrunc", ": > site/site.db", "rm site/site.db",
  ])
  func aSiteThatCannotBeOpenedComesBackFromItsBackup(harm: String) throws {
    let before = try sen.expect("export ndjson")
    try sen.expect("backup create")
    _ = try sen.sh(harm)
    let ended = try sen.sh("\"$SEN\" article list")
    #expect(ended.code == (harm.hasPrefix("rm") ? 3 : 1))
    #expect(
      ended.errors.contains(
        harm.hasPrefix("rm") ? "site.db is gone, and its backups are there" : "site.db is damaged"),
      "\(ended.errors)")
    #expect(try sen.expect("backup list --format count") == "1\n")
    try sen.expect("backup verify @last")
    try sen.expect("backup restore @last --yes")
    #expect(try sen.expect("export ndjson") == before)
    try sen.expect("site doctor")
  }

  @Test func theDatabaseOfAnotherProgramIsLeftAlone() throws {
    _ = try sen.sh("mkdir other; sqlite3 other/site.db 'CREATE TABLE note (x)'")
    let before = try Data(contentsOf: URL(filePath: "\(sen.folder)/other/site.db"))
    try fails("\"$SEN\" --site other article list", 5, "is the database of another program")
    #expect(try Data(contentsOf: URL(filePath: "\(sen.folder)/other/site.db")) == before)
    #expect(try FileManager.default.contentsOfDirectory(atPath: "\(sen.folder)/other") == ["site.db"])
  }

  @Test func aClockThatJumpsBackHoldsNothingUp() throws {
    let clock = TestClock("2030-01-01T00:00:00Z")
    let test = try TestSite([NewsPlugin(), Counting()]) { clock.now }
    try test.run("article create Mai")
    try test.run("job run counting --due")
    clock.set("2026-11-25T00:00:00Z")
    try test.run("article create Nay")
    try test.run("article set mai summary=Đổi")
    try test.run("article set mai summary=Lại")
    // Made last is made last, whatever the clock says, and no two are the same.
    #expect(try test.run("article show @last --field slug") == "nay\n")
    #expect(Set(try test.run("article list --field uid").split(separator: "\n")).count == 2)
    #expect(try test.run("article revisions mai --field version") == "1\n2\n3\n")
    let output = MemoryOutput()
    try test.run("job run counting --due", output)
    #expect(output.notes == ["counting: counted"])
    try test.run("job run counting --due", output)
    #expect(output.notes.count == 1, "it is not due again at once")
    clock.move(by: 3600)
    try test.run("job run counting --due", output)
    #expect(output.notes.count == 2)
    try test.run("site doctor")
  }

  /// A plugin with a job of every hour.
  private struct Counting: Plugin {
    let name = "counting"
    let help = "Counts"
    let jobs = [Job("counting", help: "Counts", every: 3600) { _, _ in "counted" }]
  }
}
