import Hypertext
import Testing

/// What becomes of what editors and old systems write.
@Suite struct SanitizerTests {
  private func clean(_ html: String, _ change: (inout HTMLPolicy) -> Void = { _ in }) -> String {
    var policy = HTMLPolicy()
    change(&policy)
    return Sanitizer(policy).clean(html).text
  }

  @Test(arguments: [
    ("<p onclick=x>a<script>b</script><div>c", "<p>a</p><p>c</p>"),
    ("bare text", "<p>bare text</p>"),
    ("<div>one</div><div>two</div>", "<p>one</p><p>two</p>"),
    ("<b><p>a</p><p>b</p></b>", "<p><b>a</b></p><p><b>b</b></p>"),
    (
      "<strike>a</strike> <tt>b</tt> <big>c</big> <font color=red>d</font>",
      "<p><s>a</s> <code>b</code> c d</p>"
    ),
    ("<span style='font-weight:700'>a</span><b style='font-weight:normal'>b</b>", "<p><b>a</b>b</p>"),
    ("<span>a</span><span lang=en>b</span>", "<p>a<span lang=\"en\">b</span></p>"),
    ("<p></p><p>&nbsp;</p><h2> </h2><br><p>a", "<p>\u{A0}</p><p>a</p>"),
    ("<p>5 < 6 &amp; \"7\" > '8'", "<p>5 &lt; 6 &amp; &quot;7&quot; &gt; &#39;8&#39;</p>"),
    ("<div style='display:none'>spam</div>x", "<p>x</p>"),
    ("<select><option>a</select><button>b</button><textarea>c</textarea>d", "<p>d</p>"),
    ("<custom-element>a</custom-element>", "<p>a</p>"),
    ("<pre>\n\n  a\n</pre>", "<pre>\n\n  a\n</pre>"),
    (
      "<pre><code class='x language-swift'>a</code></pre>",
      "<pre><code class=\"language-swift\">a</code></pre>"
    ),
  ])
  func textOfEveryDayIsWrittenAnew(source: String, expected: String) {
    #expect(clean(source) == expected)
  }

  @Test(arguments: [
    "2026", "2026-11", "2026-11-30", "2024-02-29", "11-30", "02-29", "2026-W48", "15:00", "15:00:59.123",
    "2026-11-30T15:00", "2026-11-30 15:00:30", "2026-11-30T15:00Z", "2026-11-30T15:00:30.5+07:00",
    "P4DT18H3M",
    "PT5M", "P2D",
  ])
  func timesForMachinesStay(time: String) {
    #expect(clean("<time datetime='\(time)'>x</time>") == "<p><time datetime=\"\(time)\">x</time></p>")
  }

  @Test(arguments: [
    "hỏng", "", "x", "--02-29", "0001", "2026-11-30T15:00-13:00", "30/11/2026", "2026-13", "2026-02-30",
    "2025-02-29", "26-11-30", "0000", "2026-W54",
    "24:00",
    "15:60", "15", "2026-11-30T", "2026-11-30T15:00+7", "2026-11-30T25:00", "P", "PT", "P1Y", "PT5",
    "2026-11-30Z",
    "15:00Z", "2026-11-30  15:00", "15:00:30.", "٢٠٢٦",
  ])
  func otherTimesAreWordsAlone(time: String) {
    #expect(clean("<time datetime='\(time)' lang=en>x</time>") == "<p><span lang=\"en\">x</span></p>")
    #expect(clean("<time datetime='\(time)'>hôm <b>qua</b></time>") == "<p>hôm <b>qua</b></p>")
  }

  @Test(arguments: [
    ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
    ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a<ul><li>b</li></ul></li></ul>"),
    ("<li>a</li><li>b</li>c", "<ul><li>a</li><li>b</li></ul><p>c</p>"),
    (
      "<ol start=3 type=a style=x><li value=5>a</ol>",
      "<ol start=\"3\" type=\"a\"><li value=\"5\">a</li></ol>"
    ),
    ("<dl><dt>a<dd>b</dl><dl><dd>c</dl>", "<dl><dt>a</dt><dd>b</dd></dl><p>c</p>"),
    (
      "<details><summary>a</summary>b</details><details>c</details>",
      "<details><summary>a</summary><p>b</p></details><p>c</p>"
    ),
    ("<figure><p>x</p><figcaption>a</figcaption><p>y</p></figure>", "<figure><p>x</p>a<p>y</p></figure>"),
  ])
  func blocksAreMadeWhole(source: String, expected: String) {
    #expect(clean(source) == expected)
  }

  @Test(arguments: [
    ("<center>a</center>", "<p class=\"align-center\">a</p>"),
    ("<p align=right>a</p>", "<p class=\"align-right\">a</p>"),
    (
      "<div style='TEXT-ALIGN: justify !important'><p>a</p><h2 style='text-align:left'>b</h2></div>",
      "<p class=\"align-justify\">a</p><h2>b</h2>"
    ),
    ("<ul><li style='text-align:center'><p>a</p></ul>", "<ul><li class=\"align-center\"><p>a</p></li></ul>"),
    ("<p class='has-text-align-center other'>a</p>", "<p class=\"align-center\">a</p>"),
  ])
  func alignmentBecomesAClass(source: String, expected: String) {
    #expect(clean(source) == expected)
  }

  @Test func tablesScrollAndKeepTheirSpans() {
    let table =
      "<table border=1 style=x><tr><th scope=row>a<td colspan=2 rowspan=1 align=center onclick=x>b</table>"
    #expect(
      clean(table) { $0.tableLabel = "Bảng \"1\"" } == """
        <div class="table" role="region" tabindex="0" aria-label="Bảng &quot;1&quot;"><table><tbody><tr>\
        <th scope="row">a</th><td colspan="2" class="align-center">b</td></tr></tbody></table></div>
        """)
  }

  @Test(arguments: [
    ("<h1>a</h1><h2>b</h2><h1>c</h1>", "<h2>a</h2><h3>b</h3><h2>c</h2>"),
    ("<h4>a</h4><h6>b</h6><h5>c</h5><h4>d</h4>", "<h2>a</h2><h3>b</h3><h3>c</h3><h2>d</h2>"),
    ("<h1>1<h2>2<h3>3<h4>4<h5>5<h6>6", "<h2>1</h2><h3>2</h3><h4>3</h4><h5>4</h5><h6>5</h6><h6>6</h6>"),
    ("<table><tr><th><h2>a</h2>", "<p>a</p>"),
  ])
  func headingsBeginAtTheSecondLevelAndSkipNone(source: String, expected: String) {
    #expect(clean(source).contains(expected))
  }

  @Test func linksSayWhereTheyLead() {
    #expect(clean("<a href='/a b' target=_blank>x</a>") == "<p><a href=\"/a%20b\">x</a></p>")
    #expect(clean("<a href=//e.vn/>x</a>") == "<p><a href=\"//e.vn/\" rel=\"noopener\">x</a></p>")
    #expect(
      clean("<a href=https://SEN.vn/>x</a>") { $0.ownHosts = ["sen.vn"] }
        == "<p><a href=\"https://SEN.vn/\">x</a></p>")
    let visitors = Sanitizer(.visitors).clean("<a href=http://e.vn/ id=x>x</a><a href=/b>y</a>").text
    #expect(
      visitors == "<p><a href=\"http://e.vn/\" rel=\"noopener nofollow ugc\">x</a><a href=\"/b\">y</a></p>")
    #expect(clean("<a href=old>x</a>") { $0.link = { "/new/" + $0 } } == "<p><a href=\"/new/old\">x</a></p>")
    #expect(clean("<a href=old>x</a>") { $0.link = { _ in "javascript:x" } } == "<p>x</p>")
  }

  @Test func linksWithinTheTextFindTheirPlaces() {
    let source = "<h2 id=a>A</h2><a name=b></a><p id=a>x</p><a href=#a>1</a><a href=#b>2</a>"
    #expect(
      clean(source) == """
        <h2 id="n-a">A</h2><p><a id="n-b"></a></p><p>x</p><p><a href="#n-a">1</a><a href="#n-b">2</a></p>
        """)
    #expect(clean("<h2 id=a>A</h2>") { $0.idPrefix = nil } == "<h2>A</h2>")
  }

  @Test func picturesAreShownLateAndAtTheirSize() {
    #expect(
      clean("<img src='a.jpg' width=300px height=50% alt='\"' onerror=x srcset=y>") == """
        <p><img src="a.jpg" width="300" alt="&quot;" loading="lazy" decoding="async"></p>
        """)
    let shown = clean("<img src=/media/0.jpg alt=a width=9>") {
      $0.image = { source in
        source.hasPrefix("/media/")
          ? .shown(
            ImageFacts(
              source: "/d/0.webp", width: 80, height: 60, sourceSet: "/d/1.webp 2x", sizes: "80px"))
          : .asItIs
      }
    }
    #expect(
      shown == """
        <p><img src="/d/0.webp" srcset="/d/1.webp 2x" sizes="80px" width="80" height="60" alt="a" loading="lazy" \
        decoding="async"></p>
        """)
  }

  @Test func whatCannotBeShownIsTheWordsForIt() {
    let html = clean(
      "<p>a <a href=x.jpg><img src=x.jpg alt='Lúa <chín>'></a> b<img src=x.jpg></p><img src=y.jpg>"
    ) {
      $0.image = { $0 == "x.jpg" ? .leftOut : .asItIs }
      $0.link = { _ in "" }
    }
    #expect(
      html == """
        <p>a Lúa &lt;chín&gt; b</p><p><img src="y.jpg" alt="" loading="lazy" decoding="async"></p>
        """)
  }

  @Test func filmsBecomeLinks() {
    let link =
      "<p><a href=\"https://www.youtube.com/watch?v=a_1\" rel=\"noopener\">https://www.youtube.com/watch?v=a_1</a></p>"
    #expect(clean("<iframe src='//www.youtube.com/embed/a_1?rel=0'>x</iframe>") == link)
    #expect(clean("<object><param name=movie value=http://www.youtube.com/v/a_1></object>") == link)
    #expect(clean("<video controls><source src=/a.mp4>no</video>") == "<p><a href=\"/a.mp4\">/a.mp4</a></p>")
    #expect(clean("<iframe src=http://e.vn/ width=1></iframe>") == "")
    #expect(Sanitizer(.visitors).clean("<iframe src=http://e.vn/></iframe>").isEmpty)
  }
}
