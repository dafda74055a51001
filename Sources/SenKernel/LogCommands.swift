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
    var isDamaged = false
    try site.read { db in
      let reach = try site.journalReach(db)
      try Journal.each(db) { entry in
        isDamaged = isDamaged || entry.damage != nil
        if let since, entry.damage == nil, entry.at < since { return true }
        if let actor, entry.actor != actor { return true }
        if let noun, !entry.nouns.contains(noun) { return true }
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
    if isDamaged { HistoryCommands.tellOfDamage(context) }
  }
}
