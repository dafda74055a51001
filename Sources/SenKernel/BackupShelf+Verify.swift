import ContentModel
import Formats
import Foundation
import GRDB
import Storage

extension BackupShelf {
  /// What is wrong with a backup.
  struct Findings {
    /// What makes it useless as a whole.
    var database: [String] = []
    /// Files that are missing or are not what their names say.
    var media: [(name: String, reason: String)] = []

    /// Whether all bytes of the database are those that were saved, though they may have been damaged then.
    var isAsSaved = true

    var isSound: Bool { database.isEmpty && media.isEmpty }
    var all: [String] { database + media.map { "\($0.name) \($0.reason)" } }
  }

  /// Looks through a backup: every byte against its sum, the database's pages and references.
  /// - Parameter known: what was found about files in other backups, each looked at once.
  func verify(_ entry: Entry, known: inout [String: String?], goesOn: () -> Bool) throws -> Findings {
    guard case .backup(let backup) = entry else {
      if case .unreadable(_, let reason) = entry { return Findings(database: [reason]) }
      return Findings()
    }
    var findings = Findings()
    findings.database = try bytes(of: backup)
    findings.isAsSaved = findings.database.isEmpty
    if findings.isAsSaved {
      // What was damaged is kept for those who want to save what can be saved.
      findings.database =
        backup.isDamaged ? ["its site.db was damaged when it was saved"] : try content(of: backup)
    }
    for file in backup.media {
      if !goesOn() { throw CancellationError() }
      let reason = try known[file.name] ?? reason(file)
      known[file.name] = .some(reason)
      if let reason { findings.media.append((file.name, reason)) }
    }
    return findings
  }

  /// The bytes of the database against their sum.
  private func bytes(of backup: Backup) throws -> [String] {
    let path = database(backup.name)
    guard FileManager.default.fileExists(atPath: path) else { return ["its site.db is missing"] }
    do {
      let digest = try FileDigest.sha256(path)
      guard digest.hex == backup.database.sha256 else {
        let was = digest.size == backup.database.size ? "" : ", which had \(backup.database.size)"
        return ["its site.db is not what was saved: \(digest.size) bytes\(was)"]
      }
    } catch let failure as FileFailure {
      return ["\(failure)"]
    }
    return []
  }

  private func content(of backup: Backup) throws -> [String] {
    do {
      return try SiteDatabase.look(database(backup.name), Self.problems)
    } catch let error as DatabaseError {
      return ["its site.db cannot be read: \(error.message ?? "\(error.resultCode)")"]
    }
  }

  /// What is wrong with the pages, indexes and references of a database.
  static func problems(in db: Database) throws -> [String] {
    try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
      + Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { "dangling reference in \($0[0] as String)" }
  }

  /// Why a file is not what it should be.
  private func reason(_ file: Backup.File) throws -> String? {
    let path = media(file.name)
    guard FileManager.default.fileExists(atPath: path) else { return "is missing" }
    do {
      return try FileDigest.sha256(path).hex == file.name.prefix(64) ? nil : "is damaged"
    } catch let failure as FileFailure {
      return "cannot be read: \(String(cString: strerror(failure.code)))"
    }
  }
}
