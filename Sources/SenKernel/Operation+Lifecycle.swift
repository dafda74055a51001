import ContentModel
import Foundation
import GRDB
import Storage

/// Trash, deletion, and what becomes of other items.
extension Operation {
  /// Puts an item that no other stands on into the trash, from where `restore` brings it back.
  public func trash(_ id: Int64) throws {
    try refuseIfUsed(id)
    try update(id) { $0.envelope.trashedAt = $0.envelope.trashedAt ?? now }
  }

  /// Brings an item back from the trash.
  public func restore(_ id: Int64) throws {
    try restore([id])
  }

  /// Brings items back from the trash together: what they refer to comes along, or is not there.
  func restore(_ ids: [Int64]) throws {
    for id in ids {
      try update(id) { item in
        guard item.envelope.trashedAt != nil else {
          throw Refusal(.conflict, "\(item.envelope.type) \(id) is not in the trash")
        }
        item.envelope.trashedAt = nil
      }
    }
    try refuseTrashed(ids)
  }

  /// Refuses a tag of a title that another one has: people name tags by their titles. Data of other systems may bring
  /// two, which `tag merge` makes one.
  func refuseSecond(_ tag: Item, old: Item? = nil) throws {
    let envelope = tag.envelope
    guard envelope.type == Tag.name, envelope.trashedAt == nil else { return }
    if let old, old.envelope.trashedAt == nil, old.envelope.title == envelope.title { return }
    let other = try Int64.fetchOne(
      db,
      sql: """
        SELECT id FROM item
        WHERE type = ?1 AND sortKey = sortkey(?2) AND title = ?2 AND id <> ?3 AND trashedAt IS NULL
        """, arguments: [Tag.name, envelope.title, envelope.id])
    guard let other else { return }
    throw Refusal(
      .conflict, "There is a tag “\(envelope.title)” already, \(other)", field: "title",
      hint: old == nil
        ? "Look at it: tag show \(other)"
        : "Put the one in the place of the other: tag merge \(envelope.id) \(other)")
  }

  /// Removes an item for good. References to it become empty, which is told; who cannot be without it refuses.
  public func delete(_ id: Int64) throws {
    try delete(item(id))
  }

  /// Removes items together: nothing is asked of those that go as well.
  /// - Parameter each: called with each item as it was when it went.
  func delete(_ ids: [Int64], _ each: (Item) throws -> Void = { _ in }) throws {
    let going = Set(ids)
    var left = going
    // Who refers to another goes before it, as long as it has what it refers to.
    var waiting = Array(ids.reversed())
    var met: Set<Int64> = []
    while let id = waiting.last {
      if left.contains(id), met.insert(id).inserted, going.count > 1 {
        waiting += try site.store.holders(of: id, db).filter { left.contains($0) && !met.contains($0) }
        if waiting.last != id { continue }
      }
      waiting.removeLast()
      guard left.remove(id) != nil else { continue }
      let item = try item(id)
      try delete(item, with: going)
      try each(item)
    }
  }

  /// The same for an item as it is stored.
  /// - Parameter going: the ids of all that are removed together; nothing is asked of them.
  private func delete(_ item: Item, with going: Set<Int64> = []) throws {
    try permit(item, nil)
    try release(item, except: going)
    try site.store.delete(item, db)
    try obey(item, nil)
  }

  /// Refuses to take away what others stand on.
  private func refuseIfUsed(_ id: Int64) throws {
    let item = try item(id)
    // A tag is a word, not a place: taking it away takes it off its items.
    guard item.envelope.type != Tag.name else { return }
    let blocks = try blocks(showing: item.envelope).map {
      (id: $0.block.envelope.id, field: $0.option)
    }
    let users = try site.store.references(to: id, of: item.envelope.type, limit: 100, db) + blocks
    guard let first = users.first else { return }
    let type = try site.store.type(of: first.id, db) ?? "item"
    let count =
      users.count >= 100 ? "100 or more items" : users.count == 1 ? "1 item" : "\(users.count) items"
    throw Refusal(
      .conflict,
      "\(item.envelope.type) “\(item.envelope.slug)” is in use by \(count), such as \(type) \(first.id)",
      hint: "Move them first; --force removes it for good and leaves them without.")
  }

  /// The same of items that have come back from the trash together.
  func refuseTrashed(_ ids: [Int64]) throws {
    for id in ids { try refuseTrashed(item(id)) }
  }

  /// Refuses an item that would refer to what is in the trash, which visitors do not see. A tag is a word, which may be
  /// there.
  /// - Parameter old: what it was; what that has referred to is not asked about.
  func refuseTrashed(_ item: Item, old: Item? = nil) throws {
    let shape = try site.shape(item.envelope.type)
    var known: Set<Int64> = []
    if let old { Self.eachReference(of: old, shape) { id, _, _ in if let id { known.insert(id) } } }
    try Self.eachReference(of: item, shape) { id, noun, field in
      guard let id, noun != Tag.name, !known.contains(id) else { return }
      let target = try self.item(id).envelope
      guard target.trashedAt != nil else { return }
      throw Refusal(
        .conflict, "\(field): \(target.type) \(id) “\(target.title)” is in the trash", field: field,
        hint: "Bring it back first: \(target.type) restore \(id)")
    }
  }

  /// Stores what an item was before a change.
  func saveRevision(_ item: Item) throws {
    try site.store.saveRevision(item, actor: site.actor, at: now, db)
  }

  /// Makes every item that carries the tag `from` carry `target` instead, and removes `from`.
  /// - Returns: how many items carried it.
  public func merge(tag from: Int64, into target: Int64) throws -> Int {
    guard from != target else { throw Refusal(.invalid, "A tag cannot be merged into itself") }
    let old = try item(from)
    try permit(old, nil)
    let carriers = try site.store.carriers(of: from, db)
    for id in carriers {
      try update(id) { item in
        let tags = item.tags.map { $0 == from ? target : $0 }
        item.tags = tags.enumerated().filter { tags.firstIndex(of: $1) == $0 }.map(\.element)
      }
    }
    try delete(from)
    try site.store.addRedirect(from: old.envelope.slug, of: Tag.name, to: target, db)
    return carriers.count
  }
}

extension Operation {
  /// Gives an item a place among its siblings: those with the same parent and in the same group, else all of its type.
  ///
  /// Only as many siblings get a place of their own as stand before it.
  /// - Parameter position: from 1; beyond the end means the end.
  public func move(_ id: Int64, to position: Int) throws -> Item {
    let moved = try item(id)
    let shape = try site.shape(moved.envelope.type)
    let places = shape.placeIndices.map { index in
      Condition.compare(shape.fields[index].name, .equal, moved.values[index])
    }
    let query = Query(places.isEmpty ? nil : .all(places), order: Query.siblings, fields: [])
    var siblings: [Int64] = []
    try site.store.each(shape.name, query, db) { item in
      guard item.envelope.id != id else { return true }
      guard item.envelope.position != nil || siblings.count < position - 1 else { return false }
      siblings.append(item.envelope.id)
      return true
    }
    let place = min(max(position - 1, 0), siblings.count)
    try permit(moved, moved)
    try warrant.asSite {
      for (index, sibling) in siblings.enumerated() {
        let new = Int64(index < place ? index + 1 : index + 2)
        try revise(sibling) { $0.envelope.position = new }
      }
    }
    try update(id) { $0.envelope.position = Int64(place + 1) }
    return try item(id)
  }
}
