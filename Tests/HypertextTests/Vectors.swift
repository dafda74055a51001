import Foundation

/// Ways to smuggle a script into a page, of the well-known collections (OWASP's filter evasion, HTML5 Security Cheatsheet,
/// DOMPurify's and others' mutations), a `%%` line between any two.
enum Vectors {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "Fixtures/Scripting")
  static let files = ["filter-evasion", "event-handlers", "addresses", "mutation", "elements"]

  static func of(_ file: String) throws -> [String] {
    let text = try String(contentsOf: folder.appending(path: "\(file).txt"), encoding: .utf8)
    return text.components(separatedBy: "\n%%\n")
  }

  static func all() throws -> [String] { try files.flatMap(of) }
}

/// Random numbers that are the same in every run (SplitMix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

/// Tags without any order, more than anybody writes.
enum Soup {
  private static let names = [
    "p", "p", "div", "div", "b", "i", "a href=/x", "a href=#y", "ul", "ol", "li", "li", "dl", "dt", "dd",
    "table", "tr",
    "td", "th", "tbody", "thead", "tfoot", "caption", "h1", "h2", "h3", "h6", "pre", "blockquote", "code",
    "br", "hr",
    "img src=a", "figure", "figcaption", "details", "summary", "button", "object", "svg", "math", "mtext",
    "style",
    "script", "title", "select", "option", "form", "input type=checkbox", "center", "font", "span lang=vi",
    "marquee",
    "p align=right", "div style=text-align:center", "b id=y", "a name=z", "iframe src=https://v.vn/",
    "template",
    "section class=footnotes", "nobr", "applet", "textarea", "noscript", "span style=font-weight:bold", "u",
    "colgroup",
    "col", "body", "html", "head", "frameset", "foreignObject", "desc", "custom-element", "div dir=rtl",
    "address",
    "td align=center", "table align=center", "li value=3", "dl", "menu", "isindex", "plaintext", "rt", "ruby",
  ]
  private static let words = [
    "chữ", " ", "\n", "a b", "&amp;", "&lt;b&gt;", "<!-- x -->", "<![CDATA[", "]]>", "\u{A0}", "x\n", " y ",
    "<", "&#13;", "\n\n",
    "&#0;", "\"", "'", "<!--", "-->", "\t", "&nbsp;", "\u{C}",
  ]

  static func of(_ length: Int, _ random: inout Seeded) -> String {
    var soup = ""
    for _ in 0..<length {
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<5: soup += "<\(names.randomElement(using: &random) ?? "p")>"
      case 5..<7:
        let name = names.randomElement(using: &random) ?? "p"
        soup += "</\(name.prefix { $0 != " " })>"
      default: soup += words.randomElement(using: &random) ?? ""
      }
    }
    return soup
  }
}
