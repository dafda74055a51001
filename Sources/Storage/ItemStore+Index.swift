public import GRDB

/// The search index around changes that do not go through the store.
extension ItemStore {
  /// Takes the items of these ids that there are out of the search index, as they are now.
  ///
  /// What is damaged in them has no words; an undo may bring such a value back.
  public func unindex(_ ids: Set<Int64>, _ db: Database) throws {
    for id in ids.sorted() {
      guard let type = try type(of: id, db), let table = tables[type], let item = try tolerant.fetch(id, db)
      else {
        continue
      }
      try unindex(item, table, db)
    }
  }

  /// Brings the items of these ids that there are into the search index.
  public func index(_ ids: Set<Int64>, _ db: Database) throws {
    for id in ids.sorted() {
      guard let type = try type(of: id, db), let table = tables[type], let item = try tolerant.fetch(id, db)
      else {
        continue
      }
      try index(SearchText.make(item, table.shape), of: id, db)
    }
  }
}
