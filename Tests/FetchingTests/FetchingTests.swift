import Fetching
import Foundation
import SenKernel
import SenTesting
import Testing

/// Against a real server with every bad manner it has.
struct FetchingTests {
  let server: LocalServer
  static let page = LocalServer.Answer(headers: ["Content-Type": "text/plain"], text: "Lúa chín đầy đồng")

  init() throws { server = try LocalServer() }

  private func fetch(_ path: String, _ change: (inout FetchRequest) -> Void = { _ in }) throws
    -> FetchResponse
  {
    var request = FetchRequest(server.address(path))
    request.timeout = 5
    change(&request)
    return try URLSessionFetcher().fetch(request)
  }

  /// Why a request to a server of this manner fails; nil if it does not.
  private func failure(_ manner: LocalServer.Manner, _ change: (inout FetchRequest) -> Void = { _ in })
    -> String?
  {
    server.on("/bad", manner)
    do {
      let response = try fetch("/bad", change)
      Issue.record("it answered \(response.status) with \(response.body.count) bytes")
      return nil
    } catch {
      guard let failure = error as? FetchFailure else {
        Issue.record("it threw \(error)")
        return nil
      }
      #expect(failure.address == server.address("/bad"))
      return failure.reason
    }
  }

  @Test func answersComeWholeWithHeadersInLowerCase() throws {
    server.on("/page", .answers(Self.page))
    let response = try fetch("/page") { $0.headers["If-None-Match"] = "\"7\"" }
    #expect(response.status == 200)
    #expect(response.body == Data(Self.page.body))
    #expect(response.headers["content-type"] == "text/plain")
    #expect(response.address == server.address("/page"))
    #expect(server.requests.map(\.method) == ["GET"])
    #expect(server.requests.first?.headers["if-none-match"] == "\"7\"")
    #expect(server.requests.first?.headers["user-agent"]?.hasPrefix("Sen/") == true)
  }

  @Test func manyAnswersAtOnceEndWithoutHarm() {
    server.on("/page", .answers(Self.page))
    var round = PoliteRound()
    (round.atOnce, round.perServer, round.pause) = (16, 16, 0)
    var good = 0
    // A session that is ended in the moment in which its answer is complete is what this is about.
    round.run(
      (0..<1500).map { _ in server.address("/page") },
      ask: { address in
        var request = FetchRequest(address)
        request.timeout = 20
        return (try? URLSessionFetcher().fetch(request).status) == 200
      }, isStopped: { false }, done: { _, isGood in good += isGood ? 1 : 0 })
    #expect(good == 1500)
  }

  @Test func headAsksForTheHeadOnly() throws {
    server.on("/page", .answers(Self.page))
    let response = try fetch("/page") { $0.method = "HEAD" }
    #expect(response.status == 200)
    #expect(response.body.isEmpty)
    #expect(server.requests.map(\.method) == ["HEAD"])
  }

  @Test(arguments: [204, 304, 404, 405, 410, 500, 503]) func everyStatusIsAnAnswer(_ status: Int) throws {
    let body = [204, 304].contains(status) ? "" : "why"
    server.on("/page", .answers(.init(status, text: body)))
    let response = try fetch("/page")
    #expect(response.status == status)
    #expect(response.body == Data(body.utf8))
  }

  @Test func redirectsAreFollowedOrReportedAsAsked() throws {
    server.on("/old", .answers(.redirect(301, to: "/new?x=1")))
    server.on("/new", .answers(Self.page))
    let followed = try fetch("/old")
    #expect(followed.status == 200)
    #expect(followed.body == Data(Self.page.body))
    #expect(followed.address == server.address("/new?x=1"))
    let reported = try fetch("/old") { $0.followsRedirects = false }
    #expect(reported.status == 301)
    #expect(reported.headers["location"] == "/new?x=1")
    #expect(reported.address == server.address("/old"))
    #expect(server.requests.map(\.path) == ["/old", "/new?x=1", "/old"])
  }

  @Test func headStaysHeadAcrossARedirect() throws {
    server.on("/old", .answers(.redirect(302, to: server.address("/new"))))
    server.on("/new", .answers(Self.page))
    #expect(try fetch("/old") { $0.method = "HEAD" }.status == 200)
    #expect(server.requests.map(\.method) == ["HEAD", "HEAD"])
  }

  @Test func redirectsWithoutEndFail() {
    #expect(failure(.answers(.redirect(to: "/bad")))?.contains("redirects more than") == true)
    #expect(server.requests.count < 15)
  }

  @Test(arguments: ["file:///etc/passwd", "javascript:alert(1)", "http://"])
  func redirectsNeverLeaveTheWeb(_ place: String) {
    #expect(failure(.answers(.redirect(to: place))) == "redirects to “\(place)”, which is no web address")
    #expect(server.requests.count == 1)
  }

  @Test func redirectWithoutAPlaceIsAnAnswer() throws {
    server.on("/page", .answers(.init(302)))
    #expect(try fetch("/page").status == 302)
  }

  @Test func silenceEndsWithTheTimeout() {
    #expect(failure(.keepsSilent) { $0.timeout = 1 } == "timed out after 1 s")
  }

  @Test func bodyThatStopsEndsWithTheTimeout() {
    #expect(failure(.stalls(Self.page, after: 5)) { $0.timeout = 1 } == "timed out after 1 s")
  }

  @Test func bodyThatTricklesEndsWithTheTimeout() {
    let long = LocalServer.Answer(text: String(repeating: "a", count: 1000))
    #expect(failure(.trickles(long, seconds: 0.2)) { $0.timeout = 1 } == "timed out after 1 s")
  }

  @Test func brokenOffBodyIsNoAnswer() {
    #expect(failure(.breaksOff(Self.page, after: 5)) != nil)
    #expect(failure(.hangsUp) != nil)
  }

  @Test func bodyShorterThanItsLengthIsNoAnswer() {
    #expect(failure(.lies(Self.page, length: 1000)) != nil)
  }

  @Test func bodyLongerThanItsLengthIsCutThere() throws {
    server.on("/page", .lies(Self.page, length: 3))
    #expect(try fetch("/page").body == Data(Self.page.body.prefix(3)))
  }

  @Test func endlessBodyIsNotKept() {
    #expect(failure(.endless) { $0.mostBytes = 100_000 } == "is larger than 100000 bytes")
    #expect(
      failure(.answers(.init(body: [UInt8](repeating: 1, count: 1001)))) { $0.mostBytes = 1000 }
        == "is larger than 1000 bytes")
  }

  @Test func bodyIsCutWhereThatIsAskedFor() throws {
    server.on("/page", .endless)
    let response = try fetch("/page") { ($0.mostBytes, $0.cutsBody) = (100_000, true) }
    #expect(response.status == 200)
    #expect(response.body == Data(repeating: 0x61, count: 100_000))
  }

  @Test func bodyOfExactlyTheMostIsTaken() throws {
    server.on("/page", .answers(.init(body: [UInt8](repeating: 1, count: 1000))))
    #expect(try fetch("/page") { $0.mostBytes = 1000 }.body.count == 1000)
  }

  @Test(arguments: ["SSH-2.0-OpenSSH_9.2\r\n", "\u{0}\u{1}\u{2}\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "<html>"])
  func whatIsNoHTTPIsNoAnswer(_ text: String) {
    #expect(failure(.says(Array(text.utf8))) != nil)
  }

  @Test func placesWithoutAServerAreTold() throws {
    let port = try LocalServer().port
    #expect(throws: FetchFailure.self) {
      try URLSessionFetcher().fetch(FetchRequest("http://127.0.0.1:\(port)/"))
    }
    for address in ["", "file:///etc/passwd", "ftp://127.0.0.1/", "http://", "xin chào"] {
      #expect(throws: FetchFailure("is no web address", address)) {
        try URLSessionFetcher().fetch(FetchRequest(address))
      }
    }
  }

  @Test func manyAtOnceKeepApart() async throws {
    for number in 0..<40 { server.on("/\(number)", .answers(.init(text: "\(number)"))) }
    let server = server
    let wrong = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<40 {
        group.addTask {
          let response = try URLSessionFetcher().fetch(FetchRequest(server.address("/\(number)")))
          return response.body != Data("\(number)".utf8)
        }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(wrong == 0)
  }
}
