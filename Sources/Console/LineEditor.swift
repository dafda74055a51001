import CReadline
import Glibc

/// The prompt: GNU readline's editing, history and `.inputrc`, with Tab and hints of the caller.
///
/// It lives on the main thread and needs a terminal on standard input. The line is shown on standard
/// output, or on standard error where the output goes elsewhere. Readline's state is one for the whole
/// program: an editor takes it over when it begins to read.
public final class LineEditor {
  public enum Event: Sendable, Hashable {
    case line(String)
    /// Ctrl-C: the line was given up.
    case interrupted
    /// Ctrl-D on an empty line, or the terminal is gone.
    case end
    /// SIGTERM or SIGHUP; the terminal is restored, the caller ends.
    case terminated(Int32)
  }

  /// What Tab offers in `line`, the cursor in bytes. A command of several lines is asked about whole.
  public var complete: ((_ line: String, _ cursor: Int) -> LineCompletion)?
  /// What is shown dim behind the line.
  public var hint: ((_ line: String) -> String)?
  /// Whether more lines must come (an open quote); they are then asked for with `… `.
  public var isIncomplete: ((_ line: String) -> Bool)?
  /// Whether the history takes a line; secrets are for the caller to recognise.
  public var remembers: ((_ line: String) -> Bool)?

  private let name: String
  private let history: HistoryFile?
  private let style: Style
  private let showsHints: Bool
  private var accepted: String??
  /// The lines before the one that is edited, each with its newline.
  private var before = ""
  private var promptWidth = 0
  private var listed: LineCompletion?

  /// - Parameters:
  ///   - name: how `.inputrc` calls the program.
  ///   - history: what the arrows bring back; nil for a question that leaves no trace.
  public init(name: String, history: HistoryFile? = nil) {
    self.name = name
    self.history = history
    var environment: [String: String] = [:]
    for name in ["TERM", "NO_COLOR"] { environment[name] = getenv(name).map { String(cString: $0) } }
    style = Style.decide(.auto, environment: environment, isTerminal: true)
    // A hint must not look like what was typed, colours or no.
    showsHints = !["", "dumb"].contains(environment["TERM"] ?? "")
    _ = sen_locale_prepare()
  }

  deinit { sen_editor_forget(Unmanaged.passUnretained(self).toOpaque()) }

  /// Asks for a line, with `prefill` already typed. Colours in the prompt are seen to.
  public func read(prompt: String, prefill: String = "") -> Event {
    sen_prompt_begin()
    defer {
      sen_prompt_end()
      before = ""
    }
    takeOver()
    begin(prompt, prefill)
    while true {
      switch sen_prompt_wait(0) {
      case 0:
        sen_editor_read_key()
        guard let line = accepted else { continue }
        accepted = nil
        guard let line else {
          sen_editor_write("\n")
          // Ctrl-D behind an open quote is no leaving: the caller says what the command lacks.
          return before.isEmpty ? .end : .line(String(before.dropLast()))
        }
        let command = before + line
        if isIncomplete?(command) ?? false {
          before = command + "\n"
          begin("… ", "")
          continue
        }
        if remembers?(command) ?? true, history?.add(command) ?? false { sen_history_add(command) }
        return .line(command)
      case SIGINT:
        sen_editor_cancel("^C")
        return .interrupted
      case SIGWINCH: sen_editor_resize()
      case SIGTSTP: sen_editor_suspend()
      case let number where number > 0:
        sen_editor_cancel("")
        return .terminated(number)
      default:
        sen_editor_cancel("")
        return .end
      }
    }
  }

  private func takeOver() {
    let context = Unmanaged.passUnretained(self).toOpaque()
    if sen_editor_is_current(context) != 0 { return }
    var callbacks = sen_editor_callbacks()
    callbacks.context = context
    callbacks.accept = { LineEditor.of($0)?.accept($1) }
    callbacks.complete = { context, line, point in
      line.flatMap { LineEditor.of(context)?.matches(String(cString: $0), Int(point)) }
    }
    callbacks.display = { LineEditor.of($0)?.display() }
    callbacks.hint = { context, line, columns in
      line.flatMap { LineEditor.of(context)?.hint(behind: String(cString: $0), columns: Int(columns)) }
    }
    sen_editor_initialize(name, StandardStreams.isTerminal(1) ? 1 : 2, callbacks)
    sen_editor_show_hints(showsHints ? 1 : 0)
    sen_history_clear()
    sen_history_limit(Int32(HistoryFile.most))
    for entry in history?.entries ?? [] { sen_history_add(entry) }
  }

  private static func of(_ context: UnsafeMutableRawPointer?) -> LineEditor? {
    context.map { Unmanaged<LineEditor>.fromOpaque($0).takeUnretainedValue() }
  }

  private func begin(_ prompt: String, _ prefill: String) {
    promptWidth = DisplayWidth.of(Style.removed(from: prompt))
    sen_editor_begin(LineEditor.marked(prompt), prefill)
  }

  /// Colours between the marks that tell readline they take no room.
  static func marked(_ prompt: String) -> String {
    var result = String.UnicodeScalarView()
    var inSequence = false
    for scalar in prompt.unicodeScalars {
      if scalar == "\u{1B}", !inSequence {
        result.append("\u{01}")
        inSequence = true
      }
      result.append(scalar)
      if inSequence, scalar == "m" {
        result.append("\u{02}")
        inSequence = false
      }
    }
    return String(result)
  }

  private func accept(_ line: UnsafeMutablePointer<CChar>?) {
    accepted = .some(line.map { String(cString: $0) })
    free(line)
  }

  /// Matches as readline takes them: each the whole line up to the cursor, what they share first.
  private func matches(
    _ line: String, _ point: Int
  ) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? {
    guard let complete else { return nil }
    var completion = complete(before + line, before.utf8.count + point)
    let start = completion.replaceFrom - before.utf8.count
    guard !completion.candidates.isEmpty, (0...point).contains(start) else { return nil }
    var seen: Set<String> = []
    completion.candidates = completion.candidates.filter { seen.insert($0.text).inserted }
    listed = completion
    sen_editor_append_after_match(completion.appendsSpace ? 0x20 : 0)

    let bytes = Array(line.utf8.prefix(point))
    let kept = String(decoding: bytes[..<start], as: UTF8.self)
    let typed = String(decoding: bytes[start...], as: UTF8.self)
    let common = completion.commonPrefix
    // Where candidates are found by another part of them, what was typed must not shrink.
    let shared = completion.candidates.count > 1 && common.count < typed.count ? typed : common
    var texts = [kept + shared]
    if completion.candidates.count > 1 { texts += completion.candidates.map { kept + $0.text } }
    let result = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>(
      OpaquePointer(calloc(texts.count + 1, MemoryLayout<UnsafeMutablePointer<CChar>?>.stride)))
    for (index, text) in texts.enumerated() { result?[index] = strdup(text) }
    return result
  }

  private func display() {
    guard let listed else { return }
    var rows: Int32 = 0
    var columns: Int32 = 0
    sen_editor_screen(&rows, &columns)
    // The prompt keeps its row, and the line above the list one.
    sen_editor_write(listed.list(rows: Int(rows) - 2, columns: Int(columns), style: style))
  }

  /// The hint as far as there is room in the row of the cursor.
  private func hint(behind line: String, columns: Int) -> UnsafeMutablePointer<CChar>? {
    guard let hint, columns > 0, !line.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
      return nil
    }
    let column = (promptWidth + DisplayWidth.of(line)) % columns
    let room = columns - column - 1
    let text = hint(before + line)
    guard room > 3, !text.isEmpty else { return nil }
    return strdup(DisplayWidth.truncate(VisibleText.escape(text), to: room))
  }
}
