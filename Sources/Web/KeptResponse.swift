import Locks

/// An answer that is kept ready. It never changes, so that its head is written once for each way it is asked for.
public final class KeptResponse: Sendable {
  /// What a head depends on, apart from the time and the connection.
  public struct Form: Sendable, Hashable {
    /// Whether the client takes gzip.
    public var isCompressed: Bool
    /// Whether the client came by https.
    public var isSecure: Bool

    public init(isCompressed: Bool, isSecure: Bool) {
      (self.isCompressed, self.isSecure) = (isCompressed, isSecure)
    }
  }

  public let response: WebResponse
  /// See `WebResponse.mayBeCompressed`.
  public let mayBeCompressed: Bool
  private let heads = Guarded<[Form: [UInt8]]>([:])

  public init(_ response: WebResponse) {
    self.response = response
    mayBeCompressed = response.mayBeCompressed
  }

  /// The bytes of a head, kept from the first time that they are asked for.
  public func head(_ form: Form, make: () throws -> [UInt8]) rethrows -> [UInt8] {
    try heads.withLock { heads in
      if let head = heads[form] { return head }
      let head = try make()
      heads[form] = head
      return head
    }
  }
}
