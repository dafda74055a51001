import ContentModel
import Formats
import Foundation
import GRDB
import Grammar

/// `config`: the site's settings.
enum ConfigCommands {
  static let all: [Command] = [list, get, set, unset]

  private static let names = Site.settingsShape.fields.map(\.name)
  private static let name = ArgumentSpec("name", help: "Which", kind: .choice(names))

  private static let list = Command(
    CommandSpec(
      noun: "config", verb: "list", summary: "Lists the settings", heeds: SharedOption.records,
      examples: ["sen config list"])
  ) { context in
    var sink = try Presentation(context, usual: "table").list(["name", "value", "help"])
    let values = Shape.encode(try context.site.settings)
    for (field, value) in zip(Site.settingsShape.fields, values) {
      try sink.write(["name": .text(field.name), "value": value, "help": .text(field.help)])
    }
    try sink.finish()
  }

  private static let get = Command(
    CommandSpec(
      noun: "config", verb: "get", summary: "Says one setting", arguments: [name],
      examples: ["sen config get timeZone"])
  ) { context in
    let name = context.invocation.value("name") ?? ""
    let values = Shape.encode(try context.site.settings)
    guard let index = Site.settingsShape.index[name] else { return }
    try context.output.bytes.write(Array("\(ValueText.text(values[index]))\n".utf8))
  }

  private static let set = Command(
    CommandSpec(
      noun: "config", verb: "set", summary: "Changes a setting",
      arguments: [name, ArgumentSpec("value", help: "Its new value")],
      examples: ["sen config set title 'Nông thôn mới Sông Lam'"])
  ) { context in
    let name = context.invocation.value("name") ?? ""
    let text = try context.expand(context.invocation.value("value") ?? "")
    try apply(name, context) { site in
      guard let field = Site.settingsShape[name] else { return nil }
      let reader = FieldText(now: site.clock(), timeZone: site.timeZone) { text, _ in
        throw Refusal(.invalid, "“\(text)” is no value", field: name)
      }
      return try reader.value(.text(text), of: field.kind, isOptional: field.isOptional)
    }
  }

  private static let unset = Command(
    CommandSpec(
      noun: "config", verb: "unset", summary: "Takes a setting back to its default", arguments: [name],
      examples: ["sen config unset slogan"])
  ) { context in
    try apply(context.invocation.value("name") ?? "", context) { _ in nil }
  }

  private static func apply(
    _ name: String, _ context: CommandContext, _ value: (Site) throws -> FieldValue?
  ) throws {
    let site = try context.site
    let new = try value(site)
    try site.write(isDryRun: context.isDryRun) { try $0.set(setting: name, to: new) }
    try site.reloadSettings()
    let shown = new.map { "\(name) = \(context.style.text($0))" } ?? "\(name) has its default again"
    context.output.note(context.isDryRun ? "Dry run, nothing written: \(shown)" : shown)
  }
}
