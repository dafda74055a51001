import CReadline
import Glibc

/// Ctrl-C while a command runs: a flag that the command looks at, never the end of the program.
///
/// A prompt and a question see to Ctrl-C themselves and leave no flag behind.
public enum Interrupts {
  /// From now on SIGINT only sets the flag; interrupted system calls go on (`SA_RESTART`).
  public static func install() { sen_signal_install() }

  /// Whether Ctrl-C came since the flag was last taken. Cheap enough for every row of a loop, and safe
  /// on any thread.
  public static var isPending: Bool { sen_signal_pending(SIGINT) != 0 }

  /// The same, and lowers the flag. Call before a command starts and after it was cancelled.
  @discardableResult
  public static func take() -> Bool { sen_signal_take(SIGINT) != 0 }
}
