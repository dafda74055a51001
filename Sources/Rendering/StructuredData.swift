import ContentModel
import Formats
import Foundation
import SenKernel

/// What a page says in the words of schema.org, as JSON-LD: the trail, of the front page the site, and of news the
/// article (Google Search Central, “Article”, “Breadcrumb”).
struct StructuredData {
  /// The texts of `script` elements, in UTF-8.
  let scripts: [[UInt8]]

  /// Without the site's own address there is nothing to say: all of it is by address.
  init(
    _ head: Head, _ value: ItemValue?, _ description: String, _ picture: PublishedPicture?, _ trail: Trail,
    _ surroundings: Surroundings
  ) {
    guard surroundings.origin != nil, let address = head.address else {
      scripts = []
      return
    }
    let words = Vocabulary(surroundings: surroundings)
    var data: [FieldMap] = []
    if head.kind == "article", let value {
      data.append(words.article(value, address, description, picture))
    }
    if address == .front { data.append(words.site(description)) }
    if !trail.steps.isEmpty { data.append(words.trail(trail.steps + [(head.title, address)])) }
    scripts = data.compactMap(Self.script)
  }

  /// JSON that no text in it can end the element of: `<` is written as `\u003c`.
  private static func script(_ map: FieldMap) -> [UInt8]? {
    var whole: FieldMap = ["@context": .text("https://schema.org")]
    for entry in map.entries { whole.append(entry.name, entry.value) }
    var bytes: [UInt8] = []
    // Only a number that is not finite is refused, and there are none.
    guard (try? JSONWriter.append(whole, to: &bytes)) != nil else { return nil }
    let less = UInt8(ascii: "<")
    if bytes.contains(less) { bytes = bytes.flatMap { $0 == less ? Array("\\u003c".utf8) : [$0] } }
    return bytes
  }
}

/// Things as schema.org calls them.
private struct Vocabulary {
  let surroundings: Surroundings

  func article(
    _ value: ItemValue, _ address: PageAddress, _ description: String, _ picture: PublishedPicture?
  ) -> FieldMap {
    let envelope = value.item.envelope
    let clock = ZonedClock(timeZone: surroundings.style.timeZone)
    let published = envelope.publishAt ?? envelope.createdAt
    var article: FieldMap = [
      "@type": .text("NewsArticle"), "headline": .text(Self.headline(envelope.title)),
      "mainEntityOfPage": url(address), "url": url(address),
      "datePublished": .text(clock.rfc3339(published)),
      "dateModified": .text(clock.rfc3339(max(published, envelope.updatedAt))),
      "inLanguage": .text(envelope.language ?? surroundings.settings.language),
      // A paper that names nobody answers for what it prints.
      "author": .list([
        value.byline.map { .map(["@type": .text("Person"), "name": .text($0)]) } ?? .map(organization)
      ]),
      "publisher": .map(organization), "isAccessibleForFree": .bool(true),
    ]
    if !description.isEmpty { article["description"] = .text(description) }
    if let picture {
      article["image"] = .list([.map(image(picture.largest, value.pictureText))])
      article["thumbnailUrl"] = .text(
        surroundings.address(surroundings.path(ofPicture: picture.thumbnail)))
    }
    if let section = value.section { article["articleSection"] = .text(section.envelope.title) }
    let tags = value.tagItems.map { FieldValue.text($0.envelope.title) }
    if !tags.isEmpty { article["keywords"] = .list(tags) }
    return article
  }

  func site(_ description: String) -> FieldMap {
    let settings = surroundings.settings
    let search = surroundings.address(PageAddress.search.path) + "?q={search_term_string}"
    var site: FieldMap = [
      "@type": .text("WebSite"), "name": .text(settings.title), "url": url(.front),
      "inLanguage": .text(settings.language), "publisher": .map(organization),
      "potentialAction": .map([
        "@type": .text("SearchAction"),
        "target": .map(["@type": .text("EntryPoint"), "urlTemplate": .text(search)]),
        "query-input": .text("required name=search_term_string"),
      ]),
    ]
    if !description.isEmpty { site["description"] = .text(description) }
    return site
  }

  func trail(_ steps: [(title: String, address: PageAddress)]) -> FieldMap {
    [
      "@type": .text("BreadcrumbList"),
      "itemListElement": .list(
        steps.enumerated().map { place, step in
          .map([
            "@type": .text("ListItem"), "position": .integer(Int64(place + 1)), "name": .text(step.title),
            "item": url(step.address),
          ])
        }),
    ]
  }

  private var organization: FieldMap {
    ["@type": .text("Organization"), "name": .text(surroundings.settings.title), "url": url(.front)]
  }

  private func image(_ size: PublishedPicture.Size, _ caption: String) -> FieldMap {
    var image: FieldMap = [
      "@type": .text("ImageObject"),
      "url": .text(surroundings.address(surroundings.path(ofPicture: size))),
      "width": .integer(Int64(size.width)), "height": .integer(Int64(size.height)),
    ]
    if !caption.isEmpty { image["caption"] = .text(caption) }
    return image
  }

  private func url(_ address: PageAddress) -> FieldValue { .text(surroundings.address(address.path)) }

  /// A title in at most 110 characters, cut at a word.
  private static func headline(_ title: String) -> String {
    title.count > 110 ? Head.cut(title, to: 109) : title
  }
}
