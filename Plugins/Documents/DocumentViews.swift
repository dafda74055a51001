import SenKernel

/// What visitors see of documents, their kinds and areas.
enum DocumentViews {
  static let pages = [
    PageType(
      Document.self, index: latest(nil), filters: ["kind", "area", "issuedOn"], shows: DocumentPage.shows,
      view: DocumentPage.view),
    PageType(
      DocumentKind.self, index: .inOrder(DocumentKind.name),
      shows: [ViewField("children", .items, help: "The kinds below it")],
      listing: { kind, page in
        latest(try isIn("kind", kind.envelope.id, DocumentKind.name, page))
      },
      view: { kind, page in ["children": .items(try children(of: kind.envelope.id, DocumentKind.name, page))]
      }
    ),
    PageType(
      Area.self, index: .inOrder(Area.name),
      shows: [ViewField("children", .items, help: "The areas below it")],
      listing: { area, page in latest(try isIn("area", area.envelope.id, Area.name, page)) },
      view: { area, page in ["children": .items(try children(of: area.envelope.id, Area.name, page))] }),
  ]

  static let block = BlockType("documents", help: "The latest documents", options: DocumentsBlock.self) {
    options, page in
    var (view, condition): (View, Condition?) = ([:], nil)
    if let area = options.area {
      guard let item = try page.item(area.id) else { return nil }
      view["more"] = .item(item)
      condition = try isIn("area", area.id, Area.name, page)
    }
    let documents = try page.items(Document.name, where: condition, order: newest, limit: options.count)
    guard !documents.isEmpty else { return nil }
    view["items"] = .items(documents)
    return view
  }

  /// By the day of signing, those of which it is not known last.
  static let newest: [Query.Order] = [
    .init("issuedOn", descends: true), .init("publishAt", descends: true),
  ]

  private static func latest(_ condition: Condition?) -> Listing {
    Listing(.items(of: Document.name, where: condition, order: newest), hasFeeds: true)
  }

  private static func children(of id: Int64, _ noun: String, _ page: PageContext) throws -> [Item] {
    try page.items(noun, where: .compare("parent", .equal, .integer(id)), order: Query.siblings)
  }

  /// That a field leads to one item of a tree, or to one below it.
  private static func isIn(_ field: String, _ root: Int64, _ noun: String, _ page: PageContext) throws
    -> Condition
  {
    let ids = try page.tree(from: root, of: noun)
    return .any(ids.map { .compare(field, .equal, .integer($0)) })
  }
}
