import SenKernel

/// What visitors see of pages.
enum PageViews {
  static let page = PageType(
    Page.self, shows: [ViewField("children", .items, help: "The pages below it")],
    view: { entry, page in
      let isBelow = Condition.compare("parent", .equal, .integer(entry.envelope.id))
      return ["children": .items(try page.items(Page.name, where: isBelow, order: Query.siblings))]
    })

  static let block = BlockType("page", help: "A page, whole or its summary", options: PageBlock.self) {
    options, page in
    guard let id = options.page?.id, let item = try page.item(id) else { return nil }
    return ["item": .item(item), "part": .text(options.part.rawValue)]
  }
}
