import Console
import ContentModel
import Foundation
import Grammar
import SenKernel

/// The three ways in: a command from the shell, the console on a terminal, a script from a file or a pipe.
struct Doors {
  let program: Program

  init(_ program: Program) { self.program = program }

  func enter(_ arguments: [String]) -> Int32 {
    if let first = arguments.first, ["--help", "-h"].contains(first) { return shell(["help"]) }
    if arguments.last == "--help" { return shell(["help"] + arguments.dropLast()) }
    if arguments.first == "run" { return script(file: arguments.dropFirst().first) }
    let globals = Self.leadingGlobals(arguments)
    if globals == arguments.count {
      let isTerminal = isatty(0) == 1
      return isTerminal ? console(arguments) : script(file: nil, globals: arguments)
    }
    return shell(arguments)
  }

  /// How many arguments in front are `--site DIR` and `--as USER`, which alone open the console.
  private static func leadingGlobals(_ arguments: [String]) -> Int {
    var index = 0
    while index < arguments.count {
      if ["--site", "--as"].contains(arguments[index]), index + 1 < arguments.count {
        index += 2
      } else if arguments[index].hasPrefix("--site=") || arguments[index].hasPrefix("--as=") {
        index += 1
      } else {
        break
      }
    }
    return index
  }

  private func shell(_ arguments: [String]) -> Int32 {
    Interrupts.install()
    return program.run(arguments.map { Word($0) }, readInput: Self.standardInput)
  }

  private static func standardInput() throws -> String {
    guard let text = String(validating: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self) else {
      throw Refusal(.invalid, "Standard input is no UTF-8 text")
    }
    return text
  }

  // MARK: Script

  /// Runs a script up to its first mistake, which is told with its line.
  private func script(file: String?, globals: [String] = []) -> Int32 {
    let data: Data
    if let file, file != "-" {
      guard let content = FileManager.default.contents(atPath: file) else {
        return Complaint(Refusal(.notFound, "There is no file \(file)"), asJSON: false).tell(after: nil)
      }
      data = content
    } else {
      data = FileHandle.standardInput.readDataToEndOfFile()
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      return Complaint(Refusal(.invalid, "\(file ?? "Standard input") is no UTF-8 text"), asJSON: false).tell(
        after: nil)
    }
    Interrupts.install()
    for command in Line.commands(in: text) {
      let code = run(command.text, globals: globals)
      guard code == 0 else {
        StandardError.line("sen: stopped at line \(command.number) of \(file ?? "standard input")")
        return code
      }
    }
    return 0
  }

  /// Runs a line as the console and scripts take it.
  private func run(_ text: String, globals: [String]) -> Int32 {
    do {
      let line = try Line.parse(text)
      guard !line.isEmpty else { return 0 }
      var words = line.words
      if words.first?.text == "sen" { words.removeFirst() }
      return program.run(words + globals.map { Word($0) }, redirect: line.redirect) { "" }
    } catch {
      return Complaint(error, asJSON: false).tell(after: nil)
    }
  }

  // MARK: Console

  private func console(_ globals: [String]) -> Int32 {
    var invocationSite: String?
    for (index, word) in globals.enumerated() where word == "--site" && index + 1 < globals.count {
      invocationSite = globals[index + 1]
    }
    let folder = Program.folder(invocationSite)
    let site = folder ?? "no site"
    let name = site.split(separator: "/").last.map(String.init) ?? site
    let history = HistoryFile(
      path: HistoryFile.defaultPath(site: site, environment: ProcessInfo.processInfo.environment))
    let editor = LineEditor(name: "sen", history: history)
    let completer = Completer(program, globals)
    editor.complete = completer.complete
    editor.hint = { program.table.grammar.hint(line: $0) }
    StandardError.line(
      "Sen · \(folder ?? "no site here: site init DIR makes one") · help explains, Ctrl-D leaves")
    while true {
      switch editor.read(prompt: "\(name)> ") {
      case .end: return 0
      case .interrupted: continue
      case .terminated(let signal): return 128 + signal
      case .line(let text):
        let word = text.trimmingCharacters(in: .whitespaces)
        if ["exit", "quit"].contains(word) { return 0 }
        Interrupts.install()
        _ = run(text, globals: globals)
        _ = Interrupts.take()
      }
    }
  }
}
