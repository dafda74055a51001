import ContentModel
import Foundation
import GRDB
import Storage

/// What the journal is told of an operation beside its rows.
final class JournalNotice {
  /// The operation that it has taken back.
  var undone: Int64?
  /// What it did that is no row of the journal, such as to files.
  var beside: Set<String> = []
}

extension Operation {
  /// Takes back what an earlier operation did, byte for byte; the search index follows.
  ///
  /// - Parameters:
  ///   - entry: whose rows are taken back: those of the operation, of its last redo, or of an undo of it.
  ///   - original: the operation that this is about.
  /// - Throws: a refusal that names the operations that changed the same rows since, or what else stands in the way.
  func undo(_ entry: Journal.Entry, of original: Journal.Entry) throws {
    let isRedo = entry.undoes == original.id
    let taken = isRedo ? entry : original
    if taken.actor != site.actor || !["user", "setting"].allSatisfy({ !entry.nouns.contains($0) }) {
      try require(.administer, "take back operation \(taken.id), by \(taken.actor ?? "nobody")")
    }
    let told = TakingBack(entry: entry, original: original, isRedo: isRedo, site: site, db: db)
    let keys = try Journal.keys(of: entry.id, db)
    try told.refuse("changed the same since", Journal.users(of: keys, after: entry.id, db))
    let items = site.registry.shapes.reduce(into: keys.rowids(in: "item")) {
      $0.formUnion(keys.rowids(in: $1.name))
    }
    let rights = try UndoRights(self, entry, keys, items: items)
    let rules = try UndoRules(self, items: items)
    let since = try site.database.countedSince(entry.id, site.registry.sideTables, db)
    try site.store.unindex(items, db)
    do {
      try Journal.apply(inverseOf: entry.id, db)
    } catch let obstacle as Journal.Obstacle {
      throw try told.refusal(obstacle)
    }
    try since.add(db)
    try rights?.check()
    try refuseIfMoreGoes(entry, keys, told)
    try site.store.removeRedirects(to: items, db)
    try site.store.index(items, db)
    try rules.check(keys, told)
    try refuseWithoutAdministrator()
    notice.undone = taken.id
    try tellOfPasswords(entry)
    try tellOfFiles(keys)
  }

  /// Files are in no journal: those that `media prune` has removed since do not come back.
  private func tellOfFiles(_ keys: RowKeys) throws {
    for shape in site.registry.shapes {
      for field in shape.fields where field.kind == .media {
        let sql = "SELECT \"\(field.name)\" FROM \"\(shape.name)\" WHERE itemId = ?"
        for id in keys.rowids(in: shape.name).sorted() {
          guard let name = try String.fetchOne(db.cachedStatement(sql: sql), arguments: [id]), !name.isEmpty,
            !site.hasMedia(name), let item = try site.store.fetch(id, db)
          else { continue }
          note("The \(field.name) of \(item.envelope.told) is gone: \(name). Bring it back from a backup")
        }
      }
    }
  }

  /// Passwords are in no journal: a user who comes back has none.
  private func tellOfPasswords(_ entry: Journal.Entry) throws {
    try Journal.eachRow(of: entry.id, db) { row in
      if row.table == "user", row.kind == .restores,
        let name = row.values.first.flatMap({ $0 }).flatMap(String.fromDatabaseValue)
      {
        note("\(name) is a user again, without a password; set one anew: user passwd \(name)")
      }
      return true
    }
  }

  /// Refuses where foreign keys would take along what a later operation wrote. What was only counted since goes along;
  /// it comes back with a redo.
  private func refuseIfMoreGoes(_ entry: Journal.Entry, _ keys: RowKeys, _ told: TakingBack) throws {
    var more = RowKeys()
    try site.database.eachChangedRow { row in
      if !keys.contains(row) { more.insert(row) }
      return true
    }
    guard !more.isEmpty else { return }
    try told.refuse("stand on it", Journal.users(of: more, after: entry.id, db))
  }
}
