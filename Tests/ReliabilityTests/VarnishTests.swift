import Foundation
import Testing

/// The live site behind Varnish, as `Examples/Deploying/varnish.vcl` has it.
@Suite(.serialized, .enabled(if: Servers.varnish != nil, "varnishd or curl is not installed: make servers"))
struct VarnishTests {
  private let sen: SenProgram
  private let servers: Servers
  private let live: Int
  private let port: Int

  init() throws {
    sen = try SenProgram()
    servers = Servers(sen)
    (live, port) = (try Servers.freePort(), try Servers.freePort())
    for line in [
      "config set address http://127.0.0.1:\(port)", "category create 'Cây lúa' --state published",
      "article create 'Tin một' --category cay-lua --state published",
      "article create 'Tin hai' --state published",
      "poll create 'Có hay không?' --options Có --options Không --state published --results always",
    ] { try sen.expect(line) }
    try servers.begin(
      "\"$SEN\" serve --no-jobs --port \(live) --behind-proxy --purge http://127.0.0.1:\(port)", port: live,
      "live")
    let vcl = try Servers.edited("varnish.vcl", [(".port = \"8080\";", ".port = \"\(live)\";")])
    try vcl.write(toFile: "\(sen.folder)/site.vcl", atomically: true, encoding: .utf8)
    let program = try #require(Servers.varnish)
    let jail = getuid() == 0 ? "-j none" : ""
    try servers.begin(
      "\(program) \(jail) -F -n \(sen.folder)/varnish -f \(sen.folder)/site.vcl -a 127.0.0.1:\(port) -s malloc,16m",
      port: port, "cache")
    // Sen has told it that everything is old, once and once more.
    try servers.eventually("the first purges") { try sen.text("live.errors").contains("answers again") }
    Thread.sleep(forTimeInterval: 4)
  }

  /// How often Sen was asked for a path.
  private func count(_ path: String) throws -> Int {
    try sen.text("live").split(separator: "\n").count { $0.contains(" \(path) ") }
  }

  /// Asks twice, so that the cache holds it; how often Sen was asked then.
  private func fill(_ path: String) throws -> Int {
    for _ in 0..<2 { #expect(try servers.ask(port, path).status == 200, "\(path)") }
    try servers.eventually("the log") { try count(path) > 0 }
    return try count(path)
  }

  @Test func aChangeIsSeenAndNothingElseIsAskedForAgain() throws {
    let (article, other, list) = ("/article/tin-mot/", "/article/tin-hai/", "/category/cay-lua/")
    for path in [article, other, list] {
      _ = try fill(path)
      let before = try count(path)
      #expect(try servers.ask(port, path).status == 200)
      #expect(try servers.ask(port, path)["Age"] != nil)
      Thread.sleep(forTimeInterval: 1.2)
      #expect(try count(path) == before, "\(path) was not kept")
    }
    let before = try count(other)
    // By another process.
    try sen.expect("article set tin-mot title='Tin khác'")
    for path in [article, list] {
      try servers.eventually("\(path) is new") { try servers.ask(port, path).body.contains("Tin khác") }
    }
    Thread.sleep(forTimeInterval: 4)
    #expect(try servers.ask(port, other).status == 200)
    Thread.sleep(forTimeInterval: 1.2)
    #expect(try count(other) == before)
    // A setting is on every page.
    try sen.expect("config set title 'Tên mới'")
    try servers.eventually("\(other) is new") { try servers.ask(port, other).body.contains("Tên mới") }
    // What is taken down is gone.
    try sen.expect("article delete tin-hai")
    try servers.eventually("\(other) is gone") { try servers.ask(port, other).status == 410 }
  }

  @Test func whatGoesOutAndComesInIsAsItShouldBe() throws {
    let path = "/article/tin-mot/"
    let direct = try servers.ask(live, path)
    #expect(direct["Surrogate-Key"]?.hasPrefix("all n_") ?? false)
    #expect(direct["Expires"] != nil)
    for _ in 0..<2 {
      let answer = try servers.ask(port, path)
      for name in ["Surrogate-Key", "Expires", "Via", "X-Varnish"] { #expect(answer[name] == nil, "\(name)") }
      for name in ["Cache-Control", "Content-Security-Policy", "Content-Type", "Vary"] {
        #expect(answer[name] == direct[name], "\(name)")
      }
    }
    // A browser that has it is told so by the cache.
    let tag = try #require(try servers.ask(port, path)["ETag"])
    #expect(try servers.ask(port, path, "-H 'If-None-Match: \(tag)'").status == 304)
    // Sen is told who asks.
    _ = try servers.ask(port, "/search/?q=x", "-H 'X-Forwarded-For: 203.0.113.77'")
    try servers.eventually("the address") { try sen.text("live").contains("203.0.113.0") }
    // Only Sen says what is old.
    let key = "-X BAN -H 'Surrogate-Key: all'"
    #expect(try servers.ask(port, "/", key).status == 200)
    #expect(try servers.ask(port, "/", "\(key) -H 'X-Forwarded-For: 203.0.113.77'").status == 405)
    #expect(try servers.ask(port, "/", "-X BAN -H 'Surrogate-Key: all)|(x'").status == 400)
    #expect(try servers.ask(port, "/", "-X PURGE").status == 405)
  }

  @Test func whatVisitorsDoGoesThrough() throws {
    let poll = "/poll/co-hay-khong/"
    let token = try #require(servers.ask(port, poll).body.firstMatch(of: /name="token" value="([^"]+)"/))
      .output.1
    let voted = try servers.ask(
      port, "\(poll)vote", "-H 'Origin: http://127.0.0.1:\(port)' --data option=1 --data token=\(token)")
    let thanks = try #require(voted["Location"])
    #expect(voted.status == 303 && thanks.hasPrefix("\(poll)?done="))
    #expect(try servers.ask(port, thanks).body.contains("Cảm ơn bạn đã biểu quyết."))
    try servers.eventually("the vote is shown") {
      try servers.ask(port, poll).body.contains("100")
    }
  }
}
