import ContentModel
import Formats
import Storage

/// Rows of side tables that come with a record.
extension Importer {
  /// Brings the rows of a record to its item. Rows of a table that are there already stay (`skip`), give way to
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
      let present = try table.rows(of: item, operation.db)
      if rows.allSatisfy(\.isOne) {
        if try bring(rows, beside: present, to: item, table) { hasChanged = true }
        continue
      }
      if !present.isEmpty {
        let wanted = rows.map { row in table.columns.map { row.values[$0.name] ?? .null } }
        guard policy != .skip, Set(present) != Set(wanted) else { continue }
        if policy == .fail {
          throw Refusal(.conflict, "\(noun) \(item) has rows of \(name) already")
        }
        try table.removeRows(of: item, operation.db)
      }
      for row in rows { try table.insert(row.values, of: item, operation.db) }
      hasChanged = true
    }
    return hasChanged
  }

  /// Brings rows that stand beside others of their table, each in the place of the one that has its key.
  private func bring(
    _ rows: [SourceRow], beside present: [[FieldValue]], to item: Int64, _ table: SideTable
  ) throws -> Bool {
    var hasChanged = false
    for row in rows {
      let wanted = table.columns.map { row.values[$0.name] ?? .null }
      guard !present.contains(wanted) else { continue }
      let count = present.isEmpty ? 0 : try table.count(operation.db)
      try table.insert(row.values, of: item, doubled: policy == .update ? .takeNew : .keepOld, operation.db)
      if policy == .update || present.isEmpty {
        hasChanged = true
      } else if try table.count(operation.db) > count {
        hasChanged = true
      }
    }
    return hasChanged
  }
}
