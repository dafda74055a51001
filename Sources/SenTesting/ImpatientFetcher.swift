public import SenKernel

/// Another fetcher with less patience, for tests of servers that keep one waiting or never end.
public struct ImpatientFetcher: Fetcher {
  private let fetcher: any Fetcher
  private let seconds: Double
  private let mostBytes: Int

  public init(_ fetcher: any Fetcher, seconds: Double = 2, mostBytes: Int = 256 << 10) {
    (self.fetcher, self.seconds, self.mostBytes) = (fetcher, seconds, mostBytes)
  }

  public func fetch(_ request: FetchRequest) throws -> FetchResponse {
    var request = request
    request.timeout = min(request.timeout, seconds)
    request.mostBytes = min(request.mostBytes, mostBytes)
    return try fetcher.fetch(request)
  }
}
