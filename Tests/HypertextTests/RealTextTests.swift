import Foundation
import Hypertext
import Testing

/// Texts that others wrote, where the data folder is at hand.
@Suite(.disabled(if: !RealTexts.isThere, "../shared/data is not at hand")) struct RealTextTests {
  @Test func articlesOfNukeVietKeepTheirText() throws {
    let bodies = try RealTexts.articles()
    #expect(bodies.count == 15)
    for body in bodies {
      let clean = Sanitizer().clean(body)
      #expect(Inspection(clean.text).problems == [])
      #expect(Sanitizer().clean(clean.text) == clean)
      #expect(words(PlainText(clean).text) == words(RealTexts.stripped(body)))
    }
  }

  /// Only letters and digits count: what is between words may have changed.
  private func words(_ text: String) -> String { text.filter { $0.isLetter || $0.isNumber } }

  @Test func naughtyStringsAreHarmless() throws {
    for text in try RealTexts.naughty() {
      for html in [Sanitizer().clean(text), Markdown().html(text), SafeHTML(escaping: text)] {
        #expect(Sanitizer().clean(html.text) == Sanitizer().clean(Sanitizer().clean(html.text).text))
      }
      #expect(Inspection(Sanitizer().clean(text).text).problems == [], "\(text)")
      #expect(Inspection(Markdown().html(text).text).problems == [], "\(text)")
    }
  }

  /// So many of 652 and 671 examples come out as the specification's own HTML does.
  ///
  /// Others differ because bare addresses become links (602, 606, 608, 611, 612; 610, 614, 616, 619, 620 of GFM), GFM's
  /// filter of tags is the sanitizer here (653), and cmark-gfm is of 0.29, before changes to comments (625, 626), currency
  /// signs (354) and numbers of seven digits (28).
  @Test(arguments: [("commonmark-spec-0.31.2", 643), ("gfm-spec", 665)])
  func examplesOfTheSpecificationsAreRead(file: String, least: Int) throws {
    var equal = 0
    var others: [Int] = []
    for example in try RealTexts.examples(file) {
      let html = Markdown().html(example.markdown)
      #expect(Inspection(html.text).problems == [], "\(example.markdown)")
      if html == Sanitizer().clean(example.html) { equal += 1 } else { others.append(example.example) }
    }
    #expect(equal >= least, "other than these: \(others)")
  }
}

enum RealTexts {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "shared/data")

  static let isThere = FileManager.default.fileExists(atPath: folder.path)

  struct Example: Decodable {
    let markdown: String
    let html: String
    let example: Int
  }

  private struct Rows: Decodable {
    struct Detail: Decodable { let bodyhtml: String }
    let details: [Detail]
    enum CodingKeys: String, CodingKey { case details = "nv4_vi_news_detail" }
  }

  static func articles() throws -> [String] {
    let data = try Data(contentsOf: folder.appending(path: "nukeviet/generated/nukeviet-vi-rows.json"))
    return try JSONDecoder().decode(Rows.self, from: data).details.map(\.bodyhtml)
  }

  static func naughty() throws -> [String] {
    let data = try Data(contentsOf: folder.appending(path: "strings/blns/blns.json"))
    return try JSONDecoder().decode([String].self, from: data)
  }

  static func examples(_ file: String) throws -> [Example] {
    let data = try Data(contentsOf: folder.appending(path: "markdown/\(file).json"))
    return try JSONDecoder().decode([Example].self, from: data)
  }

  /// The text of an article by the plainest means: tags out, the few references that occur read.
  static func stripped(_ html: String) -> String {
    var text = ""
    var isTag = false
    for character in html {
      if character == "<" {
        isTag = true
      } else if character == ">" {
        isTag = false
      } else if !isTag {
        text.append(character)
      }
    }
    for (reference, sign) in [
      ("&nbsp;", " "), ("&quot;", "\""), ("&#91;", "["), ("&#93;", "]"), ("&lt;", "<"), ("&gt;", ">"),
      ("&#039;", "'"), ("&amp;", "&"),
    ] {
      text = text.replacing(reference, with: sign)
    }
    return text
  }
}
