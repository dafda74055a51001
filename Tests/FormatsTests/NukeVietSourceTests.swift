import ContentModel
import Foundation
import Testing

@testable import Formats

/// A small dump of a site, with what real ones have and some that goes wrong.
enum NukeVietSample {
  static func rows(_ table: String, _ columns: String, _ rows: [String]) -> String {
    let declared = columns.split(separator: " ").map { "  `\($0)` text" }.joined(separator: ",\n")
    let values =
      rows.isEmpty ? "" : "INSERT INTO `\(table)` VALUES\n" + rows.joined(separator: ", \n") + ";\n"
    return "CREATE TABLE `\(table)` (\n\(declared),\n  PRIMARY KEY (`id`)\n) ENGINE=MyISAM;\n\n\(values)\n"
  }

  static func module(
    _ base: String, categories: [String] = [], details: [String] = [], articles: [String] = [],
    sources: [String] = [], tags: [String] = [], tagging: [String] = [], topics: [String] = []
  ) -> String {
    rows("\(base)_cat", "catid parentid title alias weight description status image", categories)
      + rows("\(base)_detail", "id titlesite description bodyhtml sourcetext files", details)
      + rows(
        "\(base)_rows",
        """
        id catid listcatid topicid admin_id author sourceid addtime edittime status publtime exptime title \
        alias hometext homeimgfile homeimgalt homeimgthumb allowed_rating hitstotal click_rating
        """, articles)
      + rows("\(base)_sources", "sourceid title link", sources)
      + rows("\(base)_tags", "tid title alias keywords", tags)
      + rows("\(base)_tags_id", "id tid keyword", tagging)
      + rows("\(base)_topics", "topicid title alias description", topics)
  }

  /// A row of `rows` with the given parts, the rest usual.
  static func article(
    _ id: Int, categories: String = "1", source: Int = 0, status: Int = 1, added: Int = 100,
    published: Int = 200, expires: Int = 0, title: String = "Tin", lead: String = "", cover: String = "",
    thumb: Int = 1
  ) -> String {
    let main = categories.split(separator: ",").first ?? "0"
    return """
      (\(id), \(main), '\(categories)', 0, 1, 'Bích', \(source), \(added), 150, \(status), \(published), \
      \(expires), '\(title)', 'Tin-\(id)', '\(lead)', '\(cover)', 'Ảnh', \(thumb), 1, 3, 0)
      """
  }

  static let whole =
    module(
      "nv4_vi_news",
      categories: [
        "(2, 1, 'Con', 'Con', 1, '', 0, '')", "(1, 0, 'Cha &amp; mẹ', 'Cha', 2, 'Mô<br />tả', 1, '')",
      ],
      details: [
        "(1, 'SEO', 'Mô tả', '<p>Thân \\\"bài\\\"</p>', 'https://a.vn/x', NULL)",
        "(2, '', '', 'x', 'Báo Nhân Dân', 'a.pdf,b.pdf')", "(3, '', '', 'y', 'Báo Nhân Dân', '')",
      ],
      articles: [
        article(1, categories: "2,1,9", source: 1, title: "Hay quá&#33;", lead: "Một<br />hai"),
        article(2, source: 8), article(3, status: 22),
      ],
      sources: ["(1, 'Báo', 'http://b.vn')"],
      tags: ["(1, '', 'lúa-gạo', 'lúa gạo')", "(2, 'OCOP', 'ocop', '')"],
      tagging: ["(1, 2, 'ocop')", "(1, 1, 'x')", "(2, 7, '2011')"],
      topics: ["(1, 'Loạt', 'Loat', '')"])
    + rows("nv4_vi_comment", "cid content post_name", ["(1, 'A', 'Lan')", "(2, 'B', 'Hà')"])
    + rows("nv4_users", "userid username password", ["(1, 'lan', 'geheim')"])
}

@Suite struct NukeVietSourceTests {
  func read(_ dump: String, media: String? = nil) throws -> (records: [SourceRecord], source: NukeVietSource)
  {
    var source = NukeVietSource(
      dump: ByteSource(bytes: Array(dump.utf8), name: "a.sql"), scratch: MemoryScratch(), mediaFolder: media)
    var records: [SourceRecord] = []
    while let record = try source.next() { records.append(record) }
    return (records, source)
  }

  func origins(_ records: [SourceRecord]) -> [String] {
    records.map { $0.values["origin"]?.text?.replacing("nukeviet:vi:", with: "") ?? "" }
  }

  @Test func whatIsReferredToComesFirst() throws {
    let (records, source) = try read(NukeVietSample.whole)
    #expect(
      origins(records) == [
        "source:1", "topic:1", "category:1", "category:2", "tag:1", "tag:2", "article:1",
        "source:Báo Nhân Dân", "tag:7", "article:2", "article:3",
      ])
    #expect(records.flatMap(\.rows).filter { $0.noun == "view" }.map(\.count) == [3, 3, 3])
    #expect(source.leftOut == ["comment": 2, "article file": 2, "user": 1])
    #expect(
      source.warnings.map { String($0.drop { $0 != "," }.dropFirst(2)) } == [
        "article 1: its category 9 is not in the dump", "article 2: its source 8 is not in the dump",
      ])
  }

  @Test func anArticleIsJoinedFromItsTables() throws {
    let records = try read(NukeVietSample.whole).records
    let article = try #require(records.first { $0.noun == "article" })
    #expect(article.place.hasSuffix(", article 1"))
    let expected: FieldMap = [
      "title": .text("Hay quá!"), "summary": .text("Một\nhai"), "category": .text("nukeviet:vi:category:2"),
      "categories": .list([.text("nukeviet:vi:category:1")]), "topic": .null,
      "source": .text("nukeviet:vi:source:1"), "sourceURL": .text("https://a.vn/x"), "byline": .text("Bích"),
      "coverAlt": .text("Ảnh"), "allowRating": .bool(true), "seoTitle": .text("SEO"),
      "seoDescription": .text("Mô tả"), "bodyFormat": .text("html"), "body": .text("<p>Thân \"bài\"</p>"),
      "slug": .text("Tin-1"), "author": .text("lan"), "language": .text("vi"), "expireAt": .null,
      "state": .text("published"), "publishAt": .date(Date(timeIntervalSince1970: 200)),
      "createdAt": .date(Date(timeIntervalSince1970: 100)),
      "updatedAt": .date(Date(timeIntervalSince1970: 150)), "origin": .text("nukeviet:vi:article:1"),
      "tags": .list([.text("nukeviet:vi:tag:2"), .text("nukeviet:vi:tag:1")]),
    ]
    #expect(article.values == expected)
    #expect(
      records.first { $0.values["origin"]?.text == "nukeviet:vi:tag:7" }?.values["title"] == .text("2011"))
    let child = records.first { $0.values["origin"]?.text == "nukeviet:vi:category:2" }
    #expect(child?.values["parent"] == .text("nukeviet:vi:category:1"))
    #expect(child?.values["state"] == .text("archived"))
  }

  @Test(arguments: [
    (0, 0, "archived"), (1, 0, "published"), (2, 0, "published"), (3, 300, "published"), (3, 0, "archived"),
    (1, 150, "archived"), (4, 0, "draft"), (5, 0, "review"), (10, 0, "review"), (22, 0, "published"),
    (25, 0, "draft"), (12, 0, "draft"), (-1, 0, "draft"),
  ])
  func states(status: Int, expires: Int, state: String) throws {
    let dump = NukeVietSample.module(
      "nv4_vi_news", details: ["(1, '', '', '', '', '')"],
      articles: [NukeVietSample.article(1, categories: "", status: status, expires: expires)])
    let (records, source) = try read(dump)
    #expect(records.last?.values["state"] == .text(state))
    #expect(
      records.last?.values["expireAt"] == (expires == 300 ? .date(Date(timeIntervalSince1970: 300)) : .null))
    #expect(source.warningCount == (status == 12 || status == -1 || expires == 150 ? 1 : 0))
  }

  @Test func modulesAndLanguagesKeepApartButShareTags() throws {
    func module(_ base: String) -> String {
      NukeVietSample.module(
        base, details: ["(1, '', '', '', '', '')"], articles: [NukeVietSample.article(1, categories: "")],
        tags: ["(5, 'php', 'php', '')"], tagging: ["(1, 5, 'php')"])
    }
    let records = try read(module("x_vi_news") + module("x_en_news") + module("x_vi_tin_moi")).records
    #expect(
      records.compactMap { $0.values["origin"]?.text } == [
        "nukeviet:en:tag:5", "nukeviet:en:article:1", "nukeviet:vi:article:1",
        "nukeviet:vi:tin_moi:article:1",
      ])
    #expect(
      records.allSatisfy { $0.noun == "tag" || $0.values["tags"] == .list([.text("nukeviet:en:tag:5")]) })
    let both = try refusal { _ = try read(module("x_vi_news") + module("y_vi_news")) }
    #expect(both?.message == "a.sql holds two sites: x_vi_news and y_vi_news")
  }

  @Test func picturesAreNamedBelowTheMediaFolder() throws {
    let folder = try TestFolder()
    for path in ["uploads/news/topics"] {
      try FileManager.default.createDirectory(
        atPath: "\(folder.path)/\(path)", withIntermediateDirectories: true)
    }
    _ = try folder.write([1], "uploads/news/a b.jpg")
    let covers = [
      ("a b.jpg", 1), ("gone.jpg", 2), ("gone.jpg", 0), ("a b.jpg", 0), ("https://x.vn/c.jpg", 3),
      ("../../etc/passwd", 1), ("/uploads/news/2019/d.jpg", 1), ("", 0),
    ]
    let dump = NukeVietSample.module(
      "nv4_vi_news", details: covers.indices.map { "(\($0), '', '', '', '', '')" },
      articles: covers.enumerated().map {
        NukeVietSample.article($0, categories: "", cover: $1.0, thumb: $1.1)
      })
    let files: [String?] = [
      "news/a b.jpg", "news/gone.jpg", nil, "news/a b.jpg", nil, nil, "news/2019/d.jpg", nil,
    ]
    for (media, prefix) in [("\(folder.path)/uploads", ""), (folder.path, "uploads/")] {
      let (records, source) = try read(dump, media: media)
      #expect(
        records.map { record in
          if case .map(let map)? = record.values["cover"] { map["file"]?.text } else { nil }
        } == files.map { $0.map { prefix + $0 } })
      #expect(source.warningCount == 2)
    }
    let (records, source) = try read(dump)
    #expect(records.allSatisfy { $0.values["cover"] == nil })
    #expect(source.picturesLeftOut == 4)
  }

  @Test func everyPrefixOfADumpIsRefusedOrHasEveryArticle() throws {
    let bytes = Array(NukeVietSample.whole.utf8)
    var complete = 0
    for length in bytes.indices {
      let refused = try refusal {
        let records = try read(String(decoding: bytes[..<length], as: UTF8.self)).records
        #expect(records.count { $0.noun == "article" } == 3)
        complete += 1
      }
      #expect(refused == nil || refused?.code == .invalid)
    }
    // Cut within what is only counted, or between the last statements.
    #expect(complete < bytes.count / 4)
  }

  @Test func aHostileSourceIsRefusedWithItsPlace() throws {
    let loop = NukeVietSample.module(
      "nv4_vi_news", categories: ["(1, 2, 'A', 'a', 1, '', 1, '')", "(2, 1, 'B', 'b', 1, '', 1, '')"])
    #expect(
      try refusal { _ = try read(loop) }?.message
        == "a.sql, line 14: category 1 of nv4_vi_news is inside itself")
    #expect(
      try refusal { _ = try read(NukeVietSample.rows("nv4_vi_news_rows", "id title", ["(1, 'x')"])) }?.message
        == "a.sql holds nothing of a NukeViet site: no table such as nv4_vi_news_rows")
    #expect(
      try refusal { _ = try read("INSERT INTO nv4_vi_news_rows VALUES (1);") }?.message
        == "a.sql, line 1: rows of nv4_vi_news_rows, but not which columns it has")
    let broken = NukeVietSample.module("nv4_vi_news", tags: ["(1, 'tag', 'a', '')"])
    var bytes = Array(broken.utf8)
    let place = try #require(bytes.firstRange(of: Array("'tag'".utf8))).lowerBound
    bytes[place + 1] = 0xE1
    var source = NukeVietSource(
      dump: ByteSource(bytes: bytes, name: "a.sql"), scratch: MemoryScratch(), mediaFolder: nil)
    #expect(
      try refusal { _ = try source.next() }?.message.contains(
        "title of nv4_vi_news_tags 1 is not valid UTF-8")
        == true)
  }
}
