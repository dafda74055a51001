import Foundation
import FoundationNetworking
import SenKernel

/// One request on its way, and what has come back so far.
final class Transfer: NSObject, URLSessionDataDelegate, Sendable {
  /// Browsers follow 20; more than a handful is a fault of the server's.
  private static let mostRedirects = 10

  private struct State {
    var body = Data()
    var redirects = 0
    var failure: String?
    var isCut = false
    var isComplete = false
  }

  /// Signalled when all is known; whoever waits then ends the session.
  let done = DispatchSemaphore(value: 0)
  private let request: FetchRequest
  private let state = Guarded(State())

  init(_ request: FetchRequest) { self.request = request }

  static func timedOut(_ request: FetchRequest) -> String { "timed out after \(Int(request.timeout)) s" }

  /// What came back, once it is complete.
  func response(_ response: URLResponse?) throws -> FetchResponse {
    let (body, isCut, failure) = state.withLock { ($0.body, $0.isCut, $0.failure) }
    if let failure { throw FetchFailure(failure, request.address) }
    guard let response = response as? HTTPURLResponse, response.statusCode >= 100 else {
      throw FetchFailure("gave no HTTP answer", request.address)
    }
    var headers: [String: String] = [:]
    for (name, value) in response.allHeaderFields { headers["\(name)".lowercased()] = "\(value)" }
    // RFC 9112, 8: a body shorter than its length is incomplete.
    if !isCut, request.method != "HEAD", ![204, 304].contains(response.statusCode),
      headers["content-encoding"] == nil, let length = headers["content-length"].flatMap({ Int($0) }),
      length > body.count
    {
      throw FetchFailure("broke off after \(body.count) of \(length) bytes", request.address)
    }
    return FetchResponse(
      status: response.statusCode, headers: headers, body: body,
      address: response.url?.absoluteString ?? request.address)
  }

  private func fail(_ reason: String) {
    state.withLock { state in
      guard state.failure == nil, !state.isComplete, !state.isCut else { return }
      state.failure = reason
      state.body = Data()
    }
  }

  func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    let isTooLarge = state.withLock { state in
      guard state.failure == nil, !state.isCut else { return false }
      let isTooLarge = state.body.count + data.count > request.mostBytes
      if !isTooLarge || request.cutsBody {
        state.body.append(data.prefix(request.mostBytes - state.body.count))
      }
      state.isCut = isTooLarge && request.cutsBody
      return isTooLarge
    }
    guard isTooLarge else { return }
    if !request.cutsBody { fail("is larger than \(request.mostBytes) bytes") }
    done.signal()
  }

  func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    guard self.request.followsRedirects else { return completionHandler(nil) }
    let redirects = state.withLock { state in
      state.redirects += 1
      // The body of the redirect is not the answer's.
      state.body = Data()
      return state.redirects
    }
    let place = response.value(forHTTPHeaderField: "Location") ?? ""
    if redirects > Self.mostRedirects {
      fail("redirects more than \(Self.mostRedirects) times")
    } else if let url = URL(string: place, relativeTo: response.url)?.absoluteURL,
      URLSessionFetcher.isWeb(url)
    {
      // FoundationNetworking makes a path of an address of another scheme.
      var request = request
      request.url = url
      return completionHandler(request)
    } else {
      fail("redirects to “\(place)”, which is no web address")
    }
    completionHandler(nil)
    done.signal()
  }

  func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
    if let error {
      switch (error as? URLError)?.code {
      case .timedOut: fail(Self.timedOut(request))
      // Foundation has no words for it; the libcurl of some of its builds knows no IPv6.
      case .badURL: fail("is an address that this computer's libcurl cannot ask")
      default: fail(error.localizedDescription)
      }
    }
    state.withLock { $0.isComplete = true }
    done.signal()
  }
}
