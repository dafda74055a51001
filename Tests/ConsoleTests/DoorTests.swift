import Foundation
import SenTesting
import Testing

/// Commands through the doors of the real program: the editor, questions, pagers, pipes and files.
@Suite("The doors", .enabled(if: BuiltProgram.path != nil, "the program sen was not built"))
struct DoorTests {
  private let portal: Portal

  init() throws { portal = try Portal() }

  /// An editor that does one thing the first time and another the second, and keeps what it was shown.
  private func editor(_ first: String, _ second: String) throws -> [String: String] {
    let script = try portal.folder.script(
      "editor",
      """
      n=$(ls "$HOME"/shown-* 2>/dev/null | wc -l)
      cp "$1" "$HOME/shown-$n"
      if [ "$n" = 0 ]; then \(first); else \(second); fi
      """)
    return ["EDITOR": script]
  }

  @Test("Invalid input opens again with the complaints on top, and nothing typed is lost")
  func editorLoop() throws {
    let environment = try editor(
      "sed -i 's/^state: .*/state: nonsense/' \"$1\"; echo 'Gõ bằng tay ệ' >> \"$1\"",
      "sed -i 's/^state: .*/state: review/' \"$1\"")
    let terminal = try portal.console(environment)
    try terminal.enter("article edit 4")
    try terminal.show("Saved article 4")
    try terminal.line("site>")
    let shown = try contents("\(portal.folder.path)/shown-1")
    #expect(shown.hasPrefix("# ! "))
    #expect(shown.split(separator: "\n")[0].contains("nonsense"))
    #expect(shown.contains("\nstate: nonsense"))
    #expect(shown.hasSuffix("Gõ bằng tay ệ\n"))
    #expect(try portal.sh("\"$SEN\" article show 4 --field state").output == "review\n")
    #expect(try portal.sh("\"$SEN\" article show 4 --field body").output.contains("Gõ bằng tay ệ"))
    #expect(try drafts().isEmpty)
  }

  @Test("An editor that fails keeps the text, which is taken up later")
  func failedEditorKeepsTheText() throws {
    let environment = try editor("echo 'Chưa xong' >> \"$1\"; exit 1", "echo 'xong' >> \"$1\"")
    let terminal = try portal.console(environment)
    try terminal.enter("article edit 4")
    try terminal.show("ended with 1")
    try terminal.line("site>")
    #expect(try drafts().count == 1)
    for draft in try drafts() { #expect(try mode(draft) == 0o600) }
    try terminal.enter("article edit 4 --resume")
    try terminal.show("Saved article 4")
    try terminal.line("site>")
    #expect(try portal.sh("\"$SEN\" article show 4 --field body").output.contains("Chưa xong\nxong"))
    #expect(try drafts().isEmpty)
  }

  @Test("Ctrl-C in the editor is the editor's")
  func interruptInTheEditor() throws {
    let environment = try editor(
      "trap 'echo caught >> \"$1\"; exit 0' INT; echo waiting > /dev/tty; while :; do sleep 0.05; done",
      "true")
    let terminal = try portal.console(environment)
    try terminal.enter("article edit 4")
    try terminal.show("waiting")
    try terminal.type(Terminal.interrupt)
    try terminal.show("Saved article 4")
    try terminal.line("site>")
    #expect(try portal.sh("\"$SEN\" article show 4 --field body").output.contains("caught"))
  }

  @Test("An editor is not opened where there is no terminal")
  func editorNeedsATerminal() throws {
    let result = try portal.sh("EDITOR=false \"$SEN\" article edit 4")
    #expect(result.code == 6)
    #expect(result.output.isEmpty)
    #expect(result.errors.contains("no terminal"))
  }

  @Test("A question that is declined changes nothing", arguments: ["n\r", "\r", "\u{03}", "\u{04}"])
  func declined(answer: String) throws {
    let terminal = try portal.console()
    try terminal.enter("article delete 4 --force")
    try terminal.show("[y/N]")
    try terminal.type(answer)
    try terminal.line("site>")
    #expect(try portal.sh("\"$SEN\" article list --format count").output == "3\n")
  }

  @Test("A question that is answered with yes, in either language", arguments: ["y", "có"])
  func accepted(answer: String) throws {
    let terminal = try portal.console()
    try terminal.enter("article delete 4 --force")
    try terminal.show("[y/N]")
    try terminal.type(answer + Terminal.enter)
    try terminal.line("site>")
    #expect(try portal.sh("\"$SEN\" article list --format count").output == "2\n")
  }

  @Test("A question that is put aside with Ctrl-Z is asked again")
  func suspendedQuestion() throws {
    let shell = try Terminal(
      ["/bin/sh", "-i"], environment: portal.environment(["PS1": "shell: "]), folder: portal.site)
    try shell.line("shell:")
    try shell.enter("\"$SEN\" article delete 4 --force")
    try shell.show("[y/N]")
    try shell.type("\u{1A}")
    try shell.show("Stopped")
    try shell.line("shell:")
    try shell.enter("fg")
    try shell.wait("the question") { $0.line.hasSuffix("[y/N]") }
    try shell.type("y" + Terminal.enter)
    try shell.line("shell:")
    #expect(try portal.sh("\"$SEN\" article list --format count").output == "2\n")
  }

  @Test("A long list opens the pager, whose Ctrl-C is its own")
  func pagerHasTheScreen() throws {
    let pager = try portal.folder.script(
      "pager",
      "trap 'echo interrupted > /dev/tty; exit 0' INT; wc -l > /dev/tty; while :; do sleep 0.05; done")
    let terminal = try portal.console(["PAGER": pager], rows: 8)
    try terminal.enter("article generate --count 20 --seed 1")
    try terminal.show("20")
    try terminal.line("site>")
    try terminal.enter("article list --limit 20")
    try terminal.show("\n22\n")
    try terminal.type(Terminal.interrupt)
    try terminal.show("interrupted")
    try terminal.line("site>")
    try terminal.enter("article list --limit 20 --no-pager")
    try terminal.show("──")
    try terminal.line("site>")
  }

  @Test("Ctrl-C stops a command that runs, and takes all of it back")
  func interruptStopsACommand() throws {
    let terminal = try portal.console()
    try terminal.enter("article generate --count 1000000 --seed 1")
    // The bar, which says that it has begun.
    try terminal.show("/s")
    try terminal.type(Terminal.interrupt)
    try terminal.show("Stopped")
    try terminal.line("site>")
    #expect(try portal.sh("\"$SEN\" article list --format count").output == "3\n")
  }

  @Test("Output goes into a shell command")
  func pipes() throws {
    let terminal = try portal.console()
    try terminal.enter("article list --format ids | sort -n | tr '\\n' ' '")
    try terminal.show("3 4 5 site>")
    try terminal.enter("article list --format ids | head -n 1")
    try terminal.show("\n5\nsite>")
  }

  @Test(
    "Shell, console and script give the same bytes",
    arguments: [
      "article list", "article show 3", "article list --format json", "article show 4 --format yaml",
      "category list --format csv", "help article set", "search 'ha long'",
    ])
  func sameBytes(command: String) throws {
    let shell = try portal.sh("\"$SEN\" \(command)")
    #expect(shell.code == 0, "\(shell.errors)")
    #expect(!shell.output.isEmpty)

    let terminal = try portal.console(columns: 60)
    try terminal.enter("\(command) > ../console")
    try terminal.line("site>")
    #expect(try contents("\(portal.folder.path)/console") == shell.output)

    try portal.folder.file("script", "# A comment\n\n\(command)\n")
    #expect(try portal.sh("\"$SEN\" run ../script").output == shell.output)
    #expect(try portal.sh("\"$SEN\" < ../script").output == shell.output)
  }

  private func drafts() throws -> [String] {
    let folder = "\(portal.state)/sen/drafts"
    let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
    return names.filter { $0.hasSuffix(".md") }.map { "\(folder)/\($0)" }
  }
}
