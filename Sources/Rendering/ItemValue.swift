import ContentModel
import Foundation
import SenKernel
import Templates

/// An item as templates see it: what the declared fields say, whichever type it is of.
///
/// | name | what |
/// |---|---|
/// | `title`, `url`, `noun`, `id` | the same for all; `url` is blank where the type has no pages |
/// | `lead`, `picture`, `section`, `body`, `tags` | by the traits of its fields |
/// | `published`, `updated`, `author` | by its envelope |
/// | a field's name | its value, if visitors may see it |
/// | `fields` | all of those that hold something, as `label` and `values`, for pages without a template |
/// A class, for templates hand it on at every turn.
final class ItemValue: TemplateValue {
  let item: Item
  private let shape: Shape
  private let writer: ValueWriter

  init(_ item: Item, _ writer: ValueWriter) {
    (self.item, self.writer) = (item, writer)
    shape = writer.page.site.registry.shape(item.envelope.type) ?? Shape(Nameless.self)
  }

  func child(named name: String) -> (any TemplateValue)? {
    switch name {
    case "id": return Written(html: String(item.envelope.id))
    case "noun": return TextValue(text: item.envelope.type)
    case "nounTitle": return TextValue(text: writer.surroundings.words.noun(item.envelope.type) ?? "")
    case "slug": return TextValue(text: item.envelope.slug)
    case "title": return TextValue(text: item.envelope.title)
    case "url":
      guard writer.page.site.registry.pages[item.envelope.type] != nil else { return Written.nothing }
      return TextValue(
        text: writer.surroundings.path(of: .item(noun: item.envelope.type, slug: item.envelope.slug)))
    case "published": return writer.moment(item.envelope.publishAt ?? item.envelope.createdAt)
    case "updated": return writer.moment(item.envelope.updatedAt)
    case "isUpdated":
      return item.envelope.updatedAt.timeIntervalSince(item.envelope.publishAt ?? item.envelope.createdAt)
        > 3600
    case "isStructure": return shape.isStructure
    case "author": return TextValue(text: item.envelope.author ?? "")
    case "language": return TextValue(text: item.envelope.language ?? writer.surroundings.settings.language)
    case "lead": return TextValue(text: lead)
    case "picture": return picture ?? Written.nothing
    case "section": return section.map { ItemValue($0, writer) } ?? Written.nothing
    case "body": return body
    case "tags": return tags
    case "fields": return fields
    default:
      guard let index = shape.index[name], shape.fields[index].isPublic else {
        return Blank.asked(name) { child(named: $0) }
      }
      return writer.value(item.values[index], of: shape.fields[index])
    }
  }

  /// What stands for it in lists; empty where its type has no such field.
  var lead: String { text(.lead) }

  /// What it stands below, if visitors may see that.
  private(set) lazy var section: Item? = shape.above.flatMap { item.values[$0].integer }.flatMap { id in
    writer.attempt { try writer.page.item(id) }
  }

  /// Who is printed as having written it; the account that made it is nobody's business.
  var byline: String? { text(of: "byline") }

  var pictureName: MediaName? {
    guard let index = shape.index(of: .picture) else {
      return standIn?.pictureName
    }
    return item.values[index].text.flatMap { try? MediaName(fieldValue: .text($0)) }
  }

  private var picture: (any TemplateValue)? {
    guard let pictureName else { return nil }
    return writer.picture(pictureName, pictureText, focus: (standIn ?? self).focus)
  }

  /// Where in its picture lies what must not be cut off; nil where its type does not say.
  private var focus: PictureValue.Focus? {
    guard let x = share(.pictureX), let y = share(.pictureY) else { return nil }
    return PictureValue.Focus(x: x, y: y)
  }

  private func share(_ trait: FieldTrait) -> Double? {
    guard let index = shape.index(of: trait), case .real(let share) = item.values[index] else { return nil }
    return share
  }

  /// Whose picture stands for it, where its type has none.
  private var standIn: ItemValue? {
    guard let type = writer.page.site.registry.pages[item.envelope.type],
      shape.index(of: .picture) == nil
    else { return nil }
    return writer.attempt { try type.pictured(item, writer.page) }.map { ItemValue($0, writer) }
  }

  private var body: any TemplateValue {
    prose.map { writer.value(.prose($0.text, $0.format)) } ?? Written.nothing
  }

  /// Its long text; nil where its type has none.
  var prose: (text: String, format: BodyFormat)? {
    guard let index = shape.index(of: .body) else { return nil }
    return (item.values[index].text ?? "", BodyFormat.of(item, shape))
  }

  private var tags: [any TemplateValue] { tagItems.map { ItemValue($0, writer) } }

  /// The tags that it carries, if visitors may see them.
  private(set) lazy var tagItems: [Item] = item.tags.compactMap { id in
    writer.attempt { try writer.page.item(id) }
  }

  private var fields: [any TemplateValue] {
    let special: Set<FieldTrait> = [
      .title, .lead, .picture, .pictureText, .pictureX, .pictureY, .body, .section, .parent,
    ]
    return shape.fields.enumerated().compactMap { index, field -> (any TemplateValue)? in
      guard field.isPublic, field.traits.isDisjoint(with: special), !Self.ofPages.contains(field.name) else {
        return nil
      }
      let facts = writer.facts(item.values[index], of: field)
      guard !facts.isEmpty else { return nil }
      let label = writer.surroundings.words.label(field.name, of: item.envelope.type) ?? field.name
      return NamedValues(values: [
        "name": TextValue(text: field.name), "label": TextValue(text: label),
        "values": facts,
      ])
    }
  }

  /// Fields that are about the page rather than on it.
  private static let ofPages: Set<String> = ["bodyFormat", "seoTitle", "seoDescription"]

  /// A text field that visitors may see, where its type has one and it is filled in.
  func text(of field: String) -> String? {
    guard let index = shape.index[field], shape.fields[index].isPublic, let text = item.values[index].text,
      !text.isEmpty
    else { return nil }
    return text
  }

  /// What its picture shows, in words.
  var pictureText: String { (standIn ?? self).text(.pictureText) }

  private func text(_ trait: FieldTrait) -> String {
    shape.index(of: trait).flatMap { item.values[$0].text } ?? ""
  }

  /// For an item whose type has gone with its plugin.
  private struct Nameless: Content {
    static let name = "nameless"
    static let help = ""
    static let fields: [Field<Nameless>] = []
  }
}
