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

/// A part of what a search has found.
public struct FoundPart: Sendable {
  public let items: [FoundItem]
  /// How many can be looked at, in all parts.
  public let total: Int
  /// Whether that is all there is; else there are more, and the oldest of them are left out.
  public let isAll: Bool
}

extension Site {
  /// Finds items by words, best first.
  /// - Parameters:
  ///   - nouns: only items of these; nil for all.
  ///   - moment: only what visitors may see then; nil for everything.
  ///   - plain: reads long texts in Markdown as people do, for the snippets; nil leaves its signs in them.
  public func search(
    _ search: Search, nouns: [String]? = nil, publicAt moment: Date? = nil, limit: Int,
    plain: (@Sendable (String) -> String)? = nil, _ db: Database
  ) throws -> [FoundItem] {
    let ids = try search.ids(
      limit: max(limit, 100), types: nouns, publicAt: moment.map { Timestamp.text($0) }, db)
    return try ranked(ids, search, db).prefix(limit).map { try found($0, search, plain) }
  }

  /// A part of what a search finds, in an order that is the same for every part.
  /// - Parameters:
  ///   - nouns: only items of these.
  ///   - moment: only what visitors may see then.
  ///   - plain: reads long texts in Markdown as people do, for the snippets; nil leaves its signs in them.
  public func search(
    _ search: Search, nouns: [String], publicAt moment: Date, part: Range<Int>,
    plain: (@Sendable (String) -> String)? = nil, _ db: Database
  ) throws -> FoundPart {
    let most = Search.ranked
    let hits = try search.hits(limit: most, types: nouns, publicAt: Timestamp.text(moment), db)
    // Those that may be the best are looked at more closely; behind them it goes on as the index has it.
    let closest = 100
    var seen: Set<Int64> = []
    let first = (hits.titles.prefix(closest) + hits.all.prefix(closest)).filter { seen.insert($0).inserted }
    let others = (hits.titles + hits.all).filter { seen.insert($0).inserted }
    let total = min(most, first.count + others.count)
    let wanted = part.clamped(to: 0..<total)
    var items: [Item] = []
    if wanted.lowerBound < first.count {
      items += try ranked(first, search, db)[wanted.clamped(to: 0..<first.count)]
    }
    for place in wanted where place >= first.count {
      if let item = try store.fetch(others[place - first.count], db) { items.append(item) }
    }
    return FoundPart(
      items: try items.map { try found($0, search, plain) }, total: total,
      isAll: hits.all.count < most)
  }

  /// Items by their ids, those first that fit what was typed best.
  private func ranked(_ ids: [Int64], _ search: Search, _ db: Database) throws -> [Item] {
    var hits: [(item: Item, rank: [Int])] = []
    for id in ids {
      guard let item = try store.fetch(id, db) else { continue }
      hits.append((item, SearchHit.rank(search, item, try shape(item.envelope.type))))
    }
    return hits.enumerated().sorted {
      $0.element.rank == $1.element.rank
        ? $0.offset < $1.offset : $1.element.rank.lexicographicallyPrecedes($0.element.rank)
    }.map(\.element.item)
  }

  private func found(_ item: Item, _ search: Search, _ plain: (@Sendable (String) -> String)?) throws
    -> FoundItem
  {
    let snippet = SearchHit.snippet(search, item, try shape(item.envelope.type), plain: plain)
    return FoundItem(item: item, snippet: snippet.text, hits: snippet.hits)
  }
}
