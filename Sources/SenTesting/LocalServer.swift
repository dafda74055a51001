import ContentModel
import Foundation
import Glibc

/// A real HTTP/1.1 server on 127.0.0.1 with a port of its own, for tests; it ends with the value. Every connection
/// is a thread and carries one request. It has bad manners when told to, as servers have.
///
/// ```swift
/// let server = try LocalServer()
/// server.on("/feed.xml", .answers(try .init(file: "feed.xml")))
/// server.on("/slow", .keepsSilent)
/// let response = try URLSessionFetcher().fetch(FetchRequest(server.address("/feed.xml")))
/// #expect(server.requests.map(\.method) == ["GET"])
/// ```
public final class LocalServer: Sendable {
  /// What a client asked.
  public struct Request: Sendable, Hashable {
    public let method: String
    /// With the query: `/search?q=lúa`.
    public let path: String
    /// Names in lower case.
    public let headers: [String: String]
    public let body: [UInt8]
  }

  /// A proper answer.
  public struct Answer: Sendable {
    public var status: Int
    public var headers: [String: String]
    public var body: [UInt8]

    public init(_ status: Int = 200, headers: [String: String] = [:], body: [UInt8] = []) {
      (self.status, self.headers, self.body) = (status, headers, body)
    }
    public init(_ status: Int = 200, headers: [String: String] = [:], text: String) {
      self.init(status, headers: headers, body: Array(text.utf8))
    }
    /// - Throws: Foundation's error if the file cannot be read.
    public init(_ status: Int = 200, headers: [String: String] = [:], file: String) throws {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
      self.init(status, headers: headers, body: Array(bytes))
    }
    public static func redirect(_ status: Int = 302, to address: String) -> Answer {
      Answer(status, headers: ["Location": address])
    }
  }

  /// How a request is treated.
  public enum Manner: Sendable {
    case answers(Answer)
    /// A proper answer after so many seconds.
    case answersLate(Answer, seconds: Double)
    /// Takes the request, and says nothing until the client gives up.
    case keepsSilent
    /// Hangs up without a word.
    case hangsUp
    /// The head and so many bytes of the body, then nothing until the client gives up.
    case stalls(Answer, after: Int)
    /// The head and so many bytes of the body, then hangs up.
    case breaksOff(Answer, after: Int)
    /// One byte of the body every so many seconds.
    case trickles(Answer, seconds: Double)
    /// The whole body under a Content-Length that is not its own, then hangs up.
    case lies(Answer, length: Int)
    /// A body without end or length.
    case endless
    /// These bytes instead of HTTP, then hangs up.
    case says([UInt8])
  }

  /// What the threads share; it outlives the server by as long as they take to end.
  final class House: Sendable {
    struct State {
      var routes: [String: @Sendable (Request) -> Manner] = [:]
      var requests: [Request] = []
      var connections: Set<Int32> = []
      var mostAtOnce = 0
      var isClosed = false
    }
    let state = Guarded(State())
  }

  public let port: UInt16
  private let listener: Int32
  private let house = House()

  /// - Throws: `POSIXError` if the machine gives no port.
  public init() throws {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard listener >= 0 else { throw Self.error() }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(listener, $0, length) == 0 && listen(listener, 128) == 0
          && getsockname(listener, $0, &length) == 0
      }
    }
    guard isBound else {
      defer { close(listener) }
      throw Self.error()
    }
    self.listener = listener
    port = UInt16(bigEndian: address.sin_port)
    let house = house
    Thread.detachNewThread {
      while true {
        let connection = accept(listener, nil, nil)
        if connection < 0, errno == EINTR || errno == ECONNABORTED { continue }
        guard connection >= 0 else { break }
        Thread.detachNewThread { Connection(connection, house).serve() }
      }
      close(listener)
    }
  }

  deinit {
    house.state.withLock { state in
      state.isClosed = true
      for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
    }
    // Wakes accept; its thread closes the socket.
    shutdown(listener, Int32(SHUT_RDWR))
  }

  /// The address of a path: `http://127.0.0.1:41234/feed.xml`.
  /// - Parameter host: another name of this machine, such as `localhost` or `127.0.0.2`.
  public func address(_ path: String = "/", host: String = "127.0.0.1") -> String {
    "http://\(host):\(port)\(path)"
  }

  /// How a path is treated from now on; what has no route is answered with 404.
  public func on(_ path: String, _ manner: Manner) { on(path) { _ in manner } }

  /// The manner depends on the request; a path's query is not part of the route.
  public func on(_ path: String, _ manner: @escaping @Sendable (Request) -> Manner) {
    house.state.withLock { $0.routes[path] = manner }
  }

  /// Every request so far, in the order they came.
  public var requests: [Request] { house.state.withLock(\.requests) }

  /// The requests of one path.
  public func requests(of path: String) -> [Request] { requests.filter { $0.path == path } }

  /// The most connections that were open at one time.
  public var mostAtOnce: Int { house.state.withLock(\.mostAtOnce) }

  private static func error() -> POSIXError { POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
}
