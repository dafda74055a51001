import ContentModel

/// What the commands tell of backups.
extension BackupCommands {
  static func found(_ named: String, _ shelf: BackupShelf) throws -> Backup {
    switch try shelf.find(named) {
    case .backup(let backup): return backup
    case .unreadable(let name, let reason):
      throw Refusal(
        .invalid, "The backup \(name) cannot be restored: \(reason)", hint: "See: sen backup list")
    }
  }

  static func tell(_ names: [String], _ context: CommandContext, _ text: (String) -> String) {
    for name in names.prefix(20) { context.output.note(text(name)) }
    if names.count > 20 { context.output.note("… and \(names.count - 20) more") }
  }

  static func contents(_ backup: Backup) -> String {
    let files = backup.media.isEmpty ? "" : ", \(Counted.text(backup.media.count, "file"))"
    return "\(Counted.text(Int(backup.items), "item"))\(files), \(size(backup.size))"
  }

  /// `12.4 MB`.
  static func size(_ bytes: Int) -> String {
    bytes < 1_000_000
      ? "\((bytes + 999) / 1000) kB" : "\(bytes / 1_000_000).\(bytes % 1_000_000 / 100_000) MB"
  }
}
