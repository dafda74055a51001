import ContentModel
import Formats
import Foundation
import Grammar
import Storage

/// `media`: the files of the site.
enum MediaCommands {
  static let all: [Command] = [list, add, prune]

  private static let list = Command(
    CommandSpec(
      noun: "media", verb: "list", summary: "Lists the files of the site and whether items use them",
      heeds: SharedOption.records, examples: ["sen media list", "sen media list --format json"])
  ) { context in
    let site = try context.site
    let presentation = try Presentation(context, usual: "table")
    let used = try site.read { try site.mediaInUse($0) }
    var sink = try presentation.list(["name", "bytes", "used"])
    for name in try site.mediaFiles() {
      let size = try FileManager.default.attributesOfItem(atPath: site.mediaPath(name))[.size] as? Int ?? 0
      try sink.write([
        "name": .text(name), "bytes": .integer(Int64(size)), "used": .bool(used.contains(name)),
      ])
    }
    try sink.finish()
  }

  private static let add = Command(
    CommandSpec(
      noun: "media", verb: "add", summary: "Brings files in and says the names that fields call them by",
      arguments: [ArgumentSpec("files", help: "The files", kind: .path, arity: .some)],
      examples: ["sen media add anh/lua.jpg"])
  ) { context in
    let site = try context.site
    try site.read { try Operation(site: site, db: $0).refuseStranger() }
    let paths = context.invocation.values("files")
    for path in paths {
      let name = try site.addMedia(path, keeps: !context.isDryRun)
      try context.output.bytes.write(Array("\(name)\n".utf8))
    }
    if context.isDryRun {
      context.output.note("Dry run, nothing written: would have added \(Counted.text(paths.count, "file"))")
    }
  }

  private static let prune = Command(
    CommandSpec(
      noun: "media", verb: "prune", summary: "Removes the files that no item uses",
      discussion: """
        Items in the trash and former versions count as users, and so do operations that can be taken back, unless \
        --all is said.
        """,
      flags: [FlagSpec("all", help: "Those that `history undo` would need, too")],
      examples: ["sen media prune --dry-run", "sen media prune --yes"])
  ) { context in
    let site = try context.site
    try site.require(.maintain, "remove files that no item uses")
    let needsJournal = !context.invocation.has("all")
    let (used, needed) = try site.read { db in
      (try site.mediaInUse(db), needsJournal ? try site.mediaInJournal(db) : [])
    }
    let all = try site.mediaFiles().filter { !used.contains($0) }
    let unused = all.filter { !needed.contains($0) }
    if all.count > unused.count {
      context.output.note("Kept for history undo: \(Counted.text(all.count - unused.count, "file")) (--all)")
    }
    guard !unused.isEmpty else { return context.output.note("Every file is in use") }
    try context.confirm("Remove \(Counted.text(unused.count, "file"))?")
    if context.isDryRun {
      return context.output.note("Dry run: would have removed \(Counted.text(unused.count, "file"))")
    }
    let removed = try site.removeUnused(unused, needsJournal: needsJournal)
    if removed < unused.count {
      context.output.note("Kept, for they came into use: \(Counted.text(unused.count - removed, "file"))")
    }
    context.output.note("Removed \(Counted.text(removed, "file"))")
  }
}
