import Foundation
import Testing

/// Backups that are made and restored while others work and processes are killed.
///
/// `$SEN_KILLS` says how often; some times in `make test`, hundreds in `make soak`.
struct KilledBackupTests {
  static let kills = ProcessInfo.processInfo.environment["SEN_KILLS"].flatMap { Int($0) } ?? 8
  let sen: SenProgram

  init() throws {
    sen = try SenProgram()
    for index in 0..<20 {
      try Data((0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* (index + 7)) })
        .write(to: URL(filePath: "\(sen.folder)/\(index).bin"))
    }
    try sen.expect("media add \((0..<20).map { "\($0).bin" }.joined(separator: " "))")
    try sen.expect("article generate --count 300 --seed 1")
  }

  /// How long a command takes at least when nobody kills it, in seconds: later kills would come too late.
  private func duration(_ command: String) throws -> Double {
    try (0..<3).map { _ in
      let started = Date()
      try sen.expect(command)
      return Date().timeIntervalSince(started)
    }.min() ?? 0
  }

  @Test func aBackupIsThereWholeOrNotAtAll() throws {
    let whole = try duration("backup create")
    var random = SystemRandomNumberGenerator()
    for kill in 0..<Self.kills {
      try sen.expect("article create 'Tin \(kill)'")
      let process = try sen.beginProgram("backup create")
      SenProgram.kill(process, after: .random(in: 0...whole, using: &random))
      let verified = try sen.sh("\"$SEN\" backup verify --format csv")
      #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
    }
    try sen.expect("backup create")
    let left = try FileManager.default.contentsOfDirectory(atPath: "\(sen.site)/backups")
    #expect(left.filter { $0.hasPrefix(".") } == [".sen-backups"])
  }

  @Test func aRestoredSiteIsTheOldOrTheNewOne() throws {
    let other = "\"$SEN\" --site \(sen.site)"
    try sen.expect("backup create --note ba-trăm")
    let backup = try sen.expect("backup list --field backup").trimmingCharacters(in: .newlines)
    let saved = try sum("saved")
    try sen.expect("article generate --count 200 --seed 2")
    let present = try sum("present")
    let whole = try duration("backup restore \(backup) --yes")
    #expect(try sum("restored") == saved)
    try removeLaterBackups()
    var (untouched, restored) = (0, 0)
    for kill in 0..<Self.kills {
      // Back to what was there, from what the first restoring has kept.
      try sen.expect("backup restore before-restore --yes")
      try sen.expect("backup list --field backup")
      let process = try sen.beginProgram("backup restore \(backup) --yes")
      SenProgram.kill(process, after: .random(in: 0...whole))
      let doctor = try sen.sh("\(other) site doctor")
      #expect(doctor.code == 0, "\(doctor.errors)")
      if kill % 4 == 3 { try sen.expect("site doctor --fix") }
      switch try sum("after-\(kill)") {
      case saved: restored += 1
      case present: untouched += 1
      default: Issue.record("after kill \(kill) the site is neither")
      }
      // Only the first kept backup is to be found by its beginning.
      try sen.expect("backup verify --format count")
      try removeLaterBackups()
    }
    #expect(untouched + restored == Self.kills)
    if Self.kills > 20 {
      print("after \(Self.kills) kills: \(untouched) times untouched, \(restored) times restored")
    }
  }

  /// Leaves the first two backups.
  private func removeLaterBackups() throws {
    for name in try sen.expect("backup list --field backup").split(separator: "\n").dropFirst(2) {
      try FileManager.default.removeItem(atPath: "\(sen.site)/backups/\(name)")
    }
  }

  /// The content of the site, as its archive.
  private func sum(_ name: String) throws -> Data {
    try sen.expect("export archive --to \(sen.folder)/\(name).tar")
    defer { unlink("\(sen.folder)/\(name).tar") }
    return try Data(contentsOf: URL(filePath: "\(sen.folder)/\(name).tar"))
  }

  @Test func aBackupIsOfOneMomentWhoeverWrites() throws {
    // Each import brings two articles, so that an odd number was never there.
    let pair = #"printf '{"type":"article","title":"Một"}\n{"type":"article","title":"Hai"}\n'"#
    let writer = try sen.begin(
      "i=0; while [ ! -f stop ]; do \(pair) | \"$SEN\" import ndjson - || exit 1; i=$((i+1)); done; echo $i",
      "writer")
    let restorer = try sen.begin(
      "while [ ! -f stop ]; do \"$SEN\" backup restore @last --yes || [ $? = 3 ] || exit 1; done", "restorer")
    for _ in 0..<4 { try sen.expect("backup create") }
    try Data().write(to: URL(filePath: "\(sen.folder)/stop"))
    writer.waitUntilExit()
    restorer.waitUntilExit()
    let errors = try (sen.text("writer.errors").suffix(500), sen.text("restorer.errors").suffix(500))
    #expect(writer.terminationStatus == 0, "\(errors.0)")
    #expect(restorer.terminationStatus == 0, "\(errors.1)")
    let items = try sen.expect("backup list --field items").split(separator: "\n").compactMap { Int($0) }
    #expect(items.count >= 4)
    #expect(Set(items.map { $0 % 2 }).count == 1, "\(items)")
    try sen.expect("backup verify --format count")
    try sen.expect("site doctor")
  }
}
