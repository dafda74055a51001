public import ContentModel
public import GRDB

/// Rows that come from elsewhere to those that are here.
extension SideTable {
  /// What became of rows that came.
  public struct Merged: Sendable, Equatable {
    /// Not here before.
    public var added = 0
    /// Here with other values.
    public var changed = 0
    /// Of what follows its source only (`isStrict`): here, and no longer there.
    public var removed = 0
    /// Here with other values that are newer, or counts that are higher, and as they were.
    public var kept = 0

    public init() {}

    public var hasChanged: Bool { added + changed + removed > 0 }

    public static func += (sum: inout Merged, other: Merged) {
      sum.added += other.added
      sum.changed += other.changed
      sum.removed += other.removed
      sum.kept += other.kept
    }
  }

  /// Whether its rows count nobody and bear no date: they say what their source says, all of it and nothing else.
  var isStrict: Bool { counts.isEmpty && !columns.contains { $0.kind == .date } }

  /// Brings the rows that a source has of an item, or one of the site.
  ///
  /// A row here and one that comes are the same where they have the same key. Counts never go down. Of two that bear
  /// dates the later one stays, by the last of its dates; without dates, what comes. What has only been done here stays,
  /// unless the table is strict. What is the same is not written.
  /// - Parameter item: nil for rows of the site itself.
  public func merge(_ rows: [FieldMap], of item: Int64?, _ db: Database) throws -> Merged {
    var merged = Merged()
    var met: Set<Int64> = []
    for values in rows {
      let (id, outcome) = try merge(values, of: item, except: met, db)
      merged += outcome
      if item != nil { met.insert(id) }
    }
    guard let item, isStrict else { return merged }
    let present = try Int64.fetchAll(
      db.cachedStatement(sql: "SELECT id FROM \(name.sql) WHERE itemId = ?"), arguments: [item])
    for id in present where !met.contains(id) {
      try db.cachedStatement(sql: "DELETE FROM \(name.sql) WHERE id = ?").execute(arguments: [id])
      merged.removed += 1
    }
    return merged
  }

  /// The same of one row that stands beside others, whatever else is there.
  public func mergeOne(_ values: FieldMap, of item: Int64?, _ db: Database) throws -> Merged {
    try merge(values, of: item, except: [], db).1
  }

  /// - Parameter met: rows that others have been merged into; where a table has no key, two that are alike are two.
  private func merge(_ values: FieldMap, of item: Int64?, except met: Set<Int64>, _ db: Database) throws -> (
    id: Int64, Merged
  ) {
    var merged = Merged()
    let (names, wanted) = (names(of: item), try arguments(values, of: item))
    let key = unique.first ?? names
    let condition = key.map { "\($0.sql) IS ?" }.joined(separator: " AND ")
    let keyValues = zip(names, wanted).filter { key.contains($0.0) }
    let present = try Row.fetchAll(
      db.cachedStatement(
        sql: """
          SELECT id, \(names.map(\.sql).joined(separator: ", ")) FROM \(name.sql) WHERE \(condition) ORDER BY id
          """),
      arguments: StatementArguments(
        key.map { name in keyValues.first { $0.0 == name }?.1 ?? .null })
    ).first { unique.first != nil || !met.contains($0[0]) }
    guard let present else {
      try insert(values, of: item, db)
      merged.added = 1
      return (db.lastInsertedRowID, merged)
    }
    let id: Int64 = present[0]
    let old = Array(present.databaseValues.dropFirst())
    let new = self.merged(old, wanted, names)
    let changed = names.indices.filter { old[$0] != new[$0] }
    if !changed.isEmpty {
      try db.cachedStatement(
        sql: """
          UPDATE \(name.sql) SET \(changed.map { "\(names[$0].sql) = ?" }.joined(separator: ", ")) WHERE id = ?
          """
      ).execute(arguments: StatementArguments(changed.map { new[$0] } + [id.databaseValue]))
      merged.changed = 1
    } else if old != wanted {
      merged.kept = 1
    }
    return (id, merged)
  }

  /// Of two rows with the same key, what stays.
  private func merged(_ old: [DatabaseValue], _ new: [DatabaseValue], _ names: [String]) -> [DatabaseValue] {
    let date = columns.last { $0.kind == .date }.flatMap { names.firstIndex(of: $0.name) }
    func text(_ row: [DatabaseValue]) -> String {
      date.flatMap { String.fromDatabaseValue(row[$0]) } ?? ""
    }
    let rest = text(old) > text(new) ? old : new
    return names.indices.map { index in
      guard counts.contains(names[index]), let here = Int64.fromDatabaseValue(old[index]),
        let there = Int64.fromDatabaseValue(new[index])
      else { return rest[index] }
      return max(here, there).databaseValue
    }
  }
}
