import Foundation
import Rendering
import SenKernel

/// Items as the API gives them. `JSONForms` declares the same forms for its document; a test holds both together.
struct ItemWriter {
  let reading: ItemReading
  private let api: APIMaker
  private let known = References()

  /// The references of one answer, each looked up once.
  private final class References {
    var values: [Int64: FieldValue] = [:]
  }

  init(_ reading: ItemReading, _ api: APIMaker) { (self.reading, self.api) = (reading, api) }

  private var page: PageContext { reading.page }
  private var surroundings: Surroundings { reading.surroundings }

  /// An item as lists have it: all of its fields but the long text.
  func entry(_ item: Item, _ resource: Resource) -> FieldMap {
    var map = head(item)
    map.append("fields", .map(fields(item, resource, withBody: false)))
    return map
  }

  /// An item whole, with what its page shows beside it.
  func whole(_ item: Item, _ resource: Resource) throws -> FieldValue {
    var map = head(item)
    map.append("fields", .map(fields(item, resource, withBody: true)))
    let view = resource.type.shows.isEmpty ? View() : try resource.type.view(item, page)
    map.append("view", .map(values(of: view, resource.type.shows, at: address(of: item))))
    return .map(map)
  }

  /// What every item has, whatever its noun.
  func entryHead(_ item: Item) -> FieldMap {
    let envelope = item.envelope
    var map: FieldMap = [
      "noun": .text(envelope.type), "uid": .text(envelope.uid), "slug": .text(envelope.slug),
      "title": .text(envelope.title),
    ]
    map.append("url", address(of: item).map { .text($0) } ?? .null)
    map.append("api", api(of: item))
    map.append("published", .date(envelope.publishAt ?? envelope.createdAt))
    map.append("updated", .date(envelope.updatedAt))
    map.append("language", .text(envelope.language ?? surroundings.settings.language))
    map.append("lead", .text(reading.lead(of: item)))
    return map
  }

  private func head(_ item: Item) -> FieldMap {
    var map = entryHead(item)
    map.append("picture", reading.picture(of: item).map { picture($0.name, $0.alt) } ?? .null)
    map.append("section", reading.section(of: item).map(reference) ?? .null)
    map.append("tags", .list(item.tags.map(reference).filter { !$0.isNull }))
    return map
  }

  private func address(of item: Item) -> String? {
    let envelope = item.envelope
    guard page.site.registry.pages[envelope.type] != nil else { return nil }
    return api.whole(surroundings.path(of: .item(noun: envelope.type, slug: envelope.slug)))
  }

  private func api(of item: Item) -> FieldValue {
    let envelope = item.envelope
    guard page.site.registry.pages[envelope.type] != nil else { return .null }
    return .text(api.whole(APIAddress.item(noun: envelope.type, name: envelope.slug).path))
  }

  // MARK: Fields

  private func fields(_ item: Item, _ resource: Resource, withBody: Bool) -> FieldMap {
    var map = FieldMap()
    for (index, field) in resource.fields where withBody || !field.has(.body) {
      map.append(field.name, value(item.values[index], field, item))
    }
    return map
  }

  private func value(_ stored: FieldValue, _ field: FieldShape, _ item: Item) -> FieldValue {
    switch (field.kind, stored) {
    case (.media, .text(let text)):
      guard let name = try? MediaName(fieldValue: .text(text)) else { return .null }
      guard PublishedSizes.isPicture(name) else { return file(name, field.name) }
      return picture(name, field.has(.picture) ? reading.picture(of: item)?.alt ?? "" : "")
    case (.reference, .integer(let id)): return reference(id)
    case (.references, .list(let ids)):
      return .list(ids.compactMap(\.integer).map(reference).filter { !$0.isNull })
    case (.media, _), (.reference, _): return .null
    case (.references, _), (.texts, .null): return .list([])
    case (_, .text(let text)) where field.has(.body):
      return prose(text, reading.format(of: item) ?? .markdown, at: address(of: item))
    default: return stored
    }
  }

  /// A reference; null where visitors may not see what it leads to.
  private func reference(_ id: Int64) -> FieldValue {
    if let known = known.values[id] { return known }
    var value = FieldValue.null
    if let item = attempt({ try page.item(id) }) { value = reference(item) }
    known.values[id] = value
    return value
  }

  private func reference(_ item: Item) -> FieldValue {
    let envelope = item.envelope
    return .map([
      "noun": .text(envelope.type), "slug": .text(envelope.slug), "title": .text(envelope.title),
      "url": address(of: item).map { .text($0) } ?? .null, "api": api(of: item),
    ])
  }

  private func prose(_ text: String, _ format: BodyFormat, at address: String?) -> FieldValue {
    let prose = reading.prose(text, format, at: address ?? "")
    return .map(["html": .text(prose.html), "text": .text(prose.text)])
  }

  private func picture(_ name: MediaName, _ alt: String) -> FieldValue {
    guard let picture = reading.sizes(of: name) else { return .null }
    func size(_ size: PublishedPicture.Size) -> FieldValue {
      .map([
        "url": .text(api.whole(surroundings.path(ofPicture: size))), "width": .integer(Int64(size.width)),
        "height": .integer(Int64(size.height)),
      ])
    }
    return .map([
      "alt": .text(alt), "thumbnail": size(picture.thumbnail), "sizes": .list(picture.sizes.map(size)),
    ])
  }

  private func file(_ name: MediaName, _ shown: String) -> FieldValue {
    page.trace.add(media: name.name)
    return .map(["name": .text(shown), "url": .text(api.whole(surroundings.path(ofFile: name)))])
  }

  // MARK: Views

  /// The declared values of a view; what it does not hold is null, a list that it does not hold is empty.
  private func values(of view: View, _ declared: [ViewField], at address: String?) -> FieldMap {
    var map = FieldMap()
    for field in declared { map.append(field.name, value(view[field.name] ?? .none, field.kind, address)) }
    return map
  }

  private func value(_ value: ViewValue, _ kind: ViewKind, _ address: String?) -> FieldValue {
    switch (kind, value) {
    case (.text, .text(let text)): return .text(text)
    case (.whole, .number(let number, _)):
      return abs(number) < 0x1p53 ? .integer(Int64(number.rounded())) : .null
    case (.number, .number(let number, let decimals)):
      // As pages write it.
      let scale = pow(10, Double(decimals))
      let rounded = (number * scale).rounded() / scale
      return rounded.isFinite ? .real(rounded) : .null
    case (.flag, .flag(let flag)): return .bool(flag)
    case (.moment, .moment(let date)): return .date(date)
    case (.prose, .prose(let text, let format)): return prose(text, format, at: address)
    case (.picture, .picture(let name, let alt)): return picture(name, alt)
    case (.file, .file(let name, let shown)): return file(name, shown)
    case (.item, .item(let item)): return reference(item)
    case (.address, .page(let page)): return .text(api.whole(surroundings.path(of: page)))
    case (.address, .address(let text)): return .text(api.whole(text))
    case (.list(let kind), .list(let values)):
      return .list(values.map { self.value($0, kind, address) }.filter { !$0.isNull })
    case (.list, _): return .list([])
    case (.view(let fields), .view(let view)): return .map(values(of: view, fields, at: address))
    default: return .null
    }
  }

  private func attempt(_ body: () throws -> Item?) -> Item? { reading.attempt(body) }
}
