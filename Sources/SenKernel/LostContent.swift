import GRDB
import Storage

/// What went with a table or a column that is gone, and which backup has it: the mend makes them anew, empty.
struct LostContent {
  private let shelf: BackupShelf

  init(_ site: Site) { shelf = BackupShelf(site: site.folder) }

  /// An ailment with what was lost by it.
  func tell(_ ailment: Ailment) throws -> Ailment {
    guard let lost = ailment.lost else { return ailment }
    let mended = ailment.mend == nil ? "" : "; mended it is empty"
    return try ailment.telling(", and what it held is gone\(mended); \(whereKept(lost))")
  }

  private func whereKept(_ lost: Ailment.Lost) throws -> String {
    for backup in try shelf.entries().compactMap(\.backup).reversed() where !backup.isDamaged {
      guard let count = count(of: lost, in: backup.name) else { continue }
      guard count > 0 else { return "it was empty in the backup \(backup.name)" }
      let what = lost.column == nil ? Counted.text(count, "row") : "it of \(Counted.text(count, "row"))"
      return "the backup \(backup.name) has \(what): sen backup restore \(backup.name)"
    }
    return "no backup has it"
  }

  /// How many rows a backup has of it; nil where it has neither table nor column, or cannot be read.
  private func count(of lost: Ailment.Lost, in backup: String) -> Int? {
    let counted = try? SiteDatabase.look(shelf.database(backup)) { db -> Int? in
      guard try db.tableExists(lost.table) else { return nil }
      guard let column = lost.column else {
        return try Int.fetchOne(db, sql: "SELECT count(*) FROM \(lost.table.quotedDatabaseIdentifier)")
      }
      guard try db.columns(in: lost.table).contains(where: { $0.name == column }) else { return nil }
      return try Int.fetchOne(
        db,
        sql: "SELECT count(\(column.quotedDatabaseIdentifier)) FROM \(lost.table.quotedDatabaseIdentifier)")
    }
    return counted ?? nil
  }
}
