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
        note("\(name) is a user again, without a password; for the web set one anew: user passwd \(name)")
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

/// How it is told that an operation cannot be taken back, or not be done again.
private struct TakingBack {
  /// The operation, or the undo of it.
  let entry: Journal.Entry
  let original: Journal.Entry
  let site: Site
  let db: Database

  private var isRedo: Bool { entry.id != original.id }
  private var cannot: String {
    "Operation \(original.id) cannot be \(isRedo ? "done again" : "taken back")"
  }

  /// Refuses where there are operations in the way, which are given newest first.
  func refuse(_ what: String, _ later: [Journal.Entry]) throws {
    guard let last = later.first else { return }
    let style = PeopleStyle(timeZone: site.timeZone, language: .en)
    guard last.size > 0, try Journal.isReadable(last.id, db) else {
      throw Refusal(
        .conflict,
        "\(cannot): what operation \(last.id) (\(last.command)) changed since is not kept or cannot be read",
        hint: "A version of one item: revisions, revert. See: site doctor")
    }
    let named = later.prefix(3).map {
      "\($0.id) (\($0.command), by \($0.actor ?? "nobody"), \(style.text(HistoryCommands.moment(of: $0))))"
    }
    let rest = later.count > named.count ? " and \(later.count - named.count) more" : ""
    throw Refusal(
      .conflict, "\(cannot) alone: \(what): \(named.joined(separator: ", "))\(rest)",
      hint: "Look at it: history show \(last.id); take it back first: \(try takingBack(last))")
  }

  /// The command that takes an operation back, which may itself be an undo or a redo.
  private func takingBack(_ last: Journal.Entry) throws -> String {
    guard let target = last.undoes else { return "history undo \(last.id)" }
    // What is too old to be known was an operation of its own as far as anybody can tell.
    guard let again = try Journal.entry(target, db)?.undoes else { return "history redo \(last.id)" }
    return "history undo \(again)"
  }

  func refusal(_ obstacle: Journal.Obstacle) throws -> Refusal {
    if obstacle.reason == .reference { try refuse("took away what it refers to", removers()) }
    if obstacle.reason == .rule, obstacle.table == "item", let taken = try taken() { return taken }
    let why =
      switch obstacle.reason {
      case .missing: "a row of “\(obstacle.table)” that it changed is gone"
      case .present: "a row of “\(obstacle.table)” that it removed is there again"
      case .layout: "the table “\(obstacle.table)” has been changed by a newer version of Sen since"
      case .rule: "a rule of “\(obstacle.table)” would not hold, such as a name that only one may have"
      case .reference: "something that a row of “\(obstacle.table)” refers to is gone"
      }
    return Refusal(
      .conflict, "\(cannot): \(why)",
      hint: "Nothing was changed. What was written without Sen is not in its journal: site doctor")
  }

  /// Who has now what only one item may have, and one that is to come back had.
  private func taken() throws -> Refusal? {
    let columns = try db.columns(in: "item").map(\.name)
    var refusal: Refusal?
    try Journal.eachRow(of: entry.id, db) { row in
      guard row.table == "item", row.kind != .removes, let id = row.rowid else { return true }
      func value(_ name: String) throws -> String? {
        let place = columns.firstIndex(of: name) ?? 0
        let kept = place < row.values.count ? row.values[place].flatMap(String.fromDatabaseValue) : nil
        return try kept
          ?? String.fetchOne(db, sql: "SELECT \(name) FROM item WHERE id = ?", arguments: [id])
      }
      for name in ["slug", "uid", "origin"] {
        guard let wanted = try value(name), let type = try value("type"),
          let other = try Row.fetchOne(
            db,
            sql: """
              SELECT id, type, title, trashedAt IS NOT NULL FROM item
              WHERE \(name) = ?1 AND id <> ?2 \(name == "slug" ? "AND type = ?3" : "AND ?3 = ?3")
              """, arguments: [wanted, id, type])
        else { continue }
        let (otherID, noun, title, isTrashed): (Int64, String, String, Bool) = (
          other[0], other[1], other[2], other[3]
        )
        let way =
          name == "slug"
          ? "Give that one another: \(noun) set \(otherID) slug=SLUG" : "See it: \(noun) show \(otherID)"
        refusal = Refusal(
          .conflict,
          "\(cannot): the \(name) “\(wanted)” is that of \(noun) \(otherID) “\(title)” now\(isTrashed ? ", which is in the trash" : "")",
          field: name, hint: "\(way). Nothing was changed.")
        return false
      }
      return true
    }
    return refusal
  }

  /// Later operations that removed items which the rows to come back may refer to, newest first.
  private func removers() throws -> [Journal.Entry] {
    var referred: Set<Int64> = []
    try Journal.eachRow(of: entry.id, db) { row in
      for value in row.values { if case .int64(let id)? = value?.storage { referred.insert(id) } }
      return true
    }
    var (removers, gone): ([Journal.Entry], [Int64: Bool]) = ([], [:])
    try Journal.each(db) { later in
      guard later.id > entry.id else { return false }
      guard later.undoneBy == nil else { return true }
      var isRemover = false
      try Journal.eachRow(of: later.id, db) { row in
        guard row.table == "item", row.kind == .restores, let id = row.rowid, referred.contains(id) else {
          return true
        }
        let isGone = try gone[id] ?? !site.store.has(id, of: FieldKind.anyItem, db)
        gone[id] = isGone
        isRemover = isGone
        return !isRemover
      }
      if isRemover { removers.append(later) }
      return true
    }
    return removers
  }
}
