import ContentModel
import Hypertext
import SenKernel
import Storage

extension PageMaker {
  /// So many of what is found stand on one part.
  private static let foundOnOne = 20

  /// A long text in Markdown as it is read, for what is shown of it where it is found.
  public static let plain: @Sendable (String) -> String = { PlainText(markdown: $0).text }

  /// What visitors find by words, a part at a time; the form alone where they look for nothing.
  /// - Parameter part: as it was asked for; missing where there is no such part.
  func search(_ query: String, _ part: String?, _ page: PageContext) throws -> PageAnswer {
    let number = part.map { Int($0) ?? 0 } ?? 1
    guard (1...Search.ranked).contains(number) else { return .missing }
    let words = Search(query)
    var view: View = ["query": .text(query), "isAsked": .flag(!words.terms.isEmpty)]
    var title = self.words["search"] ?? "Search"
    if !words.terms.isEmpty {
      let start = (number - 1) * Self.foundOnOne
      let found = try site.search(
        words, nouns: site.registry.pages.keys.sorted(), publicAt: page.now,
        part: start..<start + Self.foundOnOne, plain: Self.plain, page.db)
      let parts = max(1, (found.total + Self.foundOnOne - 1) / Self.foundOnOne)
      guard number <= parts else { return .missing }
      title += ": \(Head.short(query))"
      view["count"] = .number(found.total)
      view["hasMore"] = .flag(!found.isAll)
      view["isLast"] = .flag(number == parts)
      view["found"] = .list(
        found.items.map { .view(["item": .item($0.item), "snippet": .marked($0.snippet, $0.hits)]) })
      let address = surroundings.path(of: .search) + "?q=\(PageAddress.encoded(query))"
      view["paging"] =
        Listed.paging(number, of: parts) { .address($0 == 1 ? address : "\(address)&page=\($0)") }
    } else if number > 1 {
      return .missing
    }
    return .page(
      try layout("search", view, Head(title: title, address: .search, isIndexed: false, part: number), page))
  }
}
