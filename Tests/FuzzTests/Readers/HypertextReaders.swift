import Hypertext

/// What visitors and other sites write into texts. What comes of it is safe, and stays as it is when it is cleaned again.
extension Reader {
  static let hypertext = [sanitizer, markdown]

  private static let sanitizer = Reader(name: "sanitizer", words: htmlWords) {
    let sanitizers = [Sanitizer(), Sanitizer(.visitors)]
    return { bytes in
      for sanitizer in sanitizers {
        let clean = sanitizer.clean(String(decoding: bytes, as: UTF8.self))
        try isSafe(clean)
        try hold(sanitizer.clean(clean.text) == clean, "comes back changed: \(clean)")
      }
    }
  }

  private static let markdown = Reader(name: "markdown", words: markdownWords + htmlWords) {
    let markdown = Markdown(.visitors)
    return { bytes in
      let clean = markdown.html(String(decoding: bytes, as: UTF8.self))
      try isSafe(clean)
      _ = PlainText(clean).cut(to: 100)
    }
  }

  /// Every `<` begins a tag of the list, and none of them has an attribute that runs.
  private static func isSafe(_ html: SafeHTML) throws {
    for piece in html.bytes.split(separator: UInt8(ascii: "<"), omittingEmptySubsequences: false).dropFirst()
    {
      let tag = String(decoding: piece.prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self)
      let name = tag.drop { $0 == "/" }.prefix { $0 != " " }
      try hold(tags.contains(String(name)), "lets <\(name)> through")
      // Values are in quotes, which none of them holds.
      let bare = tag.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
        .filter { $0.offset % 2 == 0 }.map(\.element).joined()
      try hold(!bare.contains(" on"), "lets <\(tag)> through")
      try hold(!tag.contains("=\"javascript:"), "lets <\(tag)> through")
    }
  }

  private static let tags = Set<String>(
    """
    a abbr b bdi bdo blockquote br caption cite code dd del details dfn div dl dt em figcaption figure h2 h3 h4 h5 h6 hr \
    i img ins kbd li mark ol p pre q s samp section small span strong sub summary sup table tbody td tfoot th thead time \
    tr u ul var wbr
    """.split(separator: " ").map(String.init))

  private static let htmlWords = [
    "<p>", "</p>", "<b>", "<b id=1>", "<a href=", "<table>", "<tr>", "<td>", "<li>", "<ul>", "<div>",
    "</div>", "<svg>",
    "<math>", "<style>", "<script>", "</script>", "<!--", "-->", "<![CDATA[", "<template>", "<select>",
    "<textarea>",
    "<button>", "<form>", "<pre>\n", "<h1>", "<details><summary>", "<figure><figcaption>", "<dl><dt>",
    "<object>", "<iframe src=",
    "&amp;", "&#0;", "&lt", "javascript:", " onclick=", "\u{0}", "<plaintext>", "<nobr>", "<applet>",
    "<font>", "<center>",
  ]
  private static let markdownWords = [
    "> ", "- ", "1. ", "```", "~~~", "    ", "# ", "| a | b |\n|---|---|\n", "[^1]", "[^1]: ", "[a](b)",
    "![a](b)",
    "**", "__", "~~", "<a@b>", "www.a.vn", "- [x] ", "\\", "\n\n", "---", "===", "`", "[a]: b\n",
  ]
}
