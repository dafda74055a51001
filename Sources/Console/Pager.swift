import Glibc

/// Output that opens a pager once it is taller or wider than the screen, and is written plainly before.
///
/// The pager is `$PAGER`, else `less -FRX`; where neither exists all is written plainly. Without a
/// terminal it is `output` and nothing more.
public final class Pager: ByteOutput {
  private let output: any ByteOutput
  private let environment: [String: String]
  private let screen: (columns: Int, rows: Int)?
  private let command: String?
  private var held: [UInt8] = []
  private var rows = 0
  private var lineStart = 0
  private var isDirect = false
  private var pipe: ShellPipe?

  /// - Parameters:
  ///   - output: where text goes that needs no pager.
  ///   - screen: the size of the terminal that `output` shows on; nil never opens a pager, which is also
  ///     how `--no-pager` is said.
  public init(
    _ output: any ByteOutput, screen: (columns: Int, rows: Int)?, environment: [String: String]
  ) {
    self.output = output
    self.screen = screen
    self.environment = environment
    command = Pager.command(environment)
    isDirect = screen == nil || command == nil
  }

  /// The shell command of the pager; nil where none can be started.
  static func command(_ environment: [String: String]) -> String? {
    if let wanted = environment["PAGER"], let word = wanted.split(separator: " ").first {
      // A command with quotes or variables in it is the shell's to look up.
      let isPlain = !word.contains { "'\"$\\~=".contains($0) }
      if !isPlain || ChildProcess.find(String(word), environment: environment) != nil { return wanted }
    }
    return ChildProcess.find("less", environment: environment).map { _ in "less -FRX" }
  }

  /// Throws `OutputClosed` once the reader has left the pager: stop, quietly.
  public func write(bytes: UnsafeRawBufferPointer) throws {
    if isDirect { return try output.write(bytes: bytes) }
    if let pipe { return try pipe.write(bytes: bytes) }
    held.append(contentsOf: bytes)
    if try overflows() { try open() }
  }

  public func flush() throws {
    if isDirect { return try output.flush() }
    try pipe?.flush()
  }

  /// Shows what is left and waits until the reader leaves the pager. Call it after `OutputClosed` too.
  public func finish() throws {
    if let pipe {
      self.pipe = nil
      _ = try pipe.finishInForeground()
      Interrupts.take()
    } else if !held.isEmpty {
      let text = held
      held = []
      try output.write(text)
    }
    try output.flush()
  }

  /// Counts the complete lines of `held` that are not counted yet.
  private func overflows() throws -> Bool {
    guard let screen else { return false }
    var end = lineStart
    while end < held.count {
      if held[end] == 0x0A {
        rows += 1
        if end - lineStart > screen.columns {
          let line = String(decoding: held[lineStart..<end], as: UTF8.self)
          if DisplayWidth.of(Pager.withoutColours(line)) > screen.columns { return true }
        }
        lineStart = end + 1
      }
      end += 1
    }
    // One row stays for the prompt that follows. A line without end is taken as too wide in time.
    return rows >= screen.rows || held.count - lineStart > 4 * screen.columns
  }

  private func open() throws {
    guard let command else { return }
    var environment = environment
    if environment["LESSCHARSET"] == nil { environment["LESSCHARSET"] = "utf-8" }
    try output.flush()
    let pipe = try ShellPipe(["/bin/sh", "-c", command], environment: environment)
    self.pipe = pipe
    let text = held
    held = []
    try pipe.write(text)
  }

  /// `text` without `ESC [ … m`.
  static func withoutColours(_ text: String) -> String {
    guard text.utf8.contains(0x1B) else { return text }
    var result = String.UnicodeScalarView()
    var inSequence = false
    for scalar in text.unicodeScalars {
      if inSequence {
        inSequence = scalar != "m"
      } else if scalar == "\u{1B}" {
        inSequence = true
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
