import ContentModel
import Formats
import Foundation
import Grammar
import Storage

/// `edit`: the whole item in the user's editor, as front matter and body, until it is right.
///
/// What was typed lies in a draft that only a successful save, or the user's word, removes.
struct EditCommand {
  let commands: ContentCommands
  let context: CommandContext

  private var shape: Shape { commands.shape }
  private var fields: ItemFields { commands.fields }
  private var bodyName: String? { shape.bodyField?.name }
  /// The names in the front matter.
  private var names: [String] {
    fields.openNames.filter {
      $0 != bodyName && !["createdAt", "updatedAt", "trashedAt", "origin"].contains($0)
    }
  }

  func run() throws {
    let site = try context.site
    let (item, document) = try site.read { db in
      let id = try ItemSelection(site: site, context: context, shape: shape, db: db)
        .one(context.invocation.value("ref") ?? "")
      guard let item = try site.store.fetch(id, db) else {
        throw Refusal(.notFound, "There is no item \(id)")
      }
      return (item, try self.document(item, names: Names(site, db)))
    }
    let draft = try context.output.draft("\(shape.name)-\(item.envelope.id).md")
    var shown = Text(try start(draft, item, document))
    while true {
      let typed = try draft.edit(shown.whole)
      if typed == document || Text(typed).rest == document {
        try draft.discard()
        return context.output.note("Nothing was changed")
      }
      do {
        try save(Text(typed), over: item, site)
        if !context.isDryRun { try draft.discard() }
        return
      } catch let refusal as Refusal {
        guard [.invalid, .notFound, .usage].contains(refusal.code), typed != shown.whole else {
          // Left as it was shown: they gave up.
          throw kept(refusal, draft, item)
        }
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

  private func kept(_ refusal: Refusal, _ draft: any Draft, _ item: Item) -> Refusal {
    Refusal(
      refusal.code, "\(refusal.message). Nothing was saved; your text is kept", field: refusal.field,
      hint: "Continue: sen \(shape.name) edit \(item.envelope.id) --resume (it lies in \(draft.path))")
  }

  private func save(_ text: Text, over old: Item, _ site: Site) throws {
    let (map, body) = try FrontMatter.parse(text.rest)
    let result = try site.write(isDryRun: context.isDryRun) { operation in
      guard try operation.item(old.envelope.id).envelope.version == old.envelope.version else {
        throw Refusal(
          .conflict, "\(shape.name) \(old.envelope.id) was changed by someone else meanwhile")
      }
      let input = FieldInput(shape, context, operation)
      let result = try operation.change(old.envelope.id) { item in
        var complaints: [Refusal] = []
        for (name, value) in map.entries {
          do { try input.assign(name, value, to: &item) } catch let refusal as Refusal {
            complaints.append(refusal)
          }
        }
        guard complaints.isEmpty else { throw Complaints(complaints).refusal }
        if let bodyName { try fields.set(bodyName, .text(body), of: &item) }
      }
      try operation.refuseSecond(result.new, old: result.old)
      var report = ChangeReport("Saved", shape.name, context)
      if result.hasChanged { try report.add(result.new, old: result.old, operation) }
      return report
    }
    try result.tell()
  }

  private func document(_ item: Item, names known: Names) throws -> String {
    let record = ItemRecord(fields: fields, names: known, style: .people)
    var comments: [String: String] = [:]
    for name in names {
      let field = try fields.field(name)
      comments[name] = field.help.isEmpty ? field.kind.name : "\(field.help) (\(field.kind.name))"
    }
    let body = try bodyName.map { try fields.value($0, of: item).text ?? "" } ?? ""
    return try FrontMatter.write(
      record.map(item, names), comments: comments, complaints: [], body: body)
  }

  /// A document with, perhaps, what is wrong with it on top, in lines that are not part of it.
  private struct Text {
    let whole: String
    let rest: String
    private static let mark = "# ! "

    init(_ text: String, complaint: Refusal? = nil) {
      rest = text.split(separator: "\n", omittingEmptySubsequences: false)
        .drop { $0.hasPrefix(Self.mark) }.joined(separator: "\n")
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
        complaints on top; leave it unchanged to give up. What was typed is kept until it is saved.
        """,
      arguments: [one],
      flags: [
        FlagSpec("resume", help: "Go on with an edit that was not saved"),
        FlagSpec("discard", help: "Drop an edit that was not saved"),
      ], examples: ["edit 12", "edit @last", "edit 12 --resume"]
    ) { context in
      try EditCommand(commands: self, context: context).run()
    }
  }
}
