import CReadline
import Glibc

/// A question to whoever sits at the terminal; asked on standard error, answered on standard input.
public enum Question {
  /// `.nobody`: there is no terminal to ask on, so nothing may be done unasked.
  public enum Answer: Sendable, Hashable { case yes, no, nobody }

  /// What was typed unseen; `.interrupted` by Ctrl-C, `.cancelled` by Ctrl-D.
  public enum Secret: Sendable, Hashable {
    case text(String)
    case interrupted, cancelled, nobody
  }

  /// Asks `text` with ` [y/N] ` behind it. `y`, `yes`, `c` and `có` say yes, in any case; Ctrl-C,
  /// Ctrl-D and everything else say no; Enter alone is `standard`.
  public static func ask(_ text: String, default standard: Answer = .no) -> Answer {
    guard isAnswerable else { return .nobody }
    let choice = standard == .yes ? "[Y/n]" : "[y/N]"
    guard case .text(let line) = readLine("\(VisibleText.escape(text)) \(choice) ") else { return .no }
    let word = line.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    if word.isEmpty { return standard }
    return ["y", "yes", "c", "có", "co"].contains(word) ? .yes : .no
  }

  /// Asks for a secret, which the terminal does not show.
  public static func askSecret(_ text: String) -> Secret {
    guard isAnswerable else { return .nobody }
    var before = termios()
    guard tcgetattr(0, &before) == 0 else { return .nobody }
    var silent = before
    silent.c_lflag &= ~tcflag_t(ECHO)
    let line = readLine(VisibleText.escape(text) + " ") {
      tcsetattr(0, TCSADRAIN, &silent)
    } restore: {
      tcsetattr(0, TCSADRAIN, &before)
    }
    switch line {
    case .text(let text):
      StandardStreams.writeError("\n")
      return .text(text)
    case .interrupted: return .interrupted
    case .ended: return .cancelled
    }
  }

  private static var isAnswerable: Bool { StandardStreams.isTerminal(0) && StandardStreams.isTerminal(2) }

  private enum Line {
    case text(String)
    /// Ctrl-C or Ctrl-\.
    case interrupted
    /// Ctrl-D.
    case ended
  }

  /// One line in the terminal's own line editing. `restore` runs before anything else happens, a signal that ends the
  /// program included.
  private static func readLine(
    _ prompt: String, prepare: () -> Void = {}, restore: () -> Void = {}
  ) -> Line {
    var bytes: [UInt8] = []
    var ending: Int32 = 0
    // Before the question is seen: whoever sees it may answer with Ctrl-C.
    sen_prompt_begin()
    prepare()
    StandardStreams.writeError(prompt)
    reading: while true {
      switch sen_prompt_wait(0) {
      case 0:
        var chunk = [UInt8](repeating: 0, count: 4096)
        let count = read(0, &chunk, chunk.count)
        if count < 0, errno == EINTR || errno == EAGAIN { continue }
        if count <= 0 { break reading }
        bytes += chunk[..<count]
        if bytes.last == 0x0A { break reading }
      case SIGWINCH: continue
      case SIGTSTP:
        restore()
        sen_prompt_end()
        raise(SIGTSTP)
        // Back in the foreground, asked anew.
        sen_prompt_begin()
        prepare()
        bytes = []
        StandardStreams.writeError("\n\(prompt)")
      case let number:
        ending = number
        break reading
      }
    }
    restore()
    sen_prompt_end()
    if bytes.last == 0x0A, ending == 0 {
      return .text(String(decoding: bytes.dropLast(), as: UTF8.self))
    }
    StandardStreams.writeError("\n")
    // The signal does what it would have done, now that the terminal is as it was.
    if ending == SIGTERM || ending == SIGHUP { raise(ending) }
    return ending == 0 ? .ended : .interrupted
  }
}
