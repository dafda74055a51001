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
  /// - Parameter original: the operation that comes again where `entry` is an undo of it; else `entry` itself.
  /// - Throws: a refusal that names the operations that changed the same rows since, or what else stands in the way.
  func undo(_ entry: Journal.Entry, of original: Journal.Entry) throws {
    if entry.actor != site.actor || !["user", "setting"].allSatisfy({ !entry.nouns.contains($0) }) {
      try require(.administer, "take back operation \(entry.id), by \(entry.actor ?? "nobody")")
    }
    let told = TakingBack(entry: entry, original: original, site: site, db: db)
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
    notice.undone = entry.id
    try tellOfPasswords(entry)
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
