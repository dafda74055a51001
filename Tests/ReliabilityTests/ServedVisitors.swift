import ContentModel
import Foundation
import SenTesting
import Testing

/// `sen serve` in a process of its own, and visitors who read and vote as fast as they are answered.
final class ServedVisitors: Sendable {
  struct Counts {
    var votes = 0
    var pages = 0
    var longest = 0.0
    var failures: [String] = []
  }

  private struct Unchecked: @unchecked Sendable { let process: Process }
  private let server: Unchecked
  private let http: PlainHTTP
  private let counts = Guarded(Counts())
  private let isOver = Guarded(false)
  private let done = DispatchGroup()

  /// - Parameter poll: the slug of a poll that visitors vote in, each from an address of their own.
  init(_ sen: SenProgram, poll: String) throws {
    let process = try sen.beginProgram("serve --port 0 --behind-proxy --no-log", "serve")
    server = Unchecked(process: process)
    let end = Date(timeIntervalSinceNow: 60)
    var said = ""
    while !said.contains("/\n"), Date() < end, process.isRunning {
      Thread.sleep(forTimeInterval: 0.05)
      said = try sen.text("serve") + sen.text("serve.errors")
    }
    let port = said.firstMatch(of: /http:\/\/127\.0\.0\.1:(\d+)/).flatMap { Int($0.output.1) }
    http = PlainHTTP(port: try #require(port, "serve said: \(said)"))
    let bodies: [@Sendable (Int) -> Void] = [
      { self.vote(poll, $0) }, { _ in self.read("/poll/\(poll)/") }, { _ in self.read("/") },
    ]
    for body in bodies {
      done.enter()
      Thread { [self] in
        var number = 0
        while !isOver.withLock({ $0 }) {
          number += 1
          body(number)
        }
        done.leave()
      }.start()
    }
  }

  /// Lets the visitors go, and ends the server as systemd does.
  /// - Returns: what they did, and how the server ended.
  func stop() -> (Counts, status: Int32) {
    isOver.withLock { $0 = true }
    done.wait()
    server.process.terminate()
    server.process.waitUntilExit()
    return (counts.withLock { $0 }, server.process.terminationStatus)
  }

  private func vote(_ poll: String, _ number: Int) {
    guard let page = read("/poll/\(poll)/"),
      let token = page.firstMatch(
        of: /action="\/poll\/[^"]*\/vote">\s*<input type="hidden" name="token" value="([^"]*)"/)
    else { return counts.withLock { $0.failures.append("no form") } }
    let form = "token=\(token.output.1)&option=1"
    let answer = ask(
      "POST", "/poll/\(poll)/vote", form,
      from: "10.\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)")
    counts.withLock { counts in
      if answer?.status == 303, answer?.headers["location"]?.contains("/?done=") ?? false {
        counts.votes += 1
      } else {
        counts.failures.append("a vote: \(answer?.status ?? 0) \(answer?.body ?? "")")
      }
    }
  }

  @discardableResult
  private func read(_ path: String) -> String? {
    let start = Date()
    let answer = ask("GET", path, nil, from: "127.0.0.1")
    counts.withLock { counts in
      counts.pages += 1
      counts.longest = max(counts.longest, Date().timeIntervalSince(start))
      if answer?.status != 200 { counts.failures.append("\(path): \(answer?.status ?? 0)") }
    }
    return answer?.body
  }

  private func ask(_ method: String, _ path: String, _ form: String?, from address: String) -> PlainHTTP
    .Answer?
  {
    let headers = [
      "X-Forwarded-For": address, "Content-Type": "application/x-www-form-urlencoded",
      "Sec-Fetch-Site": "same-origin",
    ]
    do {
      return try http.ask(method, path, headers, body: form)
    } catch {
      counts.withLock { $0.failures.append("\(error)") }
      return nil
    }
  }
}
