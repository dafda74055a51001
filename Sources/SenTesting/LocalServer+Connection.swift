import ContentModel
import Foundation
import Glibc

extension LocalServer {
  /// One connection with one request, in a thread of its own.
  struct Connection {
    private let socket: Int32
    private let house: House

    init(_ socket: Int32, _ house: House) { (self.socket, self.house) = (socket, house) }

    func serve() {
      let isWelcome = house.state.withLock { state in
        guard !state.isClosed else { return false }
        state.connections.insert(socket)
        state.mostAtOnce = max(state.mostAtOnce, state.connections.count)
        return true
      }
      if isWelcome, let request = request() { treat(request) }
      // Under the lock, so that nobody shuts down a number that is another file's by now.
      house.state.withLock { state in
        state.connections.remove(socket)
        close(socket)
      }
    }

    /// Reads the request and remembers it; nil if the client went away or speaks something else.
    private func request() -> Request? {
      var bytes: [UInt8] = []
      let end = Array("\r\n\r\n".utf8)
      while bytes.firstRange(of: end) == nil {
        guard bytes.count < 1 << 20, receive(into: &bytes) else { return nil }
      }
      guard let range = bytes.firstRange(of: end) else { return nil }
      let lines = String(decoding: bytes[..<range.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
      let words = lines[0].split(separator: " ")
      guard words.count == 3 else { return nil }
      var headers: [String: String] = [:]
      for line in lines.dropFirst() {
        guard let colon = line.firstIndex(of: ":") else { continue }
        headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
          in: .whitespaces)
      }
      bytes.removeSubrange(..<range.upperBound)
      let length = headers["content-length"].flatMap { Int($0) } ?? 0
      while bytes.count < length { guard receive(into: &bytes) else { return nil } }
      let request = Request(
        method: String(words[0]), path: String(words[1]), headers: headers, body: bytes)
      house.state.withLock { $0.requests.append(request) }
      return request
    }

    private func treat(_ request: Request) {
      let path = String(request.path.prefix { $0 != "?" })
      let route = house.state.withLock { $0.routes[path] }
      let isHead = request.method == "HEAD"
      switch route?(request) ?? .answers(Answer(404, text: "not here")) {
      case .answers(let answer): send(answer, isHead)
      case .answersLate(let answer, let seconds):
        if waitForEnd(seconds) == false { send(answer, isHead) }
      case .keepsSilent: waitForEnd()
      case .hangsUp: break
      case .stalls(let answer, let count):
        send(answer, isHead, most: count)
        waitForEnd()
      case .breaksOff(let answer, let count): send(answer, isHead, most: count)
      case .trickles(let answer, let seconds):
        guard send(answer, isHead, most: 0), !isHead else { return }
        for byte in answer.body { guard send([byte]), waitForEnd(seconds) == false else { return } }
      case .lies(let answer, let length): send(answer, isHead, length: length)
      case .endless:
        guard send(Array("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n".utf8)), !isHead else { return }
        let piece = [UInt8](repeating: 0x61, count: 1 << 16)
        while send(piece) {}
      case .says(let bytes): send(bytes)
      }
    }

    /// The head with the true length, unless another is given, and at most so many bytes of the body.
    @discardableResult
    private func send(_ answer: Answer, _ isHead: Bool, length: Int? = nil, most: Int = .max) -> Bool {
      // RFC 9112, 4: the reason may be empty, the space before it not.
      var head = "HTTP/1.1 \(answer.status) \r\n"
      for (name, value) in answer.headers.sorted(by: { $0.key < $1.key }) { head += "\(name): \(value)\r\n" }
      // RFC 9110, 8.6: neither 204 nor 304 tells the length of a body that it does not have.
      if ![204, 304].contains(answer.status) || length != nil {
        head += "Content-Length: \(length ?? answer.body.count)\r\n"
      }
      head += "Connection: close\r\n\r\n"
      return send(Array(head.utf8) + (isHead ? [] : Array(answer.body.prefix(most))))
    }

    /// - Returns: whether the client took all of them.
    @discardableResult
    private func send(_ bytes: [UInt8]) -> Bool {
      var sent = 0
      while sent < bytes.count {
        let count = bytes.withUnsafeBytes {
          Glibc.send(
            socket, $0.baseAddress?.advanced(by: sent), $0.count - sent, Int32(MSG_NOSIGNAL))
        }
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        sent += count
      }
      return true
    }

    private func receive(into bytes: inout [UInt8]) -> Bool {
      var piece = [UInt8](repeating: 0, count: 1 << 14)
      while true {
        let count = recv(socket, &piece, piece.count, 0)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        bytes += piece[..<count]
        return true
      }
    }

    /// Waits until the client goes away or the server ends, or for so many seconds.
    /// - Returns: whether it was an end.
    @discardableResult
    private func waitForEnd(_ seconds: Double? = nil) -> Bool {
      var wanted = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
      guard poll(&wanted, 1, seconds.map { Int32($0 * 1000) } ?? -1) != 0 else { return false }
      var rest: [UInt8] = []
      while receive(into: &rest) { rest = [] }
      return true
    }
  }
}
