import ContentModel
import SenKernel
import Templates

/// The head of a page as templates see it, each value made when it is asked for.
final class HeadValues: TemplateValue {
  private let head: Head
  private let maker: PageMaker
  private let writer: ValueWriter
  private let trail: Trail
  /// The item of the page.
  private let value: ItemValue?
  /// The title by itself, as others who link to the page show it.
  private let title: String
  private let description: String
  private let picture: PublishedPicture?

  init(_ head: Head, _ writer: ValueWriter, _ trail: Trail, _ maker: PageMaker) {
    (self.head, self.maker, self.writer, self.trail) = (head, maker, writer, trail)
    value = head.item.map { ItemValue($0, writer) }
    let name = head.part > 1 ? "\(head.title) – \(maker.words["page"] ?? "") \(head.part)" : head.title
    title = value?.text(of: "seoTitle") ?? name
    description = Head.short(value?.text(of: "seoDescription") ?? head.lead)
    picture = value?.pictureName.flatMap(writer.published)
  }

  private var surroundings: Surroundings { maker.surroundings }
  private var site: SiteSettings { surroundings.settings }

  func child(named name: String) -> (any TemplateValue)? {
    switch name {
    case "title": TextValue(text: head.address == .front ? site.title : "\(title) – \(site.title)")
    case "ogTitle": TextValue(text: title)
    case "description": TextValue(text: description)
    case "siteTitle": TextValue(text: site.title)
    case "kind": TextValue(text: head.kind)
    case "isIndexed": head.isIndexed
    case "locale": TextValue(text: Head.locale(head.item?.envelope.language ?? site.language))
    case "feeds": feeds
    case "stylesheet": Written(html: maker.path(ofFile: "style.css"))
    case "script": Written(html: maker.path(ofFile: "site.js"))
    case "canonical": canonical
    case "image": image
    case "article": article
    case "data": data
    default: Blank.asked(name) { child(named: $0) }
    }
  }

  private var canonical: TextValue? {
    // What is not to be listed names no other page to be listed in its place.
    guard head.isIndexed, let address = head.address, surroundings.origin != nil else { return nil }
    return TextValue(text: surroundings.address(address.path))
  }

  private var feeds: [any TemplateValue] {
    (surroundings.origin == nil ? [] : head.feeds).flatMap { scope in
      FeedFormat.allCases.map { format -> any TemplateValue in
        NamedValues(values: [
          "type": Written(html: format.mediaType), "title": TextValue(text: head.title),
          "url": TextValue(text: surroundings.path(of: .feed(format, of: scope))),
        ])
      }
    }
  }

  private var image: NamedValues? {
    guard let picture, surroundings.origin != nil else { return nil }
    return NamedValues(values: [
      "url": Written(html: surroundings.address(surroundings.path(ofPicture: picture.largest))),
      "width": Written(html: String(picture.largest.width)),
      "height": Written(html: String(picture.largest.height)),
      "alt": TextValue(text: value?.pictureText ?? ""),
    ])
  }

  private var article: NamedValues? {
    guard head.kind == "article", let value else { return nil }
    let envelope = value.item.envelope
    return NamedValues(values: [
      "published": writer.moment(envelope.publishAt ?? envelope.createdAt),
      "modified": writer.moment(envelope.updatedAt),
      "section": value.section.map { ItemValue($0, writer) } ?? Written.nothing,
      "tags": value.tagItems.map { TextValue(text: $0.envelope.title) } as [any TemplateValue],
    ])
  }

  private var data: [any TemplateValue] {
    let data = StructuredData(head, value, description, picture, trail, surroundings)
    return data.scripts.map { NamedValues(values: ["json": Rendered(bytes: $0)]) }
  }
}
