import Glibc

/// While it lives, Ctrl-C and Ctrl-\ of the terminal are the child's alone, and the terminal is given back
/// as it was after.
final class ForegroundSignals {
  private let interrupt = signal(SIGINT, SIG_IGN)
  private let quit = signal(SIGQUIT, SIG_IGN)
  private var terminal: termios?

  init() {
    var before = termios()
    if tcgetattr(0, &before) == 0 { terminal = before }
  }

  deinit {
    if var terminal { tcsetattr(0, TCSADRAIN, &terminal) }
    _ = signal(SIGINT, interrupt)
    _ = signal(SIGQUIT, quit)
  }
}
