public import ContentModel
public import Foundation
public import GRDB
public import Storage

/// An item that a search has found.
public struct FoundItem: Sendable {
  public let item: Item
  /// About 120 characters of its text around the first hit.
  public let snippet: String
  /// Where in the snippet the words stand that were looked for, in characters.
  public let hits: [Range<Int>]
}

extension Site {
  /// Finds items by words, best first.
  /// - Parameters:
  ///   - nouns: only items of these; nil for all.
  ///   - moment: only what visitors may see then; nil for everything.
  public func search(
    _ search: Search, nouns: [String]? = nil, publicAt moment: Date? = nil, limit: Int, _ db: Database
  ) throws -> [FoundItem] {
    let ids = try search.ids(
      limit: max(limit, 100), types: nouns, publicAt: moment.map { Timestamp.text($0) }, db)
    var hits: [(item: Item, rank: [Int])] = []
    for id in ids {
      guard let item = try store.fetch(id, db) else { continue }
      hits.append((item, SearchHit.rank(search, item, try shape(item.envelope.type))))
    }
    let ordered = hits.enumerated().sorted {
      $0.element.rank == $1.element.rank
        ? $0.offset < $1.offset : $1.element.rank.lexicographicallyPrecedes($0.element.rank)
    }
    return try ordered.prefix(limit).map { hit in
      let item = hit.element.item
      let snippet = SearchHit.snippet(search, item, try shape(item.envelope.type))
      return FoundItem(item: item, snippet: snippet.text, hits: snippet.hits)
    }
  }
}
