import ContentModel
import GRDB
import Storage

/// Whether what an undo brings back can stand beside what was done since: what the rules of types say, trees, what
/// placed blocks show, and who refers to what is in the trash.
///
/// What was as it is before, or breaks a rule by itself alone, comes back all the same.
struct UndoRules {
  private let operation: Operation
  private let items: Set<Int64>
  /// Tags, and items that rules are asked about, as they were before, of those that met the rules.
  private var old: [Int64: Item] = [:]
  /// Those that were there before and did not meet the rules of their types.
  private var wrong: Set<Int64> = []
  private let inTrash: Set<ItemStore.TrashedReference>
  /// The placed blocks that something was wrong with before.
  private let wrongBlocks: Set<Int64>

  /// Looks at the items before.
  init(_ operation: Operation, items: Set<Int64>) throws {
    (self.operation, self.items) = (operation, items)
    inTrash = try operation.site.store.trashedReferences(operation.db)
    wrongBlocks = Set(try BlockCommands.faults(operation.site, operation.db).map(\.block.id))
    for id in items {
      guard let type = try operation.site.store.type(of: id, operation.db),
        type == Tag.name || operation.site.registry.rules[type] != nil,
        let item = try operation.site.store.fetch(id, operation.db)
      else { continue }
      if try operation.isSound(item) { old[id] = item } else { wrong.insert(id) }
    }
  }

  /// Asks about each item as it is afterwards.
  /// - Parameter keys: the rows that were taken back; a rule that would change others on the way has something against it.
  func check(_ keys: RowKeys, _ told: TakingBack) throws {
    let (site, db) = (operation.site, operation.db)
    for reference in try site.store.trashedReferences(db).subtracting(inTrash)
    where !(items.contains(reference.item) && items.contains(reference.target)) {
      throw try told.refusal(reference, isGoing: items.contains(reference.target))
    }
    for (block, fault) in try BlockCommands.faults(site, db) where !wrongBlocks.contains(block.id) {
      throw told.refusal(
        block,
        Refusal(.conflict, fault, hint: "Look at it first: block show \(block.id). Nothing was changed."))
    }
    for id in items.sorted() {
      guard let type = try site.store.type(of: id, db) else { continue }
      let (shape, isRuled) = (try site.shape(type), site.registry.rules[type] != nil)
      guard shape.parentField != nil || isRuled || type == Tag.name, let item = try site.store.fetch(id, db)
      else { continue }
      let before = old[id]
      var more = RowKeys()
      do {
        try operation.checkTree(item, shape)
        try operation.refuseSecond(item, old: before)
        guard isRuled, !wrong.contains(id) else { continue }
        more = try operation.trial(before, item).subtracting(keys)
      } catch let refusal as Refusal where refusal.code == .conflict || before != nil {
        throw told.refusal(item.envelope, refusal)
      } catch is Refusal {
        // It was so when it was removed.
        continue
      }
      guard !more.isEmpty else { continue }
      try told.refuse(
        "changed what belongs to \(type) \(id)", Journal.users(of: more, after: told.entry.id, db))
      throw told.refusal(
        item.envelope,
        Refusal(
          .conflict, "what belongs to it has changed since",
          hint: "A version of it: \(type) revisions \(id), then \(type) revert \(id) VERSION"))
    }
  }
}

extension Operation {
  /// Whether an item is as the rules of its type want it.
  func isSound(_ item: Item) throws -> Bool {
    guard site.registry.rules[item.envelope.type] != nil else { return true }
    do { _ = try trial(item, item) } catch is Refusal { return false }
    return true
  }

  /// The rows that the rules of a type would change after a change that is written already; none of it is done.
  /// - Throws: what they have against it.
  func trial(_ old: Item?, _ new: Item) throws -> RowKeys {
    try notes.withoutTelling {
      try site.database.trial(db) { try obey(old, new) }
    }
  }
}
