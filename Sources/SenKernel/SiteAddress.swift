public import ContentModel
import Foundation

/// Where a site is found, in the one form that browsers and machines write it in (RFC 3986, section 6.2; RFC 6454,
/// section 6.1): scheme and host in small letters, names of other scripts behind `xn--`, no port that goes without
/// saying, no slash at the end.
public struct SiteAddress: Sendable, Hashable {
  /// Scheme, host and port: `https://nongthon.example.vn`, as the header `Origin` has it.
  public let origin: String
  /// What the paths of pages stand behind; empty where the site has its host to itself, else `/portal`.
  public let path: String
  /// The same for people: names of other scripts in their letters.
  public let readable: String

  /// The origin and the path, behind which a path can stand.
  public var text: String { origin + path }

  /// - Parameter address: whose query and fragment are left out: no path can stand behind them.
  public init(_ address: WebAddress) {
    let text = address.text
    let scheme = text.lowercased().hasPrefix("https://") ? "https://" : "http://"
    let rest = text.dropFirst(scheme.count)
    let authority = rest.prefix { !"/?#".contains($0) }
    var (host, port) = (authority, "")
    if let colon = authority.lastIndex(of: ":"), authority.last != "]" {
      (host, port) = (authority[..<colon], ":\(Int(authority[colon...].dropFirst()) ?? 0)")
    }
    if port == (scheme == "https://" ? ":443" : ":80") { port = "" }
    let letters = host.lowercased()
    let encoded = URLComponents(string: scheme + letters)?.encodedHost ?? letters
    origin = scheme + encoded.lowercased() + port
    var written = String(rest.dropFirst(authority.count).prefix { !"?#".contains($0) })
    while written.hasSuffix("/") { written.removeLast() }
    path = URLComponents(string: scheme + encoded + written)?.percentEncodedPath ?? written
    readable = scheme + letters + port + written
  }
}

extension SiteSettings {
  /// Where the site is found, whatever version wrote it down; nil while nobody has said it.
  public var place: SiteAddress? { address.map(SiteAddress.init) }

  /// A value as it is written down when somebody sets it. What earlier versions took of it is read as far as it can be.
  /// - Throws: `Refusal` for an address behind which no path can stand.
  static func given(_ value: FieldValue, for name: String) throws(Refusal) -> FieldValue {
    guard name == "address", case .text(let text) = value else { return value }
    let address = try WebAddress(text)
    if let mark = address.text.first(where: { "?#".contains($0) }) {
      throw Refusal(
        .invalid,
        "\(name): \(address.text) has a \(mark == "?" ? "query" : "fragment"), behind which no path can stand",
        field: name, hint: "Without it: sen config set address \(SiteAddress(address).readable)")
    }
    return .text(SiteAddress(address).readable)
  }
}
