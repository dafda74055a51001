import Foundation
import Glibc

/// An answer, byte by byte as it came.
struct Answer {
  var status = 0
  /// The lines of the head as they came, but for `Date`.
  var head: [String] = []
  /// Names in small letters.
  var headers: [String: String] = [:]
  var body: [UInt8] = []

  var text: String { String(decoding: body, as: UTF8.self) }
}

/// A connection that sends whatever it is told, and gives up reading after ten seconds.
final class RawClient {
  struct Ended: Error {}

  let socket: Int32
  private var unread: [UInt8] = []

  init(_ port: Int) throws {
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    address.sin_port = UInt16(port).bigEndian
    let isConnected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
      }
    }
    guard isConnected else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    var time = timeval(tv_sec: 60, tv_usec: 0)
    setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(socket) }

  /// - Returns: whether the server still took them.
  @discardableResult
  func send(_ bytes: some Sequence<UInt8>) -> Bool {
    let bytes = Array(bytes)
    var sent = 0
    while sent < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.send(socket, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      sent += count
    }
    return true
  }

  func ask(_ text: String, isHead: Bool = false) throws -> Answer {
    send(text.utf8)
    return try answer(isHead: isHead)
  }

  /// The next answer. Answers without Content-Length are only those that have no body.
  func answer(isHead: Bool = false) throws -> Answer {
    let end = Array("\r\n\r\n".utf8)
    var answer = Answer()
    while unread.firstRange(of: end) == nil { try receive() }
    guard let range = unread.firstRange(of: end) else { throw Ended() }
    let lines = String(decoding: unread[..<range.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    unread.removeSubrange(..<range.upperBound)
    answer.head = lines.filter { !$0.hasPrefix("Date: ") }
    answer.status = Int(lines[0].split(separator: " ")[1]) ?? 0
    for line in lines.dropFirst() {
      let parts = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      answer.headers[parts[0].lowercased(), default: ""] += (parts.count > 1 ? parts[1] : "")
    }
    guard !isHead, answer.status != 304, answer.status >= 200 else { return answer }
    let length = answer.headers["content-length"].flatMap { Int($0) } ?? 0
    while unread.count < length { try receive() }
    answer.body = Array(unread.prefix(length))
    unread.removeFirst(length)
    return answer
  }

  /// Whether the server hangs up without another byte.
  func isHungUp() -> Bool {
    var byte: UInt8 = 0
    while true {
      let count = recv(socket, &byte, 1, 0)
      if count < 0, errno == EINTR { continue }
      return count == 0 || (count < 0 && errno == ECONNRESET)
    }
  }

  private func receive() throws {
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    let count = recv(socket, &piece, piece.count, 0)
    if count < 0, errno == EINTR { return }
    guard count > 0 else { throw Ended() }
    unread += piece[..<count]
  }
}
