import Foundation
import Synchronization
import Testing
import Web

@testable import WebServer

@Suite struct HostileTests {
  @Test(arguments: [
    ("GET /../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /..%2fetc%2fpasswd HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /%c0%ae%c0%ae/x HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET /a\\..\\b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a/../b\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: \r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
    ("GET / HTTP/1.1\r\nHost: a\r\nBad Name: x\r\n\r\n", 400),
    ("GET / HTTP/9.9\r\nHost: a\r\n\r\n", 400),
    ("\u{16}\u{3}\u{1}\u{2}\u{0}\u{1}garbage\r\n\r\n", 400),
    ("NONSENSE\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +5\r\n\r\nhello", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n\r\n", 400),
    ("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501),
    ("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", 400),
    ("BREWS /pot HTTP/1.1\r\nHost: a\r\n\r\n", 501),
    ("\r\nget / HTTP/1.1\r\nHost: a\r\n\r\n", 501),
    ("FOO / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", 501),
    ("FOO / HTTP/3.0\r\nHost: a\r\n\r\n", 400),
    ("F(O / HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", 405),
    ("DELETE / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
    ("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 405),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999\r\n\r\n", 413),
    ("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n", 400),
  ])
  func nonsenseIsRefusedAndTheConnectionEnds(request: String, status: Int) throws {
    let served = try Served { _ in
      Issue.record("a page was asked")
      return .text("page")
    }
    let client = try RawClient(served.port)
    let answer = try client.ask(request)
    #expect(answer.status == status)
    #expect(answer.headers["connection"] == "close")
    #expect(answer.headers["date"] != nil && answer.headers["x-content-type-options"] == "nosniff")
    #expect(answer.headers["content-security-policy"] != nil && !answer.body.isEmpty)
    #expect(client.isHungUp())
    #expect(served.errors.all.isEmpty)
  }

  @Test func whatIsTooLongIsRefused() throws {
    let served = try Served()
    #expect(try served.get("/" + String(repeating: "a", count: 5000)).status == 414)
    #expect(try served.get("/", "X: " + String(repeating: "a", count: 40_000)).status == 431)
    let client = try RawClient(served.port)
    let many = (0..<200).map { "X-\($0): 1\r\n" }.joined()
    #expect(try client.ask("GET / HTTP/1.1\r\nHost: a\r\n\(many)\r\n").status == 431)
    #expect(client.isHungUp())
  }

  @Test func aBodyWithoutLengthHasItsEnd() throws {
    let served = try Served({ $0.limits.body = 10_000 })
    let client = try RawClient(served.port)
    client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
    let piece = "1000\r\n" + String(repeating: "x", count: 4096) + "\r\n"
    for _ in 0..<5 where !client.send(piece.utf8) { break }
    #expect(try client.answer().status == 413)
    #expect(client.isHungUp())
  }

  @Test func slowClientsAreShownOut() throws {
    let served = try Served({
      $0.limits.headTime = 0.5
      $0.limits.bodyTime = 0.5
      $0.limits.idleTime = 0.5
    })
    let silent = try RawClient(served.port)
    let slow = try RawClient(served.port)
    let half = try RawClient(served.port)
    let body = try RawClient(served.port)
    let idle = try RawClient(served.port)
    half.send("GET / HTTP/1.1\r\nHo".utf8)
    body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc".utf8)
    #expect(try idle.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status == 200)
    // A byte now and then does not help: the head has to be whole in time.
    for byte in "GET / HTTP/1.1\r\nX: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".utf8 {
      guard slow.send([byte]) else { break }
      usleep(25_000)
    }
    #expect(try slow.answer().status == 408)
    #expect(slow.isHungUp())
    #expect(silent.isHungUp())
    #expect(try half.answer().status == 408)
    #expect(body.isHungUp())
    #expect(idle.isHungUp())
    #expect(try served.get("/").status == 200)
  }

  @Test func whoTakesNothingIsShownOut() throws {
    let served = try Served(
      { $0.limits.writeTime = 0.5 },
      respond: { _ in
        WebResponse(body: .bytes(WebBytes([UInt8](repeating: 7, count: 30 << 20))))
      })
    let client = try RawClient(served.port)
    client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    // More than the kernel keeps for it; after the cut there is an end, and it comes too early.
    sleep(2)
    #expect(throws: RawClient.Ended.self) { try client.answer() }
  }

  @Test func requestsInARowAreAnsweredInTheirOrder() throws {
    let served = try Served(
      ready: { $0.rawPath.hasPrefix("/ready") ? KeptResponse(.text($0.rawPath)) : nil },
      respond: { request in
        if request.rawPath == "/slow" { usleep(200_000) }
        return .text(request.rawPath)
      })
    let client = try RawClient(served.port)
    let paths = ["/ready1", "/slow", "/ready2", "/fast", "/ready3", "/ready4"]
    client.send(paths.map { "GET \($0) HTTP/1.1\r\nHost: a\r\n\r\n" }.joined().utf8)
    client.send("GET /bad/../x HTTP/1.1\r\nHost: a\r\n\r\nGET /never HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    for path in paths { #expect(try client.answer().text == path) }
    #expect(try client.answer().status == 400)
    #expect(client.isHungUp())
  }

  @Test func aFloodOfRequestsWithoutReadingStaysBounded() throws {
    let asked = Mutex(0)
    let page = WebResponse.text(String(repeating: "x", count: 100_000))
    let served = try Served(
      ready: { _ in
        asked.withLock { $0 += 1 }
        return KeptResponse(page)
      },
      respond: { _ in
        asked.withLock { $0 += 1 }
        return page
      })
    let client = try RawClient(served.port)
    var time = timeval(tv_sec: 1, tv_usec: 0)
    setsockopt(client.socket, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    let request = String(repeating: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", count: 1000)
    for _ in 0..<50 where !client.send(request.utf8) { break }
    sleep(1)
    // 50,000 answers would be 5 GB; the kernel's buffers and one read's requests are all that is made.
    #expect(asked.withLock { $0 } < 1000)
  }

  @Test func oldClientsAreServedAndHungUpOn() throws {
    let served = try Served()
    let client = try RawClient(served.port)
    #expect(try client.ask("GET / HTTP/1.0\r\n\r\n").text == "hello\n")
    #expect(client.isHungUp())
    let staying = try RawClient(served.port)
    #expect(
      try staying.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").headers["connection"]
        == "keep-alive")
    #expect(try staying.ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").text == "hello\n")
    #expect(staying.isHungUp())
  }

  @Test func onlyTheHostsThatAreServedAreAnswered() throws {
    let served = try Served({ $0.hosts = ["example.org", "[::1]"] }, respond: { .text($0.host) })
    #expect(try served.say("GET / HTTP/1.1\r\nHost: Example.org:8080\r\n\r\n").text == "Example.org:8080")
    #expect(try served.say("GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n").text == "[::1]:80")
    #expect(try served.say("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n").status == 421)
    #expect(try served.say("GET http://evil.example/ HTTP/1.1\r\nHost: example.org\r\n\r\n").status == 421)
    #expect(try served.say("GET http://example.org/ HTTP/1.1\r\nHost: x\r\n\r\n").text == "example.org")
  }

  @Test func formsOfOneClientAreCounted() throws {
    let served = try Served({
      $0.isBehindProxy = true
      $0.rates = [RateRule(burst: 2, perSecond: 0.01) { $0.method == .post }, .search("/tim")]
    })
    for _ in 0..<2 { #expect(try served.post("/", "a=1", "X-Forwarded-For: 192.0.2.1").status == 200) }
    let refused = try served.post("/", "a=1", "X-Forwarded-For: 192.0.2.1")
    #expect(refused.status == 429)
    #expect(refused.headers["retry-after"].flatMap { Int($0) } ?? 0 > 10)
    #expect(try served.post("/", "a=1", "X-Forwarded-For: 192.0.2.2").status == 200)
    #expect(try served.get("/", "X-Forwarded-For: 192.0.2.1").status == 200)
    let searches = try (0..<40).map { try served.get("/tim?q=\($0)", "X-Forwarded-For: 192.0.2.1").status }
    #expect(searches.first == 200)
    #expect(searches.contains(429))
  }

  @Test func whatWasTypedIsReadThoughItCameTooEarly() throws {
    let seen = Mutex<[String]>([])
    let pages = GivingBack { form in seen.withLock { $0.append(form) } }
    var options = ServerOptions(.port(host: "127.0.0.1", port: 0))
    options.rates = [RateRule(burst: 2, perSecond: 0.01, isPatient: true) { $0.method == .post }]
    let server = SiteServer(pages, options)
    let port = try #require(try server.start().first)
    defer { server.stop() }
    func post(_ client: RawClient, _ body: String) throws -> Answer {
      try client.ask(
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
          + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
    }
    let client = try RawClient(port)
    for number in 1...2 { #expect(try post(client, "a=\(number)").status == 200) }
    // As many again get back what they sent, and the connection holds.
    for number in 3...4 {
      let answer = try post(client, "a=\(number)")
      #expect(answer.status == 429 && answer.text == "a=\(number)")
      #expect(answer.headers["retry-after"] != nil && answer.headers["connection"] != "close")
    }
    // Whoever sends without end is not read any more.
    let last = try post(client, "a=5")
    #expect(last.status == 429 && last.text.isEmpty && last.headers["connection"] == "close")
    #expect(seen.withLock { $0 } == ["a=3", "a=4", ""])
  }

  @Test func thePageOfABodyThatIsTooLargeKnowsWhatItWasSentTo() throws {
    let pages = GivingBack { _ in }
    var options = ServerOptions(.port(host: "127.0.0.1", port: 0))
    options.limits.body = 1000
    let server = SiteServer(pages, options)
    let port = try #require(try server.start().first)
    defer { server.stop() }
    let answer = try RawClient(port).ask("POST /a/b HTTP/1.1\r\nHost: a\r\nContent-Length: 1001\r\n\r\n")
    #expect(answer.status == 413 && answer.headers["x-path"] == "/a/b")
  }

  private struct GivingBack: Responder {
    let note: @Sendable (String) -> Void
    func respond(to request: WebRequest) throws -> WebResponse { .text("done") }
    func page(of problem: WebProblem, for request: WebRequest?) -> WebResponse {
      let form = request?.form.encoded ?? ""
      note(form)
      var headers = problem.headers
      headers["X-Path"] = request?.rawPath
      return WebResponse(problem.status, headers: headers, body: WebBody(form))
    }
  }

  @Test func moreConnectionsThanThereMayBeWait() throws {
    let served = try Served({ $0.limits.connections = 2 })
    var first: RawClient? = try RawClient(served.port)
    let second = try RawClient(served.port)
    #expect(try #require(first).ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status == 200)
    #expect(try second.ask("GET / HTTP/1.1\r\nHost: a\r\n\r\n").status == 200)
    let third = try RawClient(served.port)
    third.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
    first = nil
    #expect(try third.answer().status == 200)
  }
}
