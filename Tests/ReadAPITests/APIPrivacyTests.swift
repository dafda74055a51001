import ContentModel
import Foundation
import News
import Polls
import Questions
import SenKernel
import SenTesting
import Testing
import Web

/// Nothing leaves by the API that pages do not show, and what is shown is as it is now.
struct APIPrivacyTests {
  let clock = TestClock("2026-11-30T08:00:00Z")
  let site: TestSite
  let api: SiteAPI

  init() throws {
    let clock = clock
    site = try TestSite([NewsPlugin(), PollsPlugin(), QuestionsPlugin()]) { clock.now }
    for line in [
      "category create 'Tin tức' --state published",
      "questiongroup create 'Chính sách' --state published",
      "question create 'Bao giờ chi trả?' --group chinh-sach --contact BIMAT-0912 --answer 'Tháng tới.' --state published",
      "article create 'Đã đăng' --category tin-tuc --state published --body 'x'",
      "article create 'BIMAT nháp' --category tin-tuc --body 'BIMAT'",
      "article create 'BIMAT mai' --state published --publish-at 2026-12-05T00:00:00Z",
      "article create 'BIMAT hết hạn' --state published --publish-at 2026-11-01T00:00:00Z --expire-at 2026-11-02T00:00:00Z",
      "article create 'BIMAT bỏ' --state published", "article delete bimat-bo",
      "topic create 'BIMAT chủ đề'", "article set da-dang topic=bimat-chu-de",
      "tag create 'BIMAT nhãn' --state draft", "article set da-dang tags=bimat-nhan",
      "config set slogan 'Khẩu hiệu'",
    ] { try site.run(line) }
    api = try SiteAPI(site)
  }

  /// Every answer that leads on from the index, as texts.
  private func crawl() throws -> [String: String] {
    var (seen, waiting): ([String: String], [String]) = ([:], ["/api/", "/api/openapi.json"])
    while let path = waiting.popLast() {
      // Of the document, paths with a part to be filled in.
      guard seen[path] == nil, !path.contains("{") else { continue }
      let response = try api.response(path)
      #expect(response.status == 200 || path == "/api/search", "\(path)")
      seen[path] = response.text
      waiting += response.text.matches(of: /"(\/api\/[^"]*)"/).map { String($0.output.1) }
    }
    return seen
  }

  @Test func whatIsNotPublicIsNowhere() throws {
    let answers = try crawl().merging([
      "search": try api.response("/api/search?q=BIMAT").text,
      "all": try api.response("/api/article?limit=100").text,
    ]) { first, _ in first }
    #expect(answers.count > 12)
    for (path, text) in answers {
      // The documents name fields, and none of them is the private one.
      for word in ["BIMAT", "bimat", "contact", "tester", "author"] {
        #expect(!text.contains(word), "\(path) has \(word)")
      }
    }
    #expect(try api.get("/api/article/da-dang")["fields", "topic"] == .null)
    #expect(try api.get("/api/article/da-dang")["tags"] == .list([]))
    #expect(try api.get("/api/article")["total"]?.integer == 1)
    for slug in ["bimat-nhap", "bimat-mai", "khong-co"] {
      #expect(try api.response("/api/article/\(slug)").status == 404, "\(slug)")
    }
    for slug in ["bimat-het-han", "bimat-bo"] {
      #expect(try api.response("/api/article/\(slug)").status == 410, "\(slug)")
    }
    #expect(try api.response("/api/question?contact=BIMAT-0912").status == 400)
    #expect(try api.response("/api/question?order=contact").status == 400)
  }

  @Test func formerSlugsLeadOn() throws {
    try site.run("article set da-dang slug=moi-dang")
    let moved = try api.response("/api/article/da-dang")
    #expect(moved.status == 301 && moved.headers["Location"] == "/api/article/moi-dang")
    #expect(moved.headers["Access-Control-Allow-Origin"] == "*")
    #expect(try api.response("/api").headers["Location"] == "/api/")
    #expect(try api.response("/api/article/?limit=1").headers["Location"] == "/api/article?limit=1")
  }

  @Test func answersAreKeptUntilTheContentChanges() throws {
    for target in ["/api/article", "/api/article?limit=5", "/api/article/da-dang", "/api/search?q=dang"] {
      let first = try api.response(target)
      #expect(first.entityTag != nil)
      #expect(try api.isReady(target))
      #expect(try api.response(target).entityTag == first.entityTag)
    }
    let other = try Site.open(site.folder, registry: site.site.registry, actor: "lan", clock: site.site.clock)
    try other.write { operation in
      let id = try #require(try other.store.id(slug: "da-dang", of: "article", operation.db))
      try operation.update(id) { $0.values[1] = .text("Tóm tắt khác") }
    }
    #expect(try !api.isReady("/api/article"))
    #expect(try api.get("/api/article")["items", 0, "lead"]?.text == "Tóm tắt khác")
    // The clock alone publishes.
    clock.set("2026-12-05T00:00:01Z")
    #expect(try api.get("/api/article")["total"]?.integer == 2)
    #expect(try api.get("/api/article/bimat-mai")["title"]?.text == "BIMAT mai")
  }

  @Test func resultsComeWhereThePageShowsThem() throws {
    try site.run("poll create 'Mở?' --option Có --option Không --state published")
    try site.run("poll create 'Kín?' --option Có --option Không --results afterClosing --state published")
    for slug in ["mo", "kin"] { try site.run("poll vote \(slug) --option 1 --voter an") }
    let open = try api.get("/api/poll/mo")
    #expect(open["view", "voters"]?.integer == 1)
    #expect(open["view", "options", 0, "percent"] == .real(100))
    let closed = try api.get("/api/poll/kin")
    #expect(closed["view", "voters"] == .null)
    #expect(closed["view", "options", 0, "votes"] == .null)
    #expect(closed["view", "options", 0, "text"]?.text == "Có")
    try site.run("article rate da-dang --points 4 --voter an")
    #expect(try api.get("/api/article/da-dang")["view", "rating", "average"] == .real(4))
  }

  @Test func textsAreCleanedAndAddressesAreWhole() throws {
    try site.run("config set address https://nongthon.example.vn")
    try site.run(
      "article set da-dang bodyFormat=html body='<p onclick=\"x()\">Chào <a href=\"/page/a/\">bạn</a><script>alert(1)</script></p>'"
    )
    let body = try api.get("/api/article/da-dang")["fields", "body"]
    #expect(body?["html"]?.text == "<p>Chào <a href=\"https://nongthon.example.vn/page/a/\">bạn</a></p>")
    #expect(body?["text"]?.text == "Chào bạn")
    let item = try api.get("/api/article/da-dang")
    #expect(item["url"]?.text == "https://nongthon.example.vn/article/da-dang/")
    #expect(item["section", "api"]?.text == "https://nongthon.example.vn/api/category/tin-tuc")
    #expect(try api.document()["servers"] == .list([.map(["url": .text("https://nongthon.example.vn")])]))
    #expect(item["fields", "bodyFormat"] == nil)
  }
}
