import Foundation
import Testing

/// A server with its visitors and twelve processes at work on one site, each of which writes down what it was told to have done; afterwards all of
/// that has to be there, and nothing else.
///
/// `$SEN_SOAK` says for how many seconds; a few in `make test`, minutes in `make soak`.
struct ManyProcessesTests {
  static let seconds = ProcessInfo.processInfo.environment["SEN_SOAK"].flatMap { Double($0) } ?? 5
  let sen: SenProgram

  init() throws { sen = try SenProgram() }

  /// A loop of the shell until the file `stop` is there. `try_ COMMAND…` runs the program, and writes what went wrong
  /// into `failures`; `ok WORD` notes what was acknowledged.
  private func loop(_ name: String, _ body: String) throws -> Process {
    let functions = """
      try_() { "$SEN" "$@" > \(name).said 2> \(name).errors || { r=$?; echo "\(name): $* ($r): $(cat \(name).errors)" >> failures; return $r; }; }
      ok() { echo "$1" >> \(name).ok; }
      : > \(name).ok; i=0
      while [ ! -e stop ]; do i=$((i+1)); \(body); done
      """
    return try sen.begin(functions, name)
  }

  /// The first import writes without the write-ahead log.
  @Test func whoComesWhileANewSiteIsFilledWaits() throws {
    let lines = (0..<5000).map { #"{"type":"article","title":"Nhập \#($0)"}"# }.joined(separator: "\n")
    try lines.write(toFile: "\(sen.folder)/all.ndjson", atomically: true, encoding: .utf8)
    let importing = try sen.begin("exec \"$SEN\" import ndjson all.ndjson", "import")
    // It has the site for itself from the beginning, and is held up in it.
    while try sen.sh("sqlite3 site/site.db 'PRAGMA journal_mode'").output != "delete\n" {
      try #require(importing.isRunning, "it was done too soon")
    }
    kill(importing.processIdentifier, SIGSTOP)
    let commands = ["article list --format count", "article create 'Bài mới'", "site info", "backup create"]
    let others = try commands.enumerated().map { try sen.begin("\"$SEN\" \($1)", "other-\($0)") }
    usleep(700_000)
    #expect(others.allSatisfy { $0.isRunning })
    kill(importing.processIdentifier, SIGCONT)
    for process in [importing] + others { process.waitUntilExit() }
    let all = [(importing, "import")] + others.enumerated().map { ($1, "other-\($0)") }
    for (process, name) in all {
      let errors = try sen.text("\(name).errors")
      #expect(process.terminationStatus == 0, "\(name): \(errors)")
    }
    #expect(try sen.expect("article list --format count") == "5001\n")
  }

  /// Whoever writes into a pipe may take their time; nobody else waits for that.
  @Test func slowPipesKeepNobodyFromWriting() throws {
    try sen.expect("article create A1")
    try sen.expect("export archive --to own.tar")
    try sen.expect("category create C1")
    try sen.expect("category create C2")
    try #"{"type":"category","title":"N1"}"#.write(
      toFile: "\(sen.folder)/n1", atomically: true, encoding: .utf8)
    try "Mô tả".write(toFile: "\(sen.folder)/text", atomically: true, encoding: .utf8)
    try "2 3".write(toFile: "\(sen.folder)/ids", atomically: true, encoding: .utf8)
    let slow = "{ until [ -e go ]; do sleep 0.05; done; cat"
    let waiting = try [
      "mkfifo pipe; \(slow) n1; } > pipe & \"$SEN\" import ndjson pipe",
      "\(slow) own.tar; } | \"$SEN\" import archive -",
      "\(slow) text; } | \"$SEN\" category set c1 c2 description=-",
      "\(slow) ids; } | \"$SEN\" category set - position=7",
      "\(slow) text; } | \"$SEN\" category create C3 --description -",
    ].enumerated().map { try sen.begin($1, "slow-\($0)") }
    usleep(1_000_000)
    // Whoever held the site up would hold it for longer than anybody waits.
    try sen.expect("category set c1 slug=c0")
    try sen.expect("category set c0 slug=c1")
    #expect(waiting.allSatisfy { $0.isRunning })
    try "".write(toFile: "\(sen.folder)/go", atomically: true, encoding: .utf8)
    for (number, process) in waiting.enumerated() {
      process.waitUntilExit()
      let errors = try sen.text("slow-\(number).errors")
      #expect(process.terminationStatus == 0, "\(number): \(errors)")
    }
    let told = try sen.expect("category list --sort slug --format csv --fields slug,description,position")
    #expect(told == "slug,description,position\nc1,Mô tả,7\nc2,Mô tả,7\nc3,Mô tả,\nn1,\"\",\n", "\(told)")
  }

  @Test func nothingIsLostAndNobodyIsTurnedAway() throws {
    try sen.expect("article create 'Hội nghị'")
    try sen.expect("poll create 'Tốt không?' --option Tốt --option Chưa --state published --slug tot")
    let lines = (0..<150).map {
      #"{"type":"article","title":"Nhập NUMBER-\#($0)","body":"một hai ba","tags":["nhập"]}"#
    }
    try lines.joined(separator: "\n").write(
      toFile: "\(sen.folder)/all.ndjson", atomically: true, encoding: .utf8)
    try "".write(toFile: "\(sen.folder)/failures", atomically: true, encoding: .utf8)

    var loops: [Process] = []
    for name in ["tag1", "tag2", "tag3"] {
      loops.append(try loop(name, "try_ article set hoi-nghi tags+=\(name)-$i && ok \(name)-$i"))
    }
    for name in ["vote1", "vote2"] {
      loops.append(try loop(name, "try_ poll vote tot --option 1 --voter \(name)-$i && ok $i"))
    }
    loops.append(
      try loop(
        "script",
        #"printf "article create 'Kịch bản $i-a'\narticle create 'Kịch bản $i-b'\n" | try_ && { ok $i-a; ok $i-b; }"#
      ))
    loops.append(
      try loop(
        "import",
        #"sed "s/NUMBER/$i/" all.ndjson > one.ndjson; try_ import ndjson one.ndjson --quiet && ok $i"#))
    loops.append(try loop("export", "try_ export archive --to e.tar && ok $i"))
    loops.append(
      try loop("backup", "try_ backup create && try_ backup prune --keep 2 --yes && ok $i; sleep 0.3"))
    loops.append(
      try loop(
        "undo",
        """
        export SEN_USER=undoer; try_ article create "Bỏ $i" && try_ history undo && ok $i; \
        [ $((i % 2)) = 0 ] || { try_ history redo && ok "there $i"; }
        """))
    loops.append(try loop("job", "try_ job run --due && ok $i; sleep 0.2"))
    loops.append(
      try loop(
        "read",
        #"from=$(date +%s%N); try_ article list --limit 20 && ok $((($(date +%s%N) - from) / 1000000))"#))
    let visitors = try ServedVisitors(sen, poll: "tot")
    Thread.sleep(forTimeInterval: Self.seconds)
    let (visits, serverStatus) = visitors.stop()
    try "".write(toFile: "\(sen.folder)/stop", atomically: true, encoding: .utf8)
    for process in loops { process.waitUntilExit() }

    #expect(try sen.text("failures") == "")
    #expect(visits.failures == [])
    #expect(serverStatus == 0)
    #expect(try !sen.text("serve.errors").contains("sen:"))
    func acknowledged(_ name: String) throws -> [String] {
      try sen.text("\(name).ok").split(separator: "\n").map(String.init)
    }
    let tags = Set(
      try sen.expect("article show hoi-nghi --field tags").split { ", \n".contains($0) }.map(String.init))
    #expect(try tags == Set(["tag1", "tag2", "tag3"].flatMap(acknowledged)))
    let votes = try acknowledged("vote1").count + acknowledged("vote2").count + visits.votes
    #expect(try sen.expect("poll results tot --field votes").hasPrefix("\(votes)\n"))
    let titles = Set(
      try sen.expect("article list --field title").split(separator: "\n").map(String.init))
    let scripts = try acknowledged("script").map { "Kịch bản \($0)" }
    let imports = try acknowledged("import").flatMap { number in (0..<150).map { "Nhập \(number)-\($0)" } }
    let undone = try acknowledged("undo").filter { $0.hasPrefix("there ") }.map { "Bỏ \($0.dropFirst(6))" }
    #expect(titles == Set(["Hội nghị"] + scripts + imports + undone))
    #expect(
      try sen.expect("article list --format count") == "\(1 + scripts.count + imports.count + undone.count)\n"
    )

    #expect(try sen.sh("\"$SEN\" site doctor").code == 0)
    #expect(try sen.sh("\"$SEN\" backup verify").code == 0)
    try sen.expectTheSameArchiveFromItsArchive()
    if Self.seconds > 20 {
      let reads = try acknowledged("read").compactMap { Int($0) }
      print(
        """
        \(Int(Self.seconds)) s, 12 processes and a server: \(tags.count) tags on one article, \(votes) votes, \(imports.count / 150) \
        imports, \(scripts.count) articles by scripts, \(try acknowledged("undo").count) undos and redos, \
        \(try acknowledged("export").count) exports, \(try acknowledged("backup").count) backups, \(reads.count) lists \
        (the longest \(reads.max() ?? 0) ms), \(visits.votes) votes and \(visits.pages) pages by HTTP (the longest \
        \(Int(visits.longest * 1000)) ms); refused or lost: none
        """)
    }
  }
}
