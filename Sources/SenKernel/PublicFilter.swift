public import ContentModel
import Foundation
import Grammar
public import Storage

/// One thing that visitors may choose items by: `category=ocop`, `takenOn.from=2026-01-01`, `category.within=kinh-te`.
///
/// Only what the database finds by an index is offered, so that nobody makes the site look through all of its items;
/// and only by fields and items that visitors may see, so that no answer tells of a draft.
public struct PublicFilter: Sendable {
  public enum Test: Sendable {
    /// The field is the value, or one of several; a day without a time is all of that day.
    case equals
    /// At the value or after it; for dates and numbers.
    case from
    /// Before the value.
    case before
    /// A reference leads to the item or to one below it in its tree.
    case within
  }

  /// As it is asked for: `category`, `takenOn.from`.
  public let name: String
  public let field: FieldShape
  public let test: Test
  /// One line for the document of the API.
  public let help: String
  /// So many values may be given for one.
  public static let mostValues = 20
  /// So many items of a tree are followed.
  private static let mostBranches = 1000

  private init(_ field: FieldShape, _ test: Test, name: String? = nil, _ help: String) {
    (self.field, self.test, self.help) = (field, test, help)
    let ending =
      switch test {
      case .equals: ""
      case .from: ".from"
      case .before: ".before"
      case .within: ".within"
      }
    self.name = (name ?? field.name) + ending
  }

  /// All that visitors may choose the items of a noun by.
  public static func all(of shape: Shape, _ registry: Registry) -> [PublicFilter] {
    let fields = ItemFields(shape)
    var filters: [PublicFilter] = []
    for field in fields.all where shape[field.name] != nil || field.name == "tags" {
      guard field.isPublic, !field.has(.title) else { continue }
      let about = field.help.isEmpty ? field.name : field.help
      if let target = field.kind.target {
        filters.append(
          PublicFilter(field, .equals, "\(about): of one \(named(target)), or of one of several"))
        if registry.shape(target)?.parentField != nil {
          filters.append(PublicFilter(field, .within, "The same, or what is below it"))
        }
        continue
      }
      guard field.has(.indexed) else { continue }
      switch field.kind {
      case .date, .integer, .real:
        filters.append(PublicFilter(field, .equals, about))
        filters.append(PublicFilter(field, .from, "\(about): at that or after it"))
        filters.append(PublicFilter(field, .before, "\(about): before that"))
      case .text, .choice, .bool: filters.append(PublicFilter(field, .equals, "\(about): exactly that"))
      case .url, .media, .texts, .reference, .references: break
      }
    }
    if let published = fields.envelope.first(where: { $0.name == "publishAt" }) {
      filters.append(PublicFilter(published, .from, name: "published", "Published at that time or after it"))
      filters.append(PublicFilter(published, .before, name: "published", "Published before that time"))
    }
    return filters
  }

  private static func named(_ noun: String) -> String { noun == FieldKind.anyItem ? "item, noun:slug" : noun }

  /// What the texts ask for.
  /// - Throws: a refusal that says which text means nothing here; of a draft the same as of what is not there.
  public func condition(_ texts: [String], _ page: PageContext) throws -> Condition {
    guard (1...Self.mostValues).contains(texts.count) else {
      throw wrong("has \(texts.count) values; at most \(Self.mostValues) are taken")
    }
    guard test == .equals || texts.count == 1 else { throw wrong("takes one value") }
    if let target = field.kind.target {
      let ids = try texts.map { try id($0, of: target, page) }
      return reference(to: test == .within ? try branch(ids, target, page) : ids)
    }
    return .any(try texts.map { try compare($0, page) })
  }

  private func reference(to ids: [Int64]) -> Condition {
    field.kind.isList
      ? .links(field.name, ids) : .any(ids.map { .compare(field.name, .equal, .integer($0)) })
  }

  private func id(_ text: String, of noun: String, _ page: PageContext) throws -> Int64 {
    let missing = wrong("there is no \(noun == FieldKind.anyItem ? "item" : noun) \(shown(text))")
    if noun == FieldKind.anyItem {
      let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2, page.site.registry.shape(parts[0]) != nil else { throw missing }
      return try id(parts[1], of: parts[0], page)
    }
    let store = page.site.store
    let found =
      try UID.isUID(text) ? store.id(uid: text, page.db) : store.id(slug: text, of: noun, page.db)
    guard let found, let item = try page.item(found), item.envelope.type == noun else { throw missing }
    return found
  }

  /// The items and all that visitors see below them.
  private func branch(_ roots: [Int64], _ noun: String, _ page: PageContext) throws -> [Int64] {
    guard let parent = page.site.registry.shape(noun)?.parentField else { return roots }
    var (found, level) = (roots, roots)
    while !level.isEmpty, found.count < Self.mostBranches {
      let below = Condition.any(level.map { .compare(parent.name, .equal, .integer($0)) })
      let known = Set(found)
      level = try page.items(noun, where: below, order: [], limit: Self.mostBranches).map(\.envelope.id)
        .filter { !known.contains($0) }
      found += level
    }
    return found
  }

  private func compare(_ text: String, _ page: PageContext) throws -> Condition {
    let value = try value(text, page)
    switch (test, value) {
    case (.from, _): return .compare(field.name, .atLeast, value)
    case (.before, _): return .compare(field.name, .less, value)
    case (_, .date(let start)) where Self.isDay(text):
      var calendar = Calendar(identifier: .gregorian)
      calendar.timeZone = page.site.timeZone
      guard let end = calendar.date(byAdding: .day, value: 1, to: start) else { break }
      return .all([.compare(field.name, .atLeast, value), .compare(field.name, .less, .date(end))])
    default: break
    }
    return .compare(field.name, .equal, value)
  }

  private func value(_ text: String, _ page: PageContext) throws -> FieldValue {
    // What is relative to now would be another thing with every answer that is kept.
    if case .date = field.kind, Timestamp.date(text) == nil, !Self.isDay(text) {
      throw wrong("\(shown(text)) is no date; write 2026-11-24 or 2026-11-24T08:00:00Z")
    }
    do {
      let reader = FieldText(now: page.now, timeZone: page.site.timeZone) { name, _ in
        throw Refusal(.invalid, "“\(name)” is no value here")
      }
      let value = try reader.value(.text(text), of: field.kind, isOptional: false)
      if case .choice(let words) = field.kind, !words.contains(text) {
        throw Refusal(.invalid, "\(shown(text)) is none of \(words.joined(separator: ", "))")
      }
      return value
    } catch let refusal as Refusal {
      throw wrong(refusal.message)
    }
  }

  /// `2026-11-24`.
  private static func isDay(_ text: String) -> Bool {
    text.utf8.count == 10 && Timestamp.date("\(text)T00:00:00Z") != nil
  }

  private func shown(_ text: String) -> String { FieldValue.text(text).summary }

  private func wrong(_ what: String) -> Refusal { Refusal(.invalid, "\(name): \(what)", field: name) }
}

/// One order that visitors may ask for: `order=-published`. A minus in front turns it around.
public struct PublicOrder: Sendable {
  /// `published`, `title`, or a field's name.
  public let name: String
  /// What it is to the database.
  public let field: String

  /// All that visitors may order the items of a noun by: what the database keeps in order.
  public static func all(of shape: Shape) -> [PublicOrder] {
    var orders = [PublicOrder(name: "published", field: "publishAt")]
    if let title = shape.titleIndex {
      orders.append(PublicOrder(name: "title", field: shape.fields[title].name))
    }
    for field in shape.fields where field.isPublic && field.has(.indexed) {
      switch field.kind {
      case .date, .integer, .real: orders.append(PublicOrder(name: field.name, field: field.name))
      default: break
      }
    }
    return orders
  }
}
