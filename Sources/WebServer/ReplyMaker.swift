import Foundation
import Web

/// Makes of a page's answer what goes over the wire: conditions, ranges, compression, safety, length.
struct ReplyMaker: Sendable {
  let date = DateClock()

  /// The reply of a kept answer to a plain question for all of it, from a head that was written before; nil for every
  /// other question.
  func written(_ kept: KeptResponse, _ bytes: WebBytes, for request: WebRequest) throws -> WrittenReply? {
    guard request.method == .get, kept.response.status == 200,
      !request.headers.fields.contains(where: Self.asksForLess)
    else { return nil }
    let isCompressed = kept.mayBeCompressed && Gzip.isAccepted(by: request.headers["Accept-Encoding"])
    let form = KeptResponse.Form(isCompressed: isCompressed, isSecure: request.isSecure)
    let head = try kept.head(form) {
      let reply = try reply(kept.response, to: request)
      return reply.headers.reduce(into: []) { head, field in
        if field.0 != "Date" { head += "\(field.0): \(field.1)\r\n".utf8 }
      }
    }
    return WrittenReply(head: head, body: try (isCompressed ? bytes.gzip() : nil) ?? bytes.plain)
  }

  /// `Range`, `If-Range`, `If-None-Match` and their kin.
  private static func asksForLess(_ field: WebHeaders.Field) -> Bool {
    let name = field.name.utf8
    switch name.first {
    case UInt8(ascii: "r"), UInt8(ascii: "R"): return name.count == 5 && field.name.lowercased() == "range"
    case UInt8(ascii: "i"), UInt8(ascii: "I"): return field.name.lowercased().hasPrefix("if-")
    default: return false
    }
  }

  /// - Throws: 404 for a file that is not there; `Digest.Unavailable`, `Gzip.Failure`.
  func reply(_ response: WebResponse, to request: WebRequest) throws -> Reply {
    switch response.body {
    case .none: return finish(response, request, .none, count: 0)
    case .bytes(let bytes): return try reply(response, bytes, to: request)
    case .file(let file): return try reply(response, file, to: request)
    }
  }

  private func reply(_ response: WebResponse, _ bytes: WebBytes, to request: WebRequest) throws -> Reply {
    var response = response
    guard response.status == 200 else {
      return finish(response, request, .bytes(bytes.plain, 0..<bytes.plain.count), count: bytes.plain.count)
    }
    if response.entityTag == nil { response.entityTag = try EntityTag(of: bytes.plain) }
    var chosen = bytes.plain
    if response.mayBeCompressed {
      response.headers.add("Vary", "Accept-Encoding")
      // A part of compressed bytes is of no use to those who ask for parts.
      if Gzip.isAccepted(by: request.headers["Accept-Encoding"]), !request.headers.contains("Range"),
        let gzip = try bytes.gzip()
      {
        chosen = gzip
        response.headers["Content-Encoding"] = "gzip"
        response.entityTag = response.entityTag?.gzipped
      }
    }
    if let early = refused(response, request) { return early }
    return ranged(response, request, count: chosen.count) { .bytes(chosen, $0) }
  }

  private func reply(_ response: WebResponse, _ file: WebFile, to request: WebRequest) throws -> Reply {
    var response = response
    let source = try FileSource(file)
    if let type = file.type ?? MediaType.known(for: file.name) {
      if !response.headers.contains("Content-Type") { response.headers["Content-Type"] = type }
    } else {
      response.headers["Content-Type"] = "application/octet-stream"
      if !response.headers.contains("Content-Disposition") {
        response.headers["Content-Disposition"] = "attachment"
      }
    }
    if !response.headers.contains("Content-Security-Policy") {
      response.headers.fields.append(SecurityHeaders.file(sentAs: response.headers["Content-Type"]))
    }
    guard response.status == 200 else {
      return finish(response, request, .file(source, 0..<source.size), count: source.size)
    }
    if response.entityTag == nil { response.entityTag = source.tag }
    if response.lastModified == nil { response.lastModified = source.modified }
    if let early = refused(response, request) { return early }
    return ranged(response, request, count: source.size) { .file(source, $0) }
  }

  /// 304 or 412, where the request's conditions ask for it.
  private func refused(_ response: WebResponse, _ request: WebRequest) -> Reply? {
    switch Conditions.outcome(of: request, tag: response.entityTag, modified: response.lastModified) {
    case .proceed: return nil
    case .notModified:
      var answer = response
      answer.status = 304
      // RFC 9110, 15.4.5: what the client needs for its cache, nothing of the content.
      answer.headers.fields.removeAll { $0.name.lowercased().hasPrefix("content-") }
      return finish(answer, request, .none, count: nil)
    case .failed:
      return finish(WebResponse(412), request, .none, count: 0)
    }
  }

  private func ranged(
    _ response: WebResponse, _ request: WebRequest, count: Int, _ body: (Range<Int>) -> Reply.Body
  ) -> Reply {
    var response = response
    response.headers["Accept-Ranges"] = "bytes"
    switch ByteRange(of: request, count: count, tag: response.entityTag, modified: response.lastModified) {
    case .whole: return finish(response, request, body(0..<count), count: count)
    case .part(let range):
      response.status = 206
      response.headers["Content-Range"] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(count)"
      return finish(response, request, body(range), count: range.count)
    case .unsatisfiable:
      let headers: WebHeaders = ["Content-Range": "bytes */\(count)"]
      return finish(WebResponse(416, headers: headers), request, .none, count: 0)
    }
  }

  /// - Parameter count: the bytes of the body; nil where none may be told.
  private func finish(_ response: WebResponse, _ request: WebRequest, _ body: Reply.Body, count: Int?)
    -> Reply
  {
    var headers: [(String, String)] = []
    headers.reserveCapacity(response.headers.fields.count + 14)
    headers.append(("Date", date.text()))
    for field in response.headers.fields where Self.isSendable(field) {
      headers.append((field.name, field.value))
    }
    if let count { headers.append(("Content-Length", String(count))) }
    if let tag = response.entityTag,
      response.status == 200 || response.status == 206 || response.status == 304
    {
      headers.append(("ETag", tag.description))
    }
    if let modified = response.lastModified { headers.append(("Last-Modified", HTTPDate.text(modified))) }
    for field in SecurityHeaders.always where !response.headers.contains(field.name) {
      headers.append((field.name, field.value))
    }
    if request.isSecure, !response.headers.contains(SecurityHeaders.secure.name) {
      headers.append((SecurityHeaders.secure.name, SecurityHeaders.secure.value))
    }
    let isBare = request.method == .head || count == nil
    return Reply(status: response.status, headers: headers, body: isBare ? .none : body)
  }

  /// What the server says itself is not taken from pages, nor a line end that would begin another field.
  private static func isSendable(_ field: WebHeaders.Field) -> Bool {
    let isOurs =
      switch field.name.utf8.count {
      case 4: field.name.lowercased() == "date"
      case 10: field.name.lowercased() == "connection"
      case 14: field.name.lowercased() == "content-length"
      case 17: field.name.lowercased() == "transfer-encoding"
      default: false
      }
    return !isOurs && !field.value.utf8.contains { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }
      && field.name.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: ":") }
  }
}
