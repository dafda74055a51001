import Fetching
import Foundation
import Links
import SenKernel
import SenTesting
import Testing

/// `link check` against a real server.
struct LinkCheckTests {
  let server: LocalServer
  let site: TestSite
  /// Seconds that a server may take; sanitizers take some themselves.
  private let patience = ProcessInfo.processInfo.sanitizerOptions.isEmpty ? 3 : 20

  init() throws {
    server = try LocalServer()
    site = try TestSite([LinksPlugin()], fetcher: URLSessionFetcher())
    try site.run("config set links.pause 0")
    try site.run("config set links.timeout \(patience)")
    server.on("/ok", .answers(.init(text: "tốt")))
  }

  private func link(_ title: String, _ path: String) throws {
    try site.run("link create '\(title)' --url \(server.address(path))")
  }

  private func notes(_ line: String) throws -> [String] {
    let output = MemoryOutput()
    try site.run(line, output)
    return output.notes
  }

  @Test func everyKindOfAnswerIsTold() throws {
    server.on("/moved", .answers(.redirect(301, to: "/ok")))
    server.on("/found", .answers(.redirect(302, to: "/moved")))
    server.on("/gone", .answers(.init(410)))
    server.on("/closed", .answers(.init(403)))
    server.on("/fails", .answers(.init(500)))
    server.on("/circle", .answers(.redirect(to: "/circle")))
    server.on("/away", .answers(.redirect(to: "javascript:alert(1)")))
    server.on("/nowhere", .answers(.init(302)))
    server.on("/silent", .keepsSilent)
    server.on("/get") { $0.method == "GET" ? .answers(.init(text: "tốt")) : .answers(.init(405)) }
    server.on("/endless") { $0.method == "GET" ? .endless : .answers(.init(501)) }
    let paths = [
      "ok", "moved", "found", "missing", "gone", "closed", "fails", "circle", "away", "nowhere", "silent",
      "get",
      "endless",
    ]
    for path in paths { try link(path, "/\(path)") }
    let told = try site.run("link check --format csv --fields title,status,note").replacing("\r", with: "")
    #expect(
      told.replacing(server.address(""), with: "HOST") == """
        title,status,note
        ok,200,
        moved,200,moved for good to HOST/ok
        found,200,leads to HOST/ok
        missing,404,not found
        gone,410,gone for good
        closed,403,lets no program look; look yourself
        fails,500,the server fails
        circle,,redirects in a circle
        away,,"redirects to “javascript:alert(1)”, which is no web address"
        nowhere,,"redirects, but does not say where"
        silent,,timed out after \(patience) s
        get,200,
        endless,200,

        """)
    #expect(server.requests(of: "/ok").allSatisfy { $0.method == "HEAD" })
    #expect(server.requests(of: "/silent").count == 1)
    #expect(
      try site.run("link check --broken --field title")
        == "missing\ngone\nfails\ncircle\naway\nnowhere\nsilent\n")
  }

  @Test func answersAreRememberedForADayAndForTheirAddress() throws {
    try link("ok", "/ok")
    #expect(try notes("link check").contains("1 link, none broken"))
    try site.run("link check")
    #expect(server.requests.count == 1)
    try site.run("link check --all")
    try site.run("link check 1")
    #expect(server.requests.count == 3)
    #expect(try notes("link check --broken").contains("1 link, none broken"))
    try site.run("link set 1 url=\(server.address("/missing"))")
    #expect(try notes("link check --broken").last?.contains("1 never asked") == true)
    #expect(try notes("link check --dry-run").last?.contains("nothing remembered: 1 link, 1 broken") == true)
    #expect(try site.run("link check --field status") == "404\n")
  }

  @Test func sameAddressIsAskedOnce() throws {
    try link("Một", "/ok")
    try link("Hai", "/ok")
    #expect(try notes("link check").contains { $0.hasPrefix("link 1 and link 2 lead to the same address") })
    #expect(server.requests.count == 1)
    #expect(try site.run("link check --all --field status") == "200\n200\n")
  }

  @Test func addressesThatDifferBySchemeWwwOrSlashAreToldToBeOnePage() throws {
    try link("Một", "/ok")
    try site.run("link create Hai --url \(server.address("/ok/"))")
    #expect(
      try notes("link check").contains {
        $0.hasPrefix("link 1 and link 2 most likely lead to the same page: \(server.address("/ok")), ")
      })
  }

  @Test func slipOfTheFingerInAHostIsTold() throws {
    let site = try TestSite([LinksPlugin()])
    let hosts = [
      "nongthonmoi.gov.vn", "www.nongthonmoi.gov.vn", "nongthomoi.gov.vn", "omard.gov.vn", "mail1.example.vn",
      "mail2.example.vn", "a.example.vn", "b.example.vn", "127.0.0.1", "127.0.0.2", "mrad.gov.vn",
      "mard.gov.vn",
    ]
    for host in hosts { try site.run("link create '\(host)' --url http://\(host)/") }
    let output = MemoryOutput()
    try site.run("link check", output)
    let slips = output.notes.filter { $0.contains("misspelt") }
    #expect(
      slips == [
        "mard.gov.vn (link 12) and mrad.gov.vn (link 11) differ by one slip; is one misspelt?",
        "mard.gov.vn (link 12) and omard.gov.vn (link 4) differ by one slip; is one misspelt?",
        "nongthomoi.gov.vn (link 3) and nongthonmoi.gov.vn (link 1 and link 2) differ by one slip; is one misspelt?",
      ])
  }

  @Test func interruptedCheckKeepsWhatHasAnswered() throws {
    try link("ok", "/ok")
    let output = MemoryOutput()
    output.isInterrupted = true
    #expect(throws: CancellationError.self) { try site.run("link check", output) }
    #expect(output.notes.last == "Stopped; 1 link left")
    #expect(server.requests.isEmpty)
    server.on("/silent", .keepsSilent)
    try link("lặng", "/silent")
    let later = MemoryOutput()
    later.interruptedAt = 1
    #expect(throws: StoppedInPart.self) { try site.run("link check", later) }
    #expect(try site.run("link check --broken --format count") == "0\n")
    #expect(try notes("link check --broken").last == "1 link, none broken; 1 never asked")
  }

  @Test func jobTellsTheBroken() throws {
    try link("ok", "/ok")
    try link("mất", "/missing")
    let told = try notes("job run link-check")
    #expect(told == ["link 2 “mất”: not found", "link-check: 2 links, 1 broken"])
  }
}

struct PoliteRoundTests {
  /// How many questions are on their way, by server, and the most there were.
  private final class Counter: Sendable {
    private let counts = Guarded<(now: [String: Int], most: Int, mostOfOne: Int)>(([:], 0, 0))
    var most: Int { counts.withLock(\.most) }
    var mostOfOne: Int { counts.withLock(\.mostOfOne) }

    func ask(_ address: String) -> String {
      let server = String(address.prefix { $0 != "?" })
      counts.withLock { counts in
        counts.now[server, default: 0] += 1
        counts.most = max(counts.most, counts.now.values.reduce(0, +))
        counts.mostOfOne = max(counts.mostOfOne, counts.now[server] ?? 0)
      }
      defer { counts.withLock { $0.now[server, default: 0] -= 1 } }
      do {
        return String(decoding: try URLSessionFetcher().fetch(FetchRequest(address)).body, as: UTF8.self)
      } catch {
        return "\(error)"
      }
    }
  }

  @Test func serversAreAskedFewAtATimeAndEachGetsItsAnswer() throws {
    let servers = [try LocalServer(), try LocalServer()]
    for server in servers { server.on("/") { .answersLate(.init(text: $0.path), seconds: 0.05) } }
    var round = PoliteRound()
    (round.atOnce, round.perServer, round.pause) = (3, 2, 0)
    let addresses = (0..<12).map { servers[$0 % 2].address("/?\($0)") }
    let counter = Counter()
    var answers: [Int: String] = [:]
    let isWhole = round.run(
      addresses, ask: { counter.ask($0) }, isStopped: { false }, done: { answers[$0] = $1 })
    #expect(isWhole)
    #expect(answers == Dictionary(uniqueKeysWithValues: (0..<12).map { ($0, "/?\($0)") }))
    #expect(counter.most == 3)
    #expect(counter.mostOfOne == 2)
  }
}
