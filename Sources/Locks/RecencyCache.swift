/// Values that were asked for lately, up to a limit of what they weigh together.
///
/// They lie in two heaps: what was asked for since the last time that half of the room was full, and what was asked for in
/// the time before that; the rest is forgotten.
public struct RecencyCache<Key: Hashable & Sendable, Value: Sendable>: Sendable {
  private var young: [Key: Value] = [:]
  private var old: [Key: Value] = [:]
  /// Of what is young.
  private var weight = 0
  private let limit: Int
  private let weigh: @Sendable (Key, Value) -> Int

  /// - Parameters:
  ///   - limit: what all values weigh at most.
  ///   - weigh: what one weighs, in bytes or in whatever the limit is; each weighs the same if it is left out.
  public init(limit: Int, weigh: @escaping @Sendable (Key, Value) -> Int = { _, _ in 1 }) {
    (self.limit, self.weigh) = (limit, weigh)
  }

  public subscript(key: Key) -> Value? {
    mutating get {
      if let value = young[key] { return value }
      guard let value = old[key] else { return nil }
      keep(value, key)
      return value
    }
  }

  /// Keeps a value in the place of an earlier one; not if it would take the room of all others.
  public mutating func keep(_ value: Value, _ key: Key) {
    let size = weigh(key, value)
    guard size <= limit / 8 else { return }
    if let before = young[key] { weight -= weigh(key, before) }
    if weight + size > limit / 2 { (old, young, weight) = (young, [:], 0) }
    young[key] = value
    weight += size
  }
}
