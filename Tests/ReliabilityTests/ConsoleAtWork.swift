import CPseudoTerminal
import Foundation

/// The console in a terminal of its own, into which somebody types for as long as the others work.
///
/// A command is typed once the one before has been answered, as a person does it.
final class ConsoleAtWork: Sendable {
  /// The console ended, or gave no answer for as long as anybody waits.
  struct Silent: Error, CustomStringConvertible {
    let command: String
    let shown: String
    var description: String { "No answer to ‘\(command)’: \(shown.suffix(500))" }
  }

  private let master: Int32
  private let process: pid_t

  /// - Parameter environment: as of the other processes; the terminal's kind is added.
  init(_ program: String, _ environment: [String: String], folder: String) throws {
    let variables = environment.merging(["TERM": "xterm", "INPUTRC": "/dev/null"]) { $1 }
    var argv: [UnsafeMutablePointer<CChar>?] = [strdup(program), nil]
    var envp: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var master: Int32 = -1
    process = sen_pty_start(&argv, &envp, folder, 24, 200, &master)
    guard process > 0 else { throw Silent(command: program, shown: String(cString: strerror(errno))) }
    self.master = master
  }

  /// Waits for the first prompt.
  func begin() throws { _ = try read("the console", until: []) }

  /// Types a command; what was shown up to the prompt behind one of `answers`.
  func enter(_ command: String, answers: [String]) throws -> String {
    var bytes = Array("\(command)\r".utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { write(master, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Silent(command: command, shown: "the terminal takes no more") }
      bytes = bytes.dropFirst(count)
    }
    return try read(command, until: answers)
  }

  /// Leaves; whether the console ended well.
  func leave() throws -> Bool {
    var end: UInt8 = 4
    guard write(master, &end, 1) == 1 else { throw Silent(command: "Ctrl-D", shown: "") }
    var raw: Int32 = 0
    let deadline = ContinuousClock.now + .seconds(60)
    while waitpid(process, &raw, WNOHANG) == 0 {
      guard ContinuousClock.now < deadline else { throw Silent(command: "Ctrl-D", shown: "") }
      _ = chunk()
    }
    close(master)
    return raw == 0
  }

  /// Ends it whatever it does: for a test that has failed already.
  func end() {
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
    close(master)
  }

  private func read(_ command: String, until answers: [String]) throws -> String {
    var shown: [UInt8] = []
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline, let more = chunk() {
      shown += more
      let text = String(decoding: shown, as: UTF8.self)
      let ends = answers.compactMap { text.range(of: $0)?.upperBound }
      if text[(answers.isEmpty ? text.startIndex : ends.min() ?? text.endIndex)...].contains("site>") {
        return text
      }
    }
    throw Silent(command: command, shown: String(decoding: shown, as: UTF8.self))
  }

  /// What the terminal shows within a moment; nil where its program is gone.
  private func chunk() -> [UInt8]? {
    var ready = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&ready, 1, 50) > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = Foundation.read(master, &bytes, bytes.count)
    return count > 0 ? Array(bytes[..<count]) : nil
  }
}
