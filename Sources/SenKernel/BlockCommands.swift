import ContentModel
import Formats
import Foundation
import Grammar
import Storage

/// What blocks have beyond the verbs of every noun.
enum BlockCommands {
  static let all: [Command] = [types, add]

  private static let types = Command(
    CommandSpec(
      noun: "block", verb: "types", summary: "Lists the blocks there are to place, with their options",
      heeds: SharedOption.records, examples: ["sen block types"])
  ) { context in
    var sink = try Presentation(context, usual: "table").list(["kind", "options", "help"])
    for type in try context.site.registry.blocks {
      let options = type.options.fields.map { "\($0.name)=\(ValueText.text($0.initial))" }
      try sink.write([
        "kind": .text(type.name), "options": .list(options.map { .text($0) }), "help": .text(type.help),
      ])
    }
    try sink.finish()
  }

  private static let add = Command(
    CommandSpec(
      noun: "block", verb: "add", summary: "Places a block in a region",
      arguments: [ArgumentSpec("kind", help: "One of `block types`")],
      flags: [
        FlagSpec("region", help: "Where on the page", kind: .text),
        FlagSpec("position", help: "Its place in the region, from 1; else the last", kind: .integer),
        FlagSpec("title", help: "Its heading; else its kind", kind: .text),
        FlagSpec(
          "set", help: "An option; may be repeated", kind: .text, placeholder: "name=value", repeats: true),
      ], heeds: SharedOption.change,
      examples: ["sen block add latest-news --region sidebar --position 1 --set count=5"])
  ) { context in
    let kind = context.invocation.value("kind") ?? ""
    let report = try context.site.write(isDryRun: context.isDryRun) { operation in
      var block = Block()
      (block.kind, block.options) = (kind, context.invocation.flags("set"))
      block.region = context.invocation.flag("region") ?? block.region
      block.title = context.invocation.flag("title") ?? kind
      var made = try operation.create(block, state: .published)
      if let position = context.invocation.integer("position") {
        made = try operation.move(made.envelope.id, to: position)
      }
      var report = ChangeReport("Placed", Block.name, context)
      try report.add(made, old: nil, operation)
      return report
    }
    try report.tell()
  }

  /// A placed block is of a kind that there is, and its options are those of the kind.
  static let rule = Rule(of: Block.self) { _, new, operation in
    guard let block = new?.body else { return }
    let types = operation.site.registry.blocks
    guard let type = types.first(where: { $0.name == block.kind }) else {
      let near = Suggestion.nearest(block.kind, in: types.map(\.name)).map { "Did you mean “\($0)”? " } ?? ""
      throw Refusal(
        .invalid, "kind: there is no block “\(block.kind)”", field: "kind",
        hint: near + "See: sen block types")
    }
    _ = try Self.options(block.options, of: type, operation)
  }

  /// The values of a block's options, in the order of their fields.
  static func options(_ texts: [String], of type: BlockType, _ operation: Operation) throws -> [FieldValue] {
    let reader = FieldText(now: operation.now, timeZone: operation.site.timeZone) { text, noun in
      try Names(operation.site, operation.db).id(text, of: noun)
    }
    var values = type.options.initialValues
    for text in texts {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2, let index = type.options.index[parts[0]] else {
        let names = type.options.fields.map(\.name)
        throw Refusal(
          .invalid, "options: “\(text)” is no option of \(type.name)", field: "options",
          hint: names.isEmpty
            ? "It has none." : "Write name=value with one of: \(names.joined(separator: ", "))")
      }
      let field = type.options.fields[index]
      values[index] = try reader.value(.text(parts[1]), of: field.kind, isOptional: field.isOptional)
    }
    do {
      return try type.options.check(values)
    } catch {
      throw error.refusal
    }
  }
}
