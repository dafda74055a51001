import ContentModel
import Foundation
import GRDB
import Storage

/// What an operation has taken back.
final class UndoneEntry {
  var id: Int64?
}

extension Operation {
  /// Takes back what an earlier operation did, byte for byte; the search index follows.
  ///
  /// - Throws: a refusal that names the operations that changed the same rows since, or what else stands in the way.
  func undo(_ entry: Journal.Entry) throws {
    if entry.actor != site.actor || !["user", "setting"].allSatisfy({ !entry.nouns.contains($0) }) {
      try require(.administer, "take back operation \(entry.id), by \(entry.actor ?? "nobody")")
    }
    let keys = try Journal.keys(of: entry.id, db)
    try refuseIfChangedSince(entry, keys)
    let items = site.registry.shapes.reduce(into: keys.rowids(in: "item")) {
      $0.formUnion(keys.rowids(in: $1.name))
    }
    let rights = try UndoRights(self, entry, keys, items: items)
    try site.store.unindex(items, db)
    do {
      try Journal.apply(inverseOf: entry.id, db)
    } catch let obstacle as Journal.Obstacle {
      throw refusal(entry, obstacle)
    }
    try rights?.check()
    try refuseIfMoreGoes(entry, keys)
    try site.store.index(items, db)
    try refuseWithoutAdministrator()
    undone.id = entry.id
  }

  /// Refuses where a later operation that is in force has touched the same rows.
  private func refuseIfChangedSince(_ entry: Journal.Entry, _ keys: RowKeys) throws {
    let later = try Journal.users(of: keys, after: entry.id, db)
    guard let last = later.first else { return }
    throw Refusal(.conflict, told(entry, "changed the same since", later), hint: undoFirst(last))
  }

  /// Refuses where foreign keys would take along what a later operation wrote. What was only counted since goes along;
  /// it comes back with a redo.
  private func refuseIfMoreGoes(_ entry: Journal.Entry, _ keys: RowKeys) throws {
    var more = RowKeys()
    try site.database.eachChangedRow { row in
      if !keys.contains(row) { more.insert(row) }
      return true
    }
    guard !more.isEmpty else { return }
    let later = try Journal.users(of: more, after: entry.id, db)
    guard let last = later.first else { return }
    throw Refusal(.conflict, told(entry, "stand on it", later), hint: undoFirst(last))
  }

  private func told(_ entry: Journal.Entry, _ what: String, _ later: [Journal.Entry]) -> String {
    let style = PeopleStyle(timeZone: site.timeZone, language: .en)
    let named = later.prefix(3).map {
      "\($0.id) (\($0.command), by \($0.actor ?? "nobody"), \(style.text(.date($0.at))))"
    }
    let rest = later.count > named.count ? " and \(later.count - named.count) more" : ""
    return
      "Operation \(entry.id) cannot be taken back alone: \(what): \(named.joined(separator: ", "))\(rest)"
  }

  private func undoFirst(_ last: Journal.Entry) -> String {
    "Look at it: history show \(last.id); take it back first: history undo \(last.id)"
  }

  private func refusal(_ entry: Journal.Entry, _ obstacle: Journal.Obstacle) -> Refusal {
    let why =
      switch obstacle.reason {
      case .missing: "a row of “\(obstacle.table)” that it changed is gone"
      case .present: "a row of “\(obstacle.table)” that it removed is there again"
      case .layout: "the table “\(obstacle.table)” has been changed by a newer version of Sen since"
      case .rule: "a rule of “\(obstacle.table)” would not hold, such as a name that only one may have"
      }
    return Refusal(
      .conflict, "Operation \(entry.id) cannot be taken back: \(why)",
      hint: "Nothing was changed. What was written without Sen is not in its journal: site doctor")
  }
}
