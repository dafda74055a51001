import ContentModel
import Formats
import Foundation
import GRDB
import Storage

extension Site {
  /// Brings the tables up to this program. What was there before stays as a backup, where tables with content change.
  func bringUp(_ note: (String) -> Void) throws {
    func work() throws -> Schema.Work {
      try read { try Schema.work($0, shapes: registry.shapes, sideTables: registry.sideTables) }
    }
    func migrate() throws {
      try Schema.migrate(database, shapes: registry.shapes, sideTables: registry.sideTables)
    }
    let needed = try work()
    guard needed != .nothing else { return }
    guard !database.isReadOnly else {
      throw Refusal(
        .conflict,
        "This site was last used with an older Sen, and its folder cannot be written to to change that",
        hint: "Open it once as its owner, or open a copy of the folder.")
    }
    guard try needed == .changes && read({ try hasContent($0) }) else { return try migrate() }
    let shelf = BackupShelf(site: folder)
    try shelf.alone {
      // Another process may have done it meanwhile.
      guard try work() != .nothing else { return }
      let backup: Backup
      do {
        backup = try shelf.create(
          .init(site: folder), .upgrade, note: "before Sen \(Release.version)", now: clock())
      } catch let failure as FileFailure {
        throw NoBackupBeforeUpgrade(cause: failure)
      }
      try migrate()
      note("Brought the site up to Sen \(Release.version); what it was is the backup \(backup.name)")
    }
  }

  private func hasContent(_ db: Database) throws -> Bool {
    try db.tableExists("item") && Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM item)") ?? false
  }
}

/// The tables of a site have to change, and what they were cannot be kept; so they stay as they are.
struct NoBackupBeforeUpgrade: Error, CustomStringConvertible {
  let cause: FileFailure

  var description: String {
    "This site has to be brought up to Sen \(Release.version), and a backup comes before that: \(cause)"
  }
}
