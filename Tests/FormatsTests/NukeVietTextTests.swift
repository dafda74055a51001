import Testing

@testable import Formats

@Suite struct NukeVietTextTests {
  @Test(arguments: [
    ("NukeViet&#33;", "NukeViet!"), ("Bộ GD&amp;ĐT", "Bộ GD&ĐT"), ("Bộ TT&TT", "Bộ TT&TT"),
    ("&amp;lt;b&amp;gt;", "&lt;b&gt;"), ("&quot;a&quot; &#039;b&#x27; &apos;", "\"a\" 'b' '"),
    ("&nbsp;&eacute;&Yacute;&yuml;&hellip;&euro;&ndash;", "\u{A0}éÝÿ…€–"), ("&#150;", "–"),
    (
      "&nope; &; &# &#; &#x; &#0; &#xD800; &#99999999999;",
      "&nope; &; &# &#; &#x; &#0; &#xD800; &#99999999999;"
    ),
    ("a & b &copy 2", "a & b &copy 2"),
  ])
  func referencesAreResolvedOnce(text: String, expected: String) {
    #expect(NukeVietText.decode(text) == expected)
  }

  @Test(arguments: [
    ("một<br />hai<br>\nba", "một\nhai\nba"), ("<p>Một</p>\n<p>hai <b>ba</b></p>", "Một\nhai ba"),
    ("3 < 4 &lt;b&gt; <!-- x --> 5", "3 < 4 <b> 5"), ("a\nb", "a\nb"), ("a<br><br><br><br>b", "a\n\nb"),
    ("<style>p {}</style><SCRIPT>x</SCRIPT >y", "y"), ("<", "<"), ("a <b", "a <b"), ("", ""),
    ("<div>x</div><div>y</div>", "x\ny"), ("<img src=\"a>b\">", "b\">"),
  ])
  func htmlBecomesPlainText(html: String, expected: String) {
    #expect(NukeVietText.plain(html) == expected)
  }

  @Test(.timeLimit(.minutes(10)), arguments: ["<!--", "<a ", "</b", "<!-- -- >", "<script>", "<a <!--"])
  func tagsWithoutAnEndCostNoSquareOfTheirNumber(tag: String) {
    let html = String(repeating: tag, count: 300_000)
    #expect(NukeVietText.plain("x<p>\(html)").hasPrefix("x"))
    #expect(NukeVietText.plain("x<!-- \(html) -->y") == "xy")
  }

  @Test(arguments: [
    ("https://a.vn/x", "https://a.vn/x"), ("www.a.vn", "http://www.a.vn"),
    ("mic.gov.vn/tin", "http://mic.gov.vn/tin"),
    ("VINADES.,JSC", nil), ("Báo Dân Trí", nil), ("v1.2", nil), ("", nil),
    ("http://http://mic.gov.vn", "http://mic.gov.vn"),
  ])
  func addresses(text: String, expected: String?) {
    #expect(NukeVietSource.address(text) == expected)
  }

  @Test func modulesAreNamedByTheirTables() {
    #expect(NukeVietModule("nv4_vi_news", .news).origin("article", 12) == "nukeviet:vi:article:12")
    #expect(NukeVietModule("abc_en_tuyen_sinh", .news).origin("tag", 1) == "nukeviet:en:tuyen_sinh:tag:1")
    #expect(NukeVietModule("odd", .news).origin("tag", 1) == "nukeviet:odd:tag:1")
  }
}
