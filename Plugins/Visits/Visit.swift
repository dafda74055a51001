import Foundation
import SenKernel

/// What is counted of a visit.
extension PageVisit {
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
