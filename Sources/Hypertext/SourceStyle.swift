internal import CGumbo

/// What old attributes and styles of an element say that is worth keeping.
///
/// `align="center"`, `style="text-align: right"`, `class="has-text-align-center"`, `style="font-weight:700"`. Styles
/// themselves go: a strict Content-Security-Policy forbids them.
struct SourceStyle {
  enum Alignment: String {
    case left, center, right, justify
  }

  private(set) var alignment: Alignment?
  private(set) var isHidden = false
  /// Nil where nothing is said.
  private(set) var isBold: Bool?
  private(set) var isItalic: Bool?
  private(set) var isUnderlined = false
  private(set) var isStruck = false
  private(set) var float: Alignment?
  /// The words of its class.
  private(set) var classes: [Substring] = []

  init() {}

  init(_ element: HTMLTree.Element) {
    if element.tag == GUMBO_TAG_CENTER { alignment = .center }
    guard element.hasAttributes else { return }
    isHidden = element.attribute("hidden") != nil
    if let align = element.attribute("align") { alignment = Self.alignment(align.lowercased()) ?? alignment }
    if let value = element.attribute("class") {
      classes = value.split { $0.isASCII && $0.isWhitespace }.prefix(50).map { $0 }
      for word in classes { read(class: word) }
    }
    if let style = element.attribute("style") {
      for declaration in style.lowercased().split(separator: ";").prefix(50) {
        let pair = declaration.split(separator: ":", maxSplits: 1).map(Self.bare)
        if let name = pair.first, let value = pair.last, pair.count == 2 { read(name, value) }
      }
    }
  }

  private mutating func read(class word: Substring) {
    switch word {
    case "align-center", "has-text-align-center", "text-center", "aligncenter": alignment = .center
    case "align-right", "has-text-align-right", "text-right", "text-end": alignment = .right
    case "align-justify", "text-justify": alignment = .justify
    case "float-left", "alignleft": float = .left
    case "float-right", "alignright": float = .right
    default: break
    }
  }

  private mutating func read(_ name: String, _ value: String) {
    switch name {
    case "text-align": alignment = Self.alignment(value) ?? alignment
    case "display": isHidden = isHidden || value == "none"
    case "float": float = Self.alignment(value) ?? float
    case "font-weight": isBold = value == "bold" || value == "bolder" || (Int(value) ?? 0) >= 600
    case "font-style": isItalic = value == "italic" || value == "oblique"
    case "text-decoration", "text-decoration-line":
      isUnderlined = isUnderlined || value.contains("underline")
      isStruck = isStruck || value.contains("line-through")
    default: break
    }
  }

  private static func alignment(_ value: String) -> Alignment? {
    switch value {
    case "left", "start": .left
    case "center", "middle", "-webkit-center": .center
    case "right", "end": .right
    case "justify": .justify
    default: nil
    }
  }

  /// Without blanks around it and without `!important`.
  private static func bare(_ text: Substring) -> String {
    let word = text.split { $0.isASCII && $0.isWhitespace || $0 == "!" }.first
    return word.map(String.init) ?? ""
  }

  /// The class that says how lines stand; nil for what is usual.
  static func className(_ alignment: Alignment?) -> String? {
    alignment.flatMap { $0 == .left ? nil : "align-\($0.rawValue)" }
  }
}
