import Foundation
import FoundationNetworking
import Synchronization
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
  private let origin: String
  private let counts = Mutex(Counts())
  private let isOver = Mutex(false)
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
    let address = said.firstMatch(of: /http:\/\/127\.0\.0\.1:\d+/)
    origin = String(try #require(address, "serve said: \(said)").output)
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
      "/poll/\(poll)/vote", form, from: "10.\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)")
    counts.withLock { counts in
      if answer?.address.hasSuffix("?done=vote") ?? false {
        counts.votes += 1
      } else {
        counts.failures.append("a vote led to \(answer?.address ?? "nothing"), \(answer?.status ?? 0)")
      }
    }
  }

  @discardableResult
  private func read(_ path: String) -> String? {
    let start = Date()
    let answer = ask(path, nil, from: "127.0.0.1")
    counts.withLock { counts in
      counts.pages += 1
      counts.longest = max(counts.longest, Date().timeIntervalSince(start))
      if answer?.status != 200 { counts.failures.append("\(path): \(answer?.status ?? 0)") }
    }
    return answer?.text
  }

  private func ask(_ path: String, _ form: String?, from address: String) -> (
    status: Int, address: String, text: String
  )? {
    guard let url = URL(string: origin + path) else { return nil }
    var request = URLRequest(url: url)
    request.timeoutInterval = 60
    request.httpShouldHandleCookies = false
    request.setValue(address, forHTTPHeaderField: "X-Forwarded-For")
    if let form {
      request.httpMethod = "POST"
      request.httpBody = Data(form.utf8)
      request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
      request.setValue("same-origin", forHTTPHeaderField: "Sec-Fetch-Site")
    }
    let answered = DispatchSemaphore(value: 0)
    nonisolated(unsafe) var result: (Int, String, String)?
    URLSession.shared.dataTask(with: request) { [self] data, response, error in
      if let error { counts.withLock { $0.failures.append("\(path): \(error)") } }
      if let response = response as? HTTPURLResponse {
        result = (
          response.statusCode, response.url?.absoluteString ?? "",
          String(decoding: data ?? Data(), as: UTF8.self)
        )
      }
      answered.signal()
    }.resume()
    answered.wait()
    return result
  }
}
