import ContentModel
public import Foundation
public import GRDB

extension Journal {
  /// Who made an item; nil where the journal does not know it (any more).
  /// - Parameter moment: when it was made. All that an operation makes bears its time.
  public static func maker(of item: Int64, _ noun: String, at moment: Date, _ db: Database) throws -> String?
  {
    let entries = try Row.fetchAll(
      db, sql: "SELECT \(columns) FROM journal WHERE at = ? AND undoes IS NULL",
      arguments: [Timestamp.text(moment)]
    ).map(entry).filter { $0.nouns.contains(noun) }
    for entry in entries where entry.size > 0 {
      var isMaker = false
      do {
        try eachRow(of: entry.id, db) { row in
          isMaker = row.table == "item" && row.rowid == item && row.kind == .removes
          return !isMaker
        }
      } catch is DamagedValue {
        // Whether it made the item cannot be known.
        continue
      }
      if isMaker { return entry.actor }
    }
    // Of those that can be taken back no more, only the nouns are known.
    let actors = Set(entries.filter { $0.size == 0 && !$0.isOnlyTold }.map(\.actor))
    return actors.count == 1 ? actors.first ?? nil : nil
  }
}
