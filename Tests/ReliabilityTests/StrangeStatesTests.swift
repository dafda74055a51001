import Foundation
import SenTesting
import Testing

/// States that no Sen has made: other programs, full disks and failing ones have.
struct StrangeStatesTests {
  private func sql(_ statement: String, _ sen: SenProgram) throws {
    let ended = try sen.sh("sqlite3 site/site.db \"\(statement)\"")
    #expect(ended.code == 0, "\(ended.errors)")
  }

  @Test func fieldsOfAnItemOfAnUnknownTypeAreKept() throws {
    let sen = try SenProgram()
    try sen.expect("article create A --body 'Lời dài'")
    try sen.expect("article create B --body 'Lời khác'")
    try sql("UPDATE item SET type = 'foo' WHERE id = 1; UPDATE item SET type = 'page' WHERE id = 2", sen)
    let told = try sen.sh("\"$SEN\" site doctor")
    #expect(told.code == 7)
    #expect((told.output + told.errors).contains("foo 1 has the fields of a article; it becomes one"))
    try sen.expect("site doctor --fix")
    #expect(try sen.expect("article list --sort id --field body") == "Lời dài\nLời khác\n")
    try sen.expect("site doctor")
    try sql("DELETE FROM article WHERE itemId = 1; UPDATE item SET type = 'foo' WHERE id = 1", sen)
    let strange = try sen.sh("\"$SEN\" site doctor --fix")
    #expect(strange.code == 7)
    #expect((strange.output + strange.errors).contains("item 1 is of the type “foo”, which there is not"))
  }

  /// What is read from a damaged page need not keep the rules of its table.
  @Test func aRowThatBreaksARuleKeepsNoBackupAway() throws {
    let sen = try SenProgram()
    try sen.expect("article create A")
    try sen.expect("backup create")
    // The rows of a page are at its end.
    let zeroed = try sen.sh(
      """
      sqlite3 site/site.db 'PRAGMA wal_checkpoint(TRUNCATE)'
      page=$(sqlite3 site/site.db "SELECT max(pageno) FROM dbstat WHERE name = 'item' AND pagetype = 'leaf'")
      dd if=/dev/zero of=site/site.db bs=4096 seek=$((2 * page - 1)) count=1 conv=notrunc
      """)
    #expect(zeroed.code == 0, "\(zeroed.errors)")
    try sen.expect("backup restore @last --yes")
    #expect(try sen.expect("article list --field title") == "A\n")
    try sen.expect("site doctor")
  }

  @Test func aKeyThatAFullDiskHasLeftEmptyIsMadeAnew() throws {
    let sen = try SenProgram()
    try sen.expect("article create A --state draft")
    #expect(FileManager.default.createFile(atPath: "\(sen.site)/site.key", contents: Data()))
    try sen.expect("article preview a")
    let key = try Data(contentsOf: URL(filePath: "\(sen.site)/site.key"))
    #expect(key.count == 32)
    #expect(try sen.sh("stat -c %a site/site.key").output == "600\n")
    try sen.expect("article preview a")
    #expect(try Data(contentsOf: URL(filePath: "\(sen.site)/site.key")) == key)
  }

  @Test(arguments: ["mkfifo", "mkdir"])
  func whatIsNoFileInThePlaceOfOneIsTold(making: String) throws {
    let sen = try SenProgram()
    try sen.expect("photo generate --count 1")
    let name = try sen.expect("photo show 1 --field file").dropLast()
    let path = "site/media/\(name.prefix(2))/\(name)"
    #expect(try sen.sh("rm \(path) && \(making) \(path)").code == 0)
    let told = try sen.sh("timeout 20 \"$SEN\" site doctor")
    #expect(told.code == 7, "\(told.errors)")
    #expect((told.output + told.errors).contains("what is no file is in its place"))
    let exported = try sen.sh("timeout 20 \"$SEN\" export archive --to a.tar")
    #expect(exported.code != 124 && exported.code != 0, "\(exported.errors)")
    #expect(try sen.sh("rm -r site/media && touch site/media").code == 0)
    #expect(try sen.sh("timeout 20 \"$SEN\" site doctor").code == 7)
  }

  @Test func numbersBeyondAllHinderNoPage() throws {
    let sen = try SenProgram()
    try sen.expect("album create A --state published")
    try sen.expect("photo generate --count 1")
    try sen.expect("photo set 2 state=published album=a")
    for value in ["1e308", "-1e308"] {
      try sql("UPDATE photo SET focalX = \(value), focalY = \(value)", sen)
      try sen.expect("publish tree --all")
    }
  }

  @Test func sizesThatAreNoPicturesAreMadeAnew() throws {
    let sen = try SenProgram()
    try sen.expect("photo generate --count 1")
    try sen.expect("photo set 1 state=published")
    try sen.expect("publish tree")
    #expect(try sen.sh("for f in site/derived/*/*; do echo x > $f; done").code == 0)
    try sen.expect("publish tree --all")
    #expect(try sen.sh("grep -lx x site/derived/*/*").output == "")
  }

  @Test func aSettingThatIsNoLanguageIsRefused() throws {
    let sen = try SenProgram()
    let ended = try sen.sh("\"$SEN\" config set language '\"><script>'")
    #expect(ended.code == 4)
    #expect(ended.errors.contains("is no language"))
  }

  /// Lists and numbers beside items are looked at as those of items are.
  @Test func whatNoPluginWouldHaveWrittenIsMended() throws {
    let sen = try SenProgram()
    try sen.expect("poll create P --option x --option y --state published")
    try sen.expect("poll vote p --option 1 --voter an")
    try sen.expect("poll vote p --option 2 --voter binh")
    try sen.expect("link create L --url https://a.example --state published")
    try sen.expect("link follow l")
    try sql(
      """
      UPDATE pollBallot SET choices = '[' WHERE voter = 'an';
      UPDATE linkClick SET clicks = 9223372036854775807
      """, sen)
    let told = try sen.sh("\"$SEN\" site doctor")
    #expect(told.code == 7)
    #expect((told.output + told.errors).contains("choices is “[”, which is not a list of texts"), "\(told)")
    try sen.expect("site doctor --fix")
    try sen.expect("site doctor")
    try sen.expect("poll results p")
    try sen.expect("publish tree")
    try sen.expectTheSameArchiveFromItsArchive()
  }

  /// Another program that writes, and has found no write-ahead log, keeps the site from being opened; but not for ever.
  @Test func whoeverHoldsASiteAtRestIsNotWaitedForWithoutEnd() throws {
    let sen = try SenProgram()
    try sen.expect("article create A")
    try sql("PRAGMA wal_checkpoint(TRUNCATE)", sen)
    let holder = try sen.begin(
      """
      (echo 'BEGIN IMMEDIATE;'; touch held; while [ ! -e done ]; do sleep 0.2; done) | sqlite3 site/site.db
      """, "holder")
    defer { if holder.isRunning { holder.terminate() } }
    #expect(try sen.sh("while [ ! -e held ]; do sleep 0.1; done; sleep 1").code == 0)
    let ended = try sen.sh("timeout 150 \"$SEN\" article list")
    #expect(ended.code == 1, "\(ended)")
    #expect(ended.errors.contains("Another process is writing to the site"), "\(ended.errors)")
    #expect(try sen.sh("touch done").code == 0)
    holder.waitUntilExit()
    #expect(try sen.expect("article list --field title") == "A\n")
  }
}
