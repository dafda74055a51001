import ContentModel
import Foundation
import GRDB
import Storage

/// How it is told that an operation cannot be taken back, or not be done again.
struct TakingBack {
  /// Whose rows are taken back: those of the operation, of its last redo, or of an undo of it.
  let entry: Journal.Entry
  let original: Journal.Entry
  /// Whether the operation would be done again.
  let isRedo: Bool
  let site: Site
  let db: Database

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
    guard last.undoes != nil else { return "history undo \(last.id)" }
    // What is too old to be known was an operation of its own as far as anybody can tell.
    guard let again = try Journal.doneAgain(by: last, db) else { return "history redo \(last.id)" }
    return "history undo \(again)"
  }

  /// Why an item cannot be as it would be afterwards.
  func refusal(_ item: Envelope, _ why: Refusal) -> Refusal {
    Refusal(
      .conflict, "\(cannot): \(item.type) \(item.id) “\(item.title)”: \(why.message)", field: why.field,
      hint: why.hint ?? "Nothing was changed.")
  }

  /// That somebody would refer to what is in the trash.
  /// - Parameter isGoing: whether it would come there with this.
  func refusal(_ reference: ItemStore.TrashedReference, isGoing: Bool) throws -> Refusal {
    guard let target = try site.store.fetch(reference.target, db)?.envelope,
      let item = try site.store.fetch(reference.item, db)?.envelope
    else { return Refusal(.conflict, "\(cannot): what it refers to is gone") }
    let (what, who) = (
      "\(target.type) \(target.id) “\(target.title)”", "\(item.type) \(item.id) “\(item.title)”"
    )
    return isGoing
      ? Refusal(
        .conflict, "\(cannot): \(what) would be in the trash, and is the \(reference.field) of \(who)",
        hint: "Give that one another first: \(item.type) set \(item.id) \(reference.field)=…")
      : Refusal(
        .conflict, "\(cannot): \(what), which would be the \(reference.field) of \(who), is in the trash",
        hint: "Bring it back first: \(target.type) restore \(target.id)")
  }

  func refusal(_ obstacle: Journal.Obstacle) throws -> Refusal {
    if obstacle.reason == .reference { try refuse("took away what it refers to", removers()) }
    if obstacle.reason == .rule, obstacle.table == "item", let taken = try taken() { return taken }
    if obstacle.reason == .rule,
      let table = site.registry.sideTables.first(where: { $0.name == obstacle.table })
    {
      try refuse("wrote in the place of its rows", Journal.users(of: takers(table), after: entry.id, db))
    }
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

  /// The rows of a side table that have now what only one row may have, and one that is to come back had.
  private func takers(_ table: SideTable) throws -> RowKeys {
    let columns = try db.columns(in: table.name).map(\.name)
    var takers = RowKeys()
    try Journal.eachRow(of: entry.id, db) { row in
      guard row.table == table.name, row.kind == .restores else { return true }
      for names in table.unique {
        let values = names.map { name in
          columns.firstIndex(of: name).flatMap { $0 < row.values.count ? row.values[$0] : nil } ?? .null
        }
        let conditions = names.map { "\"\($0)\" IS ?" }.joined(separator: " AND ")
        let ids = try Int64.fetchCursor(
          db.cachedStatement(sql: "SELECT id FROM \"\(table.name)\" WHERE \(conditions)"),
          arguments: StatementArguments(values))
        while let id = try ids.next() { takers.insert(id, in: table.name) }
      }
      return true
    }
    return takers
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
