import Foundation

/// One request of HTTP/1.1 to a port of this machine, byte by byte: no redirects, no cookies, no pools.
public struct PlainHTTP: Sendable {
  /// What was answered.
  public struct Answer: Sendable {
    public let status: Int
    /// By their names in small letters.
    public let headers: [String: String]
    public let body: String
  }

  /// What went wrong on the way.
  public struct Problem: Error, CustomStringConvertible { public let description: String }

  private let port: Int
  /// - Parameter port: of 127.0.0.1.
  public init(port: Int) { self.port = port }

  /// - Parameter body: sent with its length, where there is one.
  /// - Throws: `Problem` where nobody answers within `seconds`, or not in HTTP.
  public func ask(
    _ method: String, _ target: String, _ headers: [String: String] = [:], body: String? = nil,
    seconds: Int = 120
  ) throws -> Answer {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var time = timeval(tv_sec: seconds, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
    }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isConnected else { throw Problem(description: "\(target): \(String(cString: strerror(errno)))") }
    var request = "\(method) \(target) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n"
    for (name, value) in headers { request += "\(name): \(value)\r\n" }
    if let body { request += "Content-Length: \(body.utf8.count)\r\n" }
    var bytes = Array((request + "\r\n" + (body ?? "")).utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes {
        send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw Problem(description: "\(target): \(String(cString: strerror(errno)))") }
      bytes = bytes.dropFirst(count)
    }
    return try Self.answer(Self.rest(of: descriptor, target), target)
  }

  /// All that comes, until as many bytes are there as were announced, or the other side closes.
  private static func rest(of descriptor: Int32, _ target: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while true {
      if let answer = try? answer(bytes, target),
        let length = answer.headers["content-length"].flatMap({ Int($0) }),
        answer.body.utf8.count >= length
      {
        return bytes
      }
      let count = recv(descriptor, &piece, piece.count, 0)
      guard count >= 0 else { throw Problem(description: "\(target): \(String(cString: strerror(errno)))") }
      if count == 0 { return bytes }
      bytes += piece[..<count]
    }
  }

  private static func answer(_ bytes: [UInt8], _ target: String) throws -> Answer {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n") else { throw Problem(description: "\(target): no answer") }
    let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
    guard let status = lines.first?.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) else {
      throw Problem(description: "\(target): no HTTP")
    }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
        in: .whitespaces)
    }
    return Answer(status: status, headers: headers, body: String(text[end.upperBound...]))
  }
}
