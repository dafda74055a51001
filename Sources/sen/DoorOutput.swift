import Console
import ContentModel
import Formats
import Foundation
import Grammar
import SenKernel

/// A command's output at any of the doors: data to standard output, a pipe or a file; words to standard error.
final class DoorOutput: Output {
  let bytes: any ByteSink
  private let isQuiet: Bool
  private let file: AtomicFile?
  private let pipe: ShellPipe?
  private let isTerminal: Bool
  private var progressBar: Progress?

  init(_ invocation: Invocation, redirect: Redirect?) throws {
    isQuiet = invocation.has("quiet")
    switch redirect {
    case .file(let path, let appends):
      let file = appends ? nil : try AtomicFile(path: path)
      self.file = file
      bytes = try file ?? AppendingFile(path: path)
      pipe = nil
    case .pipe(let command):
      let pipe = try ShellPipe.open(command)
      (self.pipe, file) = (pipe, nil)
      bytes = DescriptorSink(descriptor: pipe.descriptor, name: command)
    case nil:
      (pipe, file) = (nil, nil)
      bytes = DescriptorSink()
    }
    isTerminal = redirect == nil && isatty(1) == 1
  }

  /// Ends the output after a command that succeeded.
  func finish() throws {
    progressBar?.finish()
    try file?.finish()
    try pipe?.close()
  }

  /// Ends it after one that failed; a file that was to be written is left as it was.
  func abandon() {
    progressBar?.finish()
    file?.cancel()
    do { try pipe?.close() } catch { StandardError.line("sen: \(error)") }
  }

  func note(_ text: String) {
    progressBar?.finish()
    progressBar = nil
    if !isQuiet { StandardError.line(text) }
  }

  func table(_ columns: [String]) -> any RecordSink {
    TableSink(bytes, columns: columns, width: isTerminal ? TerminalSize.current?.columns : nil)
  }

  func card(_ values: FieldMap) throws {
    let label = values.names.map { DisplayWidth.of($0) }.max() ?? 0
    var text = ""
    for (name, value) in values.entries where !value.isNull {
      let shown = ValueText.text(value)
      text += DisplayWidth.pad(name, to: label) + "  "
      if shown.contains("\n") {
        text +=
          "\n"
          + shown.split(separator: "\n", omittingEmptySubsequences: false)
          .map { "    " + TableSink.visible(String($0)) }.joined(separator: "\n") + "\n"
      } else {
        text += TableSink.visible(shown) + "\n"
      }
    }
    try bytes.write(Array((text + "\n").utf8))
  }

  func ask(_ question: String) -> Bool? {
    switch Question.ask(question) {
    case .yes: true
    case .no: false
    case .nobody: nil
    }
  }

  func edit(_ text: String, name: String) throws -> String? {
    switch try ExternalEditor.edit(text: text, name: name) {
    case .saved(let text): text
    case .unchanged: nil
    }
  }

  func progress(_ label: String, done: Int, total: Int?) {
    if progressBar == nil { progressBar = Progress(label: label) }
    progressBar?.update(done: done, total: total)
  }

  var isInterrupted: Bool { Interrupts.isPending }
}

/// A file that is added to.
final class AppendingFile: ByteSink {
  private let handle: FileHandle
  private let path: String

  init(path: String) throws {
    self.path = path
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    guard descriptor >= 0 else { throw FileFailure("open", path, errno) }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    do { try handle.write(contentsOf: bytes) } catch { throw FileFailure("write to", path, errno) }
  }

  func finish() {}
}

/// A table for people: columns sized by the first thousand rows, fitted to the terminal where there is one.
struct TableSink: RecordSink {
  private let sink: any ByteSink
  private let columns: [String]
  private let width: Int?
  private var rows: [[String]] = []
  private var widths: [Int]?
  private static let sized = 1000

  init(_ sink: any ByteSink, columns: [String], width: Int?) {
    (self.sink, self.columns, self.width) = (sink, columns, width)
  }

  mutating func write(_ values: FieldMap) throws {
    rows.append(columns.map { Self.visible(ValueText.text(values[$0] ?? .null)) })
    if rows.count >= Self.sized { try flush() }
  }

  mutating func finish() throws { try flush() }

  /// Control characters would drive the terminal; they are shown instead.
  static func visible(_ text: String) -> String {
    guard
      text.unicodeScalars.contains(where: {
        $0.value < 0x20 || $0.value == 0x7F || (0x80..<0xA0).contains($0.value)
      })
    else { return text }
    var shown = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A: shown += "⏎"
      case 0x09: shown += " "
      case 0x1B: shown += "\\e"
      case 0..<0x20, 0x7F..<0xA0: shown += "\\x" + String(scalar.value, radix: 16)
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }

  private mutating func flush() throws {
    var text = ""
    if widths == nil {
      let sizes = fit(
        columns.indices.map { column in
          max(DisplayWidth.of(columns[column]), rows.map { DisplayWidth.of($0[column]) }.max() ?? 0)
        })
      widths = sizes
      text +=
        line(columns, sizes) + sizes.map { String(repeating: "─", count: $0) }.joined(separator: "  ") + "\n"
    }
    for row in rows { text += line(row, widths ?? []) }
    rows.removeAll(keepingCapacity: true)
    try sink.write(Array(text.utf8))
  }

  private func fit(_ sizes: [Int]) -> [Int] {
    guard let width else { return sizes }
    var sizes = sizes
    while sizes.reduce(0, +) + 2 * (sizes.count - 1) > width, let widest = sizes.max(), widest > 8,
      let index = sizes.firstIndex(of: widest)
    {
      sizes[index] -= 1
    }
    return sizes
  }

  private func line(_ cells: [String], _ sizes: [Int]) -> String {
    var line = ""
    for (index, cell) in cells.enumerated() {
      let shown = width == nil ? cell : DisplayWidth.truncate(cell, to: sizes[index])
      line += index == cells.count - 1 ? shown : DisplayWidth.pad(shown, to: sizes[index]) + "  "
    }
    while line.last == " " { line.removeLast() }
    return line + "\n"
  }
}
