import Foundation
import GRDB
import Storage

/// What is done to a site beside its operations, in its log.
extension SitePlace {
  /// Whether there are backups of a site in a folder, whatever has become of the site itself.
  public static func hasBackups(_ folder: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(BackupShelf(site: folder).folder)/\(BackupShelf.mark)")
  }

  /// What the log is told of something that is done now.
  /// - Parameter noun: what it is done to.
  func circumstances(of noun: String) -> SiteDatabase.Circumstances {
    var circumstances = SiteDatabase.Circumstances(
      at: clock(), actor: actor, door: occasion.door.rawValue, command: occasion.command)
    circumstances.beside = [noun]
    return circumstances
  }

  /// Writes into the log what was done; where there is no database that could be written, people are told.
  func writeDown(_ noun: String, _ output: any Output) throws {
    guard !SiteDatabase.isEmpty(folder + "/site.db") else { return }
    do {
      try SiteDatabase(path: folder + "/site.db").writeDown(circumstances(of: noun))
    } catch let error as DatabaseError {
      output.note(
        "That is not in the log of the site, which cannot be written: \(error.message ?? "\(error)")")
    }
  }
}
