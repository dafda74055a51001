/// Where the output of a line goes: `| shell command`, `> file` or `>> file`.
public enum Redirect: Sendable, Hashable {
  /// To a shell's command, given as it was typed.
  case pipe(String)
  /// To a file, made anew or appended to.
  case file(path: String, appends: Bool)
}
