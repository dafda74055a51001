import ContentModel
import Formats
import Foundation
import GRDB
import Grammar

/// `config`: the settings of the site and of its plugins.
enum ConfigCommands {
  static let all: [Command] = [list, get, set, unset]

  private static let name = ArgumentSpec("name", help: "Which, as `config list` names it")

  private static let list = Command(
    CommandSpec(
      noun: "config", verb: "list", summary: "Lists the settings", heeds: SharedOption.records,
      examples: ["sen config list"])
  ) { context in
    var sink = try Presentation(context, usual: "table").list(["name", "value", "help"])
    for (name, field, value) in try context.site.allSettings() {
      try sink.write(["name": .text(name), "value": field.shown(value), "help": .text(field.help)])
    }
    try sink.finish()
  }

  /// The setting that a command names.
  private static func setting(_ context: CommandContext) throws -> (
    name: String, field: FieldShape, value: FieldValue
  ) {
    let name = context.invocation.value("name") ?? ""
    let all = try context.site.allSettings()
    guard let found = all.first(where: { $0.name == name }) else {
      let near = Suggestion.nearest(name, in: all.map(\.name)).map { "Did you mean “\($0)”? " } ?? ""
      throw Refusal(
        .notFound, "There is no setting “\(name)”", field: name,
        hint: "\(near)There are: \(all.map(\.name).joined(separator: ", "))")
    }
    return found
  }

  private static let get = Command(
    CommandSpec(
      noun: "config", verb: "get", summary: "Says one setting; of a secret one, only whether it is set",
      arguments: [name], examples: ["sen config get timeZone"])
  ) { context in
    let (name, field, value) = try setting(context)
    try context.output.bytes.write(Array("\(ValueText.text(field.shown(value)))\n".utf8))
    if field.has(.secret) {
      context.output.note("\(name) is \(value.isBlank ? "not set" : "set, and secret")")
    }
  }

  private static let set = Command(
    CommandSpec(
      noun: "config", verb: "set", summary: "Changes a setting",
      discussion:
        "A key or a password is better read than typed: from a file, @PATH, or from standard input, -.",
      arguments: [name, ArgumentSpec("value", help: "Its new value")],
      examples: [
        "sen config set title 'Nông thôn mới Sông Lam'", "sen config set weather.apiKey @key.txt",
      ])
  ) { context in
    let (name, field, _) = try setting(context)
    let site = try context.site
    let reader = FieldText(now: site.clock(), timeZone: site.timeZone) { text, noun in
      try site.read { try Names(site, $0).id(text, of: noun) }
    }
    let text = try context.expand(context.invocation.value("value") ?? "")
    var value = try reader.value(.text(text), of: field.kind, isOptional: field.isOptional)
    if field.has(.secret) {
      // The line end of a file is no part of a key.
      value = .text(text.trimmingCharacters(in: .whitespacesAndNewlines))
      guard value != .text(FieldShape.mask) else {
        throw Refusal(.invalid, "\(name): that only stands for a secret", field: name)
      }
    }
    try apply(name, SiteSettings.given(value, for: name), field, context)
    if name == "address", let path = site.settings.place?.path, !path.isEmpty, !context.isDryRun {
      context.output.note(
        "Pages lie below \(path): publish makes the links of a folder relative, so that it works there; sen serve answers "
          + "at the root of its host")
    }
  }

  private static let unset = Command(
    CommandSpec(
      noun: "config", verb: "unset", summary: "Takes a setting back to its default", arguments: [name],
      examples: ["sen config unset slogan"])
  ) { context in
    let (name, field, _) = try setting(context)
    try apply(name, nil, field, context)
  }

  private static func apply(
    _ name: String, _ value: FieldValue?, _ field: FieldShape, _ context: CommandContext
  ) throws {
    let site = try context.site
    try site.write(isDryRun: context.isDryRun) { try $0.set(setting: name, to: value) }
    try site.reloadSettings()
    let shown =
      value.map { "\(name) = \(context.style.text(field.shown($0)))" } ?? "\(name) has its default again"
    context.output.note(context.isDryRun ? "Dry run, nothing written: \(shown)" : shown)
  }
}
