/// A request as pages see it: read, bounded and decoded, whichever server took it in.
public struct WebRequest: Sendable {
  public var method: WebMethod
  public var path: RequestPath
  /// The path as it was sent, without the query.
  public var rawPath: String
  public var query: FormData
  /// The query as it was sent, without the question mark; empty if there is none.
  public var rawQuery: String
  public var headers: WebHeaders
  /// What a form sent in the body; empty for other kinds of bodies.
  public var form: FormData
  public var body: [UInt8]
  /// The client's address as text, `192.0.2.7` or `2001:db8::1`; nobody keeps it.
  public var address: String
  /// Whether the client came by https.
  public var isSecure: Bool
  /// The host that the client asked, with the port if it sent one: `example.org`, `localhost:8080`.
  public var host: String

  /// - Parameter target: the path with the query, as in the first line of a request.
  /// - Throws: 400 for a path or a query that makes no sense.
  public init(
    _ method: WebMethod = .get, _ target: String, headers: WebHeaders = [:], form: FormData = FormData(),
    body: [UInt8] = [], address: String = "127.0.0.1", isSecure: Bool = false, host: String = "localhost"
  ) throws(WebProblem) {
    self.method = method
    if let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) {
      rawPath = String(target[..<mark])
      rawQuery = String(target[target.utf8.index(after: mark)...])
      query = try FormData(parsing: rawQuery.utf8)
    } else {
      rawPath = target
      rawQuery = ""
      query = FormData()
    }
    path = try RequestPath(rawPath)
    (self.headers, self.form, self.body) = (headers, form, body)
    (self.address, self.isSecure, self.host) = (address, isSecure, host)
  }

  /// `https://example.org`, for links that have to be whole.
  public var origin: String { "\(isSecure ? "https" : "http")://\(host)" }

  /// What the client sent in `Cookie`, in order (RFC 6265, 5.4); quotes around values are taken away.
  public var cookies: [FormData.Field] {
    headers.all("Cookie").flatMap { line in
      line.split(separator: ";").compactMap { part -> FormData.Field? in
        guard let equals = part.firstIndex(of: "=") else { return nil }
        var value = Self.trimmed(part[part.index(after: equals)...])
        if value.count >= 2, value.first == "\"", value.last == "\"" { value = value.dropFirst().dropLast() }
        return FormData.Field(String(Self.trimmed(part[..<equals])), String(value))
      }
    }
  }

  /// The first cookie of a name.
  public func cookie(_ name: String) -> String? { cookies.first { $0.name == name }?.value }

  private static func trimmed(_ text: Substring) -> Substring {
    var text = text
    while text.first == " " || text.first == "\t" { text.removeFirst() }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return text
  }
}
