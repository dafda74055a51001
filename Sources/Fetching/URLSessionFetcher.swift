public import Foundation
public import FoundationNetworking
public import SenKernel
import Synchronization

/// The one HTTP client of the program, on URLSession.
public final class URLSessionFetcher: NSObject, Fetcher, URLSessionDataDelegate, Sendable {
  /// One request on its way.
  private final class Transfer: Sendable {
    struct State {
      var body = Data()
      var failure: String?
    }
    let request: FetchRequest
    let state = Mutex(State())
    let done = DispatchSemaphore(value: 0)
    init(_ request: FetchRequest) { self.request = request }
  }

  private let transfers = Mutex<[Int: Transfer]>([:])

  public override init() { super.init() }

  public func fetch(_ request: FetchRequest) throws -> FetchResponse {
    guard let url = URL(string: request.address), ["http", "https"].contains(url.scheme?.lowercased()) else {
      throw FetchFailure("is no web address", request.address)
    }
    let configuration = URLSessionConfiguration.ephemeral
    configuration.timeoutIntervalForRequest = request.timeout
    configuration.timeoutIntervalForResource = request.timeout
    configuration.urlCache = nil
    configuration.httpShouldSetCookies = false
    let session = URLSession(configuration: configuration, delegate: self, delegateQueue: nil)
    defer { session.invalidateAndCancel() }
    var wanted = URLRequest(url: url, timeoutInterval: request.timeout)
    wanted.httpMethod = request.method
    wanted.setValue("Sen/0.1 (+https://example.org/sen)", forHTTPHeaderField: "User-Agent")
    for (name, value) in request.headers { wanted.setValue(value, forHTTPHeaderField: name) }
    let transfer = Transfer(request)
    let task = session.dataTask(with: wanted)
    transfers.withLock { $0[ObjectIdentifier(task).hashValue] = transfer }
    defer { transfers.withLock { $0[ObjectIdentifier(task).hashValue] = nil } }
    task.resume()
    // The session's own limit does not bound a server that sends a byte now and then.
    guard transfer.done.wait(timeout: .now() + request.timeout + 0.5) == .success else {
      task.cancel()
      throw FetchFailure("timed out after \(Int(request.timeout)) s", request.address)
    }
    let state = transfer.state.withLock { $0 }
    if let failure = state.failure { throw FetchFailure(failure, request.address) }
    guard let response = task.response as? HTTPURLResponse else {
      throw FetchFailure("gave no HTTP answer", request.address)
    }
    var headers: [String: String] = [:]
    for (name, value) in response.allHeaderFields { headers["\(name)".lowercased()] = "\(value)" }
    if request.method != "HEAD", headers["content-encoding"] == nil,
      let length = headers["content-length"].flatMap({ Int($0) }), length != state.body.count
    {
      throw FetchFailure("broke off after \(state.body.count) of \(length) bytes", request.address)
    }
    return FetchResponse(
      status: response.statusCode, headers: headers, body: state.body,
      address: response.url?.absoluteString ?? request.address)
  }

  private func transfer(_ task: URLSessionTask) -> Transfer? {
    transfers.withLock { $0[ObjectIdentifier(task).hashValue] }
  }

  public func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
    guard let transfer = transfer(dataTask) else { return }
    let isTooLarge = transfer.state.withLock { state in
      state.body.append(data)
      guard state.body.count > transfer.request.mostBytes else { return false }
      state.failure = "is larger than \(transfer.request.mostBytes) bytes"
      return true
    }
    if isTooLarge { dataTask.cancel() }
  }

  public func urlSession(
    _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
    newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
  ) {
    completionHandler(transfer(task)?.request.followsRedirects == false ? nil : request)
  }

  public func urlSession(
    _ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?
  ) {
    guard let transfer = transfer(task) else { return }
    if let error {
      transfer.state.withLock { state in
        let isTimeout = (error as? URLError)?.code == .timedOut
        let reason =
          isTimeout ? "timed out after \(Int(transfer.request.timeout)) s" : error.localizedDescription
        if state.failure == nil { state.failure = reason }
      }
    }
    transfer.done.signal()
  }
}
