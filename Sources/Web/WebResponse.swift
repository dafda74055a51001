public import struct Foundation.Date

/// An answer as pages give it. The server adds the length, the date, compression, what browsers have to be told for
/// safety, and answers 304, 206 and HEAD on its own.
public struct WebResponse: Sendable {
  public var status: Int
  public var headers: WebHeaders
  public var body: WebBody
  /// The tag of this very content; nil lets the server take one from the bytes, for status 200.
  public var entityTag: EntityTag?
  public var lastModified: Date?

  public init(
    _ status: Int = 200, headers: WebHeaders = [:], body: WebBody = .none, entityTag: EntityTag? = nil,
    lastModified: Date? = nil
  ) {
    (self.status, self.headers, self.body) = (status, headers, body)
    (self.entityTag, self.lastModified) = (entityTag, lastModified)
  }

  /// A page.
  public static func html(_ text: String, status: Int = 200) -> WebResponse {
    WebResponse(status, headers: ["Content-Type": "text/html; charset=utf-8"], body: WebBody(text))
  }

  /// Plain text.
  public static func text(_ text: String, status: Int = 200) -> WebResponse {
    WebResponse(status, headers: ["Content-Type": "text/plain; charset=utf-8"], body: WebBody(text))
  }

  /// Leads on: 303 after a form, 301 for good, 302 for now.
  /// - Parameter location: a path or an address; line ends in it are taken away.
  public static func redirect(to location: String, status: Int = 303) -> WebResponse {
    WebResponse(status, headers: ["Location": String(location.filter { !$0.isNewline })])
  }

  /// The same with a tag, if it is of bytes.
  /// - Throws: `Digest.Unavailable`.
  public func tagged() throws -> WebResponse {
    guard entityTag == nil, case .bytes(let bytes) = body else { return self }
    var tagged = self
    tagged.entityTag = try EntityTag(of: bytes.plain)
    return tagged
  }

  /// Whether its bytes are sent compressed to those who take them so, if that makes them fewer.
  public var mayBeCompressed: Bool {
    guard case .bytes(let bytes) = body else { return false }
    return !headers.contains("Content-Encoding") && bytes.plain.count >= Gzip.leastBytes
      && Gzip.pays(forType: headers["Content-Type"] ?? "")
  }
}
