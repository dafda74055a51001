import Hypertext
import Testing

/// Texts that are made to take all time or memory. A reader that is too slow for one would not come back.
@Suite struct LimitsTests {
  private static let deep = 100_000

  @Test(
    .timeLimit(.minutes(10)),
    arguments: [
      "<div>", "<b>", "<table>", "<ul><li>", "<blockquote>", "<a href=x>", "<svg>", "<button><p>",
      "<b><div></b>", "<dl><dt>",
      "<script>", "<!--", "<template>", "<font size=1>", "<table><a>", "<details><summary>", "<nobr>", "</p>",
      "<",
    ])
  func aHundredThousandOfATagAreRead(tag: String) {
    let clean = Sanitizer().clean(String(repeating: tag, count: Self.deep) + "x")
    #expect(clean.bytes.count < 4_000_000)
    #expect(Sanitizer().clean(clean.text) == clean)
    _ = Markdown().html(String(repeating: tag, count: 10_000))
  }

  @Test(.timeLimit(.minutes(10)))
  func whatMultipliesIsGivenUp() {
    let openedAnew = (0..<300).map { "<b id=\($0)>" }.joined() + String(repeating: "<p>x", count: 50_000)
    #expect(PlainText(Sanitizer().clean(openedAnew)).text.contains("x x x"))
    let repeated =
      "<a href=/\(String(repeating: "a", count: 4000))>" + String(repeating: "<p>x", count: 50_000)
    #expect(Sanitizer().clean(repeated).bytes.count < 2_000_000)
    let attributes = "<p " + (0..<50_000).map { "a\($0)=1 " }.joined() + ">x"
    #expect(Sanitizer().clean(attributes).text == "<p>x</p>")
  }

  @Test(
    .timeLimit(.minutes(10)),
    arguments: [
      "> ", "- ", "[", "![", "*a _a ", "`", "<", "[^a]", "| a ", "\n", "&", "a\n", "~~", "[a](", "www.",
      "* * a\n",
    ])
  func muchOfASignOfMarkdownIsRead(sign: String) {
    _ = Markdown().html(String(repeating: sign, count: 20_000))
  }

  @Test func aLongTextIsCutBetweenCharacters() {
    var policy = HTMLPolicy()
    policy.most = 10
    #expect(Sanitizer(policy).clean("<p>ệệệệ").text == "<p>ệệ</p>")
    #expect(Markdown(policy).html("").isEmpty)
  }

  @Test func manyThreadsAtOnceReadTheSame() async {
    let source = "# a\n\n| a | b |\n|---|---|\n| 1 | *2* |\n\n- [x] c <b>d</b> [^1]\n\n[^1]: e\n"
    let expected = Markdown().html(source)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 {
        group.addTask { (0..<50).allSatisfy { _ in Markdown().html(source) == expected } }
      }
      for await isSame in group { #expect(isSame) }
    }
  }
}
