import Documents
import Foundation
import Links
import News
import Polls
import Questions
import SenKernel
import SenTesting
import Testing
import Web
import WebServer

@testable import LiveSite

/// Visitors at the served site in a real browser, with scripts and without: they read, vote, rate, ask, search and
/// follow links.
@Suite(
  .serialized,
  .disabled(if: WebDriver.program == nil || WebDriver.browser == nil, "chromium is not installed"))
struct BrowserTests {
  let site: TestSite
  let server: SiteServer
  let origin: String

  init() throws {
    site = try TestSite([NewsPlugin(), PollsPlugin(), QuestionsPlugin(), LinksPlugin(), DocumentsPlugin()])
    let folder = site.folder
    try site.run("config set title 'Nông thôn mới'")
    try site.run("category create 'Trồng trọt' --state published")
    for (title, body) in [
      ("Lúa cũ", "Chuyện năm ngoái."), ("Lúa mới", "Bà con **gặt** vụ chiêm, lúa chín vàng đồng."),
    ] {
      try Data(body.utf8).write(to: URL(filePath: "\(folder)/text.md"))
      try site.run(
        "article create '\(title)' --category trong-trot --body @\(folder)/text.md --state published")
    }
    try site.run("poll create 'Làm gì trước?' --options Đường --options Nước --state published")
    try site.run("questiongroup create 'Chính sách' --state published")
    try site.run("linkgroup create 'Bộ ngành' --state published")
    try site.run("block add latest-news --region front")
    try site.run("block add poll --region sidebar")
    server = SiteServer(
      try SiteResponder(site.site) { Issue.record("\($0)") }, ServerOptions(.port(host: "127.0.0.1", port: 0))
    )
    origin = "http://127.0.0.1:\(try #require(try server.start().first))"
  }

  private func visit(_ runsScripts: Bool, _ body: (WebDriver) throws -> Void) throws {
    defer { server.stop() }
    // It goes first, so that the server waits for no connection of its.
    let browser = try WebDriver(runsScripts: runsScripts)
    defer { browser.quit() }
    try body(browser)
    #expect(try browser.complaints() == [])
  }

  @Test(arguments: [true, false]) func aReaderGoesFromTheFrontToAnArticleAndOn(runsScripts: Bool) throws {
    try visit(runsScripts) { browser in
      try browser.open(origin + "/")
      #expect(try browser.title() == "Nông thôn mới")
      try browser.click("main a[href='/article/lua-moi/']")
      try browser.arrive(at: "/article/lua-moi/")
      #expect(try browser.text("h1") == "Lúa mới")
      #expect(try browser.text(".text strong") == "gặt")
      #expect(try browser.text(".breadcrumb").contains("Trồng trọt"))
      try browser.click(".nearby a[href='/article/lua-cu/']")
      try browser.arrive(at: "/article/lua-cu/")
      #expect(try browser.text(".text") == "Chuyện năm ngoái.")
      try browser.click(".breadcrumb a[href='/category/trong-trot/']")
      try browser.arrive(at: "/category/trong-trot/")
      #expect(try browser.count("main article") == 2)
      // Another process changes what it shows: the next look has it.
      try site.run("article set lua-moi title='Lúa sớm'")
      try browser.open(origin + "/category/trong-trot/")
      #expect(try browser.text("main").contains("Lúa sớm"))
    }
  }

  @Test(arguments: [true, false]) func aReaderVotesOnce(runsScripts: Bool) throws {
    try visit(runsScripts) { browser in
      try browser.open(origin + "/")
      try browser.click(".sidebar input[name='option'][value='2']")
      try browser.click(".sidebar form.poll button")
      try browser.arrive(thankedAt: "/poll/lam-gi-truoc/")
      #expect(try browser.text("[role='status']").contains("Cảm ơn"))
      #expect(try site.run("poll results @last --format csv --fields votes") == "votes\n0\n1\n")
      try browser.open(origin + "/poll/lam-gi-truoc/")
      try browser.click("main input[name='option'][value='1']")
      try browser.click("main form.poll button")
      try browser.arrive(at: "/poll/lam-gi-truoc/vote")
      // The poll is there again, with what became of the vote.
      #expect(try browser.text("h1") == "Làm gì trước?")
      #expect(try !browser.text("main [role='alert']").isEmpty)
      #expect(try site.run("poll results @last --format csv --fields votes") == "votes\n0\n1\n")
      // The answer to the second vote is an error of its own, which the browser writes down.
      #expect(try browser.complaints().allSatisfy { $0.contains("409") })
    }
  }

  @Test(arguments: [true, false]) func aReaderRates(runsScripts: Bool) throws {
    try visit(runsScripts) { browser in
      try browser.open(origin + "/article/lua-moi/")
      try browser.click(".rate label:nth-child(4)")
      try browser.click(".rating button")
      try browser.arrive(thankedAt: "/article/lua-moi/")
      #expect(try browser.text(".rating .average").contains("4"))
    }
  }

  @Test(arguments: [true, false]) func aReaderAsks(runsScripts: Bool) throws {
    try visit(runsScripts) { browser in
      try browser.open(origin + "/questiongroup/chinh-sach/")
      try browser.type("Vay vốn ở đâu?", into: "main form [name='title']")
      try browser.type("Tôi muốn nuôi gà.", into: "main form [name='text']")
      try browser.type("Bà Năm", into: "main form [name='name']")
      try browser.type("0900 000 000", into: "main form [name='contact']")
      try browser.click("main form button")
      try browser.arrive(thankedAt: "/questiongroup/chinh-sach/")
      #expect(try browser.text("[role='status']").contains("đã được gửi"))
      #expect(try site.run("question list --field question") == "Vay vốn ở đâu?\n")
      // Nobody has answered it: visitors do not see it yet.
      try browser.open(origin + "/questiongroup/chinh-sach/")
      #expect(try !browser.text("main").contains("Vay vốn"))
    }
  }

  @Test(arguments: [true, false]) func aReaderSearchesWithoutDiacritics(runsScripts: Bool) throws {
    try visit(runsScripts) { browser in
      try browser.open(origin + "/")
      try browser.type("vu chiem", into: "header [name='q']")
      try browser.click("header form button")
      try browser.arrive(at: "/search/?q=vu+chiem")
      #expect(try browser.text(".hit mark").lowercased().contains("vụ"))
      try browser.click(".hit a")
      try browser.arrive(at: "/article/lua-moi/")
      #expect(try browser.text("h1") == "Lúa mới")
    }
  }

  @Test func everyKindOfPageFitsTheScreen() throws {
    let long = String(repeating: "Đượcmùa", count: 25)
    try site.run("category create '\(long)' --slug dai --state published")
    try site.run("topic create '\(long)' --slug chuoi --state published")
    try site.run(
      "article create '\(long)' --slug dai --category dai --topic chuoi --tags '\(String(long.prefix(60)))' --summary '\(long)' --body '\(long) `\(long)`' --state published"
    )
    try site.run("poll create '\(long)' --slug dai --options '\(long)' --options Nước --state published")
    try site.run("questiongroup create '\(long)' --slug dai --state published")
    try site.run("linkgroup create '\(long)' --slug dai --state published")
    try site.run("area create '\(long)' --slug dai --state published")
    try site.run("documentkind create '\(long)' --slug dai --state published")
    try site.run(
      "document create '\(long)' --slug dai --kind dai --area dai --code '1/\(long.prefix(60))' --abstract '\(long)' --state published"
    )
    let tag = try site.run("tag list --field slug").split(separator: "\n").first.map { "/tag/\($0)/" }
    let paths = [
      "/", "/site/", "/article/", "/article/dai/", "/category/", "/category/dai/", "/topic/chuoi/", "/poll/",
      "/poll/dai/",
      "/questiongroup/dai/", "/linkgroup/dai/", "/document/", "/document/dai/", "/area/dai/",
      "/search/?q=\(long.prefix(7))", "/search/?q=xyz",
      try #require(tag),
    ]
    try visit(true) { browser in
      for (width, least) in [(1280, 700), (768, 600), (320, 250)] {
        try browser.resize(width)
        for path in paths + ["/nothing/"] {
          try browser.open(origin + path)
          let sizes = try #require(
            try browser.value(
              "return [innerWidth, document.documentElement.scrollWidth, document.querySelector('main').clientWidth]"
            )
              as? [Int])
          // A window is a little wider than what it shows, and headless ones have a least width.
          #expect(sizes[1] <= sizes[0], "\(path) at \(sizes[0]): \(sizes[1])")
          #expect(sizes[2] >= min(least, sizes[0] - 80), "\(path) at \(sizes[0]): main has \(sizes[2])")
        }
      }
      // The page that is not there is an error of its own, which the browser writes down.
      #expect(try browser.complaints().allSatisfy { $0.contains("404") })
    }
  }

  /// The player of the browser itself is a page, which the policy of uploaded files holds for as well.
  @Test func aMovingPictureIsPlayed() throws {
    try visit(true) { browser in
      try browser.open(origin + "/")
      let film = try #require(
        try browser.value(
          """
          const canvas = document.createElement('canvas'), draw = canvas.getContext('2d');
          const recorder = new MediaRecorder(canvas.captureStream(20), {mimeType: 'video/webm'}), parts = [];
          recorder.ondataavailable = e => parts.push(e.data);
          const timer = setInterval(() => draw.fillRect(Math.random() * 200, 0, 50, 50), 50);
          return new Promise(done => {
            recorder.onstop = async () => {
              clearInterval(timer);
              done(btoa(String.fromCharCode(...new Uint8Array(await new Blob(parts).arrayBuffer()))));
            };
            recorder.start();
            setTimeout(() => recorder.stop(), 1000);
          })
          """) as? String)
      let path = "\(site.folder)/phim.webm"
      try #require(Data(base64Encoded: film)).write(to: URL(filePath: path))
      try site.run("document create 'Phim' --slug phim --state published")
      try site.run("attachment create 'Phim' --slug phim --document phim --file \(path) --state published")
      try browser.open(origin + "/attachment/phim/download")
      let state = try browser.value(
        """
        const player = document.querySelector('video');
        return new Promise(done => {
          const look = () => player.readyState >= 2 || player.error ? done(player.readyState) : setTimeout(look, 50);
          look();
        })
        """)
      #expect(try #require(state as? Int) >= 2)
    }
  }

  @Test func theKeyboardIsEnough() throws {
    try visit(true) { browser in
      try browser.open(origin + "/article/lua-moi/")
      let (tab, enter) = ("\u{E004}", "\u{E007}")
      try browser.press(tab)
      #expect(try browser.textInFocus() == browser.text("a.skip"))
      try browser.press(enter)
      #expect(try browser.address().hasSuffix("#main"))
      #expect(try browser.value("return document.activeElement.id") as? String == "main")
    }
  }

  /// Everything an article page fetches comes from the site itself, in one stylesheet, and weighs little.
  @Test func anArticleWeighsLittle() throws {
    try visit(true) { browser in
      try browser.open(origin + "/article/lua-moi/")
      let fetched = try #require(
        try browser.value(
          """
          return [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
            .map(e => [e.name, e.transferSize])
          """) as? [[Any]])
      #expect(fetched.allSatisfy { ($0.first as? String)?.hasPrefix(origin) ?? false })
      #expect(fetched.filter { ($0.first as? String)?.contains(".css") ?? false }.count == 1)
      #expect(fetched.compactMap { $0.last as? Int }.reduce(0, +) < 60_000)
    }
  }
}
