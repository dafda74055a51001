import ContentModel
import Formats
import Foundation
import GRDB
import Grammar
import Storage

/// `log`: who did what, longer than it can be taken back.
enum LogCommands {
  static let all: [Command] = [list]

  private static let list = Command(
    CommandSpec(
      noun: "log", verb: "list", summary: "Tells who did what, the newest first",
      discussion: "Kept for as many days as the setting logDays says, undoing included.",
      flags: [
        FlagSpec("actor", help: "Only what this user did", kind: .text, placeholder: "USER"),
        FlagSpec("since", help: "Only from a date on, or so long ago, such as 7d", kind: .text),
        FlagSpec("noun", help: "Only what touched this noun, side table or `setting`", kind: .text),
      ], heeds: SharedOption.records,
      examples: ["sen log list --since 7d", "sen log list --actor lan --noun article --format csv"])
  ) { context in
    let site = try context.site
    let (actor, noun, since) = (
      context.invocation.flag("actor"), context.invocation.flag("noun"), try context.since()
    )
    var sink = try Presentation(context, usual: "table").list([
      "id", "at", "actor", "door", "nouns", "command", "rows", "state",
    ])
    var (isDamaged, isNounMet) = (false, false)
    try site.read { db in
      let reach = try site.journalReach(db)
      try Journal.each(db) { entry in
        isDamaged = isDamaged || entry.damage != nil
        if let since, entry.damage == nil, entry.at < since { return true }
        if let actor, entry.actor != actor { return true }
        if let noun, !entry.nouns.contains(noun) { return true }
        isNounMet = true
        try sink.write([
          "id": .integer(entry.id), "at": HistoryCommands.moment(of: entry), "actor": entry.actor.fieldValue,
          "door": .text(entry.door), "nouns": .list(entry.nouns.map { .text($0) }),
          "command": .text(entry.command), "rows": .integer(Int64(entry.rows)),
          "state": .text(HistoryCommands.state(of: entry, reach)),
        ])
        return true
      }
    }
    try sink.finish()
    if let noun, !isNounMet, let hint = nearest(noun, site.registry) { context.output.note(hint) }
    if isDamaged { HistoryCommands.tellOfDamage(context) }
  }

  /// What else somebody may have meant who asks for what nothing is called; nil where something is.
  private static func nearest(_ noun: String, _ registry: Registry) -> String? {
    let known =
      registry.shapes.map(\.name) + registry.sideTables.map(\.name) + CommandTable.kernelNouns.keys.sorted()
      + ["setting"]
    guard !known.contains(noun) else { return nil }
    let near = Suggestion.nearest(noun, in: known).map { ". Did you mean \($0)?" } ?? ""
    return "There is no noun “\(noun)”\(near)"
  }
}
