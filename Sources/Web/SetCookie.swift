/// A cookie for a visitor (RFC 6265, 4.1), out of reach of scripts and of the forms of other sites.
public struct SetCookie: Sendable, Hashable {
  public var name: String
  public var value: String
  /// Seconds that it lasts; nil until the browser is closed, 0 takes it away.
  public var maxAge: Int?
  public var path = "/"
  /// Whether it only travels by https: as `WebRequest.isSecure` says.
  public var isSecure: Bool

  /// Nil for a name or a value that a cookie cannot carry.
  public init?(_ name: String, _ value: String, maxAge: Int? = nil, isSecure: Bool) {
    let isName =
      !name.isEmpty && name.utf8.allSatisfy { Self.isValue($0) && !"()<>@:/[]?={}".utf8.contains($0) }
    guard isName, value.utf8.allSatisfy(Self.isValue) else { return nil }
    (self.name, self.value, self.maxAge, self.isSecure) = (name, value, maxAge, isSecure)
  }

  /// The value of `Set-Cookie`.
  public var header: String {
    "\(name)=\(value); Path=\(path)" + (maxAge.map { "; Max-Age=\($0)" } ?? "") + "; HttpOnly"
      + (isSecure ? "; Secure" : "") + "; SameSite=Lax"
  }

  private static func isValue(_ byte: UInt8) -> Bool {
    (0x21...0x7E).contains(byte) && !"\",;\\".utf8.contains(byte)
  }
}
