import Foundation
import SenTesting
import Testing

/// The real program on a real terminal: the line, its history, signals.
@Suite("The prompt", .enabled(if: BuiltProgram.path != nil, "the program sen was not built"))
struct PromptTests {
  private let portal: Portal

  init() throws { portal = try Portal() }

  @Test(
    "Vietnamese is typed, pasted and taken back letter by letter, whatever the locale",
    arguments: [[:], ["LANG": "C"], ["LC_ALL": "POSIX"], ["LANG": "vi_VN.UTF-8"]])
  func vietnameseIsTyped(locale: [String: String]) throws {
    let terminal = try portal.console(locale)
    try terminal.type("article create 'Xã Hương Khê ệ")
    try terminal.line("site> article create 'Xã Hương Khê ệ")
    try terminal.type(Terminal.backspace)
    try terminal.line("site> article create 'Xã Hương Khê")
    // Decomposed, as macOS and some input methods give it: one letter, one backspace.
    try terminal.type("e\u{323}\u{302}")
    try terminal.line("site> article create 'Xã Hương Khê e\u{323}\u{302}")
    try terminal.type(Terminal.backspace + Terminal.backspace + Terminal.backspace + "ê'" + Terminal.enter)
    try terminal.show("Created article 6 “Xã Hương Khê”")
    #expect(try portal.sh("\"$SEN\" article show 6 --field title").output == "Xã Hương Khê\n")
  }

  @Test(
    "A terminal that knows nothing, or that nobody knows, still has a prompt",
    arguments: ["dumb", "", "x-none"])
  func poorTerminals(name: String) throws {
    let terminal = try portal.console(["TERM": name])
    try terminal.enter("article show 4 --field title")
    try terminal.show("\nHả hê được mùa\nsite>")
    try terminal.type("art" + Terminal.tab)
    try terminal.wait("the noun") { $0.line.hasPrefix("site> article") }
    #expect(!terminal.screen.text.contains("NOUN"))
    try terminal.type(Terminal.interrupt)
    try terminal.line("site>")
    try terminal.type(Terminal.endOfInput)
    #expect(try terminal.exitCode() == 0)
  }

  @Test("A line is edited with the arrows")
  func lineIsEdited() throws {
    let terminal = try portal.console()
    try terminal.type("artcle show hả" + Terminal.home + String(repeating: Terminal.right, count: 3) + "i")
    try terminal.line("site> article show hả")
    try terminal.type(Terminal.end + Terminal.left + Terminal.backspace + "t" + Terminal.end)
    try terminal.line("site> article show tả")
    try terminal.type(Terminal.killLine + "article show 4 --field title" + Terminal.enter)
    try terminal.show("\nHả hê được mùa\n")
  }

  @Test("Ctrl-C gives up the line and not the program")
  func interruptCancelsTheLine() throws {
    let terminal = try portal.console()
    try terminal.type("article delete 3")
    try terminal.line("site> article delete 3")
    try terminal.type(Terminal.interrupt)
    try terminal.show("site> article delete 3^C")
    try terminal.line("site>")
    try terminal.enter("article list --format count")
    try terminal.show("\n3\nsite>")
  }

  @Test("A line that gives a secret is not in the history")
  func secretsLeaveNoTrace() throws {
    let terminal = try portal.console()
    try terminal.enter("article list --format count")
    try terminal.show("\n3\nsite>")
    try terminal.enter("config set weather.apiKey bi-mat-0123")
    try terminal.show("weather.apiKey = ••••")
    try terminal.line("site>")
    try terminal.type("\u{1B}[A")
    try terminal.line("site> article list --format count")
  }

  @Test("Ctrl-C gives up a search in the history")
  func interruptCancelsTheSearch() throws {
    let terminal = try portal.console()
    try terminal.enter("article list --format count")
    try terminal.show("\n3\nsite>")
    try terminal.type("\u{12}count")
    try terminal.line("(reverse-i-search)`count': article list --format count")
    try terminal.type(Terminal.interrupt)
    try terminal.show("\nsite> article list --format count^C\nsite>")
    try terminal.enter("article show 4 --field title")
    try terminal.show("\nHả hê được mùa\nsite>")
  }

  @Test("Ctrl-D leaves with 0 from an empty line, and from nothing else")
  func endOfInputLeaves() throws {
    let terminal = try portal.console()
    try terminal.type("ab" + Terminal.left + Terminal.endOfInput)
    try terminal.line("site> a")
    try terminal.type(Terminal.killLine + Terminal.endOfInput)
    try terminal.type(Terminal.backspace + Terminal.endOfInput)
    #expect(try terminal.exitCode() == 0)
    #expect(terminal.isCooked)
  }

  @Test("The history outlives the console, for the user alone; a space in front keeps a line out")
  func historyOutlives() throws {
    let first = try portal.console()
    try first.enter("article list --format count")
    try first.show("\n3\nsite>")
    try first.enter(" article list --limit 1 --format ids")
    try first.show("\n5\nsite>")
    try first.type(Terminal.endOfInput)
    #expect(try first.exitCode() == 0)
    let files = try portal.histories
    #expect(files.count == 1)
    for file in files {
      #expect(try mode(file) == 0o600)
      #expect(try contents(file).split(separator: "\n").dropFirst() == ["article list --format count"])
    }
    let second = try portal.console()
    try second.type(Terminal.up)
    try second.line("site> article list --format count")
  }

  @Test("An open quote is continued, and comes back as one entry")
  func openQuoteContinues() throws {
    let terminal = try portal.console()
    try terminal.enter("article set 4 summary='Dòng một")
    try terminal.line("…")
    try terminal.enter("dòng hai'")
    try terminal.show("Hả hê được mùa")
    #expect(try portal.sh("\"$SEN\" article show 4 --format json").output.contains("Dòng một\\ndòng hai"))
    try terminal.line("site>")
    try terminal.type(Terminal.up)
    try terminal.show("site> article set 4 summary='Dòng một\ndòng hai'")
  }

  @Test("A paste of many lines waits for Enter, and then runs each")
  func pasteWaits() throws {
    let terminal = try portal.console()
    try terminal.type("\u{1B}[200~article set 3 byline=Lan\rarticle set 4 byline=Mai\u{1B}[201~")
    try terminal.show("site> article set 3 byline=Lan\narticle set 4 byline=Mai")
    #expect(try portal.sh("\"$SEN\" article show 3 --field byline").output == "\n")
    try terminal.type(Terminal.enter)
    try terminal.line("site>")
    #expect(try portal.sh("\"$SEN\" article show 3 --field byline").output == "Lan\n")
    #expect(try portal.sh("\"$SEN\" article show 4 --field byline").output == "Mai\n")
  }

  @Test("What is still expected stands dim behind the cursor and is no part of the line")
  func hintIsNoInput() throws {
    let terminal = try portal.console()
    try terminal.type("article publish ")
    try terminal.show("site> article publish [REF")
    try terminal.type("4")
    try terminal.line("site> article publish 4")
    try terminal.type(Terminal.enter)
    try terminal.show("Hả hê được mùa")
    #expect(!terminal.screen.text.contains("REF"))
    try terminal.line("site>")
    try terminal.type("article publish ")
    try terminal.show("site> article publish [REF")
    try terminal.type(Terminal.interrupt)
    try terminal.show("\nsite> article publish ^C\nsite>")
  }

  @Test("A value is edited on the line, and the prompt is the same after")
  func valueIsEdited() throws {
    let terminal = try portal.console()
    try terminal.enter("article set 4 title")
    try terminal.line("title: Hả hê được mùa")
    try terminal.type(" lúa" + Terminal.enter)
    try terminal.line("site>")
    #expect(try portal.sh("\"$SEN\" article show 4 --field title").output == "Hả hê được mùa lúa\n")
    try terminal.type(Terminal.up)
    try terminal.line("site> article set 4 title")
    try terminal.type(Terminal.killLine + "artic" + Terminal.tab)
    try terminal.wait("the noun") { $0.line.hasPrefix("site> article ") }
    try terminal.type(Terminal.killLine)
    try terminal.enter("article set 4 title")
    try terminal.line("title: Hả hê được mùa lúa")
    try terminal.type(Terminal.interrupt)
    try terminal.line("site>")
    try terminal.enter("article set 4 title")
    try terminal.line("title: Hả hê được mùa lúa")
    terminal.signal(SIGTERM)
    #expect(try terminal.exitCode() == 128 + SIGTERM)
    #expect(terminal.isCooked)
  }

  @Test("A window that changes its size redraws the line", arguments: [40, 120])
  func windowIsResized(columns: Int) throws {
    let terminal = try portal.console()
    let line = "article create '" + String(repeating: "Hương Khê ", count: 8) + "hết'"
    try terminal.type(line)
    try terminal.show("hết'")
    terminal.resize(rows: 24, columns: columns)
    let shown = Array("site> " + line)
    let rows = stride(from: 0, to: shown.count, by: columns).map { start in
      let row = String(shown[start..<min(shown.count, start + columns)])
      return String(row.reversed().drop { $0 == " " }.reversed())
    }
    try terminal.show(rows.joined(separator: "\n"))
    try terminal.type(Terminal.enter)
    try terminal.show("Created article 6")
  }

  @Test("SIGTERM and SIGHUP leave the terminal as it was", arguments: [SIGTERM, SIGHUP])
  func terminalIsRestored(number: Int32) throws {
    let terminal = try portal.console()
    try terminal.type("article list")
    try terminal.line("site> article list")
    #expect(!terminal.isCooked)
    terminal.signal(number)
    #expect(try terminal.exitCode() == 128 + number)
    #expect(terminal.isCooked)
  }

  @Test("A terminal that goes away ends the console, and runs nothing that was not entered")
  func hangUpRunsNothing() throws {
    let terminal = try portal.console()
    try terminal.type("article delete 4 --yes")
    try terminal.line("site> article delete 4 --yes")
    terminal.hangUp()
    _ = try terminal.exitCode()
    #expect(try portal.sh("\"$SEN\" article list --format count").output == "3\n")
  }

  @Test("Ctrl-Z gives the shell back, and fg the line")
  func suspends() throws {
    let shell = try Terminal(
      ["/bin/sh", "-i"], environment: portal.environment(["PS1": "shell: "]), folder: portal.site)
    try shell.enter("\"$SEN\"")
    try shell.line("site>")
    try shell.type("article li")
    try shell.line("site> article li")
    try shell.type("\u{1A}")
    try shell.show("Stopped")
    try shell.line("shell:")
    #expect(shell.isCooked)
    try shell.enter("fg")
    try shell.line("site> article li")
    try shell.enter("st --format count")
    try shell.show("\n3\nsite>")
    try shell.type(Terminal.endOfInput)
    try shell.line("shell:")
  }
}
