import ContentModel
import Formats
import Foundation
import Grammar

/// `backup`: copies of the whole site, to go back to.
///
/// All but `create` do without an open site: they are for the day on which it cannot be opened.
enum BackupCommands {
  static let all: [Command] = [create, list, verify, prune, restore]

  private static let from = FlagSpec(
    "from", help: "The folder that the backups are in; else backups/ of the site", kind: .path)

  private static func shelf(_ context: CommandContext) throws -> BackupShelf {
    if let named = context.invocation.flag("from") {
      let shelf = BackupShelf(site: "", named: named)
      guard FileManager.default.fileExists(atPath: shelf.folder) else {
        throw Refusal(.notFound, "There is no folder \(named)")
      }
      return shelf
    }
    return BackupShelf(site: try context.place.folder)
  }

  private static let create = Command(
    CommandSpec(
      noun: "backup", verb: "create", summary: "Makes a backup of the whole site while it is in use",
      discussion: """
        The database as it is at one moment, and the files of the site, each kept once for all backups. Nobody waits.
        Backups in the site's own folder help against mistakes; against a broken disk, name one on another.
        """,
      flags: [
        FlagSpec("to", help: "A folder for backups; else backups/ of the site", kind: .path),
        FlagSpec("note", help: "What it is for", kind: .text),
      ],
      heeds: SharedOption.change,
      examples: ["sen backup create --note 'before the move'", "sen backup create --to /mnt/disk/portal"])
  ) { context in
    let site = try context.site
    try site.require(.maintain, "make backups")
    let shelf = BackupShelf(site: site.folder, named: context.invocation.flag("to"))
    if context.isDryRun { return context.output.note("Dry run: would have made a backup in \(shelf.folder)") }
    let source = BackupShelf.Source(
      site: site.folder, namedMedia: { try site.mediaInUse($0) }, goesOn: { !context.output.isInterrupted })
    let backup = try shelf.alone(for: site.folder) {
      do {
        return try shelf.create(source, .asked, note: context.invocation.flag("note"), now: site.clock())
      } catch is CancellationError {
        throw StoppedInPart("no backup was made; files that were copied for it serve the next one")
      }
    }
    if context.invocation.has("porcelain") {
      try context.output.bytes.write(Array("\(backup.name)\n".utf8))
    } else {
      context.output.note("Made the backup \(backup.name): \(contents(backup))")
    }
    tell(backup.missing, context) { "not in it: \($0), which is lost or damaged" }
    if backup.isDamaged { context.output.note("The site is damaged, and so is its backup: sen site doctor") }
    if backup.isDamaged || !backup.missing.isEmpty { throw DoneInPart() }
  }

  private static let list = Command(
    CommandSpec(
      noun: "backup", verb: "list", summary: "Lists the backups, the oldest first",
      discussion:
        "Times are in the site's time zone as in other tables; in UTC where there is no site that can be asked for it.",
      flags: [from],
      heeds: SharedOption.records, examples: ["sen backup list", "sen backup list --from /mnt/disk/portal"])
  ) { context in
    var sink = try Presentation(context, usual: "table").list([
      "backup", "made", "items", "bytes", "files", "fileBytes", "sen", "note",
    ])
    for entry in try shelf(context).entries() {
      switch entry {
      case .backup(let backup):
        try sink.write([
          "backup": .text(backup.name), "made": .date(backup.made), "items": .integer(backup.items),
          "bytes": .integer(Int64(backup.database.size)), "files": .integer(Int64(backup.media.count)),
          "fileBytes": .integer(Int64(backup.mediaSize)), "sen": .text(backup.sen),
          "note": backup.note.map { .text($0) } ?? .null,
        ])
      case .unreadable(let name, let reason):
        try sink.write([
          "backup": .text(name), "made": .null, "items": .null, "bytes": .null, "files": .null,
          "fileBytes": .null, "sen": .null, "note": .text("unreadable: \(reason)"),
        ])
      }
    }
    try sink.finish()
  }.withoutSite

  private static let verify = Command(
    CommandSpec(
      noun: "backup", verb: "verify",
      summary: "Looks through backups: every byte, every page, every reference",
      arguments: [ArgumentSpec("ref", help: "Which; @last or all, all if none is named", arity: .optional)],
      flags: [from], heeds: SharedOption.records,
      examples: ["sen backup verify @last", "sen backup verify all"])
  ) { context in
    let shelf = try shelf(context)
    let named = context.invocation.value("ref") ?? "all"
    var damaged = 0
    var sink = try Presentation(context, usual: "table").list(["backup", "state", "problems"])
    try shelf.together {
      let entries = try named == "all" ? shelf.entries() : [shelf.find(named)]
      guard !entries.isEmpty else {
        throw Refusal(
          .notFound, "There are no backups in \(shelf.folder)", hint: "Make one: sen backup create")
      }
      var known: [String: String?] = [:]
      for (index, entry) in entries.enumerated() {
        context.output.progress("verify", done: index, total: entries.count)
        let findings = try shelf.verify(entry, known: &known) { !context.output.isInterrupted }
        // One that keeps a damaged site is what it is meant to be.
        let isAsMeant = entry.backup?.isDamaged == true && findings.isAsSaved
        if !findings.isSound && !isAsMeant { damaged += 1 }
        try sink.write([
          "backup": .text(entry.name),
          "state": .text(findings.isSound ? "sound" : isAsMeant ? "kept damaged" : "damaged"),
          "problems": .list(findings.all.map { .text($0) }),
        ])
      }
    }
    try sink.finish()
    if damaged > 0 { throw DoneInPart() }
  }.withoutSite

  private static let prune = Command(
    CommandSpec(
      noun: "backup", verb: "prune", summary: "Removes old backups, and the files that no other has",
      discussion: """
        What either rule keeps, stays. The newest backup that is sound always stays, though it be older.
        """,
      flags: [
        FlagSpec("keep", help: "So many of the newest stay", kind: .integer),
        FlagSpec("keep-days", help: "Those of the last so many days stay", kind: .integer), from,
      ], examples: ["sen backup prune --keep 7 --keep-days 30 --yes", "sen backup prune --keep 3 --dry-run"])
  ) { context in
    let shelf = try shelf(context)
    // Without a site there is nobody to ask, for backups on a disk of their own.
    if context.hasPlace { try context.place.requireAdministrator("remove backups") }
    let days = try context.count("keep-days")
    let now = context.invocation.flag("from") == nil ? try context.place.clock() : Date()
    let pruning = BackupShelf.Pruning(
      count: try context.count("keep"), since: days.map { now.addingTimeInterval(-86_400 * Double($0)) })
    guard pruning.count != nil || pruning.since != nil else {
      throw Refusal(
        .usage, "Which backups are to stay?", hint: "Example: sen backup prune --keep 7 --keep-days 30")
    }
    let goesOn = { !context.output.isInterrupted }
    let asked = try shelf.together { try shelf.prunable(pruning, goesOn: goesOn) }
    guard !asked.isEmpty else { return context.output.note("Every backup stays") }
    for backup in asked { context.output.note("goes: \(backup.name) (\(contents(backup)))") }
    try context.confirm("Remove \(Counted.text(asked.count, "backup"))?")
    let work = { try shelf.remove(asked, isDryRun: context.isDryRun) }
    let files =
      context.isDryRun
      ? try shelf.together(work)
      : try shelf.alone {
        guard try shelf.prunable(pruning, goesOn: goesOn).map(\.name) == asked.map(\.name) else {
          throw Refusal(
            .conflict, "The backups have changed meanwhile", hint: "Nothing was removed; try again.")
        }
        return try work()
      }
    if !context.isDryRun, context.invocation.flag("from") == nil {
      try context.place.writeDown("backup", context.output)
    }
    let would = context.isDryRun ? "Dry run: would have removed" : "Removed"
    let and = files.map { " and \(Counted.text($0.count, "file")) of \(size($0.bytes))" }
    context.output.note(
      "\(would) \(Counted.text(asked.count, "backup"))\(and ?? "; files stay, for a backup here cannot be read")"
    )
  }.withoutSite

  private static let restore = Command(
    CommandSpec(
      noun: "backup", verb: "restore", summary: "Makes the site what a backup is",
      discussion: """
        What is there now is kept as a backup of its own, before-restore-…, so that this can be taken back. The backup
        is verified first. Others may go on using the site; what they write afterwards is written to the restored one. A
        site that a later Sen has changed can be replaced as well; nothing else of this Sen touches one.
        """,
      arguments: [ArgumentSpec("ref", help: "Which; its name, the beginning of it, or @last")],
      flags: [
        from, FlagSpec("force", help: "Also where it was damaged when it was saved, or has lost files since"),
      ],
      examples: [
        "sen backup restore 2026-11-25T04-28-10Z",
        "sen --site new backup restore @last --from /mnt/disk/portal",
      ])
  ) { context in
    let place = try context.place
    try place.requireAdministrator("restore a backup", replaces: true)
    let shelf = try shelf(context)
    let keeper = BackupShelf(site: place.folder)
    let goesOn = { !context.output.isInterrupted }
    let named = context.invocation.value("ref") ?? ""
    let backup = try found(named, shelf)
    try context.confirm(
      "Put the backup \(backup.name) (\(contents(backup))) in the place of the site in \(place.folder)?")
    func run() throws {
      // What was agreed to, should it be there no more.
      let backup = try found(backup.name, shelf)
      var known: [String: String?] = [:]
      let findings = try shelf.verify(.backup(backup), known: &known, goesOn: goesOn)
      let isForced = context.invocation.has("force")
      if let problem = findings.database.first, !isForced || !findings.isAsSaved {
        let isSaved = findings.isAsSaved ? "Say --force to restore it as it is, or see" : "See"
        throw Refusal(
          .invalid, "The backup \(backup.name) cannot be restored: \(problem)",
          hint: "Nothing was changed. \(isSaved) which are sound: sen backup verify all")
      }
      if findings.database.isEmpty { try shelf.refuseLater(backup) }
      let lost = findings.media.map(\.name)
      if !lost.isEmpty, !isForced {
        throw Refusal(
          .invalid,
          "The backup \(backup.name) has lost \(Counted.text(lost.count, "file")), such as \(lost[0])",
          hint: "Nothing was changed. Say --force to restore the rest, or see: sen backup verify all")
      }
      if context.isDryRun { return context.output.note("Dry run: would have restored \(backup.name)") }
      let restored = try shelf.restore(
        backup, without: Set(lost), into: place, keeper: keeper, goesOn: goesOn)
      context.output.note("Restored \(backup.name): \(contents(backup))")
      if restored.files > 0 { context.output.note("Brought back \(Counted.text(restored.files, "file"))") }
      if let kept = restored.kept {
        context.output.note("What was there is the backup \(kept), if you want it back")
      }
      if !findings.database.isEmpty { context.output.note("It is damaged; see: sen site doctor --fix") }
      if !lost.isEmpty {
        tell(lost, context) { "not restored: \($0), which the backup has lost" }
        throw DoneInPart()
      }
    }
    if context.isDryRun {
      try shelf.together(run)
    } else if shelf.folder == keeper.folder {
      try keeper.alone(run)
    } else {
      try shelf.together { try keeper.alone(run) }
    }
  }.withoutSite
}

extension Command {
  /// The same, to be run though there is no site, or none that can be opened.
  fileprivate var withoutSite: Command { Command(spec, needsSite: false, run: run) }
}
