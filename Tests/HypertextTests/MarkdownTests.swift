import Testing

@testable import Hypertext

/// Markdown without HTML of its own is read by a shorter way; it has to lead to the same place.
struct MarkdownTests {
  /// The HTML of a text both ways, and whether there was a shorter one.
  private func check(_ source: String) -> Bool {
    let markdown = Markdown()
    let read = markdown.withUnsafeHTML(of: source) { html, isWellFormed in
      let expected = Sanitizer().clean(bytes: html)
      let isShort = isWellFormed && HTMLTree(wellFormed: html) != nil
      #expect(
        Sanitizer().clean(bytes: html, isWellFormed: isWellFormed) == expected, "\(source.debugDescription)")
      return isShort
    }
    return read ?? false
  }

  @Test(arguments: [
    "", "Một đoạn.", "# Đầu đề\n\nvăn bản", "- a\n- b\n\n  c\n", "1. a\n   1. b\n", "> trích\n> > dẫn",
    "a **b _c_ d** ~~e~~ `f`", "```swift\nlet a = 1 < 2\n```", "    \n\n    mã\n", "---\n\na\\\nb  \nc",
    "[a](/b?c=1&d=2 \"e\") ![f](/media/g.jpg 'h')", "www.example.com và https://a.example/?b=c&d",
    "a@example.com",
    "| a | b |\n|:-|-:|\n| 1 | 2 |\n", "- [ ] a\n- [x] b\n", "a[^1]\n\n[^1]: b\n", "<https://a.example/>",
    "a &amp; b &lt; c &nbsp; d &quot;", "[a](<b c>)", "# a *b* [c](d)\n\n## e\n#### f",
  ]) func theShortWayLeadsThere(source: String) { #expect(check(source)) }

  @Test(arguments: [
    "a <b>c</b>", "<div>\n\na\n\n</div>", "&#13;a", "\u{85}", "\u{FFFF}", "\u{1FFFE}", "&#127;",
    "a<!-- b -->", "<script>a</script>",
    String(repeating: "> ", count: 300) + "a",
  ]) func whatIsNotPlainGoesTheLongWay(source: String) { #expect(!check(source)) }

  @Test func nothingThatIsWrittenChangesByIt() {
    var state: UInt64 = 11
    func next(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % count
    }
    let pieces = [
      "a", "é ", " ", "  \n", "\n", "\n\n", "    ", "\t", "*", "**", "_", "~~", "`", "```\n", "> ", "- ",
      "1. ", "# ",
      "[", "](/b)", "](", ")", "!", "![", "|", "|-|-|\n", "---\n", "[^1]", "[^1]: ", "- [ ] ", "www.a.vn",
      "http://b.vn/?c&d",
      "a@b.vn", "\\", "&lt;", "&amp;", "&#10;", "&#13;", "&quot;", "'", "\"", "<", ">", "</a>", "<b>",
      "<http://c.vn>", "&",
      "\u{0}", "\u{7F}", "\u{85}", "\u{FEFF}", "\u{FFFF}", "\u{1F600}", "\r", "\u{C}",
    ]
    var short = 0
    for _ in 0..<4_000 {
      let source = (0..<1 + next(16)).map { _ in pieces[next(pieces.count)] }.joined()
      if check(source) { short += 1 }
    }
    #expect(short > 1_000)
  }
}
