/// Why a request gets no page: a status, one sentence for the visitor, and what the answer has to say besides.
public struct WebProblem: Error, Sendable, Hashable, CustomStringConvertible {
  public var status: Int
  public var reason: String
  public var headers: WebHeaders

  public init(_ status: Int, _ reason: String, headers: WebHeaders = [:]) {
    (self.status, self.reason, self.headers) = (status, reason, headers)
  }

  public var description: String { "\(status) \(reason)" }

  /// 400: the request makes no sense.
  public static func badRequest(_ reason: String) -> WebProblem { WebProblem(400, reason) }
  /// 403: it makes sense, and is refused.
  public static func forbidden(_ reason: String) -> WebProblem { WebProblem(403, reason) }
  /// 404.
  public static func notFound(_ reason: String = "There is no such page.") -> WebProblem {
    WebProblem(404, reason)
  }
  /// 429, with the whole seconds after which another try makes sense (RFC 6585, 4).
  public static func tooMany(retryAfter seconds: Int) -> WebProblem {
    WebProblem(
      429, "Too many requests; try again in \(seconds) s.", headers: ["Retry-After": String(seconds)])
  }
}
