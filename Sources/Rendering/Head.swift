import ContentModel
import Foundation
import SenKernel
import Templates

/// What a page says of itself to machines: title, description, canonical address, feeds, pictures, structured data.
struct Head {
  var title: String
  var lead = ""
  /// Nil for pages that are no pages, such as that of an error.
  var address: PageAddress?
  var isIndexed = true
  var feeds: [FeedScope] = []
  /// The type of OpenGraph: `website` or `article`.
  var kind = "website"
  var item: Item?
  var part = 1

  /// A language as OpenGraph writes it, with the country where most speak it if it names none: `vi_VN`. Empty where
  /// that cannot be told.
  static func locale(_ tag: String) -> String {
    let parts = tag.split(separator: "-")
    guard let language = parts.first?.lowercased() else { return "" }
    if let country = parts.dropFirst().first(where: { $0.count == 2 }) {
      return "\(language)_\(country.uppercased())"
    }
    return ["vi": "vi_VN", "en": "en_US"][language] ?? ""
  }

  /// A description as search engines show it: about 160 characters, cut at a word.
  static func short(_ text: String) -> String {
    // Of a long text the beginning is nearly always enough.
    let scalars = text.unicodeScalars
    var words = joined(scalars.prefix(400))
    if words.utf8.count < text.utf8.count, words.unicodeScalars.count <= 170 { words = joined(scalars[...]) }
    // What has no more than so many scalars has no more characters.
    guard words.unicodeScalars.count > 170, words.count > 170 else { return words }
    let start = words.prefix(165)
    return (start.lastIndex(of: " ").map { String(start[..<$0]) } ?? String(start)) + "…"
  }

  private static func joined(_ text: Substring.UnicodeScalarView) -> String {
    var joined = ""
    joined.reserveCapacity(1000)
    var isBetween = false
    for scalar in text {
      if scalar.isBlank {
        isBetween = !joined.isEmpty
      } else {
        if isBetween { joined.unicodeScalars.append(" ") }
        isBetween = false
        joined.unicodeScalars.append(scalar)
      }
    }
    return joined
  }
}

extension Unicode.Scalar {
  /// Whether it is white space, which few are; the tables of Unicode are asked only where one may be.
  fileprivate var isBlank: Bool {
    switch value {
    case 0x21...0x7E, 0xA1...0x167F, 0x3001...: false
    default: properties.isWhitespace
    }
  }
}

extension FeedFormat {
  /// As the formats register it.
  var mediaType: String {
    switch self {
    case .rss: "application/rss+xml"
    case .atom: "application/atom+xml"
    case .json: "application/feed+json"
    }
  }
}
