import Console
import ContentModel
import Formats
import Foundation
import Grammar
import SenKernel

/// The three ways in: a command from the shell, the console on a terminal, a script from a file or a pipe.
struct Doors {
  let program: Program

  init(_ program: Program) { self.program = program }

  func enter(_ arguments: [String]) -> Int32 {
    if arguments.first == "--version" { return shell(["version"] + arguments.dropFirst()) }
    if arguments.first == ShellCompletion.word {
      return ShellCompletion.answer(program, Array(arguments.dropFirst()))
    }
    let globals = Array(arguments.prefix(Self.leadingGlobals(arguments)))
    let rest = arguments.dropFirst(globals.count)
    if rest.first == "run", let asked = asked(arguments) {
      return script(file: asked.value("file"), globals: Self.globals(of: asked))
    }
    guard rest.isEmpty else { return shell(arguments) }
    return StandardStreams.isTerminal(0)
      ? ConsoleDoor(program: program, globals: globals).open() : script(file: nil, globals: globals)
  }

  /// The script that is to be run; nil where the arguments ask for help or are wrong, as the shell's door tells.
  private func asked(_ arguments: [String]) -> Invocation? {
    guard
      case .success(let asked) = Result(catching: {
        try program.table.grammar.parse(words: arguments.map { Word($0) })
      })
    else { return nil }
    return asked.spec.path == "run" ? asked : nil
  }

  /// The options of a command that every command takes, wherever they stood, as arguments in front of one.
  private static func globals(of invocation: Invocation) -> [String] {
    CommandTable.globals.filter { !$0.isForSome }.flatMap { flag in
      invocation.flags(flag.name).map { flag.kind == nil ? "--\(flag.name)" : "--\(flag.name)=\($0)" }
    }
  }

  /// How many arguments in front are options that every command takes, with their values: they hold for the console, for
  /// each line of a script, and for the one command that may follow.
  static func leadingGlobals(_ arguments: [String]) -> Int {
    var index = 0
    while index < arguments.count {
      let word = arguments[index]
      let name = word.split(separator: "=", maxSplits: 1).first.map(String.init) ?? ""
      guard let flag = CommandTable.globals.first(where: { !$0.isForSome && $0.isCalled(name) }) else {
        break
      }
      // A value stands behind it, or after a “=”.
      let takesNext = flag.kind != nil && name == word
      guard !takesNext || index + 1 < arguments.count else { break }
      index += takesNext ? 2 : 1
    }
    return index
  }

  /// The value of a leading global option.
  static func value(of flag: String, in globals: [String]) -> String? {
    for (index, word) in globals.enumerated() {
      if word == flag, index + 1 < globals.count { return globals[index + 1] }
      if word.hasPrefix(flag + "=") { return String(word.dropFirst(flag.count + 1)) }
    }
    return nil
  }

  private func shell(_ arguments: [String]) -> Int32 {
    Interrupts.install()
    return program.run(arguments.map { Word($0) }, door: .shell, readInput: Self.standardInput)
  }

  private static func standardInput() throws -> String {
    guard !StandardStreams.isTerminal(0) else { return "" }
    guard let text = String(validating: try inputBytes(), as: UTF8.self) else {
      throw Refusal(.invalid, "Standard input is no UTF-8 text")
    }
    return text
  }

  private static func inputBytes() throws -> [UInt8] {
    var bytes: [UInt8] = []
    try ByteSource.standardInput().forEachChunk { bytes.append(contentsOf: $0) }
    return bytes
  }

  /// Runs a script up to its first mistake, which is told with its line.
  private func script(file: String?, globals: [String]) -> Int32 {
    let name = file.flatMap { $0 == "-" ? nil : $0 } ?? "Standard input"
    let asJSON = Self.value(of: "--errors", in: globals) == "json"
    let data: [UInt8]
    if let file, file != "-" {
      guard let content = FileManager.default.contents(atPath: file) else {
        return Complaint(Refusal(.notFound, "There is no file \(file)"), asJSON: asJSON).tell(after: nil)
      }
      data = Array(content)
    } else {
      do {
        data = try Self.inputBytes()
      } catch {
        return Complaint(error, asJSON: asJSON).tell(after: nil)
      }
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      return Complaint(Refusal(.invalid, "\(name) is no UTF-8 text"), asJSON: asJSON).tell(after: nil)
    }
    Interrupts.install()
    for command in Line.commands(in: text) {
      let code = run(command.text, door: .script, globals: globals) { "" }
      guard code == 0 else {
        StandardError.line("sen: stopped at line \(command.number) of \(name)")
        return code
      }
    }
    return 0
  }

  /// Runs a line as the console and scripts take it.
  func run(
    _ text: String, door: Occasion.Door, globals: [String], readInput: @escaping () throws -> String
  ) -> Int32 {
    do {
      let line = try Line.parse(text)
      guard !line.isEmpty else { return 0 }
      var words = line.words
      if words.first?.text == "sen" { words.removeFirst() }
      return program.run(
        globals.map { Word($0) } + words, door: door, redirect: line.redirect, readInput: readInput)
    } catch {
      return Complaint(error, asJSON: false).tell(after: nil)
    }
  }
}
