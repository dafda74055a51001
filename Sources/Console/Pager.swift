public import Formats
import Glibc

/// Output that opens a pager once it is taller or wider than the screen, and is written plainly before.
///
/// The pager is `$PAGER`, else `less -FRX`; where neither exists all is written plainly. Without a
/// terminal it is the sink below and nothing more. `finish` ends nothing (a command may write more than
/// one table); `close` shows what is left.
public final class Pager: ByteSink {
  private let output: any ByteSink
  private let environment: [String: String]
  private let screen: (columns: Int, rows: Int)?
  private let command: String?
  private var held: [UInt8] = []
  private var rows = 0
  private var lineStart = 0
  private var isDirect = false
  private var pipe: ShellPipe?
  private var interrupt: ForegroundSignals?

  /// - Parameters:
  ///   - output: where text goes that needs no pager.
  ///   - screen: the size of the terminal that `output` shows on; nil never opens a pager, which is also
  ///     how `--no-pager` is said.
  public init(
    _ output: any ByteSink, screen: (columns: Int, rows: Int)?, environment: [String: String]
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

  /// Throws a `FileFailure` of `EPIPE` once the reader has left the pager: stop, quietly.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
    if isDirect { return try output.write(bytes) }
    if let pipe { return try pipe.write(bytes) }
    held.append(contentsOf: bytes)
    if overflows() { try open() }
  }

  public func finish() {}

  /// Shows what is left and waits until the reader leaves the pager. Call it after a failure too.
  public func close() throws {
    let text = held
    held = []
    if let pipe {
      self.pipe = nil
      defer { interrupt = nil }
      _ = try pipe.close()
    } else {
      isDirect = true
      try output.write(text)
    }
  }

  /// Counts the complete lines of `held` that are not counted yet.
  private func overflows() -> Bool {
    guard let screen else { return false }
    var end = lineStart
    while end < held.count {
      if held[end] == 0x0A {
        rows += 1
        if end - lineStart > screen.columns {
          let line = String(decoding: held[lineStart..<end], as: UTF8.self)
          if DisplayWidth.of(Style.removed(from: line)) > screen.columns { return true }
        }
        lineStart = end + 1
      }
      end += 1
    }
    // One row stays for the prompt that follows. A line without end is taken as too wide in time.
    return rows >= screen.rows || held.count - lineStart > 4 * screen.columns
  }

  /// Hands over to the pager; one that cannot be started leaves all as if there were none.
  private func open() throws(FileFailure) {
    var environment = environment
    if environment["LESSCHARSET"] == nil { environment["LESSCHARSET"] = "utf-8" }
    let text = held
    held = []
    do {
      pipe = try ShellPipe.open(command ?? "cat", environment: environment)
      interrupt = ForegroundSignals()
    } catch {
      isDirect = true
    }
    try write(text)
  }
}
