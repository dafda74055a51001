import CReadline
import Formats
import Glibc

/// A program started with our terminal as it is: same session, same process group, so that Ctrl-C and
/// Ctrl-Z of the terminal reach it (Foundation's `Process` gives a group of its own, which breaks both).
struct ChildProcess {
  /// How it ended.
  enum Status: Hashable {
    case exited(Int32)
    case signalled(Int32)

    /// As a shell says it: the code, or 128 and the signal.
    var code: Int32 {
      switch self {
      case .exited(let code): code
      case .signalled(let number): 128 + number
      }
    }
  }

  let identifier: pid_t

  /// Starts `arguments[0]` (a path). SIGINT, SIGQUIT, SIGPIPE and SIGXFSZ do what they usually do in the child.
  ///
  /// - Parameter input: becomes its standard input; it must be close-on-exec itself.
  static func start(
    _ arguments: [String], environment: [String: String], input: Int32? = nil
  ) throws -> ChildProcess {
    var environment = environment
    if sen_locale_prepare() == 1 { environment["LC_ALL"] = "C.UTF-8" }

    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input { posix_spawn_file_actions_adddup2(&actions, input, 0) }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var standard = sigset_t()
    sigemptyset(&standard)
    for number in [SIGINT, SIGQUIT, SIGPIPE, SIGXFSZ] { sigaddset(&standard, number) }
    posix_spawnattr_setsigdefault(&attributes, &standard)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))

    var argv: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    var envp: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in argv + envp { free(pointer) } }
    var identifier: pid_t = 0
    let result = posix_spawn(&identifier, arguments[0], &actions, &attributes, &argv, &envp)
    if result != 0 { throw FileFailure("start", arguments[0], result) }
    return ChildProcess(identifier: identifier)
  }

  /// Waits for the end.
  func wait() throws -> Status {
    var status: Int32 = 0
    while waitpid(identifier, &status, 0) < 0 {
      if errno != EINTR { throw FileFailure("wait for", "process \(identifier)", errno) }
    }
    let signal = sen_wait_signal(status)
    return signal == 0 ? .exited(sen_wait_exit_code(status)) : .signalled(signal)
  }

  /// Waits while Ctrl-C and Ctrl-\ are the child's alone, and gives the terminal back as it was.
  func waitInForeground() throws -> Status {
    let foreground = ForegroundSignals()
    defer { withExtendedLifetime(foreground) {} }
    return try wait()
  }

  /// The file that `name` starts, looked up in `PATH` as a shell does; nil where there is none.
  static func find(_ name: String, environment: [String: String]) -> String? {
    if name.contains("/") { return access(name, X_OK) == 0 ? name : nil }
    for folder in (environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":") {
      let path = "\(folder)/\(name)"
      if access(path, X_OK) == 0 { return path }
    }
    return nil
  }
}
