import ContentModel
import Formats
import SenKernel

/// What a page says in the words of schema.org, as JSON-LD: the trail, and of news the article.
struct StructuredData {
  /// The texts of `script` elements.
  let scripts: [String]

  /// Without the site's own address there is nothing to say: all of it is by address.
  init(
    _ head: Head, _ description: String, _ picture: PublishedPicture?, _ trail: Trail,
    _ surroundings: Surroundings
  ) {
    guard surroundings.origin != nil, let address = head.address else {
      scripts = []
      return
    }
    var data: [FieldMap] = []
    func url(_ address: PageAddress) -> FieldValue { .text(surroundings.address(address.path)) }
    if head.kind == "article", let envelope = head.item?.envelope {
      let site = surroundings.settings
      var article: FieldMap = [
        "@context": .text("https://schema.org"), "@type": .text("NewsArticle"),
        "headline": .text(String(head.title.prefix(110))), "mainEntityOfPage": url(address),
        "datePublished": .text(Timestamp.text(envelope.publishAt ?? envelope.createdAt)),
        "dateModified": .text(Timestamp.text(envelope.updatedAt)),
        "inLanguage": .text(envelope.language ?? site.language),
        "publisher": .map(["@type": .text("Organization"), "name": .text(site.title), "url": url(.front)]),
      ]
      if !description.isEmpty { article["description"] = .text(Head.short(description)) }
      if let picture {
        article["image"] = .list([.text(surroundings.address(surroundings.path(ofPicture: picture.largest)))])
      }
      if let author = envelope.author {
        article["author"] = .list([.map(["@type": .text("Person"), "name": .text(author)])])
      }
      data.append(article)
    }
    if address == .front {
      data.append([
        "@context": .text("https://schema.org"), "@type": .text("WebSite"),
        "name": .text(surroundings.settings.title), "url": url(.front),
      ])
    }
    if !trail.steps.isEmpty {
      let steps = trail.steps + [(head.title, address)]
      data.append([
        "@context": .text("https://schema.org"), "@type": .text("BreadcrumbList"),
        "itemListElement": .list(
          steps.enumerated().map { place, step in
            .map([
              "@type": .text("ListItem"), "position": .integer(Int64(place + 1)), "name": .text(step.title),
              "item": url(step.address),
            ])
          }),
      ])
    }
    scripts = data.compactMap { Self.script(.map($0)) }
  }

  /// JSON that no text in it can end the element of: `<` is written as `\u003c`.
  private static func script(_ value: FieldValue) -> String? {
    var bytes: [UInt8] = []
    guard (try? JSONWriter.append(value, to: &bytes)) != nil else { return nil }
    return String(decoding: bytes, as: UTF8.self).replacing("<", with: "\\u003c")
  }
}
