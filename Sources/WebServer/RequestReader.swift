import NIOHTTP1
import Web

/// Makes what pages see of what came over the wire, and refuses what no honest client sends.
struct RequestReader: Sendable {
  let isBehindProxy: Bool
  let hosts: Set<String>
  let limits: ServerLimits

  /// - Parameter peer: the address that the connection comes from.
  func request(_ head: HTTPRequestHead, peer: String) throws(WebProblem) -> WebRequest {
    guard head.uri.utf8.count <= limits.target else { throw WebProblem(414, "The address is too long.") }
    guard head.headers.count <= limits.headerCount else { throw WebProblem(431, "Too many header fields.") }
    try checkFraming(head)
    var headers = WebHeaders()
    headers.fields.reserveCapacity(head.headers.count)
    for (name, value) in head.headers { headers.fields.append(.init(name, value)) }

    var target = head.uri
    var host = try host(headers, isOld: head.version != .http1_1)
    // RFC 9112, 3.2.2: the absolute form counts more than Host.
    for scheme in ["http://", "https://"] where target.hasPrefix(scheme) {
      let rest = target.dropFirst(scheme.count)
      host = String(rest.prefix { $0 != "/" && $0 != "?" })
      target = String(rest.dropFirst(host.count))
      if !target.hasPrefix("/") { target = "/" + target }
    }
    if head.method == .OPTIONS, target == "*" { target = "/" }
    var address = peer
    var isSecure = false
    if isBehindProxy {
      if let hop = lastWord(headers, "X-Forwarded-For") { address = Self.withoutBrackets(hop) }
      isSecure = lastWord(headers, "X-Forwarded-Proto")?.lowercased() == "https"
      if let forwarded = lastWord(headers, "X-Forwarded-Host") { host = forwarded }
    }
    try check(host)
    return try WebRequest(
      WebMethod(head.method.rawValue), target, headers: headers, address: address, isSecure: isSecure,
      host: host)
  }

  /// One body of one length, or none: whoever sends two hopes that somebody on the way reads the other (RFC 9112, 6.3).
  private func checkFraming(_ head: HTTPRequestHead) throws(WebProblem) {
    let lengths = head.headers["content-length"]
    let codings = head.headers["transfer-encoding"]
    guard lengths.count <= 1, codings.count <= 1, lengths.isEmpty || codings.isEmpty else {
      throw .badRequest("The length of the body is told more than once.")
    }
    if let coding = codings.first {
      guard coding.lowercased() == "chunked", head.version == .http1_1 else {
        throw WebProblem(501, "Only chunked bodies are read.")
      }
    }
    if let length = lengths.first {
      guard !length.isEmpty, length.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
        throw .badRequest("The length of the body is no number.")
      }
      guard Int(length) != nil else { throw .badRequest("The length of the body is no number.") }
    }
    let hasBody = !codings.isEmpty || (lengths.first.map { Int($0) != 0 } ?? false)
    if hasBody, head.method == .GET || head.method == .HEAD || head.method == .OPTIONS {
      throw .badRequest("A request that only asks has no body.")
    }
  }

  private func host(_ headers: WebHeaders, isOld: Bool) throws(WebProblem) -> String {
    let hosts = headers.all("Host")
    // RFC 9112, 3.2: no Host, or several, is 400.
    guard hosts.count == 1 || (isOld && hosts.isEmpty) else {
      throw .badRequest("A request names one host.")
    }
    return hosts.first ?? self.hosts.sorted().first ?? "localhost"
  }

  private func check(_ host: String) throws(WebProblem) {
    let isPlain = host.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || "-._:[]".utf8.contains(byte)
    }
    guard isPlain, !host.isEmpty, host.utf8.count <= 255 else { throw .badRequest("The host is no name.") }
    guard !hosts.isEmpty else { return }
    guard hosts.contains(Self.withoutPort(host).lowercased()) else {
      throw WebProblem(421, "This host is not served here.")
    }
  }

  private func lastWord(_ headers: WebHeaders, _ name: String) -> String? {
    let word = headers.all(name).last?.split(separator: ",").last?.filter { $0 != " " && $0 != "\t" }
    return word.flatMap { $0.isEmpty ? nil : $0 }
  }

  private static func withoutPort(_ host: String) -> Substring {
    guard let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") else { return host[...] }
    return host[..<colon]
  }

  /// `[2001:db8::1]:4711` and `192.0.2.7:4711`, as some proxies write them, are `2001:db8::1` and `192.0.2.7`.
  private static func withoutBrackets(_ hop: String) -> String {
    if hop.hasPrefix("[") { return String(hop.dropFirst().prefix { $0 != "]" }) }
    return hop.filter { $0 == ":" }.count == 1 ? String(hop.prefix { $0 != ":" }) : hop
  }
}
