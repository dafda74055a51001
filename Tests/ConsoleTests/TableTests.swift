import ContentModel
import Formats
import Testing

@testable import Console

@Suite("Tables")
struct TableTests {
  private let columns = [Table.Column("ID", .right), Table.Column("TITLE"), Table.Column("STATE")]

  @Test("Columns align for composed, decomposed, wide and joined characters")
  func everyScriptAligns() {
    let table = Table(columns).render(
      [
        ["7", "Hạ Long mùa hạ", "draft"],
        ["12", "Ha\u{323} Long mu\u{300}a ha\u{323}", "draft"],
        ["3", "日本語の記事", "review"],
        ["4", "Lúa 🌾 và 👩‍🌾", "draft"],
        ["5", "Cờ 🇻🇳", "draft"],
        ["6", "한국어", ""],
      ], width: nil)
    #expect(
      table == """
        ID  TITLE           STATE
        ──  ──────────────  ──────
         7  Hạ Long mùa hạ  draft
        12  Ha\u{323} Long mu\u{300}a ha\u{323}  draft
         3  日本語の記事    review
         4  Lúa 🌾 và 👩‍🌾    draft
         5  Cờ 🇻🇳           draft
         6  한국어

        """)
  }

  @Test("A terminal's width cuts the widest columns, in whole characters, and never a number")
  func cutsToTheTerminal() {
    let table = Table(columns).render(
      [["1234567", "Xây dựng nông thôn mới ở xã Hương Khê", "published"]], width: 36)
    #expect(
      table == """
             ID  TITLE             STATE
        ───────  ────────────────  ─────────
        1234567  Xây dựng nông t…  published

        """)
    for line in table.split(separator: "\n") { #expect(DisplayWidth.of(String(line)) <= 36) }
  }

  @Test("Without a terminal nothing is cut")
  func cutsNothingElsewhere() {
    let long = String(repeating: "dài ", count: 900) + "hết"
    #expect(Table(columns).render([["1", long, "x"]], width: nil).contains(long))
  }

  @Test("Control characters are shown, not obeyed")
  func controlsAreShown() {
    let table = Table([Table.Column("T"), Table.Column("U")]).render(
      [["a\u{1B}[2Jb\nc\td", "\u{202E}x"]], width: nil)
    #expect(table.hasSuffix("a\\e[2Jb⏎c\\td  \\u{202e}x\n"))
  }

  @Test("Rows beyond the sample stream in the widths that the sample gave")
  func streamsAfterTheSample() throws {
    var chunks: [String] = []
    var writer = TableWriter(Table([Table.Column("A"), Table.Column("B")]), width: 20, sampleSize: 2) {
      chunks.append($0)
    }
    try writer.add(["một", "1"])
    #expect(chunks.isEmpty)
    try writer.add(["hai", "2"])
    try writer.add(["ba bốn", "3"])
    try writer.finish()
    #expect(chunks == ["A    B\n───  ─\nmột  1\nhai  2\n", "ba…  3\n"])
  }

  @Test("Records become rows; an absent value is an empty cell")
  func recordsBecomeRows() throws {
    let memory = MemorySink()
    var sink = TableSink(memory, columns: ["id", "title"], width: nil) { $1.text ?? "" }
    try sink.write(["id": .text("1"), "title": .text("Một")])
    try sink.write(["id": .text("2")])
    try sink.finish()
    #expect(memory.text == "id  title\n──  ─────\n1   Một\n2\n")
  }

  @Test("A card puts long text below its label, wrapped between words")
  func cardWraps() {
    let card = Card([("title", "Hạ Long"), ("summary", "Một hai ba bốn năm sáu bảy"), ("state", "draft")])
    #expect(
      card.render(width: 20) == """
        title    Hạ Long
        summary
          Một hai ba bốn năm
          sáu bảy
        state    draft

        """)
    #expect(Card([("a", "x\ny")]).render(width: nil) == "a\n  x\n  y\n")
  }

  @Test("A cut never parts a letter from its marks, or one half of a wide one")
  func truncatesWholeCharacters() {
    #expect(
      DisplayWidth.truncate("e\u{323}\u{302}e\u{323}\u{302}e\u{323}\u{302}", to: 2) == "e\u{323}\u{302}…")
    #expect(DisplayWidth.truncate("日本語", to: 4) == "日…")
    #expect(DisplayWidth.truncate("日本", to: 4) == "日本")
  }
}
