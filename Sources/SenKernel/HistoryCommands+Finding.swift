import ContentModel
import GRDB
import Storage

/// Which operation is meant, and why one cannot be had.
extension HistoryCommands {
  static func entry(_ text: String, _ site: Site, _ db: Database) throws -> Journal.Entry {
    guard let id = Int64(text) else {
      throw Refusal(.usage, "“\(text)” is no number of an operation", hint: "See: history list")
    }
    if let entry = try Journal.entry(id, db) { return entry }
    let newest = try newest(db)
    guard id > newest || id < 1 else { throw tooOld(id, site) }
    throw Refusal(
      .notFound, "There is no operation \(id)",
      hint: newest == 0 ? "Nothing has been done yet." : "The newest is \(newest). See: history list")
  }

  static func newest(_ db: Database) throws -> Int64 {
    var newest: Int64 = 0
    try Journal.each(db) { entry in
      newest = entry.id
      return false
    }
    return newest
  }

  /// What an operation changed is kept no more.
  static func notKept(_ id: Int64, _ site: Site, _ db: Database) throws -> Refusal {
    guard let oldest = try Journal.oldestKept(db), oldest.id < id else { return tooOld(id, site) }
    return Refusal(
      .notFound,
      "Operation \(id) cannot be taken back: what it changed is not kept, for its table has been changed since, or it could not be read",
      hint: "A version of one item: revisions, revert. The whole site: backup list.")
  }

  static func tooOld(_ id: Int64, _ site: Site) -> Refusal {
    let settings = site.settings
    return Refusal(
      .notFound,
      "Operation \(id) is too old to be taken back: the journal keeps \(settings.historyDays) days and \(settings.historyMegabytes) MB",
      hint:
        "A version of one item: revisions, revert. The whole site: backup list. Limits: config set historyDays"
    )
  }

  /// The newest operation of whoever asks that can be taken back.
  static func lastOwn(_ site: Site, _ db: Database) throws -> Journal.Entry {
    var found: Journal.Entry?
    var other: Journal.Entry?
    try Journal.each(db) { entry in
      guard entry.isInForce, !entry.isOnlyTold, entry.door != Occasion.Door.web.rawValue else { return true }
      if entry.actor == site.actor { found = entry } else { other = other ?? entry }
      return found == nil
    }
    if let found { return found }
    let hint = other.map {
      "The last one of others is \($0.id), by \($0.actor ?? "nobody"): history undo \($0.id)"
    }
    throw Refusal(.notFound, "There is nothing of yours to take back", hint: hint ?? "See: history list")
  }

  static func lastUndo(_ site: Site, _ db: Database) throws -> Journal.Entry {
    var found: Journal.Entry?
    try Journal.each(db) { entry in
      guard entry.undoes != nil, entry.undoneBy == nil, entry.actor == site.actor else { return true }
      // An undo of an undo did something again; that is taken back by undo.
      let target = try entry.undoes.flatMap { try Journal.entry($0, db) }
      if target?.undoes == nil, target?.undoneBy == entry.id { found = entry }
      return found == nil
    }
    guard let found else {
      throw Refusal(.notFound, "There is no undo of yours to do again", hint: "See: history list")
    }
    return found
  }
}
