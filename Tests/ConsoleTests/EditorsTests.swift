import Foundation
import SenTesting
import Testing

/// Two people at work on one item, each in a program and on a terminal of their own.
@Suite("Two editors at once", .enabled(if: BuiltProgram.path != nil, "the program sen was not built"))
struct EditorsTests {
  private let portal: Portal
  private var home: String { portal.folder.path }

  init() throws { portal = try Portal() }

  /// An editor that says that it is open, and does its work only when it is told to. It keeps what it was shown.
  /// - Parameters:
  ///   - first: a command on `$1`.
  ///   - then: another, for every further time that it opens; it waits no more.
  private func editor(_ name: String, _ first: String, then: String = "true") throws -> [String: String] {
    let script = try portal.folder.script(
      "editor-\(name)",
      """
      if [ ! -e "$HOME/shown-\(name)" ]; then
        cp "$1" "$HOME/shown-\(name)"
        echo "open \(name)" > /dev/tty
        while [ ! -e "$HOME/go-\(name)" ]; do sleep 0.02; done
        \(first)
      else
        cp "$1" "$HOME/again-\(name)"
        \(then)
      fi
      """)
    return ["EDITOR": script, "SEN_USER": name]
  }

  private func go(_ name: String) throws { try portal.folder.file("go-\(name)", "") }

  private func field(_ name: String) throws -> String {
    try portal.sh("\"$SEN\" article show 4 --field \(name)").output
  }

  private func drafts() throws -> [String] {
    let folder = "\(portal.state)/sen/drafts"
    return try FileManager.default.subpathsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".md") }.map { "\(folder)/\($0)" }.sorted()
  }

  @Test("One saves the title, the other the body: both are there")
  func bothAreThere() throws {
    let lan = try portal.console(try editor("lan", "sed -i 's/^title: .*/title: Hả hê được mùa lúa/' \"$1\""))
    let hoa = try portal.console(try editor("hoa", "echo 'Một mùa vàng.' >> \"$1\""))
    try lan.enter("article edit 4")
    try lan.show("open lan")
    // The draft of the one is no left one to the other.
    try hoa.enter("article edit 4")
    try hoa.show("open hoa")
    #expect(try drafts().count == 2)
    try go("lan")
    try lan.show("Saved article 4")
    try go("hoa")
    try hoa.show("lan changed it meanwhile (version 2); merged, yours: body; theirs: title")
    try hoa.show("Saved article 4")
    #expect(try field("title") == "Hả hê được mùa lúa\n")
    #expect(try field("body") == "Một mùa vàng.\n\n")
    #expect(try drafts().isEmpty)
    #expect(try portal.sh("\"$SEN\" article revisions 4 --field by").output == "lan\nlan\nhoa\n")
  }

  @Test("Both change the same line: the second sees both, and the first stays as it is until that is settled")
  func theSecondSettlesIt() throws {
    let lan = try portal.console(try editor("lan", "sed -i 's/^title: .*/title: Của Lan/' \"$1\""))
    let hoa = try portal.console(
      try editor("hoa", "sed -i 's/^title: .*/title: Của Hoa/' \"$1\"; echo 'Thân bài' >> \"$1\""))
    try lan.enter("article edit 4")
    try lan.show("open lan")
    try hoa.enter("article edit 4")
    try hoa.show("open hoa")
    try go("lan")
    try lan.show("Saved article 4")
    try go("hoa")
    try hoa.show("lan changed article 4 meanwhile (version 2), and so did you: title")
    try hoa.line("site>")
    let shown = try contents("\(home)/again-hoa")
    #expect(shown.hasPrefix("# ! lan changed article 4 meanwhile"))
    #expect(
      shown.contains(
        """
        <<<<<<< yours
        title: Của Hoa
        ||||||| version 1
        title: Hả hê được mùa
        ======= version 2, by lan
        title: Của Lan
        >>>>>>> end

        """))
    #expect(shown.hasSuffix("Thân bài\n"))
    #expect(try field("title") == "Của Lan\n")
    #expect(try field("body") == "\n")

    // The text was kept; now it is settled.
    _ = try portal.folder.script(
      "editor-hoa", "sed -i -e '/^<<<<<<< /d' -e '/^||||||| /,/^>>>>>>> /d' \"$1\"")
    try hoa.enter("article edit 4 --resume")
    try hoa.show("Saved article 4")
    #expect(try field("title") == "Của Hoa\n")
    #expect(try field("body") == "Thân bài\n\n")
    #expect(try drafts().isEmpty)
  }

  @Test("A conflict that is given up ends a one-liner with 5, at a terminal and without one")
  func conflictsEndWithFive() throws {
    let environment = try editor("hoa", "sed -i 's/^title: .*/title: Của Hoa/' \"$1\"")
    let hoa = try Terminal(
      [try #require(BuiltProgram.path), "article", "edit", "4"], environment: portal.environment(environment),
      folder: portal.site)
    try hoa.show("open hoa")
    try portal.sh("\"$SEN\" article edit 4 --print > ../bai.md; \"$SEN\" article set 4 title='Của Lan'")
    try go("hoa")
    #expect(try hoa.exitCode() == 5)
    #expect(try field("title") == "Của Lan\n")
    #expect(try drafts().count == 1)

    let from = try portal.sh(
      "sed -i 's/^title: .*/title: Của máy/' ../bai.md; \"$SEN\" article edit 4 --from ../bai.md")
    #expect(from.code == 5)
    #expect(from.output.isEmpty)
    #expect(from.errors.contains("  theirs  Của Lan\n"))
    #expect(from.errors.contains("  yours   Của máy\n"))
    #expect(try field("title") == "Của Lan\n")
    // What collided is kept beside what was kept before.
    #expect(try drafts().count == 2)
    #expect(try contents(drafts()[1]).contains("title: Của máy\n"))
    #expect(try portal.sh("\"$SEN\" article set 4 title=X --if-version 1").code == 5)
  }

  @Test("The draft of a program that was killed is offered, the one of a program that runs is not")
  func onlyLeftDraftsAreOffered() throws {
    let killed = try portal.console(try editor("lan", "true"))
    try killed.enter("article edit 4")
    try killed.show("open lan")
    let running = try portal.console(try editor("hoa", "true"))
    try running.enter("article edit 4")
    try running.show("open hoa")
    killed.signal(SIGKILL)
    _ = try killed.exitCode()
    let third = try portal.console(["EDITOR": "true"])
    try third.enter("article edit 4")
    try third.show("Your last edit of it was not saved. Continue it?")
    try third.type("n\r")
    try third.show("article-4.md")
    try third.enter("article edit 4 --discard")
    try third.show("Nothing was changed")
    try third.enter("article edit 4 --resume")
    try third.show("There is no unfinished edit")
    #expect(try drafts().map { $0.split(separator: "/").last } == ["article-4~2.md"])
    try go("hoa")
    try running.show("Nothing was changed")
    #expect(try drafts().isEmpty)
  }
}
