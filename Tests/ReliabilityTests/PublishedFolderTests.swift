import Foundation
import SenTesting
import Testing

/// A published tree and what others do with it, or with the site, meanwhile.
struct PublishedFolderTests {
  @Test func aNoticeOfOnesOwnStays() throws {
    let sen = try SenProgram()
    try sen.expect("publish tree")
    try Data("MINE".utf8).write(to: URL(filePath: "\(sen.folder)/tree/404.html"))
    try sen.expect("config set title B")
    let ended = try sen.sh("\"$SEN\" publish tree")
    #expect(ended.code == 7)
    #expect((ended.output + ended.errors).contains("404.html"))
    #expect(try sen.sh("cat tree/404.html").output == "MINE")
    // Taken away, Sen's comes back.
    #expect(try sen.sh("rm tree/404.html").code == 0)
    try sen.expect("publish tree")
    #expect(try sen.sh("grep -c '<html' tree/404.html").output == "1\n")
  }

  /// What a run that was killed has written stays as it is, with its time.
  @Test func whatIsThereIsNotWrittenAgain() throws {
    let sen = try SenProgram()
    try sen.expect("article create A --state published")
    try sen.expect("publish tree")
    #expect(
      try sen.sh(
        """
        sqlite3 tree/.sen/published.db 'UPDATE file SET pending = 1'
        find tree -name '*.html' -exec touch -d 2020-01-01 {} +; echo x >> tree/article/a/index.html
        """
      ).code == 0)
    try sen.expect("publish tree")
    #expect(
      try sen.sh("find tree -name '*.html' -newermt 2021-01-01").output == "tree/article/a/index.html\n")
    #expect(try sen.sh("tail -1 tree/article/a/index.html").output != "x\n")
  }

  @Test func whoeverEditsMeanwhileHindersNoPublishing() throws {
    let sen = try SenProgram()
    try sen.expect("article create A --state published")
    let editor = try sen.begin(
      "i=0; while [ ! -e stop ]; do i=$((i+1)); \"$SEN\" -q article set a summary=v$i; done", "editor")
    defer { if editor.isRunning { editor.terminate() } }
    for _ in 0..<10 { try sen.expect("publish tree") }
    #expect(try sen.sh("touch stop").code == 0)
    editor.waitUntilExit()
    try sen.expect("publish tree")
    try sen.expect("publish fresh")
    let kept = try FolderContents.read("\(sen.folder)/tree", except: ".sen")
    #expect(try FolderContents.read("\(sen.folder)/fresh", except: ".sen") == kept)
  }

  @Test func aListThatCannotBeWrittenIsNoConflict() throws {
    let sen = try SenProgram()
    try sen.expect("publish tree")
    try sen.expect("config set title B")
    let ended = try sen.sh("ulimit -f 1; \"$SEN\" publish tree")
    #expect(ended.code == 1, "\(ended.errors)")
    try sen.expect("publish tree")
  }
}
