import Foundation
import Testing

/// Operations that are killed in the middle: the site is sound, and each is there whole or not at all.
///
/// `$SEN_KILLS` says how often; some times in `make test`, hundreds in `make soak`.
struct KilledOperationsTests {
  static let kills = KilledBackupTests.kills
  let sen: SenProgram

  init() throws { sen = try SenProgram() }

  private func write(_ count: Int, _ name: String, _ file: String) throws {
    let lines = (0..<count).map {
      #"{"type":"article","title":"\#(name) \#($0)","body":"một hai ba \#($0)","tags":["thẻ \#($0 % 7)"]}"#
    }
    try lines.joined(separator: "\n").write(
      toFile: "\(sen.folder)/\(file)", atomically: true, encoding: .utf8)
  }

  private func count(_ filter: String = "id>0") throws -> Int? {
    Int(try sen.expect("article list --filter '\(filter)' --format count").trimmingCharacters(in: .newlines))
  }

  private func seconds(_ command: String) throws -> Double {
    let started = Date()
    try sen.expect(command)
    return Date().timeIntervalSince(started)
  }

  /// Runs a command and kills it within the time that it takes; then the site has to be sound.
  private func kill(_ command: String, within seconds: Double) throws {
    SenProgram.kill(try sen.beginProgram(command), after: .random(in: 0...seconds))
    let doctor = try sen.sh("\"$SEN\" site doctor")
    #expect(doctor.code == 0, "\(doctor.errors)")
  }

  @Test func anImportAndTheUndoOfItAreWholeOrNot() throws {
    try write(300, "Có sẵn", "old.ndjson")
    try write(400, "Nhập", "new.ndjson")
    try sen.expect("import ndjson old.ndjson")
    let importing = try seconds("import ndjson new.ndjson")
    let undoing = try seconds("history undo")
    var (imports, undos) = (0, 0)
    for _ in 0..<Self.kills {
      try kill("import ndjson new.ndjson", within: importing)
      switch try count() {
      case 300: try sen.expect("import ndjson new.ndjson")
      case 700: imports += 1
      case let other: Issue.record("\(other ?? -1) articles after a killed import")
      }
      try kill("history undo", within: undoing)
      let newest = try sen.expect("history list --limit 1 --field command")
      switch try count() {
      case 300:
        undos += 1
        #expect(newest == "history undo\n")
      case 700:
        #expect(newest == "import ndjson new.ndjson\n")
        try sen.expect("history undo")
      case let other: Issue.record("\(other ?? -1) articles after a killed undo")
      }
    }
    if Self.kills > 20 {
      print(
        "\(Self.kills) killed imports, \(imports) of them done; \(Self.kills) killed undos, \(undos) of them done"
      )
    }
  }

  @Test func anImportIntoANewSiteIsWholeOrNot() throws {
    try write(400, "Nhập", "new.ndjson")
    let importing = try seconds("import ndjson new.ndjson")
    for number in 0..<Self.kills {
      try sen.expect("init new-\(number)")
      SenProgram.kill(
        try sen.beginProgram("--site new-\(number) import ndjson new.ndjson"),
        after: .random(in: 0...importing))
      let doctor = try sen.sh("\"$SEN\" --site new-\(number) site doctor")
      #expect(doctor.code == 0, "\(doctor.errors)")
      let articles = try sen.expect("--site new-\(number) article list --format count")
      #expect(["0\n", "400\n"].contains(articles))
      let operations = try sen.expect("--site new-\(number) history list --format count")
      #expect(operations == (articles == "0\n" ? "0\n" : "1\n"))
      try FileManager.default.removeItem(atPath: "\(sen.folder)/new-\(number)")
    }
  }

  @Test func aChangeOfManyIsWholeOrNot() throws {
    try write(400, "Có sẵn", "old.ndjson")
    try sen.expect("import ndjson old.ndjson")
    let changing = try seconds("article set --filter 'id>0' summary=đầu --yes")
    var last = "đầu"
    for number in 0..<Self.kills {
      try kill("article set --filter 'id>0' 'summary=lần \(number)' --yes", within: changing)
      let newest = try sen.expect("history list --limit 1 --field command")
      switch try count("summary=\"lần \(number)\"") {
      case 400:
        last = "lần \(number)"
        #expect(newest.contains(last))
      case 0:
        #expect(try count("summary=\"\(last)\"") == 400)
        #expect(newest.contains(last))
      case let other: Issue.record("\(other ?? -1) of 400 articles were changed")
      }
    }
  }

  @Test func anExportIsAbsentOrTheOldOneOrTheNewOne() throws {
    try write(400, "Có sẵn", "old.ndjson")
    try sen.expect("import ndjson old.ndjson")
    for form in ["a.tar", "folder"] {
      let exporting = try seconds("export archive --to \(form)")
      var (absent, old, new) = (0, 0, 0)
      for number in 0..<Self.kills {
        // Every third time there is none to be replaced.
        _ = try sen.sh("rm -rf before \(number.isMultiple(of: 3) ? form : "")")
        if !number.isMultiple(of: 3) { try sen.expect("export archive --to \(form)") }
        let hadOne = try sen.sh("cp -r \(form) before").code == 0
        try sen.expect("article set @last 'summary=lần \(number)'")
        SenProgram.kill(
          try sen.beginProgram("export archive --to \(form)"), after: .random(in: 0...exporting))
        guard FileManager.default.fileExists(atPath: "\(sen.folder)/\(form)") else {
          #expect(!hadOne)
          absent += 1
          continue
        }
        try sen.expect("export archive --to whole-\(form)")
        let isOld = try sen.sh("diff -r \(form) before").code == 0
        let isNew = try sen.sh("diff -r \(form) whole-\(form)").code == 0
        if isOld { old += 1 } else if isNew { new += 1 }
        #expect(isOld || isNew, "after kill \(number) \(form) is neither the old one nor the new one")
        // Whatever it is, it can be read.
        try sen.expect("import archive \(form) --dry-run")
      }
      if Self.kills > 20 {
        print("\(form): \(absent) times absent, \(old) times the old one, \(new) times the new one")
      }
    }
  }

  @Test func photosComeInOneByOneWithTheirFiles() throws {
    try sen.expect("photo generate --count 6 --seed 3")
    try FileManager.default.createDirectory(atPath: "\(sen.folder)/photos", withIntermediateDirectories: true)
    let media = try FileManager.default.subpathsOfDirectory(atPath: "\(sen.site)/media").filter {
      $0.hasSuffix(".jpg")
    }
    for (index, name) in media.enumerated() {
      try FileManager.default.copyItem(
        atPath: "\(sen.site)/media/\(name)", toPath: "\(sen.folder)/photos/\(index).jpg")
    }
    #expect(media.count >= 3)
    try sen.expect("photo delete --filter 'id>0' --force --yes")
    try sen.expect("media prune --all --yes")
    try sen.expect("photo orphans --prune --all --yes")
    let importing = try seconds("photo import photos --decorative")
    for _ in 0..<Self.kills {
      try sen.expect("photo delete --filter 'id>0' --force --yes")
      try kill("photo import photos --decorative", within: importing)
      let there = Int(try sen.expect("photo list --format count").trimmingCharacters(in: .newlines))
      #expect((0...media.count).contains(there ?? -1))
      // What came in is not brought in twice.
      try sen.expect("photo import photos --decorative --skip-duplicates")
      #expect(try sen.expect("photo list --format count") == "\(media.count)\n")
    }
  }
}
