public import ContentModel
import Foundation
import GRDB
public import Storage

/// What a visitor has narrowed a list by, and what else there is to choose.
public struct ListFilter {
  /// A field to choose by.
  public struct Field {
    public let shape: FieldShape
    /// In the order in which they are offered.
    public let choices: [Choice]
  }

  public struct Choice {
    /// As forms send it: a slug, a word, a year.
    public let value: String
    /// The word for it; nil where the value says it.
    public let title: String?
    /// How deep it stands in a tree.
    public let depth: Int
    public let isChosen: Bool
  }

  public let fields: [Field]
  /// The words to look for.
  public let words: String
  /// What holds for what is left; nil if nothing is asked for.
  public let condition: Condition?

  /// More choices of one field are not offered.
  private static let mostChoices = 300
  /// So many of the items that have the words are looked at.
  private static let mostHits = 1000

  /// - Parameter asked: by the fields' names, and the words as `q`; what is none of the choices is not asked for.
  public init(_ type: PageType, _ asked: [String: String], _ page: PageContext) throws {
    let shape = try page.site.shape(type.noun)
    var (fields, conditions): ([Field], [Condition]) = ([], [])
    for name in type.filters {
      guard let field = shape[name], field.isPublic else { continue }
      let choices = try Self.choices(field, of: type.noun, asked[name] ?? "", page)
      if let chosen = choices.first(where: \.isChosen) {
        conditions.append(try Self.condition(field, chosen.value, page))
      }
      if !choices.isEmpty { fields.append(Field(shape: field, choices: choices)) }
    }
    words = asked["q"] ?? ""
    let search = Search(words)
    if !search.terms.isEmpty {
      page.trace.add(noun: type.noun)
      conditions.append(
        .ids(
          try search.ids(
            limit: Self.mostHits, types: [type.noun], publicAt: Timestamp.text(page.now), page.db)))
    }
    self.fields = fields
    condition = conditions.isEmpty ? nil : .all(conditions)
  }

  private static func choices(
    _ field: FieldShape, of noun: String, _ asked: String, _ page: PageContext
  ) throws -> [Choice] {
    switch field.kind {
    case .choice(let words):
      return words.map { Choice(value: $0, title: nil, depth: 0, isChosen: $0 == asked) }
    case .reference(let target): return try items(target, asked, page)
    case .date:
      func year(descends: Bool) throws -> Int? {
        let ends = try page.items(
          noun, where: .isSet(field.name), order: [.init(field.name, descends: descends)], limit: 1)
        guard let item = ends.first, let index = try page.site.shape(noun).index[field.name],
          case .date(let date) = item.values[index]
        else { return nil }
        return calendar(page).component(.year, from: date)
      }
      guard let first = try year(descends: false), let last = try year(descends: true) else { return [] }
      return (first...last).suffix(mostChoices).reversed().map {
        Choice(value: String($0), title: nil, depth: 0, isChosen: String($0) == asked)
      }
    default: return []
    }
  }

  /// The public items of a noun, what stands below one right after it.
  private static func items(_ noun: String, _ asked: String, _ page: PageContext) throws -> [Choice] {
    let shape = try page.site.shape(noun)
    let parent = shape.index(of: .parent)
    let all = try page.items(
      noun, order: parent == nil ? [.init("title")] : Query.siblings, limit: mostChoices)
    let below = Dictionary(grouping: all) { item in parent.flatMap { item.values[$0].integer } }
    var choices: [Choice] = []
    func add(_ items: [Item], _ depth: Int) {
      for item in items {
        let slug = item.envelope.slug
        choices.append(
          Choice(value: slug, title: item.envelope.title, depth: depth, isChosen: slug == asked))
        add(below[item.envelope.id] ?? [], depth + 1)
      }
    }
    // What stands below a hidden one is not offered, as it is not shown below it.
    add(below[nil] ?? [], 0)
    return choices
  }

  private static func condition(_ field: FieldShape, _ value: String, _ page: PageContext) throws -> Condition
  {
    switch field.kind {
    case .reference(let noun):
      guard let id = try page.site.store.id(slug: value, of: noun, page.db) else { return .ids([]) }
      return .any(
        try page.tree(from: id, of: noun).map { .compare(field.name, .equal, .integer($0)) })
    case .date:
      let calendar = calendar(page)
      guard let year = Int(value), let start = calendar.date(from: DateComponents(year: year)),
        let end = calendar.date(from: DateComponents(year: year + 1))
      else { return .ids([]) }
      return .all([
        .compare(field.name, .atLeast, .date(start)), .compare(field.name, .less, .date(end)),
      ])
    default: return .compare(field.name, .equal, .text(value))
    }
  }

  private static func calendar(_ page: PageContext) -> Calendar {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = page.site.timeZone
    return calendar
  }
}
