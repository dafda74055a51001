import Foundation
import Testing

@testable import Rendering

struct WritingTests {
  @Test func xmlIsWritten() {
    var xml = XMLWriter()
    xml.element("a", ["b": "\"<&>'\n\t\r"]) { xml in
      xml.element("c", [:], "<&>\"'\n\t\r\u{0}\u{FFFE}")
      xml.element("d")
    }
    #expect(
      String(decoding: xml.bytes, as: UTF8.self)
        == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"&quot;&lt;&amp;&gt;'&#10;&#9;&#13;\">\n"
        + "<c>&lt;&amp;&gt;\"'\n\t&#13;</c>\n<d/>\n</a>\n")
  }

  @Test(arguments: [
    (0.0, "Asia/Ho_Chi_Minh", "1970-01-01T08:00:00+08:00", "Thu, 01 Jan 1970 08:00:00 +0800"),
    (1_795_510_800, "Asia/Ho_Chi_Minh", "2026-11-24T16:00:00+07:00", "Tue, 24 Nov 2026 16:00:00 +0700"),
    (1_795_510_800, "GMT", "2026-11-24T09:00:00+00:00", "Tue, 24 Nov 2026 09:00:00 +0000"),
    (1_709_164_800, "America/St_Johns", "2024-02-28T20:30:00-03:30", "Wed, 28 Feb 2024 20:30:00 -0330"),
    (1_795_510_800, "Asia/Kathmandu", "2026-11-24T14:45:00+05:45", "Tue, 24 Nov 2026 14:45:00 +0545"),
    (-86_400, "GMT", "1969-12-31T00:00:00+00:00", "Wed, 31 Dec 1969 00:00:00 +0000"),
  ])
  func momentsAreWritten(seconds: Double, zone: String, rfc3339: String, rfc822: String) throws {
    let clock = ZonedClock(timeZone: try #require(TimeZone(identifier: zone)))
    let date = Date(timeIntervalSince1970: seconds)
    #expect(clock.rfc3339(date) == rfc3339)
    #expect(clock.rfc822(date) == rfc822)
  }

  @Test(arguments: [
    ("<a href=\"/page/x/\">/y</a>", "<a href=\"https://a.example/page/x/\">/y</a>"),
    ("<a href=\"#n-1\" title=\"/x\">", "<a href=\"https://a.example/article/t/#n-1\" title=\"/x\">"),
    ("<a href=\"//b.example/x\">", "<a href=\"https://b.example/x\">"),
    ("<a href=\"../x\">", "<a href=\"https://a.example/article/x\">"),
    ("<a href=\"?q=1&amp;p=2\">", "<a href=\"https://a.example/article/t/?q=1&amp;p=2\">"),
    ("<a href=\"mailto:an@a.example\">", "<a href=\"mailto:an@a.example\">"),
    (
      "<img srcset=\"a.jpg 480w, ../b.jpg 960w\">",
      "<img srcset=\"https://a.example/article/t/a.jpg 480w, https://a.example/article/b.jpg 960w\">"
    ),
    ("<a href=\"https://b.example/x\">", "<a href=\"https://b.example/x\">"),
    (
      "<img src=\"/media/a.jpg\" srcset=\"/media/a.jpg 480w, /media/b.jpg 960w\" alt=\"a > /b\">",
      "<img src=\"https://a.example/media/a.jpg\" srcset=\"https://a.example/media/a.jpg 480w, "
        + "https://a.example/media/b.jpg 960w\" alt=\"a > /b\">"
    ),
    ("<p>href=\"/x\" \" </p><a\nhref=\"/y\">", "<p>href=\"/x\" \" </p><a\nhref=\"https://a.example/y\">"),
    ("<a href=\"/x", "<a href=\"https://a.example/x"), ("<\"", "<\""), ("<=\"/\"", "<=\"/\""), ("", ""),
  ])
  func linksBecomeWholeAddresses(html: String, expected: String) {
    let links = AbsoluteLinks(origin: "https://a.example", page: "https://a.example/article/t/")
    #expect(String(decoding: links.html(Array(html.utf8)), as: UTF8.self) == expected)
  }

  /// The examples of RFC 3986, 5.4, those with a scheme of their own kind apart.
  @Test(arguments: [
    ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
    ("/g", "http://a/g"), ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
    ("#s", "http://a/b/c/d;p?q#s"), ("g#s", "http://a/b/c/g#s"), ("g?y#s", "http://a/b/c/g?y#s"),
    (";x", "http://a/b/c/;x"), ("g;x", "http://a/b/c/g;x"), ("g;x?y#s", "http://a/b/c/g;x?y#s"),
    ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"),
    ("../", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../", "http://a/"),
    ("../../g", "http://a/g"), ("../../../g", "http://a/g"), ("../../../../g", "http://a/g"),
    ("/./g", "http://a/g"), ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."), (".g", "http://a/b/c/.g"),
    ("g..", "http://a/b/c/g.."), ("..g", "http://a/b/c/..g"), ("./../g", "http://a/b/g"),
    ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"),
    ("g;x=1/./y", "http://a/b/c/g;x=1/y"), ("g;x=1/../y", "http://a/b/c/y"),
    ("g?y/./x", "http://a/b/c/g?y/./x"), ("g#s/../x", "http://a/b/c/g#s/../x"),
  ])
  func relativeAddressesAreResolved(reference: String, expected: String) {
    let base = AddressBase(Array("http://a/b/c/d;p?q".utf8))
    #expect(String(decoding: base.resolved(Array(reference.utf8)[...]), as: UTF8.self) == expected)
  }

  @Test(arguments: [("", "http://a"), ("x", "http://a/x"), ("?x", "http://a/?x"), ("/x", "http://a/x")])
  func soIsWhatStandsOnABareHost(reference: String, expected: String) {
    let base = AddressBase(Array("http://a".utf8))
    #expect(String(decoding: base.resolved(Array(reference.utf8)[...]), as: UTF8.self) == expected)
  }

  @Test(arguments: [("vi", "vi"), ("en-GB", "en"), ("zh-Hant", "zh-tw"), ("zh", "zh-cn"), ("ZH-tw", "zh-tw")])
  func languagesOfNewsSitemaps(tag: String, expected: String) {
    #expect(Sitemap.language(tag) == expected)
  }

  @Test(arguments: [
    ("vi", "vi_VN"), ("en", "en_US"), ("en-GB", "en_GB"), ("zh-Hant-TW", "zh_TW"), ("de", ""),
  ])
  func languagesOfOpenGraph(tag: String, expected: String) {
    #expect(Head.locale(tag) == expected)
  }
}
