import ContentModel
import Formats
import Foundation
import Grammar
import ReadAPI
import Rendering
import SenKernel
import StaticSite

/// The commands of the program itself.
enum ProgramCommands {
  static let all: [Command] = [
    initialize, help, reference, openAPI, run, completion, version, PublishCommand.command,
    ServeCommand.command,
    ThemeCommands.export,
  ]

  private static let initialize = Command(
    CommandSpec(
      noun: "site", verb: "init", shortForms: ["init"], summary: "Makes a site in a folder",
      arguments: [ArgumentSpec("dir", help: "The folder; made if it is not there", kind: .path)],
      examples: ["sen init portal"]), needsSite: false
  ) { context in
    let folder = context.invocation.value("dir") ?? "."
    let path = Program.folder(folder) ?? folder
    guard !context.isDryRun else {
      try Site.refuseSite(in: path)
      return context.output.note("Dry run: would have made a site in \(folder)")
    }
    _ = try Site.create(in: path, registry: Registry(plugins))
    context.output.note("Made a site in \(folder)")
  }

  private static let help = Command(
    CommandSpec(
      noun: "help", verb: "", summary: "Explains commands",
      arguments: [ArgumentSpec("words", help: "A noun, or a noun and a verb", kind: .command, arity: .many)],
      examples: ["sen help article create"]), needsSite: false
  ) { context in
    let text = try context.grammar.help(for: context.invocation.values("words"))
    try context.output.bytes.write(Array(text.utf8))
  }

  private static let reference = Command(
    CommandSpec(
      noun: "schema", verb: "commands", summary: "Writes the command reference as Markdown",
      examples: ["sen schema commands"]), needsSite: false
  ) { context in
    try context.output.bytes.write(Array(context.grammar.reference().utf8))
  }

  private static let openAPI = Command(
    CommandSpec(
      noun: "schema", verb: "openapi", summary: "Writes the OpenAPI document of the site's reading API",
      discussion: "The same as the live site gives at /api/openapi.json, over several lines.",
      examples: ["sen schema openapi > openapi.json"])
  ) { context in
    let site = try context.site
    let maker = try PageMaker(site, Surroundings(site))
    try context.output.bytes.write(APIMaker(maker).printedDocument())
  }

  private static let run = Command(
    CommandSpec(
      noun: "run", verb: "", summary: "Runs the commands of a file, up to the first mistake",
      discussion: """
        The same as `sen < FILE`. A `#` begins a comment, a backslash continues a line. Options that every command takes
        hold for every line, in front of the file or behind it. With --dry-run each line is tried by itself, and finds
        nothing of what those before it would have made.
        """,
      arguments: [ArgumentSpec("file", help: "The script; - for standard input", kind: .path)],
      examples: ["sen run nightly.sen"]), needsSite: false
  ) { context in
    throw Refusal(
      .usage, "A script is run from a shell only",
      hint: "Example: sen run \(context.invocation.value("file") ?? "")")
  }

  private static let version = Command(
    CommandSpec(
      noun: "version", verb: "", summary: "Says which Sen this is", examples: ["sen version"]),
    needsSite: false
  ) { context in
    try context.output.bytes.write(Array("sen \(Program.version)\n".utf8))
  }

  private static let completion = Command(
    CommandSpec(
      noun: "completion", verb: "", summary: "Writes what makes a shell complete sen's words",
      arguments: [
        ArgumentSpec("shell", help: "Which", kind: .choice(Shell.allCases.map(\.rawValue)))
      ], examples: ["source <(sen completion bash)"]), needsSite: false
  ) { context in
    let shell = context.invocation.value("shell").flatMap(Shell.init) ?? .bash
    try context.output.bytes.write(Array(ShellCompletion.script(shell).utf8))
  }
}
