import Foundation
public import SenKernel

/// What stands in published files where something was: files cannot answer 301.
extension PageMaker {
  /// A page at a former address that leads on: a canonical link, a refresh and a plain link, not to be indexed.
  /// - Parameters:
  ///   - title: of what has moved.
  ///   - language: the tag of its language; nil for the site's.
  public func moved(to address: PageAddress, title: String, language: String?) throws -> [UInt8] {
    let path = address.encodedPath
    let values = NamedValues(values: [
      "title": TextValue(text: title),
      "language": TextValue(text: language ?? surroundings.settings.language),
      "url": Written(escaping: path), "canonical": Written(escaping: surroundings.address(path)),
    ])
    return try theme.render("moved", Layered(values, common))
  }
}

extension PageAddress {
  /// The path in the letters that addresses may have (RFC 3986, 2.3), all others as `%XX`: safe in headers, in
  /// attributes and in the files of web servers.
  public var encodedPath: String { Self.encoded(path) }

  /// A text in the same letters.
  static func encoded(_ text: String) -> String {
    text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
  }

  private static let plain = CharacterSet(
    charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/")
}
