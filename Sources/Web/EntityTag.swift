/// The tag of one content at one time (RFC 9110, 8.8.3): `"5d41…"`, or weak, `W/"5d41…"`.
public struct EntityTag: Sendable, Hashable, CustomStringConvertible {
  /// What stands between the quotes.
  public let opaque: String
  public let isWeak: Bool

  /// - Parameter opaque: visible ASCII without quotes; anything else is taken away.
  public init(_ opaque: String, isWeak: Bool = false) {
    let isPlain = opaque.utf8.allSatisfy(Self.isAllowed)
    self.opaque = isPlain ? opaque : String(decoding: opaque.utf8.filter(Self.isAllowed), as: UTF8.self)
    self.isWeak = isWeak
  }

  /// A strong tag from the content itself: half of its SHA-256.
  public init(of bytes: [UInt8]) throws(Digest.Unavailable) {
    self.init(Base64URL.text(Array(try Digest.sha256(bytes).prefix(16))))
  }

  public var description: String { (isWeak ? "W/\"" : "\"") + opaque + "\"" }

  /// The tag of the same content compressed: other bytes, so another tag.
  public var gzipped: EntityTag { EntityTag(opaque + "-gz", isWeak: isWeak) }

  /// Whether both stand for the same content (weak comparison).
  public func matches(_ other: EntityTag) -> Bool { opaque == other.opaque }

  /// Whether both stand for the same bytes (strong comparison).
  public func matchesStrongly(_ other: EntityTag) -> Bool {
    !isWeak && !other.isWeak && opaque == other.opaque
  }

  /// The tags of a list, `"a", W/"b"`; what is no tag ends it.
  public static func list(_ text: String) -> [EntityTag] {
    var tags: [EntityTag] = []
    var rest = text.utf8[...]
    while true {
      rest = rest.drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ",") }
      let isWeak = rest.starts(with: "W/\"".utf8)
      if isWeak { rest = rest.dropFirst(2) }
      guard rest.popFirst() == UInt8(ascii: "\""), let end = rest.firstIndex(of: UInt8(ascii: "\"")) else {
        return tags
      }
      tags.append(EntityTag(String(decoding: rest[..<end], as: UTF8.self), isWeak: isWeak))
      rest = rest[rest.index(after: end)...]
    }
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    byte == 0x21 || (0x23...0x7E).contains(byte)
  }
}
