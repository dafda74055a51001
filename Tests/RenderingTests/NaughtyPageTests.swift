import ContentModel
import Formats
import Foundation
import SenKernel
import SenTesting
import Testing

/// The big list of naughty strings (https://github.com/minimaxir/big-list-of-naughty-strings), where the data folder is
/// at hand: shown as title, lead, text, tag, author or caption, none of them changes what a page is made of.
@Suite struct NaughtyPageTests {
  private static let strings: [String] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    guard let data = try? Data(contentsOf: root.appending(path: "shared/data/strings/blns/blns.json")) else {
      return []
    }
    let strings = (try? JSONSerialization.jsonObject(with: data)) as? [String] ?? []
    // No longer than every field may be.
    return strings.map { String($0.unicodeScalars.prefix(90)) }.filter { text in
      !text.unicodeScalars.contains("\0") && text.contains { !$0.isWhitespace }
    }
  }()

  /// What an editor may write between elements and in attributes.
  private static let own = [
    "<b>đậm</b>", "</div></main>", "\"><script>alert(1)</script>", "' onmouseover='alert(1)",
    "{{words.home}}", "{{{.}}}",
    "lead", "title", "<!--", "]]>", "&lt;", "</title>", "</textarea>", "<svg/onload=alert(1)>", "–",
    "a\u{2028}b",
  ]

  /// One item of each kind that shows a text wherever it can.
  /// - Parameter kinds: those that are wanted.
  private func records(_ text: String, _ number: Int, _ kinds: [String]) throws -> String {
    // A long text of which nothing is left once it is cleaned is not shown, and neither is what would be around it.
    let long = FieldValue.text("Lời văn.\n\n" + text)
    let (text, slug) = (FieldValue.text(text), FieldValue.text("s\(number)"))
    let state = ("state", FieldValue.text("published"))
    let when = ("publishAt", FieldValue.text("2026-11-01T00:00:00Z"))
    let made = ("createdAt", FieldValue.text("2026-11-01T00:00:00Z"))
    let all: [[(String, FieldValue)]] = [
      [("type", .text("category")), ("slug", slug), ("title", text), ("description", text), state],
      [
        ("type", .text("article")), ("slug", slug), ("title", text), ("summary", text), ("byline", text),
        ("coverCaption", text), ("coverAlt", text), ("body", long), ("category", slug),
        ("tags", .list([.text("nhãn")])),
        ("seoDescription", text), state, when, made,
      ],
      [
        ("type", .text("poll")), ("slug", slug), ("question", text),
        ("options", .list([text, .text("ý khác")])),
        state, when,
        made,
      ],
      [
        ("type", .text("album")), ("slug", slug), ("title", text), ("description", text), ("place", text),
        state, made,
      ],
      [("type", .text("linkgroup")), ("slug", slug), ("title", text), ("description", text), state, made],
      [
        ("type", .text("link")), ("slug", slug), ("title", text), ("url", .text("https://a.example/")),
        ("group", slug),
        ("description", text), state, made,
      ],
      [
        ("type", .text("document")), ("slug", slug), ("title", text), ("code", text), ("abstract", text),
        ("issuer", text), ("signer", text), ("signerOffice", text), ("note", text), ("body", long), state,
        when, made,
      ],
      [
        ("type", .text("questiongroup")), ("slug", slug), ("title", text), ("description", text), state, made,
      ],
      [
        ("type", .text("question")), ("slug", slug), ("question", text), ("text", text), ("group", slug),
        ("asker", text), ("place", text), ("answeredBy", text), ("answer", long), state, when, made,
      ],
      [
        ("type", .text("page")), ("slug", slug), ("title", text), ("summary", text), ("body", long), state,
        made,
      ],
      [("type", .text("tag")), ("slug", slug), ("title", text), ("description", text), state, made],
    ]
    return try all.filter { kinds.contains($0[0].1.text ?? "") }.map { fields in
      var map: FieldMap = [:]
      for (name, value) in fields { map.append(name, value) }
      var bytes: [UInt8] = []
      try JSONWriter.append(map, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }.joined(separator: "\n") + "\n"
  }

  private static let kinds = [
    "category", "article", "poll", "album", "linkgroup", "document", "questiongroup", "question", "page",
    "tag",
  ]

  /// Articles show all texts; every sixth is shown by all kinds, which are written in the same way.
  private static func shows(_ kind: String, _ number: Int) -> Bool {
    kind == "article" || kind == "category" || number <= own.count || number.isMultiple(of: 6)
  }

  @Test func noTextChangesWhatAPageIsMadeOf() throws {
    let site = try ThemeSite(isFilled: false)
    let texts = ["Chữ thường"] + Self.own + Self.strings
    try site.load("{\"type\":\"tag\",\"slug\":\"nhan\",\"title\":\"nhãn\",\"state\":\"published\"}\n")
    let all = Self.kinds + ["link"]
    try site.load(
      try texts.enumerated().map { number, text in
        try records(text, number, all.filter { Self.shows($0, number) })
      }.joined())
    let maker = try site.maker()
    var problems: [String] = []
    for kind in Self.kinds {
      let plain = PageStructure(try site.page("/\(kind)/s0/", of: maker))
      #expect(plain.problems == [] && plain.elements.count > 30)
      for (number, text) in texts.enumerated().dropFirst() where Self.shows(kind, number) {
        let page: String
        do { page = try site.page("/\(kind)/s\(number)/", of: maker) } catch {
          problems.append("\(kind) \(text.debugDescription): \(error)")
          continue
        }
        let structure = PageStructure(page)
        guard structure != plain else { continue }
        let place = zip(structure.elements, plain.elements).first { $0 != $1 }
        problems.append(
          "\(kind) \(text.debugDescription): \(place.map { "\($0)" } ?? "") \(structure.problems)")
      }
    }
    #expect(problems == [], "\(problems.prefix(10).joined(separator: "\n"))")
  }

  /// Pages of many at once: lists, blocks, the search.
  @Test func noTextChangesWhatAListIsMadeOf() throws {
    let texts = Self.own + Self.strings.prefix(100)
    func pages(_ text: (Int) -> String) throws -> [PageStructure] {
      let site = try ThemeSite(isFilled: false)
      try site.load(try texts.indices.map { try records(text($0), $0, Self.kinds + ["link"]) }.joined())
      for line in [
        "block add latest-news --region front --set style=summaries --set count=100", "block add categories",
        "block add documents --set count=100", "block add questions --set count=100",
        "block add links --set count=100",
      ] { try site.test.run(line) }
      let maker = try site.maker()
      return try ["/", "/article/", "/category/", "/document/", "/question/", "/poll/"].map {
        PageStructure(try site.page($0, of: maker))
      }
    }
    let plain = try pages { "Chữ thường \($0)" }
    let naughty = try pages { texts[$0] }
    for (index, structure) in naughty.enumerated() {
      #expect(structure.elements.count == plain[index].elements.count)
      #expect(structure == plain[index])
    }
  }
}
