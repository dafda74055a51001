import Glibc

/// The machine said no: a call that failed, with its cause.
public struct SystemFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// What was attempted, with its place: `open /srv/site/history`.
  public let attempt: String
  /// The number of the error, as `errno(3)` lists them.
  public let code: Int32

  public init(_ attempt: String, code: Int32) {
    self.attempt = attempt
    self.code = code
  }

  /// The failure that `errno` tells of now.
  static func last(_ attempt: String) -> SystemFailure { SystemFailure(attempt, code: errno) }

  public var description: String { "\(attempt): \(String(cString: strerror(code)))" }
}
