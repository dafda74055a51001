import Foundation
import Testing
import Web

@testable import WebServer

@Suite struct AnswerTests {
  static let page = String(repeating: "<p>Lúa mới ngoài đồng</p>\n", count: 200)

  @Test func aPageIsServedWithWhatBrowsersHaveToBeTold() throws {
    let served = try Served { request in
      #expect(request.path.segments == ["tin", "lúa"])
      #expect(request.query["q"] == "1")
      #expect(request.address == "127.0.0.1")
      #expect(request.host == "localhost")
      return .html("<p>chào</p>")
    }
    let answer = try served.get("/tin/l%C3%BAa?q=1")
    #expect(answer.status == 200)
    #expect(answer.text == "<p>chào</p>")
    #expect(answer.headers["content-length"] == "12")
    #expect(answer.headers["content-type"] == "text/html; charset=utf-8")
    #expect(answer.headers["x-content-type-options"] == "nosniff")
    #expect(answer.headers["content-security-policy"]?.hasPrefix("default-src 'none'; ") == true)
    #expect(answer.headers["cross-origin-opener-policy"] == "same-origin")
    #expect(answer.headers["referrer-policy"] != nil)
    #expect(answer.headers["permissions-policy"] != nil)
    #expect(answer.headers["strict-transport-security"] == nil)
    #expect(answer.headers["date"].flatMap(HTTPDate.date) != nil)
    #expect(answer.headers["connection"] == nil)
    let head = try served.get("/tin/l%C3%BAa?q=1", method: "HEAD")
    #expect(head.headers["content-length"] == "12")
    #expect(head.headers["etag"] == answer.headers["etag"])
  }

  @Test func anAnswersOwnHeadersGoFirstAndNobodyAddsALine() throws {
    let served = try Served { _ in
      var response = WebResponse.html("x")
      response.headers["Content-Security-Policy"] = "default-src 'self'"
      response.headers["X-Bad"] = "a\r\nSet-Cookie: b=c"
      response.headers["Content-Length"] = "999"
      response.headers.add("Set-Cookie", "a=1")
      return response
    }
    let answer = try served.get("/")
    #expect(answer.headers["content-security-policy"] == "default-src 'self'")
    #expect(answer.headers["x-bad"] == nil)
    #expect(answer.headers["set-cookie"] == "a=1")
    #expect(answer.text == "x")
  }

  @Test(arguments: [false, true])
  func whatTheClientHasIsNotSentAgain(isReady: Bool) throws {
    let cached = KeptResponse(try WebResponse.html(Self.page).tagged())
    let served = try Served(ready: { _ in isReady ? cached : nil }, respond: { _ in .html(Self.page) })
    let plain = try served.get("/")
    let tag = try #require(plain.headers["etag"])
    #expect(plain.text == Self.page)
    #expect(plain.headers["vary"] == "Accept-Encoding")
    #expect(plain.headers["content-encoding"] == nil)
    let known = try served.get("/", "If-None-Match: \"other\", W/\(tag)")
    #expect(known.status == 304)
    #expect(known.body.isEmpty)
    #expect(known.headers["etag"] == tag)
    #expect(known.headers["vary"] == "Accept-Encoding")
    #expect(known.headers["content-type"] == nil)
    #expect(try served.get("/", "If-None-Match: \"other\"").status == 200)
    #expect(try served.get("/", "If-None-Match: *").status == 304)

    let packed = try served.get("/", "Accept-Encoding: br, gzip")
    #expect(packed.headers["content-encoding"] == "gzip")
    #expect(packed.headers["etag"] != tag)
    #expect(packed.headers["vary"] == "Accept-Encoding")
    #expect(packed.body.count < Self.page.utf8.count / 4)
    #expect(try unpacked(packed.body) == Self.page)
    #expect(try served.get("/", "Accept-Encoding: gzip;q=0").headers["content-encoding"] == nil)
    let packedTag = try #require(packed.headers["etag"])
    #expect(try served.get("/", "Accept-Encoding: gzip", "If-None-Match: \(packedTag)").status == 304)
    #expect(try served.get("/", "If-None-Match: \(packedTag)").status == 200)
    let part = try served.get("/", "Accept-Encoding: gzip", "Range: bytes=3-10")
    #expect(part.status == 206)
    #expect(part.text == String(decoding: Self.page.utf8.dropFirst(3).prefix(8), as: UTF8.self))
    #expect(part.headers["content-range"] == "bytes 3-10/\(Self.page.utf8.count)")
  }

  @Test(arguments: [
    "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.0\r\n\r\n",
    "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nX-Forwarded-Proto: https\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nRange: bytes=2-3\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nIf-Modified-Since: Mon, 30 Nov 2026 00:00:00 GMT\r\n\r\n",
    "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
  ])
  func whatIsAtHandIsSentAsIfItWereMade(question: String) throws {
    var page = WebResponse.html(Self.page)
    page.headers["X-Name"] = "value\r\nX-Injected: 1"
    page.headers["X-Other"] = "ồ"
    let cached = KeptResponse(try page.tagged())
    let options: (inout ServerOptions) -> Void = { $0.isBehindProxy = true }
    let ready = try Served(options, ready: { _ in cached }, respond: { _ in .text("not asked") })
    let made = try Served(options, respond: { _ in cached.response })
    // The second time from the head that was written the first time.
    for _ in 1...2 {
      let isHead = question.hasPrefix("HEAD")
      let one = try RawClient(ready.port).ask(question, isHead: isHead)
      let other = try RawClient(made.port).ask(question, isHead: isHead)
      #expect(one.head.first == other.head.first)
      #expect(one.head.sorted() == other.head.sorted())
      #expect(one.body == other.body)
      #expect(one.headers["date"] != nil)
      #expect(!one.head.isEmpty && !one.head.contains { $0.contains("Injected") })
    }
    #expect(made.errors.all.isEmpty && ready.errors.all.isEmpty)
  }

  @Test func aFormComesAsItWasFilledIn() throws {
    let served = try Served { request in
      .text("\(request.method.word) \(request.form["name"] ?? "-") \(request.cookie("sid") ?? "-")")
    }
    let answer = try served.post(
      "/vote", "name=L%C3%BAa+m%E1%BB%9Bi", "Cookie: sid=7", "Sec-Fetch-Site: same-origin")
    #expect(answer.text == "POST Lúa mới 7")
    #expect(try served.post("/vote", "name=x", "Sec-Fetch-Site: cross-site").status == 403)
    #expect(try served.post("/vote", "name=x", "Origin: http://evil.example").status == 403)
    let client = try RawClient(served.port)
    let chunked = try client.ask(
      "POST /vote HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        + "Transfer-Encoding: chunked\r\n\r\n5\r\nname=\r\n3\r\nabc\r\n0\r\n\r\n")
    #expect(chunked.text == "POST abc -")
    // The connection goes on after a body.
    #expect(try client.ask("GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n").text == "GET - -")
  }

  @Test func whoAsksBeforeSendingIsToldToGoOn() throws {
    let served = try Served { .text("\($0.body.count)") }
    let client = try RawClient(served.port)
    let goOn = try client.ask(
      "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
    #expect(goOn.status == 100)
    #expect(try client.ask("abc").text == "3")
  }

  @Test func aProblemHasItsPageAndAFailureKeepsItsCauseToItself() throws {
    struct Broken: Error { var secret = "hunter2" }
    let served = try Served { request in
      switch request.path.segments.first {
      case "gone": throw WebProblem(410, "It is gone.", headers: ["X-Why": "age"])
      case "broken": throw Broken()
      default: return .redirect(to: "/there")
      }
    }
    let gone = try served.get("/gone")
    #expect(gone.status == 410)
    #expect(gone.text == "It is gone.\n")
    #expect(gone.headers["x-why"] == "age")
    let broken = try served.get("/broken?token=123")
    #expect(broken.status == 500)
    #expect(!broken.text.contains("hunter2"))
    #expect(served.errors.all.count == 1)
    #expect(served.errors.all[0].hasPrefix("GET /broken: Broken"))
    let there = try served.get("/")
    #expect(there.status == 303)
    #expect(there.headers["location"] == "/there")
    #expect(there.headers["content-length"] == "0")
  }

  @Test func healthIsTold() throws {
    let served = try Served({ $0.health = { .bad("the disk is full") } }, respond: { _ in .text("page") })
    let bad = try served.get("/-/health")
    #expect(bad.status == 503)
    #expect(bad.text == "the disk is full\n")
    #expect(try Served().get("/-/health").text == "ok\n")
  }

  @Test func methodsThatAreNotKnownAreRefusedWithThoseThatAre() throws {
    let served = try Served()
    for method in ["PUT", "DELETE", "TRACE", "PROPFIND", "PATCH"] {
      let answer = try served.get("/", method: method)
      #expect(answer.status == 405, "\(method)")
      #expect(answer.headers["allow"] == "GET, HEAD, POST, OPTIONS")
    }
    #expect(try served.get("*", method: "OPTIONS").status == 204)
    #expect(try served.get("/", method: "OPTIONS").headers["allow"] == "GET, HEAD, POST, OPTIONS")
  }

  @Test func aProxyIsBelievedOnlyWhenThereIsOne() throws {
    let show: @Sendable (WebRequest) throws -> WebResponse = { .text("\($0.address) \($0.origin)") }
    let headers = [
      "X-Forwarded-For: 10.0.0.1, 192.0.2.7", "X-Forwarded-Proto: https", "X-Forwarded-Host: example.org",
    ]
    let open = try Served(respond: show)
    #expect(try open.get("/", headers[0], headers[1], headers[2]).text == "127.0.0.1 http://localhost")
    let behind = try Served({ $0.isBehindProxy = true }, respond: show)
    let answer = try behind.get("/", headers[0], headers[1], headers[2])
    #expect(answer.text == "192.0.2.7 https://example.org")
    #expect(answer.headers["strict-transport-security"] == "max-age=31536000")
    #expect(try behind.get("/", "X-Forwarded-For: [2001:db8::1]:99").text == "2001:db8::1 http://localhost")
  }

  private func unpacked(_ bytes: [UInt8]) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc"]
    let (input, output) = (Pipe(), Pipe())
    (process.standardInput, process.standardOutput) = (input, output)
    try process.run()
    try input.fileHandleForWriting.write(contentsOf: Data(bytes))
    try input.fileHandleForWriting.close()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self)
  }
}
