import Glibc

/// Listening sockets that systemd opened for this process (sd_listen_fds(3)): `LISTEN_FDS` of them from number 3 on,
/// if `LISTEN_PID` is this process.
public enum HandedSockets {
  /// Their numbers, not to be inherited by children any more; empty if there are none.
  public static func take(environment: [String: String]) -> [Int32] {
    guard environment["LISTEN_PID"] == String(getpid()),
      let count = environment["LISTEN_FDS"].flatMap({ Int32($0) }), (1...64).contains(count)
    else { return [] }
    let numbers = Array(3..<(3 + count))
    for number in numbers { _ = fcntl(number, F_SETFD, FD_CLOEXEC) }
    return numbers
  }
}
