import SenKernel

/// What visitors see of links.
enum LinkViews {
  static let page = PageType(
    LinkGroup.self, index: .inOrder(LinkGroup.name),
    shows: [
      ViewField(
        "links",
        .list(
          .view([
            ViewField("item", .item), ViewField("host", .text),
            ViewField("address", .address, help: "Where it leads"),
            ViewField("url", .address, help: "The same by way of the site, which counts it"),
            ViewField("rel", .text), ViewField("newWindow", .flag),
          ])), help: "The links of the group, in their places")
    ],
    view: { group, page in
      ["links": .list(try links(page, where: isIn(group.envelope.id)))]
    })

  static let block = BlockType("links", help: "The links of a group", options: LinksBlock.self) {
    options, page in
    var view: View = [:]
    if let group = options.group {
      guard let item = try page.item(group.id) else { return nil }
      view["more"] = .item(item)
    }
    let links = try links(page, where: options.group.map { isIn($0.id) }, limit: options.count)
    guard !links.isEmpty else { return nil }
    view["links"] = .list(links)
    return view
  }

  private static func isIn(_ group: Int64) -> Condition { .compare("group", .equal, .integer(group)) }

  private static func links(_ page: PageContext, where condition: Condition?, limit: Int? = nil) throws
    -> [ViewValue]
  {
    try page.items(Link.name, where: condition, order: Query.siblings, limit: limit).compactMap { item in
      let link = try Entry<Link>(item).body
      guard let address = link.url else { return nil }
      // A new window gets no hold on this one, in browsers that would give it.
      let rel = link.rel + (link.newWindow && !link.rel.contains("noopener") ? ["noopener"] : [])
      return .view([
        "item": .item(item), "host": .text(address.host), "address": .address(address.text),
        "url": .page(.action(noun: Link.name, slug: item.envelope.slug, name: Clicks.follow.name)),
        "rel": .text(rel.joined(separator: " ")), "newWindow": .flag(link.newWindow),
      ])
    }
  }
}
