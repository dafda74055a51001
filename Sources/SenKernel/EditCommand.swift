import ContentModel
import Formats
import Foundation
import Grammar
import Storage

/// `edit`: the whole item in the user's editor, as front matter and body, until it is right.
struct EditCommand {
  let commands: ContentCommands
  let context: CommandContext

  private var shape: Shape { commands.shape }
  private var fields: ItemFields { commands.fields }
  private var bodyName: String? { shape.bodyField?.name }
  /// The names in the front matter.
  private var names: [String] {
    fields.names.filter { $0 != bodyName && !["createdAt", "updatedAt", "trashedAt", "origin"].contains($0) }
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
    var text = document
    while true {
      let name = "\(shape.name)-\(item.envelope.id).md"
      guard let edited = try context.output.edit(text, name: name) else {
        return context.output.note("Nothing was changed")
      }
      text = edited
      do {
        try save(edited, over: item, site)
        return
      } catch let refusal as Refusal
        where refusal.code == .invalid || refusal.code == .notFound
        || refusal.code == .usage
      {
        context.output.note(refusal.description)
        text = Self.withComplaint(refusal, edited)
        guard context.output.ask("Edit again?") == true else {
          throw Refusal(.declined, "Nothing was saved; your text is kept", hint: refusal.description)
        }
      }
    }
  }

  private func save(_ text: String, over old: Item, _ site: Site) throws {
    let (map, body) = try FrontMatter.parse(text)
    let result = try site.write(isDryRun: context.isDryRun) { operation in
      guard try operation.item(old.envelope.id).envelope.version == old.envelope.version else {
        throw Refusal(
          .conflict, "\(shape.name) \(old.envelope.id) was changed by someone else meanwhile",
          hint: "Your text is kept; edit again to see the new state.")
      }
      return try operation.update(old.envelope.id) { item in
        for (name, value) in map.entries {
          try commands.assign(name, value, to: &item, context, operation)
        }
        if let bodyName { try fields.set(bodyName, .text(body), of: &item) }
      }
    }
    let verb = result.hasChanged ? "Saved" : "Nothing changed in"
    context.output.note("\(verb) \(shape.name) \(old.envelope.id) “\(result.item.envelope.title)”")
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

  /// The text with what is wrong with it on top; earlier complaints go.
  private static func withComplaint(_ refusal: Refusal, _ text: String) -> String {
    let complaints = refusal.description.split(separator: "\n").map { "# ! \($0)" }.joined(separator: "\n")
    let rest = text.split(separator: "\n", omittingEmptySubsequences: false).drop { $0.hasPrefix("# ! ") }
    return complaints + "\n" + rest.joined(separator: "\n")
  }
}

extension ContentCommands {
  var edit: Command {
    command(
      "edit", "Opens an item in $VISUAL or $EDITOR, as front matter and body", arguments: [one],
      examples: ["edit 12", "edit @last"]
    ) { context in
      try EditCommand(commands: self, context: context).run()
    }
  }
}
