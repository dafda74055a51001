public import struct Foundation.Date

/// Texts that go out to a visitor and come back unchanged, or not at all: links to confirm, cookies of sessions.
///
/// ```swift
/// let token = try signed.token(for: "an@example.org", purpose: "subscribe", until: now + 86400)
/// try signed.value(of: token, purpose: "subscribe", now: now)  // "an@example.org"
/// ```
public struct SignedValues: Sendable {
  /// The key is too short to be one.
  public struct WeakKey: Error, CustomStringConvertible {
    public var description: String { "a key for signing needs 32 bytes or more" }
  }

  private let key: [UInt8]

  /// - Parameter key: 32 random bytes or more, which nobody else knows.
  public init(key: [UInt8]) throws(WeakKey) {
    guard key.count >= 32 else { throw WeakKey() }
    self.key = key
  }

  /// The text, its end and a code, in letters that need no coding in addresses and cookies. The text can be read by
  /// whoever has the token.
  /// - Parameter purpose: what the token is good for; it is good for nothing else.
  public func token(for value: String, purpose: String, until end: Date) throws(Digest.Unavailable) -> String
  {
    let body = "\(Base64URL.text(Array(value.utf8))).\(Int64(end.timeIntervalSince1970.rounded(.down)))"
    return "\(body).\(Base64URL.text(try code(body, purpose)))"
  }

  /// The text of a token; nil if it was not made here for this purpose, or is over.
  public func value(of token: String, purpose: String, now: Date) throws(Digest.Unavailable) -> String? {
    let parts = token.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 3, let sent = Base64URL.bytes(parts[2]),
      Digest.areSame(sent, try code("\(parts[0]).\(parts[1])", purpose)),
      let end = Int64(parts[1]), now.timeIntervalSince1970 < Double(end),
      let value = Base64URL.bytes(parts[0])
    else { return nil }
    return String(validating: value, as: UTF8.self)
  }

  private func code(_ body: String, _ purpose: String) throws(Digest.Unavailable) -> [UInt8] {
    // The length keeps a purpose from running into the text.
    try Digest.code(of: Array("\(purpose.utf8.count):\(purpose)\(body)".utf8), key: key)
  }
}
