import ContentModel
import GRDB
import SenKernel
import Storage

/// One part of a list, and where the others are.
struct Listed {
  let items: [Item]
  let count: Int
  let part: Int
  let parts: Int

  /// Nil where there is no such part; the first is there even if it is empty.
  init?(_ listing: Listing, _ part: Int, _ page: PageContext) throws {
    let offset = (part - 1) * listing.pageSize
    switch listing.source {
    case .items(let noun, let condition, let order):
      count = try page.count(noun, where: condition)
      guard part == 1 || offset < count else { return nil }
      items = try page.items(noun, where: condition, order: order, limit: listing.pageSize, offset: offset)
    case .linking(let field, let target):
      let linking = Linking(field, to: target, page)
      count = try linking.count()
      guard part == 1 || offset < count else { return nil }
      items = try linking.newest(listing.pageSize, offset: offset)
    }
    self.part = part
    parts = max(1, (count + listing.pageSize - 1) / listing.pageSize)
  }

  /// The view with the list in it, and the addresses of the other parts.
  func adding(to view: View, _ address: (Int) -> PageAddress) -> View {
    var view = view
    view["items"] = .items(items)
    view["count"] = .number(count)
    guard parts > 1 else { return view }
    // The ends, this one and its neighbours; gaps are shown as such.
    let shown = Set([1, 2, parts - 1, parts, part - 1, part, part + 1]).filter { (1...parts).contains($0) }
      .sorted()
    var links: [ViewValue] = []
    for (index, number) in shown.enumerated() {
      links.append(
        .view([
          "number": .number(number), "url": .page(address(number)), "isCurrent": .flag(number == part),
          "followsGap": .flag(index > 0 && shown[index - 1] < number - 1),
        ]))
    }
    view["paging"] = .view([
      "links": .list(links), "part": .number(part), "parts": .number(parts),
      "previous": part > 1 ? .page(address(part - 1)) : .none,
      "next": part < parts ? .page(address(part + 1)) : .none,
    ])
    return view
  }
}

/// The public items of all nouns with pages that a list of references leads from to one item, the newest first.
struct Linking {
  private let page: PageContext
  private let arguments: StatementArguments
  private static let condition = """
    FROM itemLink l JOIN item i ON i.id = l.itemId
    WHERE l.field = ?1 AND l.targetId = ?2 AND \(Visibility.sql("i", at: "?3"))
      AND i.type IN (SELECT value FROM json_each(?4))
    """

  init(_ field: String, to target: Int64, _ page: PageContext) {
    let nouns = page.site.registry.pages.keys.sorted()
    for noun in nouns { page.trace.add(noun: noun) }
    let list = "[" + nouns.map { "\"\($0)\"" }.joined(separator: ",") + "]"
    self.page = page
    arguments = [field, target, Timestamp.text(page.now), list]
  }

  func count() throws -> Int {
    try Int.fetchOne(page.db, sql: "SELECT count(*) \(Self.condition)", arguments: arguments) ?? 0
  }

  func newest(_ limit: Int, offset: Int = 0) throws -> [Item] {
    let ids = try Int64.fetchAll(
      page.db,
      sql: "SELECT i.id \(Self.condition) ORDER BY i.publishAt DESC, i.id DESC LIMIT ?5 OFFSET ?6",
      arguments: arguments + [limit, offset])
    return try ids.compactMap { try page.item($0) }
  }
}

extension Listing {
  /// The newest of what it lists, whatever its own order, with their long texts.
  func newest(_ limit: Int, _ page: PageContext) throws -> [Item] {
    switch source {
    case .items(let noun, let condition, _):
      try page.items(noun, where: condition, limit: limit, readsBodies: true)
    case .linking(let field, let target): try Linking(field, to: target, page).newest(limit)
    }
  }
}
