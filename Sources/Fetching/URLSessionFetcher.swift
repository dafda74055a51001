import Foundation
import FoundationNetworking
public import SenKernel

/// The one HTTP client of the program, on URLSession.
public struct URLSessionFetcher: Fetcher {
  public init() {}

  public func fetch(_ request: FetchRequest) throws -> FetchResponse {
    guard let url = URL(string: request.address), Self.isWeb(url) else {
      throw FetchFailure("is no web address", request.address)
    }
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = request.timeout
    configuration.timeoutIntervalForResource = request.timeout
    configuration.urlCache = nil
    configuration.httpCookieStorage = nil
    configuration.httpShouldSetCookies = false
    let (transfer, deliveries) = (Transfer(request), Deliveries())
    let session = URLSession(configuration: configuration, delegate: transfer, delegateQueue: deliveries)
    var wanted = URLRequest(url: url, timeoutInterval: request.timeout)
    wanted.httpMethod = request.method
    wanted.setValue("Sen/0.1 (+https://example.org/sen)", forHTTPHeaderField: "User-Agent")
    for (name, value) in request.headers { wanted.setValue(value, forHTTPHeaderField: name) }
    let task = session.dataTask(with: wanted)
    defer {
      deliveries.end()
      // Ending a session waits until a server that sends faster than anyone reads pauses for once (libcurl's
      // timers leave no room between the pieces); the caller has waited enough. `invalidateAndCancel` would look
      // through the session's tasks without its lock, and crash where the one there is ends in that moment.
      Thread.detachNewThread {
        task.cancel()
        session.finishTasksAndInvalidate()
      }
    }
    task.resume()
    // The session's own limit does not bound a server that sends a byte now and then.
    guard transfer.done.wait(timeout: .now() + request.timeout + 0.5) == .success else {
      throw FetchFailure(Transfer.timedOut(request), request.address)
    }
    return try transfer.response(task.response)
  }

  static func isWeb(_ url: URL) -> Bool {
    ["http", "https"].contains(url.scheme?.lowercased()) && url.host?.isEmpty == false
  }
}
