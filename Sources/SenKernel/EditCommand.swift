import ContentModel
import Formats
import Foundation
import Grammar
import Storage

/// `edit`: the whole item in the user's editor, as front matter and body, until it is right.
///
/// What was typed lies in a draft that only a successful save, or the user's word, removes. What others have changed
/// meanwhile is merged; where both have changed the same, the editor opens again with both.
struct EditCommand {
  let commands: ContentCommands
  let context: CommandContext

  private var shape: Shape { commands.shape }
  private var document: EditDocument { EditDocument(fields: commands.fields) }

  func run() throws {
    let site = try context.site
    let (item, text) = try site.read { db in
      let id = try ItemSelection(site: site, context: context, shape: shape, db: db)
        .one(context.invocation.value("ref") ?? "")
      guard let item = try site.store.fetch(id, db) else {
        throw Refusal(.notFound, "There is no item \(id)")
      }
      return (item, try document.text(item, Names(site, db)))
    }
    if context.invocation.has("print") { return try context.output.bytes.write(Array(text.utf8)) }
    let saving = EditSaving(document: document, context: context, id: item.envelope.id)
    if let file = context.invocation.flag("from") { return try save(file, item, text, saving, site) }
    try edit(item, text, saving, site)
  }

  // MARK: In an editor

  private func edit(_ item: Item, _ text: String, _ saving: EditSaving, _ site: Site) throws {
    let draft = try context.output.draft(name(item))
    var shown = Text(EditDocument.withLineEnds(try start(draft, item, text), of: text))
    var base = item
    var last: String?
    while true {
      let typed = EditDocument.withLineEnds(try draft.edit(shown.whole), of: text)
      if typed == text || Text(typed).rest == text {
        try draft.discard()
        return context.output.note("Nothing was changed")
      }
      // Left as it was shown, or as before: they gave up.
      let isGivenUp = typed == shown.whole || typed == last
      last = typed
      do {
        try saving.save(Text(typed).rest, over: base, site)
        if !context.isDryRun { try draft.discard() }
        return
      } catch let conflict as EditConflict {
        for line in [conflict.refusal.message] + conflict.lines { context.output.note(line) }
        guard !isGivenUp else { throw kept(conflict.refusal, draft, item) }
        base = conflict.theirs
        shown = Text(conflict.text, complaint: conflict.refusal)
      } catch let refusal as Refusal {
        let canBeMended = [.invalid, .notFound, .usage, .conflict].contains(refusal.code)
        guard canBeMended, !isGivenUp else { throw kept(refusal, draft, item) }
        context.output.note(refusal.description)
        shown = Text(typed, complaint: refusal)
      }
    }
  }

  /// The text to begin with: the item, or what an unfinished edit has left.
  private func start(_ draft: any Draft, _ item: Item, _ document: String) throws -> String {
    let words = "\(shape.name) edit \(item.envelope.id)"
    let (resumes, discards) = (context.invocation.has("resume"), context.invocation.has("discard"))
    guard let kept = draft.kept, !discards else {
      guard !resumes else {
        throw Refusal(.notFound, "There is no unfinished edit of \(shape.name) \(item.envelope.id)")
      }
      if discards { try draft.discard() }
      return document
    }
    if resumes || context.output.ask("Your last edit of it was not saved. Continue it?") == true {
      return kept
    }
    throw Refusal(
      .conflict, "An edit of \(shape.name) \(item.envelope.id) was not saved; it lies in \(draft.path)",
      hint: "Continue it: sen \(words) --resume; or drop it: sen \(words) --discard")
  }

  private func name(_ item: Item) -> String { "\(shape.name)-\(item.envelope.id).md" }

  private func kept(_ refusal: Refusal, _ draft: any Draft, _ item: Item) -> Refusal {
    Refusal(
      refusal.code, "\(refusal.message). Nothing was saved; your text is kept", field: refusal.field,
      hint: "Continue: sen \(shape.name) edit \(item.envelope.id) --resume (it lies in \(draft.path))")
  }

  // MARK: From a file

  /// Saves a document that was edited elsewhere; where it collides with what others have changed, both are kept in a
  /// draft.
  /// - Parameter document: what the item is written as now.
  private func save(_ file: String, _ item: Item, _ document: String, _ saving: EditSaving, _ site: Site)
    throws
  {
    let read = try context.expand(file == "-" ? file : "@\(file)")
    let text = EditDocument.withLineEnds(read, of: document)
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw Refusal(
        .invalid, "The document is empty",
        hint: "Get one to begin with: sen \(shape.name) edit \(item.envelope.id) --print")
    }
    do {
      try saving.save(Text(text).rest, over: nil, site)
    } catch let conflict as EditConflict {
      for line in conflict.lines { context.output.note(line) }
      guard !context.isDryRun else { throw conflict.refusal }
      let draft = try context.output.draft(name(item))
      try draft.keep(Text(conflict.text, complaint: conflict.refusal).whole)
      throw kept(conflict.refusal, draft, item)
    }
  }

  /// A document with, perhaps, what is wrong with it on top, in lines that are not part of it.
  private struct Text {
    let whole: String
    let rest: String
    private static let mark = "# ! "

    init(_ text: String, complaint: Refusal? = nil) {
      // By bytes, for `\r\n` is one character.
      var left = text.utf8[...]
      while left.starts(with: Self.mark.utf8) { left = left.drop { $0 != 0x0A }.dropFirst() }
      rest = String(Substring(left))
      let lines = complaint?.description.split(separator: "\n").map { Self.mark + $0 + "\n" } ?? []
      whole = complaint == nil ? text : lines.joined() + rest
    }
  }
}

extension ContentCommands {
  var edit: Command {
    command(
      "edit", "Opens an item in your editor, as front matter and body",
      discussion: """
        The editor is $VISUAL, else $EDITOR, else nano or vi. Input that cannot be saved opens again with the \
        complaints on top; leave it unchanged to give up. What was typed is kept until it is saved. What others have \
        changed meanwhile is kept as well; where you have changed the same, the editor opens again with both. \
        Programs take the text with --print and give it back with --from.
        """,
      arguments: [one],
      flags: [
        FlagSpec("resume", help: "Go on with an edit that was not saved"),
        FlagSpec("discard", help: "Drop an edit that was not saved"),
        FlagSpec("print", help: "Write the text to standard output instead of opening an editor"),
        FlagSpec(
          "from", help: "Save the text in this file (- for standard input) instead of opening an editor",
          kind: .path),
      ],
      examples: ["edit 12", "edit @last", "edit 12 --resume", "edit 12 --print", "edit 12 --from bai.md"]
    ) { context in
      try EditCommand(commands: self, context: context).run()
    }
  }
}
