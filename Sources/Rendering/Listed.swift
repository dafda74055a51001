import ContentModel
import SenKernel

/// One part of a list, and where the others are.
struct Listed {
  let items: [Item]
  let count: Int
  let part: Int
  let parts: Int

  /// Nil where there is no such part; the first is there even if it is empty.
  init?(_ listing: Listing, _ part: Int, _ page: PageContext) throws {
    let ids = try page.ids(of: listing.source, isKept: listing.isKept)
    count = ids.count
    let offset = (part - 1) * listing.pageSize
    guard part == 1 || offset < count else { return nil }
    items = try page.items(ids.dropFirst(offset).prefix(listing.pageSize), from: listing.source)
    self.part = part
    parts = max(1, (count + listing.pageSize - 1) / listing.pageSize)
  }

  /// The view with the list in it, and the addresses of the other parts.
  func adding(to view: View, _ address: (Int) -> ViewValue) -> View {
    var view = view
    view["items"] = .items(items)
    view["count"] = .number(count)
    if let paging = Self.paging(part, of: parts, address) { view["paging"] = paging }
    return view
  }

  /// Where the parts of a list are; nil where there is but one.
  static func paging(_ part: Int, of parts: Int, _ address: (Int) -> ViewValue) -> ViewValue? {
    guard parts > 1 else { return nil }
    // The ends, this one and its neighbours; gaps are shown as such.
    let shown = Set([1, 2, parts - 1, parts, part - 1, part, part + 1]).filter { (1...parts).contains($0) }
      .sorted()
    var links: [ViewValue] = []
    for (index, number) in shown.enumerated() {
      links.append(
        .view([
          "number": .number(number), "url": address(number), "isCurrent": .flag(number == part),
          "followsGap": .flag(index > 0 && shown[index - 1] < number - 1),
        ]))
    }
    return .view([
      "links": .list(links), "part": .number(part), "parts": .number(parts),
      "previous": part > 1 ? address(part - 1) : .none,
      "next": part < parts ? address(part + 1) : .none,
    ])
  }
}

extension Listing {
  /// The noun whose items it lists; none where they are of any.
  var nouns: [String] {
    if case .items(let noun, _, _) = source { [noun] } else { [] }
  }

  /// The newest of what it lists, whatever its own order.
  func newestIDs(_ limit: Int, _ page: PageContext) throws -> [Int64] {
    switch source {
    case .items(let noun, nil, _): try page.items(noun, limit: limit).map(\.envelope.id)
    case .items(let noun, let condition, _):
      try Array(page.ids(of: Listing.newest(noun, where: condition).source).prefix(limit))
    case .linking: try Array(page.ids(of: source).prefix(limit))
    }
  }
}
