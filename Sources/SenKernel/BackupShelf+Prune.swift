import ContentModel
import Formats
import Foundation

extension BackupShelf {
  /// Which backups may go.
  struct Pruning {
    /// The newest so many stay.
    var count: Int?
    /// Those made after this stay.
    var since: Date?
  }

  /// The backups to remove. One that is sound always stays, though older than all that would.
  func prunable(_ pruning: Pruning, goesOn: () -> Bool) throws -> [Backup] {
    let all = try entries().compactMap(\.backup)
    let kept = Set(
      (pruning.count.map { all.suffix($0) } ?? []).map(\.name)
        + all.filter { backup in pruning.since.map { backup.made > $0 } ?? false }.map(\.name))
    var candidates = all.filter { !kept.contains($0.name) }
    guard !candidates.isEmpty else { return [] }
    var known: [String: String?] = [:]
    func isSound(_ backup: Backup) throws -> Bool {
      try verify(.backup(backup), known: &known, goesOn: goesOn).isSound
    }
    if try all.reversed().contains(where: { try kept.contains($0.name) && isSound($0) }) { return candidates }
    if let last = try candidates.last(where: isSound) { candidates.removeAll { $0.name == last.name } }
    return candidates
  }

  /// Removes backups, then the files that no other has.
  /// - Returns: how many files went and their bytes; nil where that cannot be known, a backup being unreadable.
  func remove(_ backups: [Backup], isDryRun: Bool) throws -> (count: Int, bytes: Int)? {
    let names = Set(backups.map(\.name))
    if !isDryRun {
      for backup in backups {
        // Out of the list in one step, then piece by piece.
        let gone = "\(folder)/.\(backup.name).tmp-\(getpid())"
        guard rename(path(backup.name), gone) == 0 else {
          throw FileFailure("remove", path(backup.name), errno)
        }
        try FileManager.default.removeItem(atPath: gone)
      }
    }
    var media: Set<String> = []
    for entry in try entries() where !names.contains(entry.name) {
      guard let backup = entry.backup else { return nil }
      media.formUnion(backup.media.map(\.name))
    }
    return try collect(keeping: media, isDryRun: isDryRun)
  }
}
