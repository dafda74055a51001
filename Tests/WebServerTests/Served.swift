import Foundation
import Synchronization
import Testing
import Web

@testable import WebServer

/// A server on a free port of 127.0.0.1, stopped with the value.
final class Served: Sendable {
  /// Pages by closures.
  struct Pages: Responder {
    var ready: @Sendable (WebRequest) -> KeptResponse? = { _ in nil }
    var respond: @Sendable (WebRequest) throws -> WebResponse

    func ready(for request: WebRequest) -> KeptResponse? { ready(request) }
    func respond(to request: WebRequest) throws -> WebResponse { try respond(request) }
  }

  let server: SiteServer
  let port: Int
  let errors: Lines

  /// What a log was told.
  final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
  }

  /// Says hello.
  convenience init(_ change: (inout ServerOptions) -> Void = { _ in }) throws {
    try self.init(change, ready: { _ in nil }, respond: { _ in .text("hello\n") })
  }

  init(
    _ change: (inout ServerOptions) -> Void = { _ in },
    ready: @escaping @Sendable (WebRequest) -> KeptResponse? = { _ in nil },
    respond: @escaping @Sendable (WebRequest) throws -> WebResponse
  ) throws {
    var options = ServerOptions(.port(host: "127.0.0.1", port: 0))
    let lines = Lines()
    options.rates = []
    options.errorLog = { lines.add($0) }
    change(&options)
    errors = lines
    server = SiteServer(Pages(ready: ready, respond: respond), options)
    port = try #require(try server.start().first)
  }

  deinit { server.stop() }

  /// Sends bytes on a connection of their own and reads one answer.
  func say(_ text: String) throws -> Answer { try RawClient(port).ask(text) }

  func get(_ target: String, _ headers: String..., method: String = "GET") throws -> Answer {
    try RawClient(port).ask(
      "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\n\(headers.map { $0 + "\r\n" }.joined())\r\n",
      isHead: method == "HEAD")
  }

  func post(_ target: String, _ body: String, _ headers: String...) throws -> Answer {
    try RawClient(port).ask(
      "POST \(target) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        + "Content-Length: \(body.utf8.count)\r\n\(headers.map { $0 + "\r\n" }.joined())\r\n\(body)")
  }
}
