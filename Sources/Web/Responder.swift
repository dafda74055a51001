/// Whatever answers requests: a site's pages. It knows no server, and a server knows nothing else of it.
public protocol Responder: Sendable {
  /// What is at hand without waiting for a disk, such as a page of a `ResponseCache`; nil for all else. It is asked on
  /// the thread that serves many connections, for GET and HEAD only, and has to return within microseconds.
  func ready(for request: WebRequest) -> KeptResponse?

  /// Why a request is not even read to its end; nil if it is. Unless a responder knows better, forms are taken from
  /// pages of the same origin only.
  func refusal(of request: WebRequest) -> WebProblem?

  /// The answer. It is asked on a thread that may wait for the disk, many at a time, and is plain synchronous code.
  /// - Throws: `WebProblem` to refuse; anything else is answered with 500 and told to the error log.
  func respond(to request: WebRequest) throws -> WebResponse

  /// The page of a problem, with the problem's status and headers.
  /// - Parameter request: nil if it was too broken to be read.
  func page(of problem: WebProblem, for request: WebRequest?) -> WebResponse
}

extension Responder {
  public func ready(for request: WebRequest) -> KeptResponse? { nil }
  public func refusal(of request: WebRequest) -> WebProblem? { RequestForgery.refusal(of: request) }

  public func page(of problem: WebProblem, for request: WebRequest?) -> WebResponse {
    var response = WebResponse.text(problem.reason + "\n", status: problem.status)
    response.headers.fields += problem.headers.fields
    response.headers["Cache-Control"] = "no-store"
    return response
  }
}
