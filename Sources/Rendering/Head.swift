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

  func values(_ writer: ValueWriter, _ trail: Trail, _ maker: PageMaker) -> NamedValues {
    let surroundings = maker.surroundings
    let site = surroundings.settings
    let isFront = address == .front
    let name = part > 1 ? "\(title) – \(maker.words["page"] ?? "") \(part)" : title
    let value = item.map { ItemValue($0, writer) }
    let own = value?.text(of: "seoTitle") ?? name
    let description = Self.short(value?.text(of: "seoDescription") ?? lead)
    var values: [String: any TemplateValue] = [
      "title": TextValue(text: isFront ? site.title : "\(own) – \(site.title)"),
      "ogTitle": TextValue(text: own),
      "description": TextValue(text: description), "siteTitle": TextValue(text: site.title),
      "kind": TextValue(text: kind), "isIndexed": isIndexed,
      "locale": TextValue(text: Self.locale(item?.envelope.language ?? site.language)),
      "feeds": (surroundings.origin == nil ? [] : feeds).flatMap { scope in
        FeedFormat.allCases.map { format -> any TemplateValue in
          NamedValues(values: [
            "type": Written(renderText: format.mediaType), "title": TextValue(text: title),
            "url": Written(escaping: surroundings.path(of: .feed(format, of: scope))),
          ])
        }
      },
      "stylesheet": Written(renderText: maker.path(ofFile: "style.css")),
      "script": Written(renderText: maker.path(ofFile: "site.js")),
    ]
    if let address, surroundings.origin != nil {
      values["canonical"] = Written(escaping: surroundings.address(address.path))
    }
    let picture = value?.pictureName.flatMap(writer.published)
    if let picture, surroundings.origin != nil {
      values["image"] = NamedValues(values: [
        "url": Written(renderText: surroundings.address(surroundings.path(ofPicture: picture.largest))),
        "width": Written(renderText: String(picture.largest.width)),
        "height": Written(renderText: String(picture.largest.height)),
        "alt": TextValue(text: value?.pictureText ?? ""),
      ])
    }
    if kind == "article", let item {
      let envelope = item.envelope
      values["article"] = NamedValues(values: [
        "published": writer.moment(envelope.publishAt ?? envelope.createdAt),
        "modified": writer.moment(envelope.updatedAt),
        "section": value?.section.map { ItemValue($0, writer) } ?? Written.nothing,
        "tags": (value?.tagItems ?? []).map { TextValue(text: $0.envelope.title) } as [any TemplateValue],
      ])
    }
    let data = StructuredData(self, value, description, picture, trail, surroundings)
    values["data"] =
      data.scripts.map { NamedValues(values: ["json": Written(renderText: $0)]) } as [any TemplateValue]
    return NamedValues(values: values)
  }

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
    var words = joined(text.prefix(400))
    if words.utf8.count < text.utf8.count, words.count <= 170 { words = joined(text[...]) }
    guard words.utf8.count > 170, words.count > 170 else { return words }
    let start = words.prefix(165)
    return (start.lastIndex(of: " ").map { String(start[..<$0]) } ?? String(start)) + "…"
  }

  private static func joined(_ text: Substring) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
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
