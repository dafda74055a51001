/// The path of an address, decoded once and for all, so that nobody behind it decodes again.
///
/// `/tin-tuc/l%C3%BAa/` has the segments `tin-tuc` and `lúa` and ends with a slash. Refused with 400, since nothing
/// honest sends them: `.` and `..` in whatever disguise, slashes and backslashes inside of a segment, NUL and other
/// control characters, empty segments, and what is not UTF-8 (overlong forms included).
public struct RequestPath: Sendable, Hashable {
  public let segments: [String]
  public let endsWithSlash: Bool

  /// - Parameter raw: as it was sent, without the query.
  public init(_ raw: some StringProtocol) throws(WebProblem) {
    guard raw.utf8.first == UInt8(ascii: "/") else {
      throw .badRequest("The path does not begin with a slash.")
    }
    var segments: [String] = []
    var parts = raw.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    endsWithSlash = parts.last?.isEmpty ?? true
    if endsWithSlash { parts.removeLast() }
    for part in parts { segments.append(try Self.segment(part)) }
    self.segments = segments
  }

  /// Decoded, with the slash at the end if it was sent with one.
  public var text: String {
    "/" + segments.joined(separator: "/") + (endsWithSlash && !segments.isEmpty ? "/" : "")
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
