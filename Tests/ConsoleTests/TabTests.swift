import SenTesting
import Testing

/// Tab in the real console.
@Suite("Tab", .enabled(if: BuiltProgram.path != nil, "the program sen was not built"))
struct TabTests {
  private let portal: Portal

  init() throws { portal = try Portal() }

  /// One thing that Tab finds: what is typed, and what the line then is.
  struct Case: CustomTestStringConvertible {
    let what: String
    let typed: String
    let line: String
    var testDescription: String { what }
  }

  @Test(
    "The only candidate is put in whole",
    arguments: [
      Case(what: "noun", typed: "art", line: "site> article"),
      Case(what: "verb", typed: "article unp", line: "site> article unpublish"),
      Case(what: "flag", typed: "article list --fie", line: "site> article list --field"),
      Case(
        what: "value of a flag", typed: "article list --format nd", line: "site> article list --format ndjson"
      ),
      Case(what: "field", typed: "article set 3 summ", line: "site> article set 3 summary="),
      Case(what: "enum", typed: "article set 3 state=pub", line: "site> article set 3 state=published"),
      Case(what: "slug", typed: "article show hoi", line: "site> article show hoi-nghi-tong-ket"),
      Case(
        what: "slug of another type", typed: "article set 3 category=nong-n",
        line: "site> article set 3 category=nong-nghiep"),
      Case(
        what: "path", typed: "import ndjson '../folder x/bài",
        line: "site> import ndjson '../folder x/bài báo.ndjson'"),
      Case(
        what: "after the cursor", typed: "article show hoi --f\u{01}\u{1B}f\u{1B}f\u{1B}f",
        line: "site> article show hoi-nghi-tong-ket --f"),
    ])
  func onlyCandidate(_ found: Case) throws {
    try portal.sh("mkdir '../folder x'; touch '../folder x/bài báo.ndjson'")
    let terminal = try portal.console(columns: 100)
    try terminal.type(found.typed + Terminal.tab)
    try terminal.wait(found.line) { screen in
      // A hint may stand behind it.
      screen.line == found.line || screen.line.hasPrefix(found.line + " ")
    }
  }

  @Test("Several candidates are listed with what they are, and the line goes on")
  func severalAreListed() throws {
    let terminal = try portal.console()
    try terminal.type("article show h" + Terminal.tab)
    try terminal.show(
      """
      ha-he-duoc-mua     Hả hê được mùa
      ha-long-mua-ha     Hạ Long mùa hạ
      hoi-nghi-tong-ket  Hội nghị tổng kết
      site> article show h
      """)
    try terminal.type("a-l" + Terminal.tab + "--field title" + Terminal.enter)
    try terminal.show("\nHạ Long mùa hạ\nsite>")
  }

  @Test("What all candidates share is put in, in whole letters")
  func sharedBeginning() throws {
    try portal.sh("touch hạ-một hả-hai")
    let terminal = try portal.console()
    try terminal.type("import ndjson h" + Terminal.tab)
    try terminal.show("hạ-một")
    try terminal.line("site> import ndjson h")
    try terminal.type("ạ" + Terminal.tab)
    try terminal.wait("the path") { $0.line.hasPrefix("site> import ndjson hạ-một") }
  }

  @Test("Ctrl-C behind a list gives the line up")
  func interruptBehindAList() throws {
    let terminal = try portal.console()
    try terminal.type("article " + Terminal.tab)
    try terminal.show("unpublish")
    try terminal.type(Terminal.interrupt)
    try terminal.show("^C")
    try terminal.line("site>")
  }
}
