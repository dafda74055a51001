import Web

/// How a server is to be run.
public struct ServerOptions: Sendable {
  /// Where clients come in.
  public enum Place: Sendable {
    /// Port 0 takes a free one.
    case port(host: String, port: Int)
    /// Sockets that listen already, handed over by systemd: see `HandedSockets`.
    case sockets([Int32])
  }

  /// Whether the server is in good order.
  public enum Health: Sendable, Hashable {
    case good
    /// With a reason that may be shown.
    case bad(String)
  }

  public var place: Place
  /// Whether a proxy of the same owner stands before the server: then, and only then, `X-Forwarded-For` (its last hop),
  /// `-Proto` and `-Host` are believed.
  public var isBehindProxy = false
  /// The only hosts that are answered, in small letters and without port; empty for any.
  public var hosts: Set<String> = []
  public var limits = ServerLimits()
  /// How often one client may do what costs much.
  public var rates: [RateRule] = [.posts]
  /// Threads that serve connections; 0 for one a core.
  public var loops = 0
  /// Threads that make pages; 0 for one more than cores, since more of them only take each other's room.
  public var makers = 0
  /// Threads that do what visitors send, and may wait for whoever writes.
  public var writers = 16
  /// Answers `/-/health`; it may wait for the disk.
  public var health: @Sendable () -> Health = { .good }
  /// Takes many lines of the access log at a time, off the threads that serve; nil keeps none.
  public var accessLog: (@Sendable ([UInt8]) -> Void)?
  /// Takes one line for each failure, without addresses, queries, cookies and forms.
  public var errorLog: @Sendable (String) -> Void = { _ in }

  public init(_ place: Place) { self.place = place }
}
