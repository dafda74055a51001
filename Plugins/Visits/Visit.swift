public import Foundation
import SenKernel

/// One page that somebody asked for. There is no address of theirs in it.
public struct Visit: Sendable {
  /// What tells visitors apart, such as a random cookie; only a hash of it is ever stored, and not for long.
  public var session: String
  /// The path of the page; its query and fragment are not kept.
  public var path: String
  /// The address of the page they came from; only its host is kept.
  public var referrer: String
  /// What the browser says of itself; only its family is kept.
  public var agent: String
  public var at: Date

  public init(session: String, path: String, referrer: String = "", agent: String, at: Date) {
    (self.session, self.path, self.referrer) = (session, path, referrer)
    (self.agent, self.at) = (agent, at)
  }

  /// The path as it is counted: at most 300 characters, without query, fragment and a slash at its end.
  var page: String {
    var page = String(path.prefix { $0 != "?" && $0 != "#" }.prefix(300))
    if page.first != "/" { page = "/" + page }
    while page.count > 1, page.last == "/" { page.removeLast() }
    return String(
      String.UnicodeScalarView(page.unicodeScalars.filter { $0.properties.generalCategory != .control }))
  }

  /// The host that they came from, without `www.`; nil where that is the site itself, a bare IP address, or nowhere.
  func host(on site: WebAddress?) -> String? {
    guard let host = Self.host(referrer), host != site.flatMap({ Self.host($0.text) }) else { return nil }
    return host
  }

  private static func host(_ address: String) -> String? {
    guard let address = URLComponents(string: address),
      ["http", "https"].contains(address.scheme?.lowercased()),
      let host = address.host?.lowercased(), host.contains(where: \.isLetter), host.count <= 253,
      // An address of a machine, which may be somebody's own, in the form of RFC 3986, section 3.2.2.
      !host.contains(":"), !host.hasPrefix("0x")
    else { return nil }
    return host.hasPrefix("www.") ? String(host.dropFirst(4)) : host
  }
}
