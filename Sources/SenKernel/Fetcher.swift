public import Foundation

/// The network as plugins see it: one address fetched, in the calling thread. A value that is passed in, so that
/// tests and sites choose it.
public protocol Fetcher: Sendable {
  /// - Throws: `FetchFailure`; a status such as 404 is an answer, no failure.
  func fetch(_ request: FetchRequest) throws -> FetchResponse
}

/// What is asked of the network.
public struct FetchRequest: Sendable {
  public var address: String
  public var method = "GET"
  public var headers: [String: String] = [:]
  /// Seconds for the whole of it.
  public var timeout = 10.0
  /// The largest body that is taken, in bytes.
  public var mostBytes = 4 << 20
  /// Whether a larger body is cut there; if not, it is a failure.
  public var cutsBody = false
  /// Whether redirects are followed; if not, they are answers.
  public var followsRedirects = true

  public init(_ address: String) { self.address = address }
}

/// What came back.
public struct FetchResponse: Sendable {
  public let status: Int
  /// Names in lower case.
  public let headers: [String: String]
  public let body: Data
  /// The address in the end, after redirects.
  public let address: String

  public init(status: Int, headers: [String: String], body: Data, address: String) {
    (self.status, self.headers, self.body, self.address) = (status, headers, body, address)
  }
}

/// Nothing usable came back.
public struct FetchFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// What went wrong, for people: `timed out after 10 s`.
  public let reason: String
  public let address: String

  public init(_ reason: String, _ address: String) { (self.reason, self.address) = (reason, address) }
  public var description: String { "\(address): \(reason)" }
}

/// A fetcher for sites that have no network: every request fails.
public struct NoNetwork: Fetcher {
  public init() {}
  public func fetch(_ request: FetchRequest) throws -> FetchResponse {
    throw FetchFailure("there is no network here", request.address)
  }
}
