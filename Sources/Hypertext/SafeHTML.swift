/// HTML that may be sent: a piece of a page whose every byte is a literal of the program, escaped text, or what the
/// sanitizer let through.
///
/// Nothing else makes one, so what has this type needs no second look:
/// `let title: SafeHTML = "<h1>\(article.title)</h1>"` escapes the title.
public struct SafeHTML: Sendable, Hashable {
  /// The HTML in UTF-8.
  public private(set) var bytes: [UInt8]

  /// Nothing.
  public init() { bytes = [] }

  /// What this module has made sure of.
  init(checked bytes: [UInt8]) { self.bytes = bytes }

  /// A text as itself, for contents of elements and quoted values of attributes.
  public init(escaping text: some StringProtocol) {
    bytes = []
    append(escaping: text)
  }

  /// The HTML as a string.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether there is nothing in it.
  public var isEmpty: Bool { bytes.isEmpty }

  /// Adds HTML at the end.
  public mutating func append(_ other: SafeHTML) { bytes.append(contentsOf: other.bytes) }

  /// Adds a text as itself at the end.
  public mutating func append(escaping text: some StringProtocol) {
    var text = String(text)
    text.withUTF8 { Escaping.append($0, to: &bytes) }
  }

  /// Adds a text as itself at the end of HTML in UTF-8.
  public static func append(escaping text: String, to html: inout [UInt8]) {
    Escaping.append(text, to: &html)
  }

  public static func + (left: SafeHTML, right: SafeHTML) -> SafeHTML {
    var sum = left
    sum.append(right)
    return sum
  }

  public static func += (left: inout SafeHTML, right: SafeHTML) { left.append(right) }
}

extension SafeHTML: CustomStringConvertible {
  public var description: String { text }
}

extension Sequence<SafeHTML> {
  /// All of them one after the other, with `separator` between.
  public func joined(separator: SafeHTML = SafeHTML()) -> SafeHTML {
    var sum = SafeHTML()
    var isFirst = true
    for piece in self {
      if !isFirst { sum.append(separator) }
      isFirst = false
      sum.append(piece)
    }
    return sum
  }
}
