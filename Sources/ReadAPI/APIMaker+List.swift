import Foundation
import Rendering
import SenKernel
import Web

extension APIMaker {
  /// So many items are in one part of a list.
  static let lengths = 1...100
  static let searchLengths = 1...50
  static let usualLength = 20
  /// So many are counted, once for every answer; of more it is not told how many.
  static let mostCounted = 1000

  /// One part of the items of a noun.
  func list(_ resource: Resource, _ asked: Asked, _ reading: ItemReading) throws -> FieldValue {
    try asked.refuseOthers(than: resource.filters.map(\.name) + ["order", "limit", "cursor"])
    let page = reading.page
    let limit = try asked.number("limit", Self.lengths, usual: Self.usualLength)
    let order = try self.order(resource, asked)
    let chosen = try condition(resource, asked, page)
    var parts: [Condition?] = [chosen]
    if let text = try asked.one("cursor") {
      guard let cursor = Cursor(text, order) else {
        throw WebProblem.badRequest("cursor: this is not the cursor of a list in this order.")
      }
      parts = cursor.behind.map { behind in .all([chosen, behind].compactMap(\.self)) }
    }
    // One more tells whether there are more.
    var items: [Item] = []
    for part in parts where items.count <= limit {
      items += try page.items(resource.noun, where: part, order: order, limit: limit + 1 - items.count)
    }
    var next: FieldValue = .null
    if items.count > limit {
      items.removeLast()
      if let last = items.last {
        let query = asked.with("cursor", try Cursor(behind: last, resource.shape, order).text())
        next = .text(whole("\(APIAddress.list(noun: resource.noun).path)?\(query)"))
      }
    }
    let writer = ItemWriter(reading, self)
    return .map([
      "items": .list(items.map { .map(writer.entry($0, resource)) }),
      "total": try total(resource, chosen, page), "next": next,
    ])
  }

  /// How many there are. To count a hundred thousand takes a thousand times as long as to read a part of them.
  private func total(_ resource: Resource, _ chosen: Condition?, _ page: PageContext) throws -> FieldValue {
    let visible = Condition.isPublic(Timestamp.text(page.now))
    let query = Query(
      .all([visible, chosen].compactMap(\.self)), limit: Self.mostCounted + 1, fields: [])
    var count = 0
    try site.store.each(resource.noun, query, page.db) { _ in
      count += 1
      return true
    }
    return count > Self.mostCounted ? .null : .integer(Int64(count))
  }

  private func order(_ resource: Resource, _ asked: Asked) throws(WebProblem) -> [Query.Order] {
    guard let text = try asked.one("order") else { return resource.usualOrder }
    guard let order = resource.order(text) else {
      let names = resource.orders.map(\.name).joined(separator: ", ")
      throw .badRequest(
        "order: \(FieldValue.text(text).summary) is none; there are: \(names), each also with a minus in front."
      )
    }
    return order
  }

  private func condition(_ resource: Resource, _ asked: Asked, _ page: PageContext) throws -> Condition? {
    var conditions: [Condition] = []
    for filter in resource.filters {
      let texts = asked.all(filter.name)
      guard !texts.isEmpty else { continue }
      do {
        conditions.append(try filter.condition(texts, page))
      } catch let refusal as Refusal {
        throw WebProblem.badRequest(refusal.message + ".")
      }
    }
    return conditions.isEmpty ? nil : .all(conditions)
  }

  /// The items in which words are found, best first.
  func search(_ asked: Asked, _ reading: ItemReading) throws -> FieldValue {
    try asked.refuseOthers(than: ["q", "noun", "limit"])
    let page = reading.page
    let limit = try asked.number("limit", Self.searchLengths, usual: Self.usualLength)
    guard let text = try asked.one("q") else { throw WebProblem.badRequest("q: say what is looked for.") }
    let all = resources.map(\.noun)
    let nouns = asked.all("noun")
    for noun in nouns where !all.contains(noun) {
      let shown = FieldValue.text(noun).summary
      throw WebProblem.badRequest("noun: \(shown) is none; there are: \(all.joined(separator: ", ")).")
    }
    let words = Search(text)
    let found =
      words.terms.isEmpty
      ? []
      : try site.search(
        words, nouns: nouns.isEmpty ? all : nouns, publicAt: page.now, limit: limit,
        plain: PageMaker.plain, page.db)
    for noun in nouns.isEmpty ? all : nouns { page.trace.add(noun: noun) }
    let writer = ItemWriter(reading, self)
    return .map([
      "items": .list(
        try found.compactMap { hit in
          guard let item = try page.item(hit.item.envelope.id) else { return nil }
          var map = writer.entryHead(item)
          map.append("snippet", .text(hit.snippet))
          map.append("snippetHTML", .text(reading.marked(hit.snippet, hit.hits)))
          return .map(map)
        })
    ])
  }
}
