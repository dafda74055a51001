import CPseudoTerminal
import CReadline
import Foundation

/// A program on a terminal of its own: what is typed into it, and what it shows.
///
/// Every wait is for something to appear; the deadline is only there to end a test that fails.
final class Terminal {
  /// What was waited for did not come.
  struct Missing: Error, CustomStringConvertible {
    let wanted: String
    let screen: String
    var description: String { "‘\(wanted)’ did not appear on\n\(screen)" }
  }

  static let up = "\u{1B}[A"
  static let left = "\u{1B}[D"
  static let right = "\u{1B}[C"
  static let home = "\u{1B}[H"
  static let end = "\u{1B}[F"
  static let backspace = "\u{7F}"
  static let tab = "\t"
  static let enter = "\r"
  static let interrupt = "\u{03}"
  static let endOfInput = "\u{04}"
  static let killLine = "\u{15}"

  private let master: Int32
  let process: pid_t
  private(set) var screen: Screen
  private var isAtEnd = false
  private var isGone = false
  private var status: Int32?

  /// - Parameter arguments: the program's path first.
  init(
    _ arguments: [String], environment: [String: String], folder: String = "/", rows: Int = 24,
    columns: Int = 80
  ) throws {
    var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var master: Int32 = -1
    process = sen_pty_start(&argv, &envp, folder, Int32(rows), Int32(columns), &master)
    guard process > 0 else { throw Missing(wanted: "a terminal", screen: String(cString: strerror(errno))) }
    self.master = master
    screen = Screen(columns: columns)
  }

  deinit {
    if status == nil {
      kill(process, SIGKILL)
      waitpid(process, nil, 0)
    }
    hangUp()
  }

  /// Takes the terminal away, as closing its window does.
  func hangUp() {
    if !isGone { close(master) }
    (isGone, isAtEnd) = (true, true)
  }

  /// Types `text`, keys as the terminal sends them.
  func type(_ text: String) throws {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Missing(wanted: "room to type", screen: screen.text) }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Types a command at the prompt and enters it once it is shown; then nothing else is on the screen.
  func enter(_ command: String) throws {
    try type(command)
    try show(command)
    screen.dropAbove()
    try type(Terminal.enter)
  }

  /// Waits until `text` stands anywhere on the screen.
  func show(_ text: String) throws { try wait(text) { $0.text.contains(text) } }

  /// Waits until the row of the cursor is `text`, blanks at its end aside.
  func line(_ text: String) throws { try wait(text) { $0.line == text } }

  /// Waits until the screen is as `condition` says.
  func wait(_ wanted: String, until condition: (Screen) -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(20)
    while !condition(screen) {
      guard !isAtEnd, ContinuousClock.now < deadline else {
        throw Missing(wanted: wanted, screen: screen.text)
      }
      readSome()
    }
  }

  func resize(rows: Int, columns: Int) {
    screen.columns = columns
    _ = sen_pty_resize(master, Int32(rows), Int32(columns))
  }

  func signal(_ number: Int32) { kill(process, number) }

  /// Whether the terminal is as a shell expects to find it.
  var isCooked: Bool { sen_pty_is_cooked(master) != 0 }

  /// Waits for the end of the program: its exit code, or 128 and the signal that ended it.
  func exitCode() throws -> Int32 {
    if let status { return status }
    let deadline = ContinuousClock.now + .seconds(20)
    var raw: Int32 = 0
    while waitpid(process, &raw, WNOHANG) == 0 {
      guard ContinuousClock.now < deadline else { throw Missing(wanted: "the end", screen: screen.text) }
      readSome()
    }
    let signal = sen_wait_signal(raw)
    let code = signal == 0 ? sen_wait_exit_code(raw) : 128 + signal
    status = code
    while readSome() {}
    return code
  }

  /// Takes what the program shows, waiting a moment for it; false where there was nothing.
  @discardableResult
  private func readSome() -> Bool {
    if isAtEnd {
      poll(nil, 0, 5)
      return false
    }
    var ready = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, 50) > 0 else { return false }
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = read(master, &chunk, chunk.count)
    guard count > 0 else {
      // The other end is closed, and poll would say so again at once.
      isAtEnd = true
      return false
    }
    screen.feed(chunk[..<count])
    return true
  }
}
