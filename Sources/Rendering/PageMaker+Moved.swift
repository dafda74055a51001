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
    // Nearly all are written so already.
    if text.utf8.allSatisfy(isPlain) { return text }
    return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x2D...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A, 0x7E: true  // - . / 0…9 A…Z _ a…z ~
    default: false
    }
  }

  private static let plain = CharacterSet(
    charactersIn: String(decoding: (0..<0x80).filter(isPlain), as: UTF8.self))
}
