public import SenKernel

/// Another fetcher with less patience, for tests of servers that keep one waiting.
public struct ImpatientFetcher: Fetcher {
  private let fetcher: any Fetcher
  private let seconds: Double

  public init(_ fetcher: any Fetcher, seconds: Double = 1) {
    (self.fetcher, self.seconds) = (fetcher, seconds)
  }

  public func fetch(_ request: FetchRequest) throws -> FetchResponse {
    var request = request
    request.timeout = min(request.timeout, seconds)
    return try fetcher.fetch(request)
  }
}
