public import Foundation

/// Makes uids that sort in the order in which they were made, also within a millisecond (RFC 9562, section 6.2,
/// method 2).
public final class UIDSequence: Sendable {
  private let last = Guarded("")

  public init() {}

  /// A new uid; of another millisecond than the last one, it is random anew.
  public func next(at date: Date) -> String {
    last.withLock { last in
      var random = SystemRandomNumberGenerator()
      let fresh = UID.make(at: date, using: &random)
      // The first thirteen characters are the milliseconds.
      let isSame = last.utf8.prefix(13).elementsEqual(fresh.utf8.prefix(13))
      last = isSame ? UID.after(last) ?? fresh : fresh
      return last
    }
  }
}
