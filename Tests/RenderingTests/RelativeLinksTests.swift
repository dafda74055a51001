import Testing

@testable import Rendering

/// Links of pages whatever a theme writes.
@Suite struct RelativeLinksTests {
  private func html(_ text: String, _ file: String = "article/tin/index.html") -> String {
    String(
      decoding: RelativeLinks(file: file, origins: ["https://a.vn"]).html(Array(text.utf8)), as: UTF8.self)
  }

  @Test(arguments: [
    (#"<a href="/">"#, #"<a href="../../index.html">"#),
    (#"<a href='/poll/?a=1#b'>"#, #"<a href='../../poll/index.html?a=1#b'>"#),
    ("<A HREF=/poll>", "<A HREF=../../poll/index.html>"),
    (
      #"<img src="/media/x/1.jpg" srcset="/media/x/1.jpg 1w, /media/x/2.jpg 2w">"#,
      #"<img src="../../media/x/1.jpg" srcset="../../media/x/1.jpg 1w, ../../media/x/2.jpg 2w">"#
    ),
    (#"<a href="//b.vn/">"#, #"<a href="//b.vn/">"#),
    (#"<a href="/\b.vn/">"#, #"<a href="/\b.vn/">"#),
    (#"<a href="/a/%2E%2e/../../../b/">"#, #"<a href="../../b/index.html">"#),
    (#"<a href="https://a.vn">"#, #"<a href="../../index.html">"#),
    (#"<a href="https://a.vn.b.vn/">"#, #"<a href="https://a.vn.b.vn/">"#),
    (#"<a href="https://a.vn/x/">"#, #"<a href="../../x/index.html">"#),
    (#"<link rel="canonical" href="https://a.vn/x/">"#, #"<link rel="canonical" href="https://a.vn/x/">"#),
    (#"<p title="/x/" data-url="/x/">/x/ <b"#, #"<p title="/x/" data-url="/x/">/x/ <b"#),
    (
      #"<script>if (1<2) "<a href=\"/x/\">"</script><a href="/x/">"#,
      #"<script>if (1<2) "<a href=\"/x/\">"</script><a href="../../x/index.html">"#
    ),
    (#"<!-- <a href="/x/"> --><a href="/x/">"#, #"<!-- <a href="/x/"> --><a href="../../x/index.html">"#),
    (#"<style>a{b:url("/x.png")}</style>"#, #"<style>a{b:url("../../x.png")}</style>"#),
    (#"<p style="b:url(/x.png)">"#, #"<p style="b:url(../../x.png)">"#),
    (
      #"<meta name="d" content="a=/x/"><meta http-equiv="refresh" content="0; url=/x/">"#,
      #"<meta name="d" content="a=/x/"><meta http-equiv="refresh" content="0; url=../../x/index.html">"#
    ),
    ("a < b <3 </p> <", "a < b <3 </p> <"), ("<a href=\"/x", "<a href=\"../../x/index.html"),
    ("<a href=", "<a href="),
  ])
  func aLinkIsRelative(source: String, written: String) { #expect(html(source) == written) }

  @Test func depthsAndSheets() {
    #expect(html(#"<a href="/x/">"#, "index.html") == #"<a href="./x/index.html">"#)
    let css = RelativeLinks(file: "site/theme/style.css", origins: []).css(
      Array(#"@import "/a.css"; a { b: URL( '/media/x.png' ) url(c.png) url(//d.vn/) }"#.utf8))
    #expect(
      String(decoding: css, as: UTF8.self)
        == #"@import "../../a.css"; a { b: URL( '../../media/x.png' ) url(c.png) url(//d.vn/) }"#)
    let anywhere = RelativeLinks(anywhereOn: "https://a.vn").html(Array(#"<a href="/x/"><a href="/">"#.utf8))
    #expect(
      String(decoding: anywhere, as: UTF8.self) == #"<a href="https://a.vn/x/"><a href="https://a.vn/">"#)
  }
}
