import ContentModel
import Foundation
import Hypertext
import SenKernel
import Storage
import Templates
import Vietnamese

/// Turns the values of views into what templates write, at the moment at which a template asks for them.
///
/// One for each page, shared by all of its values.
final class ValueWriter {
  let page: PageContext
  let surroundings: Surroundings
  /// What went wrong first while a template was written, which templates have no way to throw.
  private(set) var problem: (any Error)?
  /// Whether a long text was written without a picture whose sizes are still to be made.
  private(set) var lacksPicture = false

  /// Whether the form that a visitor gets back was asked for by a template.
  var givesFormBack = false

  /// What stands before the ids in long texts, so that those of one page do not meet.
  private let idPrefix: String
  /// The level of the first headings in long texts.
  private let firstHeading: Int

  init(page: PageContext, surroundings: Surroundings, idPrefix: String = "n-", firstHeading: Int = 2) {
    (self.page, self.surroundings) = (page, surroundings)
    (self.idPrefix, self.firstHeading) = (idPrefix, firstHeading)
  }

  var style: PeopleStyle { surroundings.style }

  /// Never nil, so that no name is looked for further out where this value is only blank.
  func value(_ value: ViewValue) -> any TemplateValue {
    switch value {
    case .none: return Written.nothing
    case .text(let text): return TextValue(text: text)
    case .number(let number, let decimals): return self.number(number, decimals)
    case .flag(let flag): return flag
    case .moment(let date): return moment(date)
    case .prose(let text, let format):
      return Rendered(bytes: html(text, format))
    case .marked(let text, let hits): return Written(html: Self.marked(text, hits))
    case .picture(let name, let alt): return picture(name, alt) ?? Written.nothing
    case .file(let name, let shown):
      page.trace.add(media: name.name)
      return NamedValues(values: [
        "name": TextValue(text: shown), "url": Written(html: surroundings.path(ofFile: name)),
        "ending": TextValue(text: String(name.name.split(separator: ".").last ?? "")),
      ])
    case .item(let item): return ItemValue(item, self)
    case .page(let address): return TextValue(text: surroundings.path(of: address))
    case .address(let text): return TextValue(text: text)
    case .form(let noun, let action, let item): return form(noun, action, item) ?? Written.nothing
    case .list(let values): return values.map { self.value($0) } as [any TemplateValue]
    case .view(let view): return ViewValues(view, self)
    }
  }

  /// A stored value of a field.
  func value(_ stored: FieldValue, of field: FieldShape, alt: String = "") -> any TemplateValue {
    switch (field.kind, stored) {
    case (_, .null): return Written.nothing
    case (.media, .text(let name)):
      guard let name = try? MediaName(fieldValue: .text(name)) else { return Written.nothing }
      return value(PublishedSizes.isPicture(name) ? .picture(name, alt: alt) : .file(name, name: field.name))
    case (.reference, .integer(let id)):
      return attempt { try page.item(id) }.map { ItemValue($0, self) } ?? Written.nothing
    case (.references, .list(let ids)):
      return ids.compactMap(\.integer).compactMap { id in attempt { try page.item(id) } }.map {
        ItemValue($0, self)
      }
    case (.texts, .list(let texts)):
      return texts.map { TextValue(text: $0.text ?? "") } as [any TemplateValue]
    case (_, .text(let text)): return TextValue(text: text)
    case (_, .integer(let integer)): return number(Double(integer), 0)
    case (_, .real(let real)): return NumberValue(number: real, text: style.text(.real(real)))
    case (_, .bool(let flag)): return flag
    case (_, .date(let date)): return moment(date)
    default: return Written.nothing
    }
  }

  /// What `body` gives; the first error is kept for whoever renders.
  func attempt<Value>(_ body: () throws -> Value?) -> Value? {
    do {
      return try body()
    } catch {
      if problem == nil { problem = error }
      return nil
    }
  }

  func moment(_ date: Date) -> MomentValue {
    MomentValue(date: date, writer: self)
  }

  private func number(_ number: Double, _ decimals: Int) -> NumberValue {
    let text: String
    switch style.language {
    case .vi: text = VietnameseNumber.text(number, decimals: decimals)
    case .en:
      let whole = decimals == 0 ? Int(exactly: number) : nil
      text = whole.map(String.init) ?? String(format: "%.\(decimals)f", number)
    }
    return NumberValue(number: number, text: text)
  }

  /// A long text as HTML in UTF-8 that is safe to send; what it leads to is published with the page.
  func html(_ text: String, _ format: BodyFormat) -> [UInt8] {
    let (html, media, lacks, holds) = surroundings.prose.html(text, format, idPrefix, firstHeading)
    if let holds { page.expires(after: holds) }
    for name in media { page.trace.add(media: name) }
    if lacks { lacksPicture = true }
    return html
  }

  func picture(_ name: MediaName, _ alt: String, focus: PictureValue.Focus? = nil) -> PictureValue? {
    published(name).map { PictureValue(picture: $0, alt: alt, focus: focus, surroundings: surroundings) }
  }

  /// The sizes of a picture, which the page then leads to.
  func published(_ name: MediaName) -> PublishedPicture? {
    let found = attempt { try surroundings.pictures.picture(name) { page.expires(after: $0) } }
    guard let picture = found else { return nil }
    for size in picture.sizes + [picture.thumbnail] { page.trace.add(media: size.name) }
    return picture
  }

  /// The text with `<mark>` around the hits.
  static func marked(_ text: String, _ hits: [Range<Int>]) -> String {
    let characters = Array(text)
    var (written, place) = (SafeHTML(), 0)
    for hit in hits where hit.lowerBound >= place && hit.upperBound <= characters.count {
      written.append(escaping: String(characters[place..<hit.lowerBound]))
      written += "<mark>\(String(characters[hit]))</mark>"
      place = hit.upperBound
    }
    written.append(escaping: String(characters[place...]))
    return written.text
  }
}

/// A view as templates see it: `{{#hasNewer}}` asks whether `newer` holds anything.
struct ViewValues: TemplateValue {
  private let view: View
  private let writer: ValueWriter

  init(_ view: View, _ writer: ValueWriter) { (self.view, self.writer) = (view, writer) }

  func child(named name: String) -> (any TemplateValue)? {
    if let value = view[name] { return writer.value(value) }
    return Blank.asked(name) { child(named: $0) }
  }
}

/// What templates ask of a value as a whole.
enum Blank {
  /// The answer to `hasNewer`, where `newer` is a name that there is.
  static func asked(_ name: String, _ child: (String) -> (any TemplateValue)?) -> Bool? {
    // Asked for every name that is not found: by its bytes, which takes a fraction of the time.
    var bytes = name.utf8.makeIterator()
    guard bytes.next() == UInt8(ascii: "h"), bytes.next() == UInt8(ascii: "a"),
      bytes.next() == UInt8(ascii: "s"), let first = name.dropFirst(3).first, first.isUppercase,
      let value = child(first.lowercased() + name.dropFirst(4))
    else { return nil }
    return !value.isBlank
  }
}
