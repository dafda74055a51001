import Synchronization

public import struct Foundation.Date

/// Answers that are ready to be sent, the most used of them, up to a number of bytes. What was made of an older state
/// of the site is not served: each answer belongs to a generation, a number that grows with every change.
///
/// ```swift
/// func ready(for request: WebRequest) -> KeptResponse? {
///   cache.response(for: request.rawPath, generation: site.generation(), now: Date())
/// }
/// ```
public final class ResponseCache: Sendable {
  /// Several locks, so that threads seldom wait for each other.
  private let shards: [CacheShard]

  /// - Parameter limit: bytes of all answers together, compressed forms and keys included.
  public init(limit: Int = 64 << 20, shards: Int = 8) {
    let count = max(1, shards)
    self.shards = (0..<count).map { _ in CacheShard(limit: max(1, limit / count)) }
  }

  /// The answer kept for a key, if it is of this generation or a newer one, and not over.
  public func response(for key: String, generation: Int64, now: Date) -> KeptResponse? {
    shard(key).response(for: key, generation, now)
  }

  /// Keeps an answer, tagged, and returns it so. Only bytes are kept, and nothing that takes a quarter of a shard; one of
  /// a newer generation stays.
  /// - Parameter end: when the clock alone makes it old, such as the time that the next item is published; nil for
  ///   never.
  /// - Throws: `Digest.Unavailable`.
  @discardableResult
  public func store(_ response: WebResponse, for key: String, generation: Int64, until end: Date? = nil)
    throws
    -> WebResponse
  {
    let tagged = try response.tagged()
    guard case .bytes(let bytes) = tagged.body else { return tagged }
    // Room for the compressed form, which may come later: text takes less than half of it.
    let compressed = response.mayBeCompressed ? bytes.plain.count / 2 : 0
    shard(key).store(
      KeptResponse(tagged), for: key, generation, end, bytes.plain.count + compressed + key.utf8.count + 512)
    return tagged
  }

  /// Forgets everything.
  public func removeAll() { for shard in shards { shard.removeAll() } }

  /// Bytes that are kept.
  public var bytes: Int { shards.reduce(0) { $0 + $1.bytes } }

  /// Answers that are kept.
  public var count: Int { shards.reduce(0) { $0 + $1.count } }

  private func shard(_ key: String) -> CacheShard {
    shards[Int(UInt(bitPattern: key.hashValue) % UInt(shards.count))]
  }
}
