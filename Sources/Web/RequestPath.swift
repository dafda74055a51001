/// The path of an address, decoded once and for all, so that nobody behind it decodes again.
///
/// `/tin-tuc/l%C3%BAa/` has the segments `tin-tuc` and `lúa` and ends with a slash. Refused with 400, since nothing
/// honest sends them: `.` and `..` in whatever disguise, slashes and backslashes inside of a segment, NUL and other
/// control characters, empty segments, and what is not UTF-8 (overlong forms included).
public struct RequestPath: Sendable, Hashable {
  /// Decoded, with the slash at the end if it was sent with one.
  public let text: String

  /// - Parameter raw: as it was sent, without the query.
  public init(_ raw: String) throws(WebProblem) {
    guard raw.utf8.first == UInt8(ascii: "/") else {
      throw .badRequest("The path does not begin with a slash.")
    }
    guard !Self.isPlain(raw) else {
      text = raw
      return
    }
    var parts = raw.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    let endsWithSlash = parts.last?.isEmpty ?? true
    if endsWithSlash { parts.removeLast() }
    var segments: [String] = []
    for part in parts { segments.append(try Self.segment(part)) }
    text = "/" + segments.joined(separator: "/") + (endsWithSlash && !segments.isEmpty ? "/" : "")
  }

  public var segments: [String] { text.split(separator: "/").map(String.init) }
  public var endsWithSlash: Bool { text.utf8.last == UInt8(ascii: "/") }

  /// Whether there is nothing to be decoded nor refused; what is not plain may still be good.
  private static func isPlain(_ raw: String) -> Bool {
    var isAfterSlash = false
    for byte in raw.utf8 {
      switch byte {
      case UInt8(ascii: "/") where isAfterSlash, UInt8(ascii: ".") where isAfterSlash: return false
      case UInt8(ascii: "%"), UInt8(ascii: "\\"): return false
      case 0x21...0x7E: isAfterSlash = byte == UInt8(ascii: "/")
      default: return false
      }
    }
    return true
  }

  private static func segment(_ part: some StringProtocol) throws(WebProblem) -> String {
    guard let bytes = PercentCoding.strict(part) else {
      throw .badRequest("The path has a % without two hexadecimal digits.")
    }
    guard let text = String(validating: bytes, as: UTF8.self), !text.unicodeScalars.contains("\u{FFFD}")
    else {
      throw .badRequest("The path is not UTF-8.")
    }
    let isPlain = bytes.allSatisfy { byte in
      byte >= 0x20 && byte != 0x7F && byte != UInt8(ascii: "/") && byte != UInt8(ascii: "\\")
    }
    guard isPlain, !text.isEmpty, text != ".", text != ".." else {
      throw .badRequest("The path has a part that no page has.")
    }
    return text
  }
}
