import Foundation
import Web

/// What all connections share: the responder, and what the server itself has to say.
struct Answerer: Sendable {
  let responder: any Responder
  let options: ServerOptions
  let reader: RequestReader
  let log: AccessLog?
  private let maker = ReplyMaker()

  init(_ responder: any Responder, _ options: ServerOptions) {
    (self.responder, self.options) = (responder, options)
    reader = RequestReader(
      isBehindProxy: options.isBehindProxy, hosts: options.hosts, limits: options.limits)
    log = options.accessLog.map(AccessLog.init)
  }

  /// What a request has to pass before its body is read.
  /// - Returns: why it is refused once its body has been read; nil if it is not.
  func admit(_ request: WebRequest) throws(WebProblem) -> WebProblem? {
    if case .other = request.method {
      throw WebProblem(405, "This is not done here.", headers: ["Allow": Self.allowed])
    }
    if let refusal = responder.refusal(of: request) { throw refusal }
    if let length = request.headers["Content-Length"].flatMap({ Int($0) }), length > options.limits.body {
      throw tooLarge
    }
    var late: WebProblem?
    for rule in options.rates {
      guard let excess = rule.excess(of: request) else { continue }
      guard excess.isRead else { throw excess.problem }
      late = excess.problem
    }
    return late
  }

  /// What is said of a body that is larger than it may be.
  var tooLarge: WebProblem {
    WebProblem(413, "What was sent is larger than \(options.limits.body) bytes.")
  }

  /// A reply that is at hand.
  enum Ready {
    case written(WrittenReply)
    case reply(Reply)
  }

  /// The reply that is at hand; nil if the request has to wait for a disk.
  func ready(for request: WebRequest) -> Ready? {
    guard request.method == .get || request.method == .head, request.path.text != Self.healthPath,
      let kept = responder.ready(for: request), case .bytes(let bytes) = kept.response.body,
      // Large ones are better written bit by bit.
      bytes.plain.count <= 256 << 10
    else { return nil }
    do {
      if let written = try maker.written(kept, bytes, for: request) { return .written(written) }
      return .reply(try maker.reply(kept.response, to: request))
    } catch {
      return .reply(failure(error, request))
    }
  }

  /// The field `Date` as it goes over the wire.
  func dateLine() -> [UInt8] { maker.date.line() }

  /// The reply, whatever happens.
  /// - Parameter late: why the request is refused now that it was read.
  func answer(_ request: WebRequest, _ late: WebProblem? = nil) -> Reply {
    var request = request
    do {
      if request.method == .options {
        return try maker.reply(WebResponse(204, headers: ["Allow": Self.allowed]), to: request)
      }
      if request.path.text == Self.healthPath { return try maker.reply(health(), to: request) }
      if Self.isForm(request) { request.form = try FormData(parsing: request.body) }
      if let late { throw late }
      return try maker.reply(try responder.respond(to: request), to: request)
    } catch let problem as WebProblem {
      return refusal(problem, request)
    } catch {
      return failure(error, request)
    }
  }

  /// The reply of a refusal.
  /// - Parameter request: nil if it could not be read.
  func refusal(_ problem: WebProblem, _ request: WebRequest?) -> Reply {
    do {
      let asked = try request ?? WebRequest(.get, "/")
      return try maker.reply(responder.page(of: problem, for: request), to: asked)
    } catch {
      options.errorLog("the page of \(problem.status) failed: \(error)")
      return Reply(status: problem.status, headers: [("Content-Length", "0")], body: .none)
    }
  }

  private func failure(_ error: any Error, _ request: WebRequest) -> Reply {
    options.errorLog("\(request.method.word) \(LogTarget.masked(request.rawPath)): \(error)")
    return refusal(WebProblem(500, "Something went wrong here; it has been noted."), request)
  }

  private func health() -> WebResponse {
    var response =
      switch options.health() {
      case .good: WebResponse.text("ok\n")
      case .bad(let reason): WebResponse.text(reason + "\n", status: 503)
      }
    response.headers["Cache-Control"] = "no-store"
    return response
  }

  private static let healthPath = "/-/health"
  private static let allowed = "GET, HEAD, POST, OPTIONS"

  private static func isForm(_ request: WebRequest) -> Bool {
    let type = request.headers["Content-Type"]?.prefix { $0 != ";" }.lowercased() ?? ""
    return request.method == .post && type.filter { $0 != " " } == "application/x-www-form-urlencoded"
  }
}
