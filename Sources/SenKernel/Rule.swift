public import ContentModel

/// What has to hold when entries of a type change, beyond what their fields say; part of the operation, so it
/// may see to side tables as well.
///
/// ```swift
/// Rule(of: Poll.self) { old, new, operation in
///   guard let old, let new else { return }   // made, or removed for good
///   …
/// }
/// ```
public struct Rule: Sendable {
  public let noun: String
  let check: @Sendable (_ old: Item?, _ new: Item?, Operation) throws -> Void

  /// - Parameter check: sees the entry before and after; nil before it is made and after it is removed for good.
  ///   It runs after the change was written, within its transaction; what it throws takes the change back.
  public init<Body: Content>(
    of type: Body.Type,
    _ check: @escaping @Sendable (_ old: Entry<Body>?, _ new: Entry<Body>?, Operation) throws -> Void
  ) {
    noun = Body.name
    self.check = { old, new, operation in
      try check(old.map { try Entry($0) }, new.map { try Entry($0) }, operation)
    }
  }
}
