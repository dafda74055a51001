import Foundation
import News
import SenKernel
import SenTesting
import Testing
import Web

@testable import LiveSite

/// All that a search finds can be looked at, a part at a time.
struct SearchPageTests {
  let site: TestSite
  let live: LiveSite

  init() throws {
    site = try TestSite([NewsPlugin()])
    try site.run("config set address https://tinh.example.vn")
    let lines = (1...130).map { number in
      // Some in the title, some in the text alone.
      number % 3 == 0
        ? #"{"type":"article","title":"Tin \#(number)","summary":"Về lúa mới","state":"published"}"#
        : #"{"type":"article","title":"Lúa \#(number)","state":"published"}"#
    }
    let path = "\(site.folder)/lines.ndjson"
    try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    try site.run("import ndjson \(path)")
    live = try LiveSite(site)
  }

  private func hits(_ page: String) -> [String] {
    page.matches(of: /<h2><a href="([^"]+)"/).map { String($0.output.1) }
  }

  @Test func everyHitStandsOnOnePartAndNoneOnTwo() throws {
    var found: [String] = []
    var next: String? = "/search/?q=l%C3%BAa"
    var parts = 0
    while let target = next {
      let page = try live.get(target).text
      found += hits(page)
      parts += 1
      #expect(page.contains("<span>130 kết quả cho “lúa”</span>"))
      #expect(page.contains("content=\"noindex\"") && !page.contains("rel=\"canonical\""))
      #expect(page.contains("rel=\"prev\"") == (parts > 1))
      #expect(page.contains("<title>Tìm kiếm: lúa\(parts > 1 ? " – Trang \(parts)" : "") – "))
      next = page.firstMatch(of: /<a href="([^"]+)" rel="next"/).map {
        String($0.output.1).replacing("&amp;", with: "&")
      }
      #expect(next == (parts < 7 ? "/search/?q=l%C3%BAa&page=\(parts + 1)" : nil))
    }
    #expect(parts == 7 && found.count == 130 && Set(found).count == 130)
  }

  @Test func whatIsNoPartIsMissing() throws {
    for part in ["0", "8", "-1", "x", "99999999999999999999", "1%20"] {
      #expect(try live.get("/search/?q=l%C3%BAa&page=\(part)").status == 404, "\(part)")
    }
    #expect(try live.get("/search/?page=2").status == 404)
    #expect(try live.get("/search/?q=kh%C3%B4ng-c%C3%B3-g%C3%AC").status == 200)
    let hostile = try live.get("/search/?q=l%C3%BAa+%22%3E%3Cscript%3E&page=1").text
    #expect(!hostile.contains("<script>"))
  }

  @Test func moreThanCanBeRankedIsToldAsSuch() throws {
    let lines = (1...2000).map {
      #"{"type":"article","title":"Ngô \#($0)","summary":"cây lúa","state":"published"}"#
    }
    let path = "\(site.folder)/more.ndjson"
    try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    try site.run("import ndjson \(path)")
    let last = try live.get("/search/?q=l%C3%BAa&page=100").text
    #expect(last.contains("Hơn 2.000 kết quả") && hits(last).count == 20 && last.contains("thêm từ"))
    #expect(try live.get("/search/?q=l%C3%BAa&page=101").status == 404)
  }

  @Test func whatIsFoundIsShownWithoutTheSignsOfMarkdown() throws {
    let body = """
      # Cây sắn

      Bà con trồng **sắn dây** và [giống sắn mới](https://a.example/sắn "x"), `không` còn ~~sắn cũ~~ \\*.

      | Xã | Sắn |
      |----|----:|
      | Bản Khe | 12 |

      ![sắn](media/x.jpg)
      """
    try Data(body.utf8).write(to: URL(filePath: "\(site.folder)/text.md"))
    try site.run("article create 'Về một cây' --state published --body @\(site.folder)/text.md")
    let page = try live.get("/search/?q=s%E1%BA%AFn").text
    let start = try #require(page.range(of: "Về một cây</a></h2>"))
    let hit = String(page[start.upperBound...].prefix(1000))
    #expect(
      hit.contains("Bà con trồng <mark>sắn</mark> dây và giống <mark>sắn</mark> mới, không còn"),
      "\(hit)")
    for sign in ["**", "](", "~~", "`", "# Cây", "|"] { #expect(!hit.contains(sign), "\(sign)") }
    let found = try live.get("/api/search?q=s%E1%BA%AFn").text
    #expect(found.contains("trồng sắn dây và giống sắn mới") && !found.contains("**"))
  }
}
