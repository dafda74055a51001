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
    text.utf8.reduce(into: "") { text, byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        text.unicodeScalars.append(Unicode.Scalar(byte))
      default: text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
  }
}
