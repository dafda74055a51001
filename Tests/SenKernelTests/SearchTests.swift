import ContentModel
import Foundation
import News
import SenTesting
import Storage
import Testing

@testable import SenKernel

@Suite struct SearchTests {
  let test: TestSite

  init() throws { test = try TestSite([NewsPlugin()]) }

  @discardableResult
  func create(_ title: String, _ body: String = "", summary: String = "") throws -> Item {
    try test.site.write { operation in
      var item = try operation.blank("article")
      let shape = try test.site.shape("article")
      item.values[shape.index["title"]!] = .text(title)
      item.values[shape.index["body"]!] = .text(body)
      item.values[shape.index["summary"]!] = .text(summary)
      return try operation.create(item)
    }
  }

  /// The titles that a query finds, best first, as the command gives them.
  func find(_ query: String) throws -> [String] {
    let quoted = query.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    let text = try test.run("search \"\(quoted)\" --format ndjson --fields title")
    return text.split(separator: "\n").map { line in
      let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return object?["title"] as? String ?? "?"
    }
  }

  @Test(
    arguments: [
      ("hoi nghi", "Hội nghị tổng kết"), ("HỘI NGHỊ", "Hội nghị tổng kết"),
      ("hoi nghi".uppercased(), "Hội nghị tổng kết"),
      ("hộ", nil), ("duong", "Đường về xã"), ("đường", "Đường về xã"), ("ĐƯỜNG", "Đường về xã"),
      ("hòa", "Hoà bình"), ("hoà", "Hoà bình"),
      ("quoc", "Đất nước"), ("quốc", "Đất nước"), ("\"mỗi xã một sản phẩm\"", "Chương trình OCOP"),
      ("\"moi xa mot san pham\"", "Chương trình OCOP"),
      ("\"xã mỗi\"", nil), ("nông*", "Đất nước"), ("nong*", "Đất nước"), ("nôn", nil),
      ("490/QD-TTg", "Chương trình OCOP"), ("490/QĐ-TTg", "Chương trình OCOP"),
      ("490/qđ*", "Chương trình OCOP"), ("490", "Chương trình OCOP"), ("491/QĐ-TTg", nil),
      ("hội tổng", "Hội nghị tổng kết"), ("hội đường", nil),
    ] as [(String, String?)])
  func whatPeopleTypeFindsWhatTheyMean(query: String, title: String?) throws {
    try create("Hội nghị tổng kết")
    try create("Đường về xã")
    try create("Hoà bình")
    try create("Đất nước", "Việt Nam quốc hiệu, nông thôn mới")
    try create("Chương trình OCOP", "Theo 490/QĐ-TTg: mỗi xã một sản phẩm.")
    #expect(try find(query) == (title.map { [$0] } ?? []))
    #expect(try find(query.decomposedStringWithCanonicalMapping) == (title.map { [$0] } ?? []))
  }

  @Test func textInNormalFormDIsFound() throws {
    try create("Hội nghị Đảng bộ".decomposedStringWithCanonicalMapping)
    for query in ["hội nghị", "dang bo", "ĐẢNG BỘ"] { #expect(try find(query).count == 1) }
  }

  @Test func anExactMatchOfAccentsComesFirst() throws {
    try create("Hóa chất")
    try create("Hoa quả")
    try create("Hòa giải")
    try create("Hoà bình")
    #expect(try find("hoa").first == "Hoa quả")
    #expect(try find("hóa").first == "Hóa chất")
    #expect(Set(try find("hoà").prefix(2)) == ["Hòa giải", "Hoà bình"])
    #expect(try find("hoa").count == 4)
  }

  @Test func whoTypesANameWithoutAccentsFindsTheItemOfThatNameFirst() throws {
    try create("Sơn La")
    try create("Lễ hội ở Sơn La", "Về Sơn La.")
    try create("La Sơn Phu Tử")
    try create("Johnson & Son", "Son, son, la la la. Son la: la son.")
    for number in 1...150 { try create("Tỉnh \(number)", "sơn la sơn la") }
    #expect(try Array(find("son la").prefix(3)) == ["Sơn La", "Lễ hội ở Sơn La", "La Sơn Phu Tử"])
    #expect(try find("sơn la").first == "Sơn La")
    #expect(try find("SON LA").first == "Sơn La")
  }

  @Test func tagsAndReferencesOfHTMLAreNoWords() throws {
    try create(
      "Nhập",
      """
      <div class="tinmoi"><h1>H&ocirc;m&nbsp;nay</h1><p>H<b>ội</b> ngh&#7883; <a href="https://vidu.vn/lienket">c&#xE1;c</a>
      x&atilde;<br>m&#7897;t</p><!-- bimat --><script>var mahoa = 1</script> A&amp;B &dstrok;&#432;&#7901;ng 1 < 2 <https://tudong.vn> e&#769;n</div>
      """)
    for query in [
      "hôm nay", "\"hom nay\"", "\"hội nghị các xã\"", "xa", "một", "đường", "duong", "tudong", "én",
    ] {
      #expect(try find(query) == ["Nhập"], "\(query)")
    }
    for query in [
      "tinmoi", "class", "div", "nbsp", "ocirc", "amp", "lienket", "href", "bimat", "mahoa", "xamot", "7897",
    ] {
      #expect(try find(query).isEmpty, "\(query)")
    }
  }

  @Test func wordsOfMarkdownAreFound() throws {
    try create(
      "Bài", "# Lúa\n\n**Được** mùa ở [Đồng Tháp](https://dongthap.vn), `mã` & _sen_\n\n- một\n- hai")
    for query in ["lúa", "được mùa", "\"đồng tháp\"", "mã", "sen", "hai"] {
      #expect(try find(query) == ["Bài"], "\(query)")
    }
  }

  @Test func theIndexIsAlwaysCurrent() throws {
    let item = try create("Lúa", "vàng")
    let id = item.envelope.id
    #expect(try find("vàng") == ["Lúa"])
    _ = try test.run("article set \(id) title=Ngô body=xanh")
    #expect(try find("vàng").isEmpty && find("lúa").isEmpty)
    #expect(try find("xanh") == ["Ngô"])
    _ = try test.run("article delete \(id)")
    #expect(try find("xanh").isEmpty)
    _ = try test.run("article restore \(id)")
    #expect(try find("xanh") == ["Ngô"])
    _ = try test.run("article delete \(id) --force --yes")
    #expect(try find("xanh").isEmpty)
    #expect(throws: (any Error).self) {
      try test.site.write { operation in
        var blank = try operation.blank("article")
        blank.values[0] = .text("Dở dang")
        _ = try operation.create(blank)
        throw Refusal(.declined, "no")
      }
    }
    #expect(try find("dở dang").isEmpty)
    let file = test.folder + "/in.ndjson"
    try Data("{\"type\":\"article\",\"title\":\"Khoai\",\"body\":\"tím\"}\n".utf8).write(
      to: URL(filePath: file))
    _ = try test.run("import ndjson '\(file)'")
    #expect(try find("tím") == ["Khoai"])
    _ = try test.run("search reindex")
    #expect(try find("tím") == ["Khoai"])
    #expect(try find("xanh").isEmpty)
  }

  @Test(arguments: [
    "a\"", "\"", "\"\"", "*", "a*b*", "NEAR(a b)", "NEAR(", "a AND", "OR", "NOT a", "title:a", "{title}: a",
    "^a", "a + b", "-a", "(", "a)", "'", "a' OR 1=1 --",
    "🌾", "🌾 a", "\u{301}", "हिन्दी", "…—–", "\u{202E}a", "a\u{7F}b", "\"a* b\"*", "½", "1️⃣",
    String(repeating: "a ", count: 5000),
    String(repeating: "a-", count: 5000), String(repeating: "\"a\" ", count: 2500),
    String(repeating: "đ", count: 5000), String(repeating: "(", count: 10_000),
    String(repeating: "*", count: 10_000),
  ])
  func hostileQueriesAreOnlyWords(query: String) throws {
    try create("a b", "title near and or not हिन्दी")
    do {
      _ = try find(query)
    } catch let refusal as Refusal {
      #expect(
        refusal.code == .usage && refusal.message.count < 200 && !refusal.message.lowercased().contains("sql")
      )
    }
    _ = try test.site.read { db in try Search("a\u{0}b \(query)\u{0}").ids(limit: 10, types: nil, db) }
  }

  @Test func queriesOfOtherScriptsAreSplitAsTheirTextsWere() throws {
    try create("हिन्दी भाषा")
    try create("Ελλάς Москва")
    #expect(try find("हिन्दी") == ["हिन्दी भाषा"])
    #expect(try find("москва") == ["Ελλάς Москва"])
  }

  func snippet(_ query: String, _ item: Item) throws -> Snippet {
    SearchHit.snippet(Search(query), item, try test.site.shape("article"))
  }

  /// The hits of a snippet as they stand in its text.
  func hits(_ snippet: Snippet) -> [String] {
    snippet.hits.map { String(Array(snippet.text)[$0]) }
  }

  @Test func snippetsShowTheOriginalTextAroundTheHit() throws {
    let before = (1...40).map { "chữ\($0)" }.joined(separator: " ")
    let item = try create("Tin", "<p>\(before)\n\n«Hội&nbsp;ngh&#7883;», 490/QĐ-TTg nông thôn\(before)</p>")
    let found = try snippet("hoi nghi", item)
    #expect(found.text.hasPrefix("… chữ35 chữ36 chữ37 chữ38 chữ39 chữ40 «Hội nghị», 490/QĐ-TTg nông thôn"))
    #expect(found.text.hasSuffix(" …") && found.text.count < 200)
    #expect(hits(found) == ["Hội", "nghị"])
    #expect(hits(try snippet("490/QD-TTg", item)) == ["490", "QĐ", "TTg"])
    #expect(hits(try snippet("nong*", item)) == ["nông"])
    #expect(hits(try snippet("\"chu1 chu2\"", item)).prefix(2) == ["chữ1", "chữ2"])
    let none = try snippet("xyz", item)
    #expect(none.hits.isEmpty && none.text.hasPrefix("chữ1 chữ2"))
    #expect(try snippet("tin", create("Tin")) == Snippet())
    #expect(try snippet("lua", create("Tin", "(lúa)!")) == Snippet(text: "(lúa)!", hits: [1..<4]))
  }

  @Test func markupWithoutEndIsReadOnce() throws {
    let body = String(repeating: "<a <!-- &x &#99999999; ", count: 20_000) + "lúa"
    try create("Dài", body)
    #expect(try find("lúa") == ["Dài"])
  }
}
