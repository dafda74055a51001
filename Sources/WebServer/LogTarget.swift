/// An address as it may be logged: `/confirm?token=-`, `/preview/-/`, without what lets somebody in.
enum LogTarget {
  private static let secret: Set<String> = [
    "token", "key", "secret", "password", "pass", "code", "signature", "sig", "email", "mail",
  ]

  /// What stands before a part of a path that lets somebody in.
  private static let passes = "/preview/"

  static func masked(_ target: String) -> String { maskedQuery(maskedPath(target)) }

  private static func maskedPath(_ target: String) -> String {
    guard let pass = target.firstRange(of: passes) else { return target }
    let rest = target[pass.upperBound...].drop { $0 != "/" && $0 != "?" }
    return target[..<pass.upperBound] + "-" + rest
  }

  private static func maskedQuery(_ target: String) -> String {
    guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return target }
    let parts = target[target.utf8.index(after: mark)...].split(
      separator: "&", omittingEmptySubsequences: false)
    let kept = parts.map { part -> Substring in
      let name = part.prefix { $0 != "=" }
      return secret.contains(name.lowercased()) && name.count < part.count ? name + "=-" : part
    }
    return target[...mark] + kept.joined(separator: "&")
  }
}
