public import ContentModel
import Foundation
import GRDB
import Storage

/// Lists of which pages show parts: which items they hold is found once for a state of the content.
extension PageContext {
  /// The ids of the items that a list holds and visitors may see, in its order.
  /// - Parameter isKept: whether others will ask for the same.
  public func ids(of source: Listing.Source, isKept: Bool = true) throws -> [Int64] {
    switch source {
    case .items(let noun, _, _): trace.add(noun: noun)
    case .linking: for noun in site.registry.pages.keys { trace.add(noun: noun) }
    }
    guard isKept, let state = try view.state(db) else { return try find(source) }
    if let known = site.shelf.list(source, in: state, at: now) { return known }
    let ids = try find(source)
    let span = try site.shelf.span(in: state, at: now) { try ContentStamp(db, now: now).until }
    site.shelf.keep(ContentShelf.List(ids: ids, span: span), of: source, in: state)
    return ids
  }

  /// The items of some ids that visitors may see, in the order of the ids, without their long texts.
  /// - Parameter source: the list that they are from, where they are from one.
  public func items(_ ids: some Sequence<Int64>, from source: Listing.Source? = nil) throws -> [Item] {
    try ids.compactMap { try listed($0, of: source?.noun) }
  }

  /// The items of a list that stand just before and just after one, the nearest first; nil where it is not in the list.
  public func neighbours(
    of id: Int64, in source: Listing.Source, _ count: Int
  ) throws -> (before: [Item], after: [Item])? {
    let ids = try ids(of: source)
    guard let place = ids.firstIndex(of: id) else { return nil }
    return (
      try items(ids[..<place].suffix(count).reversed(), from: source),
      try items(ids[(place + 1)...].prefix(count), from: source)
    )
  }

  /// The ids of an item and of all public ones below it, where its type is a tree; itself first.
  public func tree(from id: Int64, of noun: String) throws -> [Int64] {
    var ids = [id]
    guard let parent = try site.shape(noun).parentField else { return ids }
    var known: Set = [id]
    var next = 0
    while next < ids.count {
      // The pages of all that stands above ask for the same.
      let below = Listing.Source.items(
        of: noun, where: .compare(parent.name, .equal, .integer(ids[next])), order: Query.siblings)
      for id in try self.ids(of: below) where known.insert(id).inserted {
        trace.add(item: id)
        ids.append(id)
      }
      next += 1
    }
    return ids
  }

  private func find(_ source: Listing.Source) throws -> [Int64] {
    switch source {
    case .items(let noun, let condition, let order):
      return try site.store.ids(noun, Query(isPublic(and: condition), order: order), db)
    case .linking(let field, let target):
      let nouns = JSONList.of(names: site.registry.pages.keys.sorted())
      return try Int64.fetchAll(
        db.cachedStatement(
          sql: """
            SELECT i.id FROM itemLink l JOIN item i ON i.id = l.itemId
            WHERE l.field = ?1 AND l.targetId = ?2 AND \(Visibility.sql("i", at: "?3"))
              AND i.type IN (SELECT value FROM json_each(?4))
            ORDER BY i.publishAt DESC, i.id DESC
            """), arguments: [field, target, Timestamp.text(now), nouns])
    }
  }
}
