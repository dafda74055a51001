import ContentModel
import Formats
import Storage

/// Rows of side tables that come with a record.
extension Importer {
  /// Brings the rows of a record to its item. Rows of a table that are there already stay (`skip`), are merged with
  /// those of the record (`update`), or refuse it (`fail`); rows of tables that no plugin has are counted.
  /// - Returns: whether anything was written.
  func bring(_ rows: [SourceRow], to item: Int64, of noun: String) throws -> Bool {
    var hasChanged = false
    for (name, rows) in Dictionary(grouping: rows, by: \.table).sorted(by: { $0.key < $1.key }) {
      guard
        let table = operation.site.registry.sideTables.first(where: {
          $0.name == name && ($0.noun == noun || $0.noun == FieldKind.anyItem)
        })
      else {
        for row in rows { countLeftOut(row.noun, row.count) }
        continue
      }
      if try bring(rows, to: item, of: noun, table) { hasChanged = true }
    }
    return hasChanged
  }

  private func bring(_ rows: [SourceRow], to item: Int64, of noun: String, _ table: SideTable) throws -> Bool
  {
    let db = operation.db
    let standsBeside = rows.allSatisfy(\.isOne)
    if policy == .update {
      guard standsBeside else { return try table.merge(rows.map(\.values), of: item, db).hasChanged }
      return try rows.map { try table.mergeOne($0.values, of: item, db).hasChanged }.contains(true)
    }
    let present = try table.rows(of: item, db)
    if standsBeside {
      let count = try present.isEmpty ? 0 : table.count(db)
      for row in rows { try table.insert(row.values, of: item, doubled: .keepOld, db) }
      return try present.isEmpty || table.count(db) > count
    }
    guard present.isEmpty else {
      let wanted = rows.map { row in table.columns.map { row.values[$0.name] ?? .null } }
      guard policy == .fail, Set(present) != Set(wanted) else { return false }
      throw Refusal(.conflict, "\(noun) \(item) has rows of \(table.name) already")
    }
    for row in rows { try table.insert(row.values, of: item, db) }
    return !rows.isEmpty
  }
}
