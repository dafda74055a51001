/// An address as it may be logged: `/confirm?token=-`, without what lets somebody in.
enum LogTarget {
  private static let secret: Set<String> = [
    "token", "key", "secret", "password", "pass", "code", "signature", "sig", "email", "mail",
  ]

  static func masked(_ target: String) -> String {
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
