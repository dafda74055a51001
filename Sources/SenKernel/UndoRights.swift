import ContentModel
import GRDB
import Storage

/// Whether somebody may do what taking back their own operation comes to. What they may now counts, item by item, not
/// what they might when they did it.
struct UndoRights {
  private let operation: Operation
  private let items: Set<Int64>
  /// Side tables of items whose rows come back or go, with the ids of those rows.
  private let rows: [(table: String, ids: Set<Int64>)]
  private let changesMore: Bool
  /// The envelopes of the items, before.
  private let old: [Int64: Item]
  private var owners: Set<Int64> = []
  /// Items of which nothing but the envelope changes.
  private let bare: Set<Int64>

  /// Looks at the items before; nil for those who may change all content.
  init?(_ operation: Operation, _ entry: Journal.Entry, _ keys: RowKeys, items: Set<Int64>) throws {
    guard try !operation.mayChangeAll else { return nil }
    (self.operation, self.items) = (operation, items)
    let registry = operation.site.registry
    let sideTables = registry.sideTables.filter { $0.noun != nil && keys.tables.contains($0.name) }
    // Everybody may do what visitors do, and take back their own.
    let isVisit = try Self.isVisit(Self.origin(of: entry, operation.db), registry)
    rows = isVisit ? [] : sideTables.map { ($0.name, keys.rowids(in: $0.name)) }
    changesMore = !keys.tables.subtracting(Self.parts).subtracting(registry.shapes.map(\.name))
      .subtracting(sideTables.map(\.name)).isEmpty
    bare =
      keys.tables.contains("itemLink")
      ? [] : registry.shapes.reduce(into: keys.rowids(in: "item")) { $0.subtract(keys.rowids(in: $1.name)) }
    old = try items.reduce(into: [:]) { $0[$1] = try Self.envelope($1, operation) }
    owners = try itemsOfRows()
  }

  /// Asks about each item, as it was and as it is afterwards.
  func check() throws {
    if changesMore { try operation.require(.edit, "take back what is no item") }
    let changes = try items.map { (old: old[$0], new: try Self.envelope($0, operation)) }
    let hasOwn = changes.contains { ($0.old ?? $0.new)?.envelope.author == operation.site.actor }
    let hasOthers = changes.contains { ($0.old ?? $0.new)?.envelope.type != Tag.name }
    for (old, new) in changes {
      // A word that was made as it was typed comes and goes with the item, though its author may make no tag by itself.
      // Where others have taken it up since, that stands in the way of its going.
      let isTag = (old ?? new)?.envelope.type == Tag.name
      if isTag, hasOthers, (old == nil) != (new == nil) { continue }
      // Whoever moves their own moves others out of its way; so they come back.
      if hasOwn, isOnlyMoved(old, new) { continue }
      try operation.permit(old, new)
    }
    for id in try owners.union(itemsOfRows()).subtracting(items) {
      let item = try Self.envelope(id, operation) ?? old[id]
      try operation.permit(item, item)
    }
  }

  /// Whether an item has another place among its siblings, and is as it was otherwise.
  private func isOnlyMoved(_ old: Item?, _ new: Item?) -> Bool {
    guard let old, var placed = new?.envelope, bare.contains(old.envelope.id) else { return false }
    (placed.position, placed.version) = (old.envelope.position, old.envelope.version)
    placed.updatedAt = old.envelope.updatedAt
    return placed == old.envelope
  }

  /// Tables whose rows follow from items.
  private static let parts: Set<String> = ["item", "itemLink", "revision", "redirect"]

  private static func envelope(_ id: Int64, _ operation: Operation) throws -> Item? {
    try operation.site.store.fetch(id, operation.db).map { Item(envelope: $0.envelope, values: []) }
  }

  private func itemsOfRows() throws -> Set<Int64> {
    var found: Set<Int64> = []
    for (table, ids) in rows {
      let statement = try operation.db.cachedStatement(sql: "SELECT itemId FROM \"\(table)\" WHERE id = ?")
      for id in ids { if let item = try Int64.fetchOne(statement, arguments: [id]) { found.insert(item) } }
    }
    return found
  }

  /// The operation that undoing and redoing began with.
  private static func origin(of entry: Journal.Entry, _ db: Database) throws -> Journal.Entry {
    var entry = entry
    while let id = entry.undoes, let earlier = try Journal.entry(id, db) { entry = earlier }
    return entry
  }

  /// Whether an operation was what visitors do, by its command: options may stand before its noun, with a value each.
  private static func isVisit(_ entry: Journal.Entry, _ registry: Registry) -> Bool {
    let words = entry.command.split(separator: " ")
    for (index, pair) in zip(words, words.dropFirst()).enumerated() {
      if registry.actions.contains(where: { $0.isForVisitors && pair == ($0.noun[...], $0.name[...]) }) {
        return true
      }
      guard pair.0.hasPrefix("-") || index > 0 && words[index - 1].hasPrefix("-") else { return false }
    }
    return false
  }
}
