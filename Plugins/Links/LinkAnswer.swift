import Foundation
import SenKernel

/// What came of asking a link's address.
struct LinkAnswer: Sendable, Hashable {
  /// Of the last address; nil where none answered.
  var status: Int?
  /// Where it led in the end.
  var finalAddress: String
  /// Whether every step on the way there was permanent.
  var isPermanent = true
  /// Why there is no answer.
  var failure: String?

  /// Statuses of servers that let people in, perhaps, but no program; nobody can tell from here.
  private static let closed: Set<Int> = [401, 403, 407, 429]

  var isBroken: Bool { failure != nil || (status ?? 0) >= 400 && !Self.closed.contains(status ?? 0) }

  /// In words; empty where there is nothing to tell.
  func note(on address: String) -> String {
    var notes: [String] = []
    if finalAddress != Self.bare(address) {
      notes.append("\(isPermanent ? "moved for good to" : "leads to") \(finalAddress)")
    }
    if let failure {
      notes.append(failure)
    } else if let status, status >= 400 {
      switch status {
      case 404: notes.append("not found")
      case 410: notes.append("gone for good")
      case _ where Self.closed.contains(status): notes.append("lets no program look; look yourself")
      case 500...: notes.append("the server fails")
      default: notes.append("refused")
      }
    }
    return notes.joined(separator: "; ")
  }

  /// Asks an address and follows where it leads, within three times the timeout.
  static func ask(_ address: String, _ fetcher: any Fetcher, timeout: Double) -> LinkAnswer {
    let end = ProcessInfo.processInfo.systemUptime + 3 * timeout
    var answer = LinkAnswer(finalAddress: bare(address))
    var seen: Set<String> = []
    do {
      while seen.insert(answer.finalAddress).inserted {
        guard seen.count <= 10 else { throw FetchFailure("redirects more than 10 times", address) }
        let response = try look(at: answer.finalAddress, fetcher, timeout, end)
        answer.status = response.status
        guard [301, 302, 303, 307, 308].contains(response.status) else { return answer }
        guard let place = response.headers["location"] else {
          throw FetchFailure("redirects, but does not say where", address)
        }
        guard let next = URL(string: place, relativeTo: URL(string: answer.finalAddress))?.absoluteString,
          let readable = try? LinkAddress(next).text
        else { throw FetchFailure("redirects to “\(place)”, which is no web address", address) }
        answer.isPermanent = answer.isPermanent && [301, 308].contains(response.status)
        answer.finalAddress = bare(readable)
      }
      throw FetchFailure("redirects in a circle", address)
    } catch {
      answer.failure = (error as? FetchFailure)?.reason ?? "\(error)"
      answer.status = nil
      return answer
    }
  }

  /// Asks for the head; for the whole where a server answers that with anything bad, as some do to every HEAD.
  private static func look(
    at address: String, _ fetcher: any Fetcher, _ timeout: Double, _ end: Double
  ) throws -> FetchResponse {
    var request = FetchRequest(address)
    request.followsRedirects = false
    request.mostBytes = 1 << 16
    request.cutsBody = true
    func ask(_ method: String) throws -> FetchResponse {
      let left = end - ProcessInfo.processInfo.systemUptime
      guard left > 0 else { throw FetchFailure("took longer than \(Int(3 * timeout)) s", address) }
      request.timeout = min(timeout, left)
      request.method = method
      return try fetcher.fetch(request)
    }
    let started = ProcessInfo.processInfo.systemUptime
    do {
      let response = try ask("HEAD")
      if response.status < 400 || response.status == 429 { return response }
    } catch let failure as FetchFailure {
      // Who kept silent once would do so again; a timer may be a little early.
      guard ProcessInfo.processInfo.systemUptime - started < 0.9 * timeout else { throw failure }
    }
    return try ask("GET")
  }

  /// Without the fragment, which servers never see.
  private static func bare(_ address: String) -> String { String(address.prefix { $0 != "#" }) }
}
