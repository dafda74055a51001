import ContentModel
import SenKernel

extension PageMaker {
  /// How many items of one noun it names; nobody reads more.
  private static let mostContents = 1000

  /// All of the site for people: the trees of sections and pages, and the lists.
  func contents(_ page: PageContext) throws -> Page {
    let title = words["contents"] ?? "Site map"
    var (trees, lists): ([ViewValue], [ViewValue]) = ([], [])
    for noun in site.registry.pages.keys.sorted() {
      guard let type = site.registry.pages[noun], let shape = site.registry.shape(noun) else { continue }
      let list: ViewValue = type.index == nil ? .none : .page(.list(noun: noun))
      if let parent = shape.parentField.flatMap({ shape.index[$0.name] }) {
        let entries = try tree(of: noun, parent, page)
        guard !entries.isEmpty else { continue }
        trees.append(
          .view(["title": .text(self.title(ofNoun: noun)), "url": list, "entries": .list(entries)]))
      } else if type.index != nil, try page.count(noun) > 0 {
        lists.append(.view(["title": .text(self.title(ofNoun: noun)), "url": list]))
      }
    }
    let view: View = ["title": .text(title), "lists": .list(lists), "trees": .list(trees)]
    return try layout("contents", view, Head(title: title, address: .contents, feeds: [.site]), page)
  }

  /// The items of a noun below one another. Those whose parent cannot be seen stand on top.
  private func tree(of noun: String, _ parent: Int, _ page: PageContext) throws -> [ViewValue] {
    let items = try page.items(noun, order: Query.siblings, limit: Self.mostContents)
    let ids = Set(items.map(\.envelope.id))
    var (top, below): ([Item], [Int64: [Item]]) = ([], [:])
    for item in items {
      if let parent = item.values[parent].integer, ids.contains(parent) {
        below[parent, default: []].append(item)
      } else {
        top.append(item)
      }
    }
    func entry(_ item: Item) -> ViewValue {
      .view([
        "title": .text(item.envelope.title), "url": .page(.item(noun: noun, slug: item.envelope.slug)),
        "entries": .list((below[item.envelope.id] ?? []).map(entry)),
      ])
    }
    return top.map(entry)
  }
}
