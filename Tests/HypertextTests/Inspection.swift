import CGumbo

/// Looks at HTML as somebody who trusts nobody: parses it and names all that must not be in it.
///
/// The lists are this file's own, so that a slip in the sanitizer's shows.
struct Inspection {
  private(set) var problems: [String] = []
  /// The same tree, written by the rules of the standard: what differs from the source was changed by the parser.
  private(set) var rewritten = ""
  /// Where the contents of the last element begin.
  private var beginning = 0

  init(_ html: String) {
    var html = html
    html.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { bytes in
        guard let base = bytes.baseAddress else { return }
        guard let tree = sen_tree_parse(base, bytes.count, 1 << 30) else {
          return problems.append("cannot be parsed")
        }
        defer { sen_tree_free(tree) }
        guard let root = sen_tree_root(tree) else { return }
        for index in 0..<sen_element_count(root) { look(sen_element_child(root, index), in: ["body"]) }
      }
    }
    if rewritten != html {
      problems.append("is changed by a parser: \(html.prefix(400)) to \(rewritten.prefix(400))")
    }
  }

  private mutating func look(_ node: UnsafePointer<GumboNode>?, in parents: [String]) {
    guard let node else { return }
    guard sen_node_is_element(node) != 0 else {
      guard let bytes = sen_node_text(node) else { return problems.append("has a comment") }
      let isPreformatted = parents.last == "pre" && beginning == rewritten.utf8.count
      let text = String(cString: bytes)
      rewritten += (isPreformatted && text.hasPrefix("\n") ? "\n" : "") + escaped(text)
      if Self.parts[parents.last ?? ""] != nil, text.contains(where: { !$0.isWhitespace }) {
        problems.append("has text in \(parents)")
      }
      return
    }
    let name = String(cString: gumbo_normalized_tagname(sen_element_tag(node)))
    guard sen_element_namespace(node) == GUMBO_NAMESPACE_HTML, let allowed = Self.elements[name] else {
      return problems.append("has <\(name)>")
    }
    check(place: name, in: parents)
    rewritten += "<\(name)"
    for index in 0..<sen_attribute_count(node) {
      guard let attribute = sen_attribute(node, index)?.pointee else { continue }
      check(String(cString: attribute.name), String(cString: attribute.value), of: name, allowed)
    }
    rewritten += ">"
    guard !["br", "hr", "img", "wbr"].contains(name) else { return }
    beginning = rewritten.utf8.count
    for index in 0..<sen_element_count(node) { look(sen_element_child(node, index), in: parents + [name]) }
    rewritten += "</\(name)>"
  }

  private mutating func check(_ attribute: String, _ value: String, of name: String, _ allowed: String) {
    rewritten +=
      attribute == "open" || attribute == "reversed" ? " \(attribute)" : " \(attribute)=\"\(escaped(value))\""
    guard (allowed + " id lang dir").split(separator: " ").contains(Substring(attribute)) else {
      return problems.append("has <\(name) \(attribute)=\"\(value)\">")
    }
    let isGood =
      switch attribute {
      case "href", "src": isGood(address: value)
      case "id": value.hasPrefix("n-")
      case "class":
        ["table", "footnotes"].contains(value) || value.hasPrefix("align-") || value.hasPrefix("float-")
          || value.hasPrefix("language-")
      case "width", "height", "colspan", "rowspan", "start", "value": Int(value) != nil
      case "rel":
        value.split(separator: " ").allSatisfy { ["noopener", "nofollow", "ugc", "sponsored"].contains($0) }
      default: true
      }
    if !isGood { problems.append("has <\(name) \(attribute)=\"\(value)\">") }
  }

  private func isGood(address: String) -> Bool {
    guard !address.isEmpty,
      address.unicodeScalars.allSatisfy({ $0.value > 0x20 && $0.value != 0x7F && $0 != "\\" })
    else {
      return false
    }
    let head = address.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    guard let colon = head.firstIndex(of: ":") else { return true }
    let scheme = head[..<colon]
    // What cannot be a scheme is the name of a file.
    guard let first = scheme.utf8.first, (0x41...0x5A).contains(first & 0xDF),
      scheme.utf8.allSatisfy({
        (0x41...0x5A).contains($0 & 0xDF) || (0x30...0x39).contains($0) || [0x2B, 0x2D, 0x2E].contains($0)
      })
    else { return true }
    return ["http", "https", "mailto", "tel"].contains(scheme)
  }

  /// Whether an element may stand where it does.
  private mutating func check(place name: String, in parents: [String]) {
    let parent = parents.last ?? ""
    if let parts = Self.parts[parent], !parts.split(separator: " ").contains(Substring(name)) {
      problems.append("has <\(name)> in \(parents)")
    }
    if let owners = Self.owners[name], !owners.split(separator: " ").contains(Substring(parent)) {
      problems.append("has <\(name)> in \(parents)")
    }
    let isLine = Self.lines.contains(name)
    if !isLine, parents.contains(where: { Self.lines.contains($0) || Self.holdsLines.contains($0) }) {
      problems.append("has <\(name)> in \(parents)")
    }
    if name == "a", parents.contains("a") { problems.append("has <a> in \(parents)") }
    if name.count == 2, name.first == "h", name != "hr", parents.contains("th") || parents.contains("dt") {
      problems.append("has <\(name)> in \(parents)")
    }
  }

  private func escaped(_ text: String) -> String {
    var escaped = ""
    for character in text.unicodeScalars {
      switch character {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      default: escaped.unicodeScalars.append(character)
      }
    }
    return escaped
  }

  private static let lines: Set = [
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "del", "dfn", "em", "i", "img", "ins", "kbd",
    "mark", "q",
    "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
  ]
  private static let holdsLines: Set = ["p", "h2", "h3", "h4", "h5", "h6", "pre", "summary", "caption"]

  /// Elements that consist of certain others.
  private static let parts = [
    "ul": "li", "ol": "li", "dl": "dt dd", "table": "caption thead tbody tfoot", "thead": "tr", "tbody": "tr",
    "tfoot": "tr", "tr": "td th",
  ]
  private static let owners = [
    "li": "ul ol", "dt": "dl", "dd": "dl", "caption": "table", "thead": "table", "tbody": "table",
    "tfoot": "table",
    "tr": "thead tbody tfoot", "td": "tr", "th": "tr", "figcaption": "figure", "summary": "details",
  ]

  /// Every element with its attributes.
  private static let elements: [String: String] = {
    var elements = [
      "a": "href rel title", "img": "src srcset sizes width height alt title class loading decoding",
      "ol": "start type reversed",
      "li": "value class", "td": "colspan rowspan class", "th": "colspan rowspan scope class",
      "abbr": "title",
      "dfn": "title", "time": "datetime", "code": "class", "pre": "class",
      "div": "class role tabindex aria-label",
      "figure": "class", "details": "open", "section": "class", "p": "class", "dt": "class", "dd": "class",
    ]
    for heading in ["h2", "h3", "h4", "h5", "h6"] { elements[heading] = "class" }
    for name in lines where elements[name] == nil { elements[name] = "" }
    for name in [
      "ul", "dl", "blockquote", "table", "caption", "thead", "tbody", "tfoot", "tr", "hr", "figcaption",
      "summary",
    ] {
      elements[name] = ""
    }
    return elements
  }()
}
