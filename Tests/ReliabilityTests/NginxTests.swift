import Foundation
import Testing

/// A published tree behind nginx, as `Examples/Deploying/nginx-tree.conf` has it, answers as the live site does.
@Suite(.serialized, .enabled(if: Servers.nginx != nil, "nginx or curl is not installed: make servers"))
struct NginxTests {
  private let sen: SenProgram
  private let servers: Servers
  private let live: Int
  private let port: Int
  private static let long = String(repeating: "rat-dai-", count: 14) + "het"

  init() throws {
    sen = try SenProgram()
    servers = Servers(sen)
    (live, port) = (try Servers.freePort(), try Servers.freePort())
    for line in [
      "config set address http://127.0.0.1:\(port)", "category create 'Cây lúa' --state published",
      "article create 'Tin một' --category cay-lua --state published --slug \(Self.long)",
      "article set \(Self.long) slug=tin-mot",
      "category set cay-lua slug=lua",
      "article create 'Đã hết' --category lua --state published --publish-at 2019-01-01 --expire-at 2020-01-01",
      "poll create 'Có hay không?' --options Có --options Không --state published --results always",
    ] { try sen.expect(line) }
    try sen.expect("album create 'Ảnh' --state published")
    try sen.expect("photo generate --count 1")
    try sen.expect("photo set @last album=anh state=published")
    try sen.expect("photo regenerate --missing")
    try sen.expect("publish www --atomic --actions-url http://127.0.0.1:\(port)")
    try servers.begin("\"$SEN\" serve --no-jobs --port \(live) --behind-proxy", port: live, "live")
    try servers.nginx(
      "nginx-tree.conf",
      [
        ("listen 443 ssl;", "listen 127.0.0.1:\(port);"), ("/var/www/portal", "\(sen.folder)/www"),
        ("ssl_certificate /etc/ssl/portal.pem;", ""),
        ("ssl_certificate_key /etc/ssl/private/portal.key;", ""),
        ("127.0.0.1:8080", "127.0.0.1:\(live)"),
      ], port: port)
  }

  private static let headers = [
    "Content-Type", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy",
    "Permissions-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Content-Disposition",
    "Location", "Strict-Transport-Security",
  ]

  @Test func whatIsAnsweredIsWhatTheLiveSiteAnswers() throws {
    let tree = "\(sen.folder)/www"
    let all = try FileManager.default.subpathsOfDirectory(atPath: sen.folder + "/www.releases/1")
    let media = try #require(all.first { $0.hasPrefix("media/") && $0.hasSuffix(".jpg") })
    let theme = all.filter { $0.hasPrefix("site/theme/") }.map { "/\($0)" }
    #expect(theme.count >= 3 && FileManager.default.fileExists(atPath: tree))
    let paths =
      [
        "/", "/article/", "/article/tin-mot/", "/article/tin-mot", "/article/\(Self.long)/", "/category/lua/",
        "/category/cay-lua/", "/category/cay-lua/feed.xml", "/category/cay-lua/7/?a=b", "/article/da-het/",
        "/article/khong-co/", "/khong-co", "/article/khong-co/feed.xml", "/feed.xml", "/atom.xml",
        "/feed.json",
        "/category/lua/atom.xml", "/sitemap.xml", "/sitemap-article-1.xml", "/robots.txt", "/site/",
        "/\(media)",
        "/search/?q=tin", "/media/", "/article/..%2f..%2f",
      ] + theme
    for path in paths {
      let (wanted, found) = (try servers.ask(live, path), try servers.ask(port, path))
      #expect(found.status == wanted.status, "\(path)")
      for name in Self.headers {
        // An answer that leads on has no text of Sen's.
        if name == "Content-Type" || name == "Cache-Control", found.status == 301 { continue }
        #expect(found[name] == wanted[name], "\(path): \(name)")
      }
      if found.status == 404 || found.status == 410 {
        #expect(
          found.body.contains(found.status == 404 ? "Không tìm thấy trang" : "Nội dung đã được gỡ"), "\(path)"
        )
      } else if found.status == 200, found["Content-Type"]?.contains("html") ?? false, !path.contains("?") {
        // But for the forms' tokens and where they are sent.
        #expect(found.body.prefix(500) == wanted.body.prefix(500), "\(path)")
      }
    }
    for path in ["/.sen/published.db", "/.sen/redirects.map", "/article/tin-mot%0d%0aX-A:b/", "/404.html"] {
      let answer = try servers.ask(port, path)
      #expect(answer.status == 404 && answer["X-A"] == nil, "\(path)")
    }
    let injected = try servers.ask(port, "/article/\(Self.long)/%0d%0aX-A:b/")
    #expect(injected["Location"] == "/article/tin-mot/" && injected["X-A"] == nil)
    #expect(try servers.ask(port, "/category/cay-lua/7/?a=b")["Location"] == "/category/lua/7/?a=b")
    #expect(try servers.ask(port, "/article/tin-mot/")["ETag"] != nil)
    #expect(
      try servers.ask(port, "/article/tin-mot/", "-H 'Accept-Encoding: gzip'")["Content-Encoding"] == "gzip")
  }

  @Test func whatVisitorsSendReachesTheLiveSite() throws {
    let poll = "/poll/co-hay-khong/"
    let page = try servers.ask(port, poll)
    #expect(page.body.contains("action=\"http://127.0.0.1:\(port)\(poll)vote\""))
    let form = "-H 'Origin: http://127.0.0.1:\(port)' --data option=1 --data token="
    // Files have no tokens: the live page has.
    let again = try servers.ask(port, "\(poll)vote", form)
    #expect(again.status == 422 && again.body.contains("xin gửi lại biểu mẫu"))
    let token = try #require(again.body.firstMatch(of: /name="token" value="([^"]+)"/)).output.1
    let voted = try servers.ask(port, "\(poll)vote", "\(form)\(token)")
    let thanks = try #require(voted["Location"])
    #expect(voted.status == 303 && thanks.hasPrefix("\(poll)?done=") && voted["Set-Cookie"] != nil)
    #expect(try servers.ask(port, thanks).body.contains("Cảm ơn bạn đã biểu quyết."))
    #expect(try sen.expect("poll results co-hay-khong --field votes") == "1\n0\n")
    // What a page of others sends is refused by what the proxy says of its own address.
    #expect(
      try servers.ask(port, "\(poll)vote", form.replacing(":\(port)'", with: ":1'") + token).status == 403)
  }

  @Test func anotherReleaseIsServedAtOnceAndItsMapsAfterAReload() throws {
    try sen.expect("article set tin-mot slug=tin-hai")
    try sen.expect("publish www --atomic --actions-url http://127.0.0.1:\(port)")
    #expect(try servers.ask(port, "/article/tin-hai/").status == 200)
    // Until nginx knows, the page there leads on.
    #expect(try servers.ask(port, "/article/tin-mot/").body.contains("url=/article/tin-hai/"))
    let pid = try sen.text("nginx.pid").trimmingCharacters(in: .whitespacesAndNewlines)
    #expect(try sen.sh("kill -HUP \(pid)").code == 0)
    try servers.eventually("301") {
      let answer = try servers.ask(port, "/article/tin-mot/")
      return answer.status == 301 && answer["Location"] == "/article/tin-hai/"
    }
  }
}
