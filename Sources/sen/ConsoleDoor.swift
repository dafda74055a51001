import Console
import ContentModel
import Foundation
import Grammar
import SenKernel

/// The console: a prompt on a terminal, in front of one site.
struct ConsoleDoor {
  let program: Program
  /// `--site DIR` and `--as USER` as the program was started with; every line gets them too.
  let globals: [String]

  func open() -> Int32 {
    let environment = ProcessInfo.processInfo.environment
    let folder = Program.folder(Doors.value(of: "--site", in: globals))
    let editor = LineEditor(
      name: "sen",
      history: HistoryFile(path: HistoryFile.defaultPath(site: folder ?? "", environment: environment)))
    let completer = Completer(program, globals)
    editor.complete = completer.complete
    editor.hint = { program.table.grammar.hint(line: $0) }
    editor.isIncomplete = Line.isIncomplete
    // Of a line that cannot be read nobody knows what it would give.
    editor.remembers = { text in
      Line.commands(in: text).allSatisfy { command in
        (try? Line.parse(command.text)).map { !program.registry.givesSecret($0) } ?? false
      }
    }
    let title = Self.title(program, globals)
    let heading = folder.map { "\(title ?? "Sen") · \($0)" } ?? "Sen · no site here; site init DIR makes one"
    StandardError.line("\(heading)\nTab completes, help explains, Ctrl-D leaves.")
    let name = folder?.split(separator: "/").last.map(String.init) ?? "sen"
    let style = Style.decide(.auto, environment: environment, isTerminal: true)
    while true {
      switch editor.read(prompt: style.bold("\(name)>") + " ") {
      case .end: return 0
      case .interrupted: continue
      case .terminated(let signal): return 128 + signal
      case .line(let text):
        if ["exit", "quit"].contains(text.trimmingCharacters(in: .whitespaces)) { return 0 }
        Interrupts.take()
        Interrupts.install()
        // A paste may hold many commands; like a script, it stops at the first mistake.
        for command in Line.commands(in: text) {
          guard Doors(program).run(command.text, door: .console, globals: globals, readInput: { "" }) == 0
          else { break }
        }
        Interrupts.take()
      }
    }
  }

  /// The title of the site; nil where none can be opened, which the first command will tell.
  private static func title(_ program: Program, _ globals: [String]) -> String? {
    guard let site = try? program.site(named: Doors.value(of: "--site", in: globals), actor: nil) else {
      return nil
    }
    return site.settings.title
  }
}
