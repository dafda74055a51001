/// What a client may take of a server. Times are in seconds, sizes in bytes.
public struct ServerLimits: Sendable {
  /// The path with the query: more is 414.
  public var target = 4096
  /// The whole head: more is 431.
  public var head = 32 << 10
  /// Lines of a head: more is 431.
  public var headerCount = 100
  /// The body of a request: more is 413.
  public var body = 1 << 20
  /// Connections at a time on one listening socket; others wait until they are let in.
  public var connections = 2000
  /// From the first byte of a head, or from the beginning of a connection, to its end.
  public var headTime = 10.0
  /// From the end of a head to the end of the body.
  public var bodyTime = 30.0
  /// Between two requests.
  public var idleTime = 60.0
  /// Without the client taking anything of an answer.
  public var writeTime = 30.0
  /// For a request to come on a connection that has none when the server is to stop: who is just sending one would find
  /// it cut off, though nothing is wrong.
  public var lastCall = 0.5
  /// For requests under way when the server is to stop.
  public var stopTime = 10.0

  public init() {}
}
