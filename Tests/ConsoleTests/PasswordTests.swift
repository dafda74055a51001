import Foundation
import SenTesting
import Testing

/// `user passwd` asks on a real terminal: unseen, twice, and leaves the terminal as it was.
@Suite("A password at the terminal", .enabled(if: BuiltProgram.path != nil, "the program sen was not built"))
struct PasswordTests {
  private let portal: Portal
  private static let secret = "mật khẩu của lan"

  init() throws {
    portal = try Portal()
    let made = try portal.sh(
      "\"$SEN\" user create lan --role administrator && \"$SEN\" --as lan user create an")
    try #require(made.code == 0, "\(made.errors)")
  }

  /// The program, asking for the new password of a user.
  private func asking(_ name: String = "lan") throws -> Terminal {
    let shell = try Terminal(
      ["/bin/sh", "-i"], environment: portal.environment(["PS1": "shell: "]), folder: portal.site)
    try shell.line("shell:")
    try shell.enter("\"$SEN\" user passwd \(name); echo \"ended $?\"")
    return shell
  }

  private func hasPassword() throws -> Bool {
    try portal.sh("\"$SEN\" user show lan --field hasPassword").output == "true\n"
  }

  /// At the question nothing that is typed is shown.
  private func answer(_ terminal: Terminal, _ question: String, _ text: String) throws {
    try terminal.line(question)
    #expect(!terminal.isCooked)
    try terminal.type(text + Terminal.enter)
  }

  @Test("It is asked for twice, unseen, and is the one that was typed")
  func isAskedTwice() throws {
    let terminal = try asking()
    try answer(terminal, "New password of lan:", Self.secret)
    try answer(terminal, "Once more:", Self.secret)
    try terminal.show("lan has a new password\nended 0")
    try terminal.line("shell:")
    #expect(!terminal.screen.text.contains("mật"))
    #expect(terminal.isCooked)
    #expect(try hasPassword())
    let log = try portal.sh("\"$SEN\" log list --noun user --limit 1 --field command").output
    #expect(log == "user passwd lan\n")
    #expect(try !holds("\(portal.site)/site.db", Self.secret))
  }

  @Test("Two that differ are refused, and so is a short one")
  func differingAreRefused() throws {
    let terminal = try asking()
    try answer(terminal, "New password of lan:", Self.secret)
    try answer(terminal, "Once more:", Self.secret + " ")
    try terminal.show("The two are not the same; nothing was changed")
    try terminal.show("ended 4")
    #expect(terminal.isCooked)
    #expect(try !hasPassword())
    try terminal.enter("\"$SEN\" user passwd lan; echo \"then $?\"")
    try answer(terminal, "New password of lan:", "ngắn")
    try answer(terminal, "Once more:", "ngắn")
    try terminal.show("too short")
    try terminal.show("then 4")
    #expect(try !hasPassword())
  }

  @Test(
    "Ctrl-C and Ctrl-D give up at either question, and the terminal shows what is typed again",
    arguments: [
      Terminal.interrupt, Terminal.endOfInput,
    ], [false, true])
  func isGivenUp(key: String, isSecond: Bool) throws {
    let terminal = try asking()
    if isSecond { try answer(terminal, "New password of lan:", Self.secret) }
    try terminal.line(isSecond ? "Once more:" : "New password of lan:")
    try terminal.type("đang gõ")
    // Ctrl-D ends only a line on which nothing stands.
    if key == Terminal.endOfInput { try terminal.type(Terminal.killLine) }
    try terminal.type(key)
    let isInterrupt = key == Terminal.interrupt
    try terminal.show(
      isInterrupt ? "Stopped; nothing was changed" : "Nobody gave a password; nothing was changed")
    try terminal.show(isInterrupt ? "ended 130" : "ended 6")
    try terminal.line("shell:")
    #expect(terminal.isCooked)
    #expect(!terminal.screen.text.contains("gõ"))
    #expect(try !hasPassword())
    try terminal.enter("echo thấy")
    try terminal.show("\nthấy\n")
  }

  @Test("Who is told to go while asking leaves the terminal as it was")
  func isEnded() throws {
    let terminal = try Terminal(
      [try #require(BuiltProgram.path), "user", "passwd", "lan"], environment: portal.environment(),
      folder: portal.site)
    try terminal.line("New password of lan:")
    terminal.signal(SIGTERM)
    #expect(try terminal.exitCode() == 128 + SIGTERM)
    #expect(terminal.isCooked)
  }

  @Test("Who may not set it is refused before anything is asked")
  func othersAreNotAsked() throws {
    let terminal = try Terminal(
      [try #require(BuiltProgram.path), "--as", "an", "user", "passwd", "lan"],
      environment: portal.environment(), folder: portal.site)
    #expect(try terminal.exitCode() == 6)
    #expect(!terminal.screen.text.contains("New password"))
    #expect(terminal.screen.text.contains("may not set the passwords of others"))
  }

  @Test("A script has the rights of who runs it, through each door")
  func scriptsAskToo() throws {
    try portal.folder.file("site/purge.sen", "article create Rác\ntrash purge --yes\n")
    try portal.sh("\"$SEN\" article delete 3")
    for line in [
      "\"$SEN\" --as an run purge.sen", "\"$SEN\" --as an < purge.sen", "SEN_USER=an \"$SEN\" run purge.sen",
      "echo 'trash purge --yes --as an' | \"$SEN\"",
    ] {
      let result = try portal.sh(line)
      #expect(result.code == 6, "\(line): \(result.errors)")
      #expect(result.errors.contains("may not empty the trash"), "\(line): \(result.errors)")
    }
    #expect(try portal.sh("\"$SEN\" trash list --field id").output == "3\n")
  }

  private func holds(_ path: String, _ text: String) throws -> Bool {
    try Data(contentsOf: URL(fileURLWithPath: path)).range(of: Data(text.utf8)) != nil
  }
}
