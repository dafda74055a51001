import ContentModel
public import GRDB

extension ItemStore {
  /// Somebody refers to what is in the trash, which visitors do not see.
  public struct TrashedReference: Hashable, Sendable {
    public let item: Int64
    public let field: String
    public let target: Int64
  }

  /// All such references of items that are not in the trash themselves. A tag is a word, which may be there.
  public func trashedReferences(_ db: Database) throws -> Set<TrashedReference> {
    // The trash comes first; it holds little beside the rest.
    func statement(_ field: String, _ join: String) -> String {
      """
      SELECT i.id, \(field), x.id FROM item x CROSS JOIN \(join) CROSS JOIN item i ON i.id = t.itemId
      WHERE x.trashedAt IS NOT NULL AND i.trashedAt IS NULL
      """
    }
    let fields = tables.values.flatMap { table in
      table.shape.fields.filter {
        $0.kind.target != nil && table.shape.index[$0.name].map(table.columns.contains) ?? false
      }
      .map { statement($0.name.quoted, "\(table.shape.name.sql) t ON t.\($0.name.sql) = x.id") }
    }
    let sql =
      [statement("t.field", "itemLink t ON t.targetId = x.id AND t.field <> 'tags'")] + fields.sorted()
    var found: Set<TrashedReference> = []
    let rows = try Row.fetchCursor(db.cachedStatement(sql: sql.joined(separator: "\nUNION ALL ")))
    while let row = try rows.next() {
      found.insert(TrashedReference(item: row[0], field: row[1], target: row[2]))
    }
    return found
  }
}
