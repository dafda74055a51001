import Testing

@testable import Console

@Suite("The list that Tab shows")
struct LineCompletionTests {
  private func completion(_ candidates: [(String, String)]) -> LineCompletion {
    LineCompletion(
      candidates: candidates.map { (text: $0.0, label: $0.0, description: $0.1) }, replaceFrom: 0,
      appendsSpace: true)
  }

  @Test("What candidates share is counted in characters, not bytes")
  func sharesCharacters() {
    #expect(completion([("hạ-long", ""), ("hả-hê", "")]).commonPrefix == "h")
    #expect(completion([("thôn", ""), ("thôi", ""), ("thống", "")]).commonPrefix == "th")
    #expect(completion([("một", "")]).commonPrefix == "một")
    #expect(completion([("a", ""), ("b", "")]).commonPrefix.isEmpty)
  }

  @Test("Descriptions stand in a column and are cut to the screen")
  func listAligns() {
    let list = completion([("hạ-long", "Hạ Long mùa hạ"), ("日本", "Một bài rất dài về nước Nhật")])
    #expect(
      list.list(rows: 10, columns: 30, style: .plain) == """
        hạ-long  Hạ Long mùa hạ
        日本     Một bài rất dài về …

        """)
  }

  @Test("What does not fit the screen is counted")
  func restIsCounted() {
    var list = completion((1...50).map { ("c\($0)", "") })
    #expect(list.list(rows: 4, columns: 30, style: .plain) == "c1\nc2\nc3\n… and 47 more\n")
    list.isPartial = true
    #expect(list.list(rows: 4, columns: 30, style: .plain) == "c1\nc2\nc3\n… and at least 47 more\n")
    #expect(completion([("a", ""), ("b", "")]).list(rows: 2, columns: 30, style: .plain) == "a\nb\n")
  }

  @Test("Colours of a prompt are marked as taking no room")
  func promptColoursAreMarked() {
    #expect(LineEditor.marked("\u{1B}[1msen\u{1B}[0m> ") == "\u{01}\u{1B}[1m\u{02}sen\u{01}\u{1B}[0m\u{02}> ")
  }
}
