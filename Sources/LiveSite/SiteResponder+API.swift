import Foundation
import ReadAPI
import SenKernel
import Web

/// The reading API, below `/api/`: the same clock, conditions and compression as pages, in a memory of its own.
extension SiteResponder {
  func readAPI(_ request: WebRequest, _ now: Date) throws -> WebResponse {
    guard request.method == .get || request.method == .head else {
      throw WebProblem(405, "The API is for reading: GET and HEAD.", headers: ["Allow": "GET, HEAD"])
    }
    guard let address = APIAddress(path: request.path.text) else {
      throw WebProblem.notFound("The API has nothing here; \(APIAddress.root) tells what there is.")
    }
    // One form of each address, as with pages.
    if address.path != request.path.text { return apiMoved(to: address, request) }
    let state = try clock.look(at: now)
    let api = APIMaker(try makers.maker(of: state.era))
    switch try site.read({ try api.answer(address, request.query, $0, now: now) }) {
    case .moved(let address): return apiMoved(to: address, request)
    case .found(let found):
      let response = WebResponse(
        headers: Self.open(["Content-Type": "application/json", "Cache-Control": "no-cache"]),
        body: .bytes(WebBytes(found.bytes)))
      let ends = [state.stamp.until, found.trace.expiry, now.addingTimeInterval(Self.longest)]
      return try kept.store(
        response, for: Self.key(request), generation: state.generation, until: ends.compactMap { $0 }.min())
    }
  }

  /// What an answer of the API is kept under; a form of the address that is not looked up twice.
  static func key(_ request: WebRequest) -> String { "\(request.rawPath)?\(request.rawQuery)" }

  /// A problem as programs read it (RFC 9457).
  static func apiProblem(_ problem: WebProblem) -> WebResponse {
    var bytes: [UInt8] = []
    bytes += "{\"type\":\"about:blank\",\"title\":".utf8
    JSONWriter.appendText(titles[problem.status] ?? "Error", to: &bytes)
    bytes += ",\"status\":\(problem.status),\"detail\":".utf8
    JSONWriter.appendText(problem.reason, to: &bytes)
    bytes += "}\n".utf8
    var response = WebResponse(
      problem.status,
      headers: open(["Content-Type": "application/problem+json", "Cache-Control": "no-store"]),
      body: .bytes(WebBytes(bytes)))
    response.headers.fields += problem.headers.fields
    return response
  }

  /// What the statuses mean (RFC 9110, 15; RFC 6585).
  private static let titles = [
    400: "Bad Request", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 410: "Gone",
    413: "Content Too Large", 414: "URI Too Long", 429: "Too Many Requests", 500: "Internal Server Error",
    503: "Service Unavailable",
  ]

  private func apiMoved(to address: APIAddress, _ request: WebRequest) -> WebResponse {
    var response = moved(to: address.path, request)
    response.headers = Self.open(response.headers)
    return response
  }

  /// Pages of any origin may read it, for it is public and heeds no cookies; search engines are to show the pages.
  private static func open(_ headers: WebHeaders) -> WebHeaders {
    var headers = headers
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    headers["X-Robots-Tag"] = "noindex"
    return headers
  }
}
