import SenKernel

/// What visitors see of menus.
enum MenuViews {
  static let block = BlockType("menu", help: "A menu with all its entries", options: MenuBlock.self) {
    options, page in
    guard let id = options.menu?.id, let menu = try page.item(id) else { return nil }
    let entries = try entries(of: id, page)
    return entries.isEmpty ? nil : ["item": .item(menu), "entries": .list(entries)]
  }

  private static func entries(of menu: Int64, _ page: PageContext) throws -> [ViewValue] {
    let items = try page.items(
      MenuItem.name, where: .compare("menu", .equal, .integer(menu)), order: Query.siblings)
    let entries = try items.map { try Entry<MenuItem>($0) }
    let known = Set(entries.map(\.envelope.id))
    var below: [Int64?: [Entry<MenuItem>]] = [:]
    for entry in entries {
      guard let parent = entry.body.parent?.id, !known.contains(parent) else {
        below[entry.body.parent?.id, default: []].append(entry)
        continue
      }
      // Below one in the trash, entries stand on top, as for editors; one that is hidden hides those below it.
      page.trace.add(item: parent)
      if try page.site.store.fetch(parent, page.db).map({ $0.envelope.trashedAt != nil }) ?? true {
        below[nil, default: []].append(entry)
      }
    }
    func branch(_ parent: Int64?) throws -> [ViewValue] {
      try (below[parent] ?? []).compactMap { entry in
        try view(of: entry, children: branch(entry.envelope.id), page).map { .view($0) }
      }
    }
    return try branch(nil)
  }

  /// Nil for what leads nowhere that visitors can go; with entries below it, that is a heading.
  private static func view(of entry: Entry<MenuItem>, children: [ViewValue], _ page: PageContext) throws
    -> View?
  {
    let body = entry.body
    var view: View = [
      "title": .text(entry.envelope.title), "note": .text(body.note), "newWindow": .flag(body.newWindow),
      "children": .list(children), "url": .none,
    ]
    if let link = body.link {
      view["url"] = .address(link.text)
    } else if let target = try body.target.flatMap({ try page.item($0.id) }),
      page.site.registry.pages[target.envelope.type] != nil
    {
      view["url"] = .page(.item(noun: target.envelope.type, slug: target.envelope.slug))
      view["target"] = .item(target)
    } else if children.isEmpty {
      return nil
    }
    if let icon = body.icon { view["icon"] = .picture(icon, alt: "") }
    return view
  }
}
