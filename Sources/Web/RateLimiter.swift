import Locks

/// How often one client may do something: a bucket of tokens that fills slowly. Addresses are not kept, only their
/// hashes under a salt of this process, and no more than `capacity` of them.
public final class RateLimiter: Sendable {
  private struct Bucket {
    var tokens: Double
    var time: Double
  }

  /// Two halves: what is used moves into the young one, and when that is full, the old one is forgotten. So the least
  /// used go first, at the price of two look-ups.
  private struct State {
    var young: [Int: Bucket] = [:]
    var old: [Int: Bucket] = [:]
  }

  private let burst: Double
  private let perSecond: Double
  private let half: Int
  private let salt = UInt64.random(in: .min ... .max)
  private let state = Guarded(State())

  /// - Parameters:
  ///   - burst: as many at once.
  ///   - perSecond: as many in the long run.
  ///   - capacity: clients that are remembered.
  public init(burst: Int, perSecond: Double, capacity: Int = 20_000) {
    (self.burst, self.perSecond, half) = (Double(max(1, burst)), max(perSecond, 1e-6), max(1, capacity / 2))
  }

  /// Takes a token.
  /// - Parameters:
  ///   - address: of the client; of IPv6 the first 64 bits count, which is what one household has.
  ///   - now: seconds of a clock that never goes back.
  /// - Returns: nil if there was one, else the whole seconds until there is.
  public func wait(for address: String, now: Double) -> Int? {
    var hasher = Hasher()
    hasher.combine(salt)
    hasher.combine(ClientAddress.household(address))
    let key = hasher.finalize()
    return state.withLock { state in
      var bucket = state.young[key] ?? state.old[key] ?? Bucket(tokens: burst, time: now)
      bucket.tokens = min(burst, bucket.tokens + max(0, now - bucket.time) * perSecond)
      bucket.time = max(now, bucket.time)
      let isGranted = bucket.tokens >= 1
      let wait = isGranted ? nil : Int(min(((1 - bucket.tokens) / perSecond).rounded(.up), 86400))
      if isGranted { bucket.tokens -= 1 }
      if state.young[key] == nil, state.young.count >= half {
        state.old = state.young
        state.young = [:]
      }
      state.young[key] = bucket
      return wait
    }
  }

  /// Clients that are remembered.
  public var count: Int { state.withLock { Set($0.young.keys).union($0.old.keys).count } }
}
