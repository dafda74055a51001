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

  /// A description as search engines show it: 170 characters at most, else about 160, cut at a word.
  static func short(_ text: String) -> String {
    var short: [UInt8] = []
    short.reserveCapacity(256)
    /// Scalars, of which a character has one or more.
    var count = 0
    var isBetween = false
    /// Whether each of them is a character by itself, as in nearly all texts: then nobody has to look for characters.
    var isPlain = true
    /// Where the first 165 end, and the last word that is whole within them.
    var (end, wordEnd) = (0, 0)
    func add(_ scalar: Unicode.Scalar) {
      if scalar.isASCII {
        short.append(UInt8(scalar.value))
      } else {
        short += UTF8.encode(scalar).map(Array.init) ?? []
      }
      count += 1
      if count == 165 { end = short.count }
    }
    for scalar in text.unicodeScalars {
      if scalar.isBlank {
        isBetween = count > 0
        continue
      }
      if isBetween {
        if count < 165 { wordEnd = short.count }
        add(" ")
      }
      isBetween = false
      isPlain = isPlain && scalar.isCharacter
      add(scalar)
      guard count > 170 else { continue }
      if isPlain {
        return String(decoding: short[..<(wordEnd > 0 ? wordEnd : end)], as: UTF8.self) + "…"
      }
      let text = String(decoding: short, as: UTF8.self)
      // Characters of very many scalars are nobody's words.
      if count >= 1000 || text.count > 170 { return cut(text, to: 165) }
    }
    return String(decoding: short, as: UTF8.self)
  }

  /// The first so many characters of a longer text, cut at a word.
  static func cut(_ text: String, to count: Int) -> String {
    let start = text.prefix(count)
    return (start.lastIndex(of: " ").map { String(start[..<$0]) } ?? String(start)) + "…"
  }
}

extension Unicode.Scalar {
  /// Whether it makes up a character by itself, whatever stands beside it but for marks: Latin letters, those of
  /// Vietnamese among them, and usual punctuation.
  fileprivate var isCharacter: Bool {
    switch value {
    case 0x21...0xAC, 0xAE...0x2FF, 0x1E00...0x1EFF, 0x2010...0x2027: true
    default: false
    }
  }

  /// Whether it is white space, which few are; the tables of Unicode are asked only where one may be.
  fileprivate var isBlank: Bool {
    switch value {
    case 0x21...0x7E, 0xA1...0x167F, 0x1681...0x1FFF, 0x3001...: false
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
