import Hypertext
import Testing

/// Escaped text, literals, addresses and plain text.
@Suite struct TextTests {
  @Test func valuesInLiteralsAreEscapedAndHTMLIsNot() {
    let title = "<b> & \"c\" 'd'\u{0}\u{B}"
    let html: SafeHTML = "<h1 title=\"\(title)\">\(SafeHTML(escaping: title)) \(3)</h1>"
    let escaped = "&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;"
    #expect(html.text == "<h1 title=\"\(escaped)\">\(escaped) 3</h1>")
    #expect(([html, "<br>"].joined(separator: "\n") + "x").text == html.text + "\n<br>x")
  }

  @Test(arguments: [
    ("  https:\\\\A.vn\\b?c\\d ", "https://A.vn/b?c%5Cd"), ("HTTP:////a.vn", "http://a.vn"),
    ("/\\a.vn", "//a.vn"),
    ("Đường dẫn/ộ", "Đường%20dẫn/ộ"), ("mailto:a@b.vn", "mailto:a@b.vn"), ("?a=b#c", "?a=b#c"),
    ("x/y:z", "x/y:z"),
    ("http://[2001:DB8::1]:80/x", "http://[2001:DB8::1]:80/x"), ("//[::]", "//[::]"),
    ("http://1.2.3.4:/", "http://1.2.3.4:/"),
    ("a%b?c[d]%#e#f[%41", "a%25b?c%5Bd%5D%25#e%23f%5B%41"), ("a\u{FFFD}b", "a%EF%BF%BDb"),
    ("mailto:a[b]%@c.vn", "mailto:a%5Bb%5D%25@c.vn"), ("http://a@b:c@[::1]/", "http://a%40b:c@[::1]/"),
    ("http://xn--nng-thn-mi-rbbf2360h.vn/", "http://xn--nng-thn-mi-rbbf2360h.vn/"),
    ("//xn--bcher-kva.example", "//xn--bcher-kva.example"),
    ("http://xã-nông-thôn.vn./", "http://xã-nông-thôn.vn./"), ("http://a_b.vn", "http://a_b.vn"),
    ("http://1a.2b", "http://1a.2b"),
    ("javascript%3Aalert(1)", "javascript%3Aalert(1)"), ("http://a:b@c.vn:80/", "http://a:b@c.vn:80/"),
  ])
  func goodAddressesAreWrittenAsURLs(source: String, expected: String) {
    #expect(Address.clean(source)?.text == expected)
    #expect(Address.clean(expected)?.text == expected)
  }

  @Test(arguments: [
    "", " ", "javascript:x", "java\nscript:x", "\u{1}javascript:x", "JAVASCRIPT:x", "data:text/html,x",
    "vbscript:x", "http:a",
    "http://", "//", "http://%00", "a:b", "ftp://a", "mailto:", "http://a b.vn", "http://a..vn", "http://.vn",
    "http://1.2.3.256", "http://1.2.3", "http://a.1", "http://0x7f.1", "http://a:b", "http://a:70000",
    "http://a:1:2",
    "http://[::1", "http://[::x]", "http://[1:2]", "http://[1::2::3]", "http://[]", "http://[::1]x",
    "http://a,b.vn/",
    "http://(hỏng)/", "http://xn--a.vn", "http://xn--.vn", "//xn--a-.vn", "//xn--99999999.vn",
    "http://a\u{FFFD}.vn", "http://\u{301}a.vn", "//a@:80/", "http://a.vn\u{AD}/",
  ])
  func otherAddressesAreNone(source: String) {
    #expect(Address.clean(source) == nil)
  }

  @Test func plainTextHasOneBlankBetweenWords() {
    let html =
      "<h1>Một</h1><p>hai<br>b<b>a</b>&nbsp; &lt;bốn&gt; &amp;amp; <script>x</script></p><ul><li>c<li>d</ul>"
    #expect(PlainText(html: html).text == "Một hai ba <bốn> &amp; c d")
    #expect(PlainText(markdown: "# Một\n\n*hai* `ba`").text == "Một hai ba")
  }

  @Test(arguments: [
    (10, "Hà Nội…"), (100, "Hà Nội hôm nay, trời đẹp"), (16, "Hà Nội hôm nay…"), (1, "…"), (2, "H…"), (0, ""),
    (23, "Hà Nội hôm nay, trời…"), (24, "Hà Nội hôm nay, trời đẹp"),
  ])
  func aLongTextIsCutBehindAWord(most: Int, expected: String) {
    let cut = PlainText(html: "Hà Nội hôm nay, trời đẹp").cut(to: most)
    #expect(cut == expected)
    #expect(cut.count <= most)
  }
}
