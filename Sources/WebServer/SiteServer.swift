import Dispatch
import Foundation
import Glibc
import HummingbirdCore
import Locks
import NIOCore
import NIOExtras
import NIOPosix
public import Web

/// Serves a responder over HTTP/1.1.
///
/// ```swift
/// var options = ServerOptions(.port(host: "127.0.0.1", port: 8080))
/// options.accessLog = { lines in … }
/// try SiteServer(site, options).run { places in print("listening at \(places)") }
/// ```
public final class SiteServer: Sendable {
  /// The server was started before.
  public struct AlreadyStarted: Error {}

  private typealias Listener = (channel: any Channel, quiescing: ServerQuiescingHelper)

  private final class Running: Sendable {
    let group: MultiThreadedEventLoopGroup
    let threads: WaitingThreads
    let open = OpenConnections()
    let listeners = Guarded<[Listener]>([])

    init(loops: Int, makers: Int, writers: Int) {
      group = MultiThreadedEventLoopGroup(numberOfThreads: loops)
      threads = WaitingThreads(makers: makers, writers: writers)
    }
  }
  private enum State {
    case new
    case running(Running)
    case stopped
  }

  private let answerer: Answerer
  private let state = Guarded(State.new)

  public init(_ responder: any Responder, _ options: ServerOptions) {
    answerer = Answerer(responder, options)
  }

  /// Serves until SIGTERM or SIGINT: then requests under way are finished. A second signal ends the process at once.
  /// - Parameter started: told when clients can come, and where: `http://127.0.0.1:8080/`, `http://[::1]:8080/`,
  ///   `unix:/run/sen.sock`.
  /// - Throws: `NoPlace` if nobody can be let in, such as when the port is taken.
  public func run(started: ([String]) -> Void) throws {
    let signals = StopSignals()
    _ = try start()
    started(places)
    signals.wait()
    stop()
  }

  /// Why nobody can be let in at the place that was named.
  public struct NoPlace: Error {
    /// As the system says it: `Address already in use`.
    public let reason: String
    /// Whether somebody else is there.
    public let isTaken: Bool
  }

  /// Lets clients in, and returns.
  /// - Returns: the port of each place, as many as there are sockets; 0 for a socket without one.
  /// - Throws: `NoPlace` if nobody can be let in, such as when the port is taken.
  public func start() throws -> [Int] {
    let options = answerer.options
    let isNew = state.withLock { state in
      guard case .new = state else { return false }
      state = .stopped
      return true
    }
    guard isNew else { throw AlreadyStarted() }
    // A client that hangs up is an error of a write, not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    let loops = options.loops > 0 ? options.loops : max(1, System.coreCount)
    let makers = options.makers > 0 ? options.makers : System.coreCount + 1
    let running = Running(loops: loops, makers: makers, writers: max(1, options.writers))
    running.threads.start()
    do {
      switch options.place {
      case .port(let host, let port):
        try listen(running) { try $0.bind(host: host, port: port).wait() }
      case .sockets(let sockets):
        for socket in sockets { try listen(running) { try $0.withBoundSocket(socket).wait() } }
      }
    } catch {
      close(running)
      switch error {
      case let error as IOError:
        throw NoPlace(
          reason: String(cString: strerror(error.errnoCode)), isTaken: error.errnoCode == EADDRINUSE)
      case is SocketAddressError, is SocketAddressError.UnknownHost:
        throw NoPlace(reason: "There is no such host", isTaken: false)
      default: throw error
      }
    }
    let ports = running.listeners.withLock { $0.map { $0.channel.localAddress?.port ?? 0 } }
    state.withLock { $0 = .running(running) }
    return ports
  }

  /// Lets nobody in any more, waits for requests under way as long as the limits say, then cuts them off.
  public func stop() {
    let running = state.withLock { state -> Running? in
      guard case .running(let running) = state else { return nil }
      state = .stopped
      return running
    }
    guard let running else { return }
    let all = DispatchGroup()
    for (channel, quiescing) in running.listeners.withLock({ $0 }) {
      all.enter()
      let done = channel.eventLoop.makePromise(of: Void.self)
      done.futureResult.whenComplete { _ in all.leave() }
      quiescing.initiateShutdown(promise: done)
    }
    if all.wait(timeout: .now() + answerer.options.limits.stopTime) == .timedOut {
      answerer.options.errorLog("stopped with requests under way: they took too long")
    }
    close(running)
  }

  /// Where clients are let in.
  var places: [String] {
    guard case .running(let running) = state.withLock({ $0 }) else { return [] }
    return running.listeners.withLock { $0.map { Self.place(of: $0.channel.localAddress) } }
  }

  private static func place(of address: SocketAddress?) -> String {
    if let host = address?.ipAddress, let port = address?.port {
      return "http://\(host.contains(":") ? "[\(host)]" : host):\(port)/"
    }
    return "unix:\(address?.pathname ?? "")"
  }

  private func listen(_ running: Running, _ bind: (ServerBootstrap) throws -> any Channel) throws {
    let quiescing = ServerQuiescingHelper(group: running.group)
    let setup = ConnectionSetup(answerer, running.threads, running.open)
    let connections = answerer.options.limits.connections
    let bootstrap = ServerBootstrap(group: running.group)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .serverChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHandler(
            AvailableConnectionsChannelHandler(maxConnections: connections))
          try channel.pipeline.syncOperations.addHandler(quiescing.makeServerChannelHandler(channel: channel))
        }
      }
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelInitializer(setup.furnish)
    let channel = try bind(bootstrap)
    running.listeners.withLock { $0.append((channel, quiescing)) }
  }

  private func close(_ running: Running) {
    // They speak to the threads once more when they go.
    running.listeners.withLock { $0.removeAll() }
    running.open.cut()
    // A page that takes for ever keeps its task and its thread; they end with the process.
    if running.open.areOver(within: 1) {
      do {
        try running.group.syncShutdownGracefully()
      } catch {
        answerer.options.errorLog("the server's threads did not end: \(error)")
      }
    }
    running.threads.stop()
    answerer.log?.flush()
  }
}
