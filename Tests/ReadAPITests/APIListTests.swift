import ContentModel
import Foundation
import News
import SenKernel
import SenTesting
import Testing
import Web

/// Lists: chosen, ordered, in parts that hold together.
struct APIListTests {
  @Test func partsMakeUpTheWholeListInEveryOrder() throws {
    let api = try SiteAPI.demo()
    let document = try api.document()
    for noun in api.site.site.registry.pages.keys.sorted() {
      let operation = document["paths"]?.map?["/api/\(noun)"]?.map?["get"]
      let parameters = operation?["parameters"]?.list ?? []
      let order = parameters.first { $0["name"]?.text == "order" }
      let names = order?["schema", "enum"]?.list.compactMap(\.text) ?? []
      #expect(names.contains("published") && names.contains("-title"))
      for query in ["limit=%"] + names.map({ "order=\($0)&limit=%" }) {
        let whole = try api.slugs("/api/\(noun)?\(query.replacing("%", with: "100"))")
        #expect(try api.slugs("/api/\(noun)?\(query.replacing("%", with: "1"))") == whole, "\(noun) \(query)")
        #expect(try api.get("/api/\(noun)")["total"]?.integer == Int64(whole.count))
        #expect(Set(whole).count == whole.count)
      }
    }
  }

  @Test func whatComesInMeanwhileMovesNothing() throws {
    let clock = TestClock("2026-11-30T08:00:00Z")
    let site = try TestSite([NewsPlugin()]) { clock.now }
    for number in 1...6 {
      // All of one second, which only their numbers tell apart.
      try site.run("article create 'Tin \(number)' --state published --publish-at 2026-11-01T00:00:00Z")
    }
    let api = try SiteAPI(site)
    let first = try api.get("/api/article?limit=3")
    try site.run("article create 'Tin mới nhất' --state published")
    try site.run("article delete tin-6 tin-1 --yes")
    let next = try #require(first["next"]?.text)
    #expect(first["items"]?.list.compactMap { $0["slug"]?.text } == ["tin-6", "tin-5", "tin-4"])
    #expect(try api.slugs(next) == ["tin-3", "tin-2"])
  }

  @Test func itemsAreChosenByWhatVisitorsSee() throws {
    let site = try TestSite([NewsPlugin()])
    for line in [
      "category create 'Kinh tế' --state published",
      "category create OCOP --parent kinh-te --state published",
      "category create 'Chưa đăng'",
      "article create 'Mắm' --category ocop --tags 'nước mắm' --state published --publish-at 2026-01-02T01:00:00Z",
      "article create 'Lúa' --category kinh-te --state published --publish-at 2026-02-03T01:00:00Z",
      "article create 'Khác' --category chua-dang --state published --publish-at 2026-03-04T01:00:00Z",
    ] { try site.run(line) }
    try site.run("tag set nuoc-mam state=published")
    let api = try SiteAPI(site)
    func found(_ query: String) throws -> [String] { try api.slugs("/api/article?\(query)") }
    #expect(try found("") == ["khac", "lua", "mam"])
    #expect(try found("category=ocop") == ["mam"])
    #expect(try found("category=ocop&category=kinh-te") == ["lua", "mam"])
    #expect(try found("category.within=kinh-te") == ["lua", "mam"])
    #expect(try found("tags=nuoc-mam") == ["mam"])
    #expect(try found("published.from=2026-02-03&published.before=2026-03-01") == ["lua"])
    #expect(try found("order=title") == ["khac", "lua", "mam"])
    // The same of a draft as of what is not there.
    let draft = try api.get("/api/article?category=chua-dang", 400)["detail"]?.text
    #expect(draft == "category: there is no category “chua-dang”.")
    #expect(try api.get("/api/article/khac")["fields", "category"] == .null)
    for query in [
      "category=mam", "published.from=hom-qua", "published.from=-3d", "featuredUntil=x", "summary=x",
      "published.from=2026-01-01&published.from=2026-01-02",
    ] {
      #expect(try api.response("/api/article?\(query)").status == 400, "\(query)")
    }
    let many = (1...21).map { "category=c\($0)" }.joined(separator: "&")
    #expect(try api.response("/api/article?\(many)").status == 400)
  }

  @Test func cursorsOfOthersLeadNowhere() throws {
    let site = try TestSite([NewsPlugin()])
    for number in 1...3 { try site.run("article create 'Tin \(number)' --state published") }
    let api = try SiteAPI(site)
    let next = try #require(api.get("/api/article?limit=1")["next"]?.text)
    let cursor = String(next.split(separator: "cursor=")[1])
    #expect(try api.response("/api/article?cursor=\(cursor)").status == 200)
    // Of another order, cut off, made up.
    var wrong = [
      "order=title&cursor=\(cursor)", "cursor=\(cursor.dropLast(3))", "cursor=", "cursor=%00", "cursor=AAAA",
    ]
    for text in [
      "[]", "[\"-publishAt\"]", "[\"-publishAt\",[1],2]", "[\"-publishAt\",\"2026\",\"2\"]",
      "[\"-publishAt\",{\"a\":1},2]", "[\"title\",\"a\",2]", String(repeating: "[", count: 400),
    ] { wrong.append("cursor=\(Base64URL.text(Array(text.utf8)))") }
    for query in wrong { #expect(try api.response("/api/article?\(query)").status == 400, "\(query)") }
    // What can be read is only a place in the list.
    let odd = Base64URL.text(Array("[\"-publishAt\",\"' OR 1=1 --\",9223372036854775807]".utf8))
    #expect(try api.response("/api/article?cursor=\(odd)").status == 200)
  }

  @Test func naughtyQueriesAreAnsweredOrRefused() throws {
    let api = try SiteAPI.demo()
    let texts = [
      "%F0%9F%92%A9", "%ff%fe", "%00", "'%20OR%201=1;--", "%3Cscript%3E", "%E2%80%AE", "+", "%25%25",
      "..%2f..",
      String(repeating: "a", count: 5000), "\u{22}NEAR(", "*", "%22%22%22", "-", "9999999999999999999999",
      "0x10",
      "1e9", "-1", "NaN", "nước", "null", "__proto__",
    ]
    for path in ["/api/", "/api/article", "/api/document", "/api/search", "/api/article/mot-tin"] {
      for name in ["q", "limit", "order", "cursor", "category", "code", "tags", "published.from", "x"] {
        for text in texts {
          let target = "\(path)?\(name)=\(text)"
          let raw = target.addingPercentEncoding(withAllowedCharacters: .ascii) ?? target
          let response = try api.response(raw)
          #expect([200, 400, 404].contains(response.status), "\(response.status) \(target)")
        }
      }
    }
    for text in texts { _ = try api.response("/api/article/\(text.prefix(200))".replacing(" ", with: "%20")) }
  }
}

extension CharacterSet {
  fileprivate static let ascii = CharacterSet(charactersIn: "!"..."~").subtracting(
    CharacterSet(charactersIn: "\"<>^`{|}"))
}
