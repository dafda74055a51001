import ContentModel
import Formats
import Foundation
import Grammar
import SenKernel

/// The commands of the program itself.
enum ProgramCommands {
  static let all = [initialize, help, reference]

  private static let initialize = Command(
    CommandSpec(
      noun: "site", verb: "init", shortForms: ["init"], summary: "Makes a site in a folder",
      arguments: [ArgumentSpec("dir", help: "The folder; made if it is not there", kind: .path)],
      examples: ["sen init portal"]), needsSite: false
  ) { context in
    let folder = context.invocation.value("dir") ?? "."
    let path = folder.hasPrefix("/") ? folder : "\(FileManager.default.currentDirectoryPath)/\(folder)"
    _ = try Site.create(in: path, registry: Registry(plugins))
    context.output.note("Made a site in \(folder)")
  }

  private static let help = Command(
    CommandSpec(
      noun: "help", verb: "", summary: "Explains commands",
      arguments: [ArgumentSpec("words", help: "A noun, or a noun and a verb", kind: .command, arity: .many)],
      examples: ["sen help article create"]), needsSite: false
  ) { context in
    let table = CommandTable(try Registry(plugins), more: all)
    let text = try table.grammar.help(for: context.invocation.values("words"))
    try context.output.bytes.write(Array(text.utf8))
  }

  private static let reference = Command(
    CommandSpec(
      noun: "schema", verb: "commands", summary: "Writes the command reference as Markdown",
      examples: ["sen schema commands"]), needsSite: false
  ) { context in
    let table = CommandTable(try Registry(plugins), more: all)
    try context.output.bytes.write(Array(table.grammar.reference().utf8))
  }
}
