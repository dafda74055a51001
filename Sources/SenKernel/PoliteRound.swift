import ContentModel
import Foundation

/// Many web addresses asked at once, without troubling any server: a few at a time, fewer of one server, and a
/// pause between the questions to it.
public struct PoliteRound: Sendable {
  /// So many at once.
  public var atOnce = 8
  /// So many of one host and port at once.
  public var perServer = 2
  /// Seconds from one question to a server until the next.
  public var pause = 0.25

  public init() {}

  /// Asks all of them, each in a thread of its own.
  /// - Parameters:
  ///   - ask: asks one; it has to end by itself, by timeouts of its own.
  ///   - isStopped: looked at ten times a second; what is on its way then is left behind.
  ///   - done: gets the answers as they come, by the place of the address, in the calling thread.
  /// - Returns: whether all were asked.
  @discardableResult
  public func run<Answer: Sendable>(
    _ addresses: [String], ask: @escaping @Sendable (String) -> Answer, isStopped: () -> Bool,
    done: (Int, Answer) throws -> Void
  ) rethrows -> Bool {
    var servers: [String: Server] = [:]
    for (place, address) in addresses.enumerated().reversed() {
      servers[Self.server(of: address), default: Server()].waiting.append(place)
    }
    let inbox = Inbox<Answer>()
    var (running, left) = (0, addresses.count)
    while left > 0 {
      guard !isStopped() else { return false }
      let now = ProcessInfo.processInfo.systemUptime
      for (name, server) in servers where running < atOnce {
        guard server.running < perServer, server.next <= now, let place = server.waiting.last else {
          continue
        }
        servers[name]?.waiting.removeLast()
        servers[name]?.running += 1
        servers[name]?.next = now + pause
        running += 1
        let address = addresses[place]
        Thread.detachNewThread { inbox.put(place, name, ask(address)) }
      }
      // A pause may end earlier than an answer comes.
      for (place, name, answer) in inbox.take(within: min(0.1, max(pause, 0.01))) {
        running -= 1
        left -= 1
        servers[name]?.running -= 1
        if servers[name]?.waiting.isEmpty == true, servers[name]?.running == 0 { servers[name] = nil }
        try done(place, answer)
      }
    }
    return true
  }

  private static func server(of address: String) -> String {
    guard let url = URL(string: address) else { return "" }
    return "\(url.host?.lowercased() ?? ""):\(url.port ?? (url.scheme?.lowercased() == "http" ? 80 : 443))"
  }

  /// What is to be asked of one host and port.
  private struct Server {
    /// Places of addresses, the next one last.
    var waiting: [Int] = []
    var running = 0
    var next = 0.0
  }

  /// Answers on their way from the threads.
  private final class Inbox<Answer: Sendable>: Sendable {
    private let answers = Guarded<[(place: Int, server: String, answer: Answer)]>([])
    private let arrived = DispatchSemaphore(value: 0)

    func put(_ place: Int, _ server: String, _ answer: Answer) {
      answers.withLock { $0.append((place, server, answer)) }
      arrived.signal()
    }

    /// All that have come; waits for one at most so many seconds.
    func take(within seconds: Double) -> [(place: Int, server: String, answer: Answer)] {
      _ = arrived.wait(timeout: .now() + seconds)
      return answers.withLock { answers in
        defer { answers = [] }
        return answers
      }
    }
  }
}
