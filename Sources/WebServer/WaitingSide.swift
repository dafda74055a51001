import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOHTTP1
import NIOPosix
import Web

/// Answers what has to wait for a body, a page or a file: Hummingbird's side of a connection.
struct WaitingSide: Sendable {
  /// The door let a request through that it did not announce.
  struct Unannounced: Error {}

  private static let pieceSize = 128 << 10
  let answerer: Answerer
  let threads: WaitingThreads
  let queue: RequestQueue

  func respond(_ incoming: Request, _ writer: consuming ResponseWriter) async throws {
    guard let entry = queue.pop() else { throw Unannounced() }
    var request = entry.request
    let reply: Reply
    do {
      let body = try await incoming.body.collect(upTo: answerer.options.limits.body)
      request.body = Array(body.readableBytesView)
      let whole = request
      reply = try await threads.pool(for: whole).runIfActive { answerer.answer(whole, entry.late) }
    } catch is NIOTooManyBytesError {
      reply = answerer.refusal(answerer.tooLarge, request)
    } catch is HTTPParserError {
      reply = answerer.refusal(.badRequest("The request is not HTTP."), request)
    }
    try await write(reply, writer)
  }

  private func write(_ reply: Reply, _ writer: consuming ResponseWriter) async throws {
    var fields = HTTPFields()
    for (name, value) in reply.headers {
      if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
    }
    let head = HTTPResponse(status: .init(code: reply.status), headerFields: fields)
    switch reply.body {
    case .none: try await writer.writeResponse(head)
    case .bytes(let bytes, let range) where range.count <= Self.pieceSize:
      try await writer.write(response: head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes[range])))
    case .bytes(let bytes, let range):
      try await write(head, writer, range) { ByteBuffer(bytes: bytes[$0]) }
    case .file(let source, let range):
      try await write(head, writer, range) { piece in
        try await threads.makers.runIfActive {
          ByteBuffer(bytes: try source.read(at: piece.lowerBound, piece.count))
        }
      }
    }
  }

  /// Piece by piece, each when the client has taken those before it.
  private func write(
    _ head: HTTPResponse, _ writer: consuming ResponseWriter, _ range: Range<Int>,
    _ piece: (Range<Int>) async throws -> ByteBuffer
  ) async throws {
    var body = try await writer.writeHead(head)
    for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.pieceSize) {
      try await body.write(try await piece(start..<min(range.upperBound, start + Self.pieceSize)))
    }
    try await body.finish(nil)
  }
}
