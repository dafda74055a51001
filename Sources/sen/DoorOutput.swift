import Console
import ContentModel
import Formats
import Foundation
import Grammar
import SenKernel

/// A command's output at any of the doors: data to standard output, a pager, a pipe or a file; words to
/// standard error.
final class DoorOutput: Output {
  let bytes: any ByteSink
  private let isQuiet: Bool
  private let isVerbose: Bool
  private let file: AtomicFile?
  /// The file that a dry run leaves as it is.
  private let untouched: String?
  private let pipe: ShellPipe?
  private let pager: Pager?
  /// The columns of the terminal that data are shown on; nil where they go elsewhere, uncut.
  private let width: Int?
  private let style: Style
  private let drafts: () -> String
  private var progressBar: Console.Progress?

  /// - Parameter drafts: the folder for texts in the editor.
  init(_ invocation: Invocation, redirect: Redirect?, drafts: @escaping () -> String) throws {
    let environment = Program.environment
    isQuiet = invocation.has("quiet")
    isVerbose = invocation.has("verbose")
    self.drafts = drafts
    let isTerminal = redirect == nil && StandardStreams.isTerminal(1)
    let screen = isTerminal ? StandardStreams.terminalSize(1) : nil
    width = screen?.columns
    let colour = invocation.flag("color").flatMap(Style.Choice.init) ?? .auto
    style = Style.decide(colour, environment: environment, isTerminal: isTerminal)
    let isDryRun = invocation.has("dry-run")
    if case .file(let path, _) = redirect, isDryRun { untouched = path } else { untouched = nil }
    switch redirect {
    case .file where isDryRun:
      (bytes, file, pipe, pager) = (DiscardingSink(), nil, nil, nil)
    case .file(let path, let appends):
      let file = appends ? nil : try AtomicFile(path: path)
      self.file = file
      bytes = try file.map(RedirectedFile.init) ?? AppendingFile(path: path)
      (pipe, pager) = (nil, nil)
    case .pipe(let command):
      let pipe = try ShellPipe.open(command, environment: environment)
      (self.pipe, file, pager) = (pipe, nil, nil)
      bytes = pipe
    case nil:
      (pipe, file) = (nil, nil)
      let isPaged = screen != nil && StandardStreams.isTerminal(0) && !invocation.has("no-pager")
      pager = isPaged ? Pager(DescriptorSink(), screen: screen, environment: environment) : nil
      bytes = pager ?? DescriptorSink()
    }
  }

  /// Ends the output after a command that succeeded.
  /// - Returns: the exit code of the line: that of the shell command which read it, as in a shell.
  func finish() throws -> Int32 {
    progressBar?.finish()
    try pager?.close()
    try file?.finish()
    if let untouched { note("Dry run: \(untouched) is left as it is") }
    return try pipe?.close() ?? 0
  }

  /// Ends it after one that failed; a file that was to be written is left as it was.
  /// - Returns: the exit code of the shell command that was to read it; 0 where there is none.
  @discardableResult
  func abandon() -> Int32 {
    progressBar?.finish()
    file?.cancel()
    do {
      try pager?.close()
      return try pipe?.close() ?? 0
    } catch let failure as FileFailure where failure.code == EPIPE {
      // The reader has left, as it may.
    } catch {
      StandardError.line("sen: \(error)")
    }
    return 0
  }

  func note(_ text: String) {
    progressBar?.finish()
    progressBar = nil
    if !isQuiet { StandardError.line(VisibleText.escape(text, keepsNewlines: true)) }
  }

  func detail(_ text: String) { if isVerbose { note(text) } }

  func visible(_ text: String) -> String { VisibleText.escape(text) }

  func toned(_ text: String, _ tone: Tone) -> String {
    let text = visible(text)
    return switch tone {
    case .plain: text
    case .strong: style.bold(text)
    case .quiet: style.dim(text)
    case .removed: style.red(text)
    case .inserted: style.green(text)
    }
  }

  func table(_ columns: [String], _ style: PeopleStyle) -> any RecordSink {
    TableSink(bytes, columns: columns, style: self.style, width: width) { style.text($1, of: $0) }
  }

  func card(_ values: FieldMap, _ style: PeopleStyle) throws {
    let lines = values.entries.filter { !$0.value.isBlank }.map {
      (label: $0.name, value: style.text($0.value, of: $0.name))
    }
    try bytes.write(Array((Card(lines, style: self.style).render(width: width) + "\n").utf8))
  }

  func ask(_ question: String) -> Bool? {
    progressBar?.finish()
    switch Question.ask(question) {
    case .yes: return true
    case .no: return false
    case .nobody: return nil
    }
  }

  func askSecret(_ label: String) throws -> String? {
    switch Question.askSecret(label) {
    case .text(let text): return text
    case .interrupted: throw CancellationError()
    case .cancelled, .nobody: return nil
    }
  }

  func askText(_ label: String, prefill: String) -> String? {
    guard StandardStreams.isTerminal(0), StandardStreams.isTerminal(2) else { return nil }
    let editor = LineEditor(name: "sen")
    switch editor.read(prompt: label, prefill: prefill) {
    case .line(let text): return text
    case .interrupted, .end: return nil
    case .terminated(let signal):
      // It does what it would have done, now that the terminal is as it was.
      raise(signal)
      return nil
    }
  }

  func draft(_ name: String) throws -> any SenKernel.Draft { KeptDraft(name: name, folder: drafts()) }

  func progress(_ label: String, done: Int, total: Int?) {
    guard !isQuiet else { return }
    if progressBar == nil { progressBar = Console.Progress(label, total: total) }
    progressBar?.update(done)
  }

  var isInterrupted: Bool { Interrupts.isPending }

  var screen: Screen? {
    guard let width else { return nil }
    let colours = ProcessInfo.processInfo.environment["COLORTERM"] ?? ""
    let isFull = ["truecolor", "24bit"].contains(colours)
    return Screen(columns: width, colours: !style.enabled ? .none : isFull ? .all : .cube)
  }
}

/// A draft in the user's state folder, in a file of its own: two editors of one item do not share one.
final class KeptDraft: SenKernel.Draft {
  private let name: String
  private let folder: String
  private var draft: ExternalEditor.Draft?

  init(name: String, folder: String) { (self.name, self.folder) = (name, folder) }

  var path: String { draft?.path ?? "\(folder)/\(name)" }

  var kept: String? {
    for path in ExternalEditor.Draft.left(name: name, in: folder).reversed() where draft == nil {
      draft = try? ExternalEditor.Draft(resuming: path)
    }
    return draft?.text
  }

  func edit(_ text: String) throws -> String {
    let draft = try self.draft ?? .init(text, name: name, in: folder)
    self.draft = draft
    if !draft.text.utf8.elementsEqual(text.utf8) { try draft.replace(text) }
    _ = try draft.edit(environment: ProcessInfo.processInfo.environment)
    return draft.text
  }

  func keep(_ text: String) throws {
    if let draft { try draft.replace(text) } else { draft = try .init(text, name: name, in: folder) }
  }

  func discard() throws {
    draft?.discard()
    draft = nil
  }
}

/// A file that output is redirected to: it gets its name when the command has succeeded, not before.
private final class RedirectedFile: ByteSink {
  private let file: AtomicFile

  init(_ file: AtomicFile) { self.file = file }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) { try file.write(bytes) }

  func finish() {}
}

/// A file that is added to.
final class AppendingFile: ByteSink {
  private let handle: FileHandle
  private let path: String

  init(path: String) throws {
    self.path = path
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw FileFailure("open", path, errno) }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    do { try handle.write(contentsOf: bytes) } catch { throw FileFailure("write to", path, errno) }
  }

  func finish() {}
}
