import Foundation
import Testing

/// Thirteen processes at work on one site, a third of whose commands are killed while the others go on: what was
/// acknowledged is there, what was refused is not, and what was killed is there whole or not at all.
///
/// `$SEN_SOAK` says for how many seconds; a few in `make test`, minutes in `make soak`.
struct KilledCrowdTests {
  static let many = 40
  /// How many pages come in at once while others read.
  static let long = ManyProcessesTests.seconds > 20 ? 20_000 : 2000
  let sen: SenProgram

  init() throws { sen = try SenProgram() }

  /// What the loops of the shell are made of. Each writes a line for each command into `NAME.log`: what became of it
  /// (`ok`, `refused`, `killed`), the word that stands for it, and the milliseconds that it took.
  ///
  /// `whole WORD COMMAND…` lets it work; `hit WORD COMMAND…` kills it after 0 to 119 ms every third time. `may CODE`
  /// before them is the exit code of a refusal that has to be met; everything else goes into `failures`.
  private func loop(_ name: String, _ body: String) throws -> Process {
    try sen.begin(
      """
      now() { echo $(($(date +%s%N) / 1000000)); }
      random() { echo $(($(od -An -N2 -tu2 /dev/urandom) % $1)); }
      told() {
        case $code in
        0) echo "ok $word $took" >> \(name).log; return 0 ;;
        137) echo "killed $word $took" >> \(name).log; return 1 ;;
        ${may:-none}) echo "refused $word $took" >> \(name).log; return 1 ;;
        *) echo "\(name): $word ($code): $(cat \(name).errors)" >> failures; return 1 ;;
        esac
      }
      whole() {
        word=$1; shift; from=$(now); "$@" > \(name).said 2> \(name).errors; code=$?
        took=$(($(now) - from)); told
      }
      hit() {
        [ "$(random 3)" = 0 ] || { whole "$@"; return; }
        word=$1; shift; from=$(now)
        timeout -s KILL "$(printf '0.%03d' $(($(random 119) + 1)))" "$@" > \(name).said 2> \(name).errors; code=$?
        took=$(($(now) - from)); told
      }
      : > \(name).log; i=0
      while [ ! -e stop ]; do i=$((i+1)); \(body)
      done 2> \(name).shell
      """, name)
  }

  /// The words of a loop's commands that ended so.
  private func words(_ name: String, _ ended: String) throws -> [String] {
    try lines(name).filter { $0[0] == ended }.map { $0[1] }
  }

  private func lines(_ name: String) throws -> [[String]] {
    try sen.text("\(name).log").split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
  }

  /// Brings in what the loops work on.
  private func prepare() throws {
    try sen.expect("article create 'Hội nghị'")
    try sen.expect("poll create 'Tốt không?' --option Tốt --option Chưa --state published --slug tot")
    func write(_ count: Int, _ file: String, _ line: (Int) -> String) throws {
      try (0..<count).map(line).joined(separator: "\n").write(
        toFile: "\(sen.folder)/\(file)", atomically: true, encoding: .utf8)
    }
    try write(Self.many, "many.ndjson") { #"{"type":"article","title":"Loạt \#($0)","byline":"loạt"}"# }
    try sen.expect("import ndjson many.ndjson")
    try write(150, "all.ndjson") { #"{"type":"article","title":"NUMBER-\#($0)","byline":"nhập NUMBER"}"# }
    try write(Self.long, "long.ndjson") {
      #"{"type":"page","title":"Dài \#($0)","body":"một hai ba bốn năm sáu \#($0)"}"#
    }
    try sen.expect("photo generate --count 6 --seed 3")
    _ = try sen.sh("mkdir photos; find site/media -name '*.jpg' -exec cp {} photos/ ';'")
    try sen.expect("photo delete --filter 'id>0' --force --yes")
    try "".write(toFile: "\(sen.folder)/failures", atomically: true, encoding: .utf8)
  }

  private func begin() throws -> [Process] {
    var loops = try ["tag1", "tag2"].map {
      try loop($0, #"hit \#($0)-$i "$SEN" article set hoi-nghi tags+=\#($0)-$i"#)
    }
    let commands = [
      // A vote that was killed is given again: it counts once, whether or not it had arrived.
      "vote": """
      may=; hit v$i "$SEN" poll vote tot --option 1 --voter v$i
      may=5; whole v$i "$SEN" poll vote tot --option 1 --voter v$i
      """,
      "refused": """
      may=4; whole no-$i "$SEN" article create 'Sai' --slug no-$i --tags no-$i --state nonsense
      may=5; whole no-$i "$SEN" article set hoi-nghi tags+=no-$i slug=loat-1
      """,
      "create": #"hit c-$i "$SEN" article create "Mới" --slug c-$i --tags c-$i"#,
      "bulk": #"hit lần-$i "$SEN" article set --filter 'byline="loạt"' "summary=lần-$i" --yes"#,
      "import":
        #"sed "s/NUMBER/$i/g" all.ndjson > one.ndjson; hit $i "$SEN" import ndjson one.ndjson --quiet"#,
      // Only what this user has done is taken back.
      "undo": """
      export SEN_USER=undoer; whole "made u-$i" "$SEN" article create 'Bỏ' --slug u-$i && hit u-$i "$SEN" history undo
      """,
      "long": """
      may=; : > importing; hit long "$SEN" import ndjson long.ndjson --quiet; rm importing
      may=3; whole gone "$SEN" page delete --filter 'id>0' --force --yes
      """,
      "export": #"hit $i "$SEN" export archive --to e.tar; hit $i "$SEN" export archive --to folder"#,
      "backup": #"hit $i "$SEN" backup create; hit $i "$SEN" backup prune --keep 2 --yes; sleep 0.2"#,
      "photo": """
      may=3
      hit $i "$SEN" photo import photos --decorative --skip-duplicates
      hit $i "$SEN" photo delete --filter 'id>0' --force --yes
      """,
      "read": #"x=; [ ! -e importing ] || x=-importing; whole list$x "$SEN" article list --limit 20"#,
    ]
    for (name, body) in commands { loops.append(try loop(name, body)) }
    return loops
  }

  @Test func whatWasAcknowledgedIsThereAndWhatWasKilledIsWholeOrNot() throws {
    try prepare()
    let console = try ConsoleAtWork(sen.program, sen.environment, folder: sen.folder)
    let loops = try begin()
    var typed = 0
    do {
      defer { _ = FileManager.default.createFile(atPath: "\(sen.folder)/stop", contents: nil) }
      try console.begin()
      let end = ContinuousClock.now + .seconds(ManyProcessesTests.seconds)
      while ContinuousClock.now < end {
        typed += 1
        let shown = try console.enter(
          "article set hoi-nghi tags+=console-\(typed)", answers: ["(hoi-nghi)", "sen: "])
        #expect(shown.contains("(hoi-nghi)"), "\(shown)")
      }
      #expect(try console.leave())
    } catch {
      console.end()
      Issue.record(error)
    }
    for process in loops { process.waitUntilExit() }
    #expect(try sen.text("failures") == "")
    try expectTheModel(typed: typed)
    try expectASoundSite()
    if ManyProcessesTests.seconds > 20 { try tell(typed: typed) }
  }

  private func expectTheModel(typed: Int) throws {
    let tags = Set(
      try sen.expect("article show hoi-nghi --field tags").split { ", \n".contains($0) }.map(String.init))
    let acknowledged = try Set(["tag1", "tag2"].flatMap { try words($0, "ok") })
      .union((0..<typed).map { "console-\($0 + 1)" })
    let killed = try Set(["tag1", "tag2"].flatMap { try words($0, "killed") })
    #expect(tags.isSuperset(of: acknowledged))
    #expect(tags.isSubset(of: acknowledged.union(killed)))

    // Every voter has voted once: at the first time or, where that was killed, at the second.
    let voted = try words("vote", "ok")
    let voters = try Set(lines("vote").map { $0[1] })
    #expect(voted.count == Set(voted).count)
    #expect(try sen.expect("poll results tot --field votes").hasPrefix("\(voters.count)\n"))

    let slugs = Set(try sen.expect("article list --field slug").split(separator: "\n").map(String.init))
    let made = slugs.filter { $0.hasPrefix("c-") }
    #expect(try made.isSuperset(of: words("create", "ok")))
    #expect(try made.isSubset(of: words("create", "ok") + words("create", "killed")))
    #expect(try made == Set(names("tag list --field title").filter { $0.hasPrefix("c-") }))
    #expect(slugs.filter { $0.hasPrefix("no-") }.isEmpty)
    #expect(try names("tag list --field title").filter { $0.hasPrefix("no-") }.isEmpty)

    let taken = try words("undo", "ok").filter { $0 != "made" }
    #expect(slugs.isDisjoint(with: taken))
    let kept = slugs.filter { $0.hasPrefix("u-") }
    #expect(try kept == kept.intersection(words("undo", "killed")))

    let imports = try lines("import").filter { $0[0] != "refused" }
    for line in imports {
      let count = try sen.expect("article list --filter 'byline=\"nhập \(line[1])\"' --format count")
      #expect(count == "150\n" || (count == "0\n" && line[0] == "killed"), "\(line): \(count)")
    }
    let summaries = try Set(names("article list --filter 'byline=\"loạt\"' --field summary"))
    #expect(summaries.count == 1)
    let last = try #require(try lines("bulk").lastIndex { $0[0] == "ok" })
    #expect(try summaries.isSubset(of: lines("bulk")[last...].map { $0[1] }))
    #expect(["0\n", "\(Self.long)\n"].contains(try sen.expect("page list --format count")))
  }

  private func names(_ command: String) throws -> [String] {
    try sen.expect(command).split(separator: "\n").map(String.init)
  }

  private func expectASoundSite() throws {
    let doctor = try sen.sh("\"$SEN\" site doctor")
    #expect(doctor.code == 0, "\(doctor.errors)")
    #expect(try sen.sh("\"$SEN\" backup verify").code == 0)
    for form in ["e.tar", "folder"] where FileManager.default.fileExists(atPath: "\(sen.folder)/\(form)") {
      try sen.expect("import archive \(form) --dry-run")
    }
    try sen.expectTheSameArchiveFromItsArchive()
  }

  private func tell(typed: Int) throws {
    let names = [
      "tag1", "tag2", "vote", "refused", "create", "bulk", "import", "undo", "long", "export", "backup",
      "photo", "read",
    ]
    print("\(Int(ManyProcessesTests.seconds)) s, \(names.count) processes, a console with \(typed) commands:")
    for name in names {
      let all = try lines(name)
      let longest = all.filter { $0[0] != "killed" }.compactMap { $0.last.flatMap { Int($0) } }.max() ?? 0
      let counts = ["ok", "killed", "refused"].map { end in "\(all.count { $0[0] == end }) \(end)" }
      print("  \(name): \(counts.joined(separator: ", ")), the longest \(longest) ms")
    }
    let reads = try lines("read").filter { $0[1] == "list-importing" }.compactMap { Int($0[2]) }
    print("  \(reads.count) lists while \(Self.long) pages came in, the longest \(reads.max() ?? 0) ms")
  }
}
