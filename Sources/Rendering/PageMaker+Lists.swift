import ContentModel
import SenKernel

extension PageMaker {
  /// The list of all items of a noun, or of those that a visitor asks for.
  func list(_ noun: String, _ part: Int, _ asked: [String: String], _ page: PageContext) throws -> PageAnswer
  {
    guard let type = site.registry.pages[noun], var listing = type.index else { return .missing }
    let title = self.title(ofNoun: noun)
    var view: View = ["title": .text(title), "noun": .text(noun)]
    var (isNarrowed, query) = (false, "")
    // Only who answers can be asked.
    if !type.filters.isEmpty, surroundings.isAnswered {
      let filter = try ListFilter(type, asked, page)
      if let condition = filter.condition {
        listing = listing.narrowed(by: condition)
        (isNarrowed, query) = (true, Self.query(of: filter))
      }
      view["filter"] = self.view(filter, isNarrowed, of: noun)
    }
    guard let listed = try Listed(listing, part, page) else { return .missing }
    let head = Head(
      title: title, address: .list(noun: noun, page: part), isIndexed: !isNarrowed,
      feeds: listing.hasFeeds && !isNarrowed ? [.noun(noun)] : [], part: part)
    view = listed.adding(to: view) { part in
      let address = PageAddress.list(noun: noun, page: part)
      return isNarrowed ? .address(surroundings.path(ofAsked: address) + query) : .page(address)
    }
    var made = try layout(template("list", noun), view, head, page)
    made.parts = listed.parts
    made.companions = companions(head)
    return .page(made)
  }

  private func view(_ filter: ListFilter, _ isNarrowed: Bool, of noun: String) -> ViewValue {
    .view([
      "action": .address(surroundings.path(ofAsked: .list(noun: noun))), "query": .text(filter.words),
      "isNarrowed": .flag(isNarrowed), "all": .page(.list(noun: noun)),
      "fields": .list(
        filter.fields.map { field in
          let label =
            field.shape.kind == .date
            ? words["year"] : words.label(field.shape.name, of: noun)
          return .view([
            "name": .text(field.shape.name), "label": .text(label ?? field.shape.name),
            "choices": .list(
              field.choices.map { choice in
                .view([
                  "value": .text(choice.value), "isChosen": .flag(choice.isChosen),
                  "title": .text(
                    String(repeating: "– ", count: choice.depth)
                      + (choice.title ?? words["choice-\(choice.value)"] ?? choice.value)),
                ])
              }),
          ])
        }),
    ])
  }

  /// What is asked for, as an address has it: `?kind=quyet-dinh&q=l%C3%BAa`.
  private static func query(of filter: ListFilter) -> String {
    var pairs: [(String, String)] = filter.fields.compactMap { field in
      field.choices.first(where: \.isChosen).map { (field.shape.name, $0.value) }
    }
    if !filter.words.isEmpty { pairs.append(("q", filter.words)) }
    return "?" + pairs.map { "\($0)=\(PageAddress.encoded($1))" }.joined(separator: "&")
  }
}
