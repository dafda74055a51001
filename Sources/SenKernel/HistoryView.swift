import ContentModel
import Foundation
import GRDB
import Storage

/// What one operation changed, as people read it: items with their fields, and rows beside them.
struct HistoryView {
  let entry: Journal.Entry
  let site: Site
  let db: Database

  struct Change {
    enum Kind: String {
      case created, changed, removed
    }

    let noun: String
    let id: Int64?
    /// ` “Tin mới”`, or empty.
    let title: String
    let kind: Kind
    let fields: [FieldDifference]
  }

  /// So many are shown to people.
  static let mostShown = 20
  /// So many are looked up at once.
  private static let batch = 500

  /// Rows that say nothing to people: former slugs, former versions.
  private static let plumbing: Set<String> = ["revision", "redirect"]

  /// Calls `body` with each change.
  /// - Returns: how many there are beyond `atMost`.
  @discardableResult
  func eachChange(atMost most: Int = .max, _ body: (Change) throws -> Void) throws -> Int {
    let typed = Set(site.registry.shapes.map(\.name))
    var (items, seen, others, rest): ([Int64], Set<Int64>, [Patch.Row], Int) = ([], [], [], 0)
    try eachReadableRow(of: entry.id) { row in
      if Self.plumbing.contains(row.table) { return true }
      let isItem = row.table == "item" || typed.contains(row.table)
      let link =
        row.table == "itemLink" ? row.values.first.flatMap { $0 }.flatMap(Int64.fromDatabaseValue) : nil
      if let id = isItem ? row.rowid : link {
        if seen.insert(id).inserted { items.append(id) }
      } else if items.count + others.count < most {
        others.append(row)
      } else {
        rest += 1
      }
      return true
    }
    // Parents come before what was made below them.
    items.sort()
    let shown = items.prefix(most)
    others = Array(others.prefix(most - shown.count))
    rest += items.count - shown.count
    for start in stride(from: 0, to: shown.count, by: Self.batch) {
      let ids = Set(shown[start..<min(start + Self.batch, shown.count)])
      let (before, after) = try states(ids, [])
      for id in ids.sorted() {
        if let change = try change(
          before.item(id, site.store), after.item(id, site.store), before.damages(id, site.store),
          after.damages(id, site.store))
        {
          try body(change)
        }
      }
    }
    for start in stride(from: 0, to: others.count, by: Self.batch) {
      let rows = Array(others[start..<min(start + Self.batch, others.count)])
      let (before, after) = try states([], rows)
      for row in rows { try body(try change(row, before.values(of: row), after.values(of: row))) }
    }
    return rest
  }

  private func states(_ items: Set<Int64>, _ others: [Patch.Row]) throws -> (
    before: RowStates, after: RowStates
  ) {
    var states = try RowStates(of: items, others, site.store, db)
    try Journal.each(db) { later in
      guard later.id > entry.id else { return false }
      if later.size > 0 { try goBack(&states, behind: later.id) }
      return true
    }
    let after = states
    try goBack(&states, behind: entry.id)
    return (states, after)
  }

  private func goBack(_ states: inout RowStates, behind id: Int64) throws {
    do { try states.goBack(behind: id, db) } catch is DamagedValue {
      // It is told as one of the gaps.
    }
  }

  /// Calls `body` with the rows of an operation as far as they can be read.
  private func eachReadableRow(of id: Int64, _ body: (Patch.Row) throws -> Bool) throws {
    do { try Journal.eachRow(of: id, db, body) } catch is DamagedValue {
      // It is told as one of the gaps.
    }
  }

  /// The operations from this one on whose changes cannot be read.
  func gaps() throws -> [Int64] {
    var gaps: [Int64] = []
    try Journal.each(db) { later in
      guard later.id >= entry.id else { return false }
      if later.size > 0, try !Journal.isReadable(later.id, db) { gaps.append(later.id) }
      return true
    }
    return gaps
  }

  /// - Parameters:
  ///   - was: what could not be read of it before, by field.
  ///   - damaged: the same of it afterwards.
  private func change(
    _ old: Item?, _ new: Item?, _ was: [String: FieldValue], _ damaged: [String: FieldValue]
  ) throws -> Change? {
    guard let item = new ?? old else { return nil }
    let record = ItemRecord(
      fields: ItemFields(try site.shape(item.envelope.type)), names: Names(site, db), style: .people)
    var fields: [FieldDifference]
    if let old, let new {
      fields = try FieldDifference.between(old, new, record)
    } else {
      fields = try FieldDifference.made(item, record).map { old == nil ? $0 : $0.reversed }
    }
    for name in Set(was.keys).union(damaged.keys).sorted() where was[name] != damaged[name] {
      func shown(_ item: Item?) throws -> FieldValue {
        guard let item, record.fields.names.contains(name) else { return .null }
        return try record.value(name, of: item)
      }
      let isSecret = record.fields.shape[name]?.has(.secret) == true
      let values = try [(was[name], old), (damaged[name], new)].map { raw, item in
        try raw.map { isSecret ? .text(FieldShape.mask) : $0 } ?? shown(item)
      }
      fields.removeAll { $0.field == name }
      fields.append(FieldDifference(name, old: values[0], new: values[1], isProse: false))
    }
    return Change(
      noun: item.envelope.type, id: item.envelope.id, title: " “\(item.envelope.title)”",
      kind: old == nil ? .created : new == nil ? .removed : .changed, fields: fields)
  }

  private func change(
    _ row: Patch.Row, _ old: [(column: String, value: DatabaseValue)]?,
    _ new: [(column: String, value: DatabaseValue)]?
  ) throws -> Change {
    let before = Dictionary(
      (old ?? []).map { ($0.column, $0.value) }, uniquingKeysWith: { first, _ in first })
    let after = Dictionary((new ?? []).map { ($0.column, $0.value) }, uniquingKeysWith: { first, _ in first })
    let isSecret = isSecret(row.table, before["name"] ?? after["name"])
    let fields = (new ?? old ?? []).map(\.column).compactMap { column -> FieldDifference? in
      let (from, to) = (Self.value(before[column]), Self.value(after[column]))
      guard from != to else { return nil }
      func shown(_ value: FieldValue) -> FieldValue {
        isSecret && column == "value" && !value.isNull ? .text(FieldShape.mask) : value
      }
      return FieldDifference(column, old: shown(from), new: shown(to), isProse: false)
    }
    return Change(
      noun: row.table, id: row.rowid, title: "",
      kind: old == nil ? .created : new == nil ? .removed : .changed, fields: fields)
  }

  /// Whether a row holds a setting that nobody is shown.
  private func isSecret(_ table: String, _ name: DatabaseValue?) -> Bool {
    guard table == "setting", let name = name.flatMap(String.fromDatabaseValue) else { return false }
    return site.registry.secretSettings.contains(name)
  }

  private static func value(_ value: DatabaseValue?) -> FieldValue {
    switch value?.storage {
    case .int64(let integer): .integer(integer)
    case .double(let double): .real(double)
    case .string(let text): .text(text)
    default: .null
    }
  }
}
