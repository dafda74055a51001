import ContentModel
import Formats
import Foundation
import GRDB
import Grammar
import Storage

/// `history`: what was done, shown and taken back.
enum HistoryCommands {
  static let all: [Command] = [list, show, undo, redo]

  private static let number = ArgumentSpec(
    "number", help: "Which operation, as `history list` numbers it", kind: .integer, arity: .optional)

  private static let list = Command(
    CommandSpec(
      noun: "history", verb: "list", summary: "Lists what was done, the newest first",
      discussion: """
        Every operation is there that changed content or settings, whichever plugin it was of. What visitors did
        (votes, ratings) is left out unless --all is said.
        """,
      flags: [FlagSpec("all", help: "What visitors did, too")], heeds: SharedOption.records,
      examples: ["sen history list --limit 10"])
  ) { context in
    let site = try context.site
    let showsAll = context.invocation.has("all")
    let isPlain = context.invocation.flag("format") ?? "table" == "table"
    var sink = try Presentation(context, usual: "table").list([
      "id", "at", "actor", "command", "rows", "state",
    ])
    var isDamaged = false
    try site.read { db in
      let reach = try site.journalReach(db)
      try Journal.each(db) { entry in
        isDamaged = isDamaged || entry.damage != nil
        guard !entry.isOnlyTold, showsAll || entry.door != Occasion.Door.web.rawValue else { return true }
        try sink.write([
          "id": .integer(entry.id), "at": moment(of: entry), "actor": entry.actor.fieldValue,
          "command": .text(isPlain ? short(entry.command) : entry.command),
          "rows": .integer(Int64(entry.rows)), "state": .text(state(of: entry, reach)),
        ])
        return true
      }
    }
    try sink.finish()
    if isDamaged { tellOfDamage(context) }
  }

  /// When an operation was done, or in its place what is wrong with that.
  static func moment(of entry: Journal.Entry) -> FieldValue {
    entry.damage.map { .text($0) } ?? .date(entry.at)
  }

  static func tellOfDamage(_ context: CommandContext) {
    context.output.note("Times of the history are damaged; see: sen site doctor")
  }

  static func short(_ command: String) -> String {
    command.count <= 70 ? command : command.prefix(69) + "…"
  }

  static func state(of entry: Journal.Entry, _ reach: Journal.Reach) -> String {
    if let by = entry.undoneBy { return "undone by \(by)" }
    if let target = entry.undoes { return "undoes \(target)" }
    if entry.isOnlyTold { return "for good" }
    return reach.holds(entry) ? "" : "too old"
  }

  private static let show = Command(
    CommandSpec(
      noun: "history", verb: "show", summary: "Shows what an operation changed, field by field",
      discussion: "Without a number: the last one.", arguments: [number], heeds: SharedOption.records,
      examples: ["sen history show", "sen history show 12"])
  ) { context in
    let site = try context.site
    let presentation = try Presentation(context, usual: "table")
    try site.read { db in
      let entry = try entry(context.invocation.value("number") ?? String(newest(db)), site, db)
      let view = HistoryView(entry: entry, site: site, db: db)
      guard presentation.format == "table" else {
        var sink = try presentation.list(["item", "id", "change", "field", "old", "new"])
        try view.eachChange { change in
          for difference in change.fields {
            try sink.write([
              "item": .text(change.noun), "id": change.id.map { .integer($0) } ?? .null,
              "change": .text(change.kind.rawValue), "field": .text(difference.field),
              "old": difference.old, "new": difference.new,
            ])
          }
        }
        try sink.finish()
        return try tellOfGaps(view, context)
      }
      func line(_ text: String) throws {
        try context.output.bytes.write(Array((context.output.visible(text) + "\n").utf8))
      }
      let at = context.style.text(moment(of: entry))
      try line("\(entry.id)  \(at)  \(entry.actor ?? "nobody")  \(entry.door)  \(entry.command)")
      let rest = try view.eachChange(atMost: HistoryView.mostShown) { change in
        try line("\(change.noun)\(change.id.map { " \($0)" } ?? "")\(change.title) \(change.kind.rawValue)")
        // The pieces are made harmless as they are toned.
        let lines = change.fields.flatMap { $0.lines(context.style, tone: context.output.toned) }
        try context.output.bytes.write(Array(lines.map { "  \($0)\n" }.joined().utf8))
      }
      try tellOfGaps(view, context)
      if rest > 0 { try line("… and \(rest) more; all of them: --format ndjson") }
      let state = try state(of: entry, site.journalReach(db))
      if !state.isEmpty { context.output.note("Operation \(entry.id): \(state)") }
    }
  }

  /// What stays in the dark because the journal is damaged.
  private static func tellOfGaps(_ view: HistoryView, _ context: CommandContext) throws {
    let gaps = try view.gaps()
    guard !gaps.isEmpty else { return }
    let named = gaps.prefix(3).map(String.init).joined(separator: ", ")
    let what =
      gaps.contains(view.entry.id) && gaps.count == 1 ? "What it changed" : "What operation \(named) changed"
    context.output.note(
      "\(what) cannot be read, so that values may be shown as they were later; see: sen site doctor")
  }

  private static let undo = Command(
    CommandSpec(
      noun: "history", verb: "undo", summary: "Takes back what an operation did, whatever it was",
      discussion: """
        Without a number: your own last one, which a job that became due is not. Items that were removed for good \
        come back with all that belonged to them. Where later operations changed the same, they are named and \
        nothing is changed.
        """,
      arguments: [number], examples: ["sen history undo", "sen history undo 12 --dry-run"])
  ) { context in
    try takeBack(context, "Undid", "Would undo") { site, operation in
      var entry: Journal.Entry
      if let text = context.invocation.value("number") {
        entry = try Self.entry(text, site, operation.db)
        // Taking a redo back is taking back what it did again.
        if let again = try Journal.doneAgain(by: entry, operation.db) {
          entry = try Journal.entry(again, operation.db) ?? entry
        }
      } else {
        entry = try lastOwn(site, operation.db)
      }
      if let by = entry.undoneBy {
        throw Refusal(
          .conflict, "Operation \(entry.id) is undone already, by \(by)", hint: "Again: history redo \(by)")
      }
      guard entry.undoes == nil else {
        throw Refusal(
          .conflict, "Operation \(entry.id) took back \(entry.undoes ?? 0)",
          hint: "Take that back: history redo \(entry.id)")
      }
      return (try Journal.lastDoing(entry, operation.db), about: entry)
    }
  }

  private static let redo = Command(
    CommandSpec(
      noun: "history", verb: "redo", summary: "Does again what an undo took back",
      discussion: "Without a number: your own last undo.",
      arguments: [
        ArgumentSpec(
          "number", help: "Which undo, or the operation that it took back", kind: .integer, arity: .optional)
      ], examples: ["sen history redo", "sen history redo 13"])
  ) { context in
    try takeBack(context, "Did again", "Would do again") { site, operation in
      var undo: Journal.Entry
      if let text = context.invocation.value("number") {
        undo = try Self.entry(text, site, operation.db)
        if let by = undo.undoneBy, undo.undoes == nil {
          undo = try Self.entry(String(by), site, operation.db)
        }
      } else {
        undo = try lastUndo(site, operation.db)
      }
      guard let target = undo.undoes, undo.undoneBy == nil,
        let entry = try Journal.entry(target, operation.db), entry.undoes == nil, entry.undoneBy == undo.id
      else {
        throw Refusal(
          .conflict, "Operation \(undo.id) is no undo that is in force",
          hint: "See which are: history list")
      }
      return (undo, about: entry)
    }
  }

  /// Takes back an operation and tells of it.
  /// - Parameter choose: which, and the one that people are told about.
  private static func takeBack(
    _ context: CommandContext, _ done: String, _ would: String,
    _ choose: (Site, Operation) throws -> (Journal.Entry, about: Journal.Entry)
  ) throws {
    let site = try context.site
    let (entry, notes) = try site.write(isDryRun: context.isDryRun) { operation in
      let (entry, about) = try choose(site, operation)
      guard !about.isOnlyTold else {
        throw Refusal(
          .conflict,
          "Operation \(about.id) (\(short(about.command))) cannot be taken back: it changed no content",
          hint: "See: log list")
      }
      if entry.size == 0 { throw try notKept(entry.id, site, operation.db) }
      guard try site.journalReach(operation.db).holds(entry) else { throw tooOld(entry.id, site) }
      try operation.undo(entry, of: about)
      return (about, operation.notes)
    }
    // Settings are taken back as well.
    try site.reloadSettings()
    let what = "\(entry.id) (\(short(entry.command)), \(Counted.text(entry.rows, "row")))"
    context.output.note(context.isDryRun ? "Dry run, nothing written: \(would) \(what)" : "\(done) \(what)")
    notes.tell(context.output)
  }
}
