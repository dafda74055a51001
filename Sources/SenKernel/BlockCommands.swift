import ContentModel
import Formats
import Foundation
import GRDB
import Grammar
import Storage

/// What blocks have beyond the verbs of every noun.
enum BlockCommands {
  /// - Parameter kinds: the names of the blocks that there are to place.
  static func all(_ kinds: [String]) -> [Command] { [types(kinds), add(kinds)] }

  private static func types(_ kinds: [String]) -> Command {
    Command(
      CommandSpec(
        noun: "block", verb: "types",
        summary: "Lists the blocks there are to place; of a named one, what can be chosen for it",
        arguments: [
          ArgumentSpec("kind", help: "Whose options; else all kinds", kind: .choice(kinds), arity: .optional)
        ], heeds: SharedOption.records, examples: ["sen block types", "sen block types latest-news"])
    ) { context in
      let presentation = try Presentation(context, usual: "table")
      guard let kind = context.invocation.value("kind") else {
        var sink = try presentation.list(["kind", "options", "help"])
        for type in try context.site.registry.blocks {
          let options = type.options.fields.map { "\($0.name)=\(ValueText.text($0.initial))" }
          try sink.write([
            "kind": .text(type.name), "options": .list(options.map { .text($0) }), "help": .text(type.help),
          ])
        }
        return try sink.finish()
      }
      let site = try context.site
      let type = try site.read { try BlockOptions(site, $0).kind(kind) }
      var sink = try presentation.list(["option", "type", "required", "initial", "help"])
      for field in type.options.fields {
        try sink.write([
          "option": .text(field.name), "type": .text(field.kind.name),
          "required": .bool(field.has(.required)), "initial": .text(ValueText.text(field.initial)),
          "help": .text(field.help),
        ])
      }
      try sink.finish()
    }
  }

  private static func setFlag(_ argument: String) -> FlagSpec {
    FlagSpec(
      "set", help: "An option; may be repeated. See: block types KIND",
      kind: .option(group: Block.name, argument: argument), placeholder: "name=value", repeats: true,
      isFieldValue: true)
  }

  private static func add(_ kinds: [String]) -> Command {
    Command(
      CommandSpec(
        noun: "block", verb: "add", summary: "Places a block in a region",
        arguments: [ArgumentSpec("kind", help: "One of `block types`", kind: .choice(kinds))],
        flags: [
          FlagSpec("region", help: "Where on the page", kind: .text),
          FlagSpec("position", help: "Its place in the region, from 1; else the last", kind: .integer),
          FlagSpec("title", help: "Its heading; else its kind", kind: .text), setFlag("kind"),
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
          made = try operation.move(made.envelope.id, to: max(position, 1))
        }
        var report = ChangeReport("Placed", Block.name, context)
        try report.add(made, old: nil, operation)
        return report
      }
      try report.tell()
    }
  }

  /// A verb that every noun has, as it is for blocks.
  static func adapted(_ command: Command) -> Command {
    var spec = command.spec
    switch spec.verb {
    case "delete":
      spec.aliases.append("remove")
      return Command(spec, run: command.run)
    case "set":
      spec.flags.append(setFlag("words"))
      spec.examples.append("sen block set 12 --set count=10")
      return Command(spec) { context in
        var invocation = context.invocation
        let options = invocation.flags("set")
        if !options.isEmpty {
          var list: [UInt8] = []
          try JSONWriter.append(.list(options.map { .text($0) }), to: &list)
          invocation.values["words", default: []].append("options+=\(String(decoding: list, as: UTF8.self))")
        }
        try command.run(context.with(invocation))
      }
    case "list":
      spec.summary = "Lists blocks, region by region in their order; tells those that show nothing"
      return Command(spec) { context in
        var invocation = context.invocation
        let isTable = ["table", "markdown"].contains(invocation.flag("format") ?? "table")
        if isTable, !invocation.has("fields"), !invocation.has("field") {
          invocation.flags["fields"] = ["id,title,kind,region,position,options,state"]
        }
        if !invocation.has("sort") { invocation.flags["sort"] = ["region,position,uid"] }
        try command.run(context.with(invocation))
        let site = try context.site
        let now = site.clock()
        try site.read { db in
          for complaint in try complaints(site, db, now: now) { context.output.note(complaint) }
        }
      }
    default: return command
    }
  }

  /// What is wrong with placed blocks, a line each.
  /// - Parameter now: tells targets that visitors cannot see as well.
  static func complaints(_ site: Site, _ db: Database, now: Date? = nil) throws -> [String] {
    try faults(site, db, now: now).map { "block \($0.block.id) “\($0.block.title)”: \($0.fault)" }
  }

  /// The placed blocks that something is wrong with.
  static func faults(_ site: Site, _ db: Database, now: Date? = nil) throws -> [(
    block: Envelope, fault: String
  )] {
    let options = BlockOptions(site, db)
    var faults: [(block: Envelope, fault: String)] = []
    try site.store.each(Block.name, Query(order: [.init("region")] + Query.siblings), db) { item in
      let block = try Entry<Block>(item)
      if let fault = try options.complaint(block.body, now: now) { faults.append((block.envelope, fault)) }
      return true
    }
    return faults
  }

  /// A placed block is of a kind that there is, and its options are those of the kind.
  static let rule = Rule(of: Block.self) { old, new, operation in
    guard let new, old?.body.kind != new.body.kind || old?.body.options != new.body.options else { return }
    let options = BlockOptions(operation.site, operation.db)
    let kept = try options.kept(new.body.options, of: options.kind(new.body.kind))
    guard kept != new.body.options else { return }
    try operation.complete(Block.self, new.envelope.id) { $0.body.options = kept }
  }
}
