import GRDB
import SenKernel

/// What documents replace, and what replaces them; the second is never stored.
struct History {
  /// A document of the chain, and how many replacements away it is.
  struct Step {
    let distance: Int
    let item: Item
  }

  private let site: Site
  private let db: Database

  init(_ site: Site, _ db: Database) { (self.site, self.db) = (site, db) }

  /// What a document replaces, the nearest first; itself only where there is a loop.
  func replaced(by id: Int64) throws -> [Step] {
    try walk(id) { item in
      let document = try Entry<Document>(item).body
      return try document.replaces.ids.compactMap { try site.store.fetch($0, db) }
    }
  }

  /// What replaces a document, the nearest first.
  func replacing(_ id: Int64) throws -> [Step] {
    try walk(id) { item in
      var found: [Item] = []
      let query = Query(.links("replaces", [item.envelope.id]), order: [.init("id")])
      try site.store.each(Document.name, query, db) {
        found.append($0)
        return true
      }
      return found
    }
  }

  private func walk(_ id: Int64, _ next: (Item) throws -> [Item]) throws -> [Step] {
    var (steps, seen): ([Step], Set<Int64>) = ([], [])
    guard let start = try site.store.fetch(id, db) else { return [] }
    var queue = [Step(distance: 0, item: start)]
    while !queue.isEmpty {
      let step = queue.removeFirst()
      for item in try next(step.item) where seen.insert(item.envelope.id).inserted {
        let further = Step(distance: step.distance + 1, item: item)
        steps.append(further)
        queue.append(further)
      }
    }
    return steps
  }
}
