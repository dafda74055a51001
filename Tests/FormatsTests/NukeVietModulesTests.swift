import ContentModel
import Foundation
import Testing

@testable import Formats

/// What a dump holds beside the news: polls, pages, legal texts, questions, links and menus.
@Suite struct NukeVietModulesTests {
  private func read(_ dump: String) throws -> (records: [SourceRecord], source: NukeVietSource) {
    var source = NukeVietSource(
      dump: ByteSource(bytes: Array(dump.utf8), name: "a.sql"), scratch: MemoryScratch(), mediaFolder: nil)
    var records: [SourceRecord] = []
    while let record = try source.next() { records.append(record) }
    return (records, source)
  }

  private func value(_ name: String, of record: SourceRecord) -> FieldValue? { record.values[name] }

  private func polls(_ polls: [String], _ options: [String]) -> String {
    NukeVietSample.rows(
      "nv4_vi_voting",
      "vid question link acceptcm active_captcha admin_id groups_view publ_time exp_time act",
      polls) + NukeVietSample.rows("nv4_vi_voting_rows", "id vid title url hitstotal", options)
  }

  @Test func aPollComesWithItsOptionsInOrderAndTheirCounts() throws {
    let (records, source) = try read(
      polls(
        [
          "(2, 'Hay&#33;', '', 9, 0, 1, '6', 1700000000, 1700086400, 1)",
          "(3, 'B?', 'x', 0, 0, 1, '6', 0, 0, 0)",
        ],
        [
          "(6, 2, 'Vừa', '', 4)", "(5, 2, 'Tốt', '', 12)", "(7, 2, 'Vừa', 'http://a.vn', 0)",
          "(8, 3, 'Có', '', 0)", "(9, 3, 'Không', '', 1)",
        ]))
    #expect(records.map(\.noun) == ["poll", "poll"])
    let poll = try #require(records.first)
    #expect(value("question", of: poll) == .text("Hay!"))
    #expect(value("options", of: poll) == .list([.text("Tốt"), .text("Vừa"), .text("Vừa (3)")]))
    #expect(value("mostChoices", of: poll) == .integer(3))
    #expect(value("closes", of: poll) == .date(Date(timeIntervalSince1970: 1_700_086_400)))
    #expect(value("origin", of: poll) == .text("nukeviet:vi:voting:poll:2"))
    #expect(poll.rows.map { $0.values["votes"] } == [.integer(12), .integer(4), .integer(0)])
    #expect(poll.rows.allSatisfy { $0.table == "pollCarried" && $0.noun == "vote" })
    #expect(value("mostChoices", of: records[1]) == .integer(1))
    #expect(value("opens", of: records[1]) == .null && value("closes", of: records[1]) == .null)
    #expect(value("state", of: records[1]) == .text("archived"))
    #expect(source.warningCount == 1)
    #expect(source.leftOut == ["option link": 1, "poll link": 1])
  }

  @Test func aPollWithoutItsOptionsIsACutDump() throws {
    let alone = try refusal {
      _ = try read(NukeVietSample.rows("nv4_vi_voting", "vid question acceptcm", ["(1, 'A?', 1)"]))
    }
    #expect(alone?.message == "a.sql lacks nv4_vi_voting_rows")
    let empty = try refusal { _ = try read(polls(["(2, 'A?', '', 1, 0, 1, '6', 1, 0, 1)"], [])) }
    #expect(empty?.message == "a.sql has rows in nv4_vi_voting but none in nv4_vi_voting_rows")
  }

  @Test func everyModuleThatIsBuiltLikePagesBringsPages() throws {
    let columns =
      "id title alias image imagealt description bodytext keywords weight add_time edit_time status"
    let records = try read(
      NukeVietSample.rows(
        "nv4_vi_about", columns,
        ["(1, 'Giới thiệu', 'Gioi-thieu', 'a.jpg', '', 'Ai<br />đó', '<p>x</p>', 'a,b', 2, 100, 200, 1)"])
        + NukeVietSample.rows(
          "nv4_vi_siteterms", columns, ["(1, 'Điều khoản', 'dk', '', '', '', 'y', '', 1, 100, 0, 0)"])
    ).records
    #expect(
      records.map { $0.values["origin"]?.text } == [
        "nukeviet:vi:about:page:1", "nukeviet:vi:siteterms:page:1",
      ])
    #expect(value("summary", of: records[0]) == .text("Ai\nđó"))
    #expect(value("body", of: records[0]) == .text("<p>x</p>"))
    #expect(value("keywords", of: records[0]) == .list([.text("a"), .text("b")]))
    #expect(records.map { $0.values["state"] } == [.text("published"), .text("archived")])
  }

  @Test func menuEntriesLeadToTheItemsThatTheyMean() throws {
    let (records, source) = try read(
      NukeVietSample.module(
        "nv4_vi_news", categories: ["(4, 0, 'Tin', 'Tin-tuc', 1, '', 1, '')"],
        details: ["(1, '', '', '', '', '')"], articles: [NukeVietSample.article(1, categories: "4")])
        + NukeVietSample.rows("nv4_vi_menu", "id title", ["(1, 'Trên')"])
        + NukeVietSample.rows(
          "nv4_vi_menu_rows", "id parentid mid title link icon note weight module_name op target status",
          [
            "(3, 2, 1, 'Tin', '/index.php?nv=news&amp;op=Tin-tuc', '', '', 1, 'news', 'Tin-tuc', 0, 1)",
            "(2, 0, 1, 'Đầu', '/vi/', '', '', 1, 'news', '', 0, 1)",
            "(4, 0, 1, 'Ngoài', 'bao.vn/x', '', '', 2, '', '', 1, 0)",
            "(5, 0, 9, 'Lạc', '/', '', '', 3, '', '', 0, 1)",
          ])
    )
    let entries = records.filter { $0.noun == "menuitem" }
    #expect(entries.map { $0.values["title"]?.text } == ["Đầu", "Ngoài", "Tin"])
    #expect(entries.map { $0.values["link"] } == [.text("/vi/"), .text("http://bao.vn/x"), .null])
    #expect(value("target", of: entries[2]) == .text("nukeviet:vi:category:4"))
    #expect(value("parent", of: entries[2]) == .text("nukeviet:vi:menu:menuitem:2"))
    #expect(value("menu", of: entries[2]) == .text("nukeviet:vi:menu:menu:1"))
    #expect(entries.map { $0.values["newWindow"] } == [.bool(false), .bool(true), .bool(false)])
    #expect(source.leftOut["menuitem"] == 1)
  }

  @Test func linksComeAfterTheirGroups() throws {
    let (records, source) = try read(
      NukeVietSample.rows(
        "nv4_vi_weblinks_rows",
        "id catid title alias url urlimg description add_time edit_time hits_total status",
        ["(1, 2, 'Tỉnh', 'Tinh', 'http://http://nghean.gov.vn', '', '', 100, 0, 7, 1)"])
        + NukeVietSample.rows(
          "nv4_vi_weblinks_cat", "catid parentid title alias description weight",
          ["(2, 0, 'Nhóm', 'n', '', 1)"]))
    #expect(records.map(\.noun) == ["linkgroup", "link"])
    #expect(value("url", of: records[1]) == .text("http://nghean.gov.vn"))
    #expect(value("group", of: records[1]) == .text("nukeviet:vi:weblinks:linkgroup:2"))
    let clicks = try #require(records[1].rows.first)
    #expect(clicks.table == "linkClick" && clicks.values == ["day": .text(""), "clicks": .integer(7)])
    #expect(source.leftOut == [:])
  }

  @Test func bannersComeWithTheirZonesTimesAndClicks() throws {
    let (records, source) = try read(
      NukeVietSample.rows(
        "nv4_banners_plans", "id title description form width height act",
        [
          "(1, 'Đầu trang', 'Ở trên', 'sequential', 510, 100, 1)", "(2, 'Phải', '', 'random', 0, 0, 0)",
        ])
        + NukeVietSample.rows(
          "nv4_banners_rows",
          "id title pid clid file_name file_alt click_url target bannerhtml publ_time exp_time hits_total act weight",
          [
            "(1, 'Hội chợ', 1, 3, 'hoi-cho.png', 'Mời', 'http://hoicho.vn', '_blank', '', 100, 900, 12, 1, 2)",
            "(2, 'Giống', 2, 0, 'no_image', '', 'javascript:1', '_self', '<p>ST25</p>', 500, 400, 0, 3, 1)",
            "(3, 'Lạc', 9, 0, '', '', '', '', '', 0, 0, 5, 1, 1)",
          ]))
    #expect(records.map(\.noun) == ["zone", "zone", "banner", "banner"])
    #expect(
      value("turns", of: records[0]) == .text("sequence") && value("width", of: records[0]) == .integer(510))
    #expect(value("state", of: records[1]) == .text("archived") && value("width", of: records[1]) == .null)
    let (fair, seed) = (records[2], records[3])
    #expect(value("zone", of: fair) == .text("nukeviet:nv4_banners:zone:1"))
    #expect(value("imageAlt", of: fair) == .text("Mời") && value("text", of: fair) == .text("Hội chợ"))
    #expect(value("isPaid", of: fair) == .bool(true) && value("newWindow", of: fair) == .bool(true))
    #expect(value("expireAt", of: fair) == .date(Date(timeIntervalSince1970: 900)))
    #expect(
      fair.rows.map(\.values) == [["impressions": .integer(0), "day": .text(""), "clicks": .integer(12)]])
    #expect(value("text", of: seed) == .text("ST25") && value("link", of: seed) == .null)
    #expect(value("state", of: seed) == .text("archived") && value("expireAt", of: seed) == .null)
    #expect(seed.rows.isEmpty && source.leftOut == ["banner": 1] && source.warningCount == 3)
    #expect(source.picturesLeftOut == 1)
  }

  @Test func officesAreGroupsOfQuestions() throws {
    let (records, _) = try read(
      NukeVietSample.rows(
        "nv4_vi_contact_department", "id full_name alias phone fax email address note others cats act weight",
        [
          "(1, 'Phòng Một cửa', 'Mot-cua', '(0239) 385[+84239385]|0912', '', 'mc@x.vn', '', 'Tiếp dân', '{\"zalo\":\"mc\"}', 'Hỏi|Góp ý', 1, 3)"
        ]))
    #expect(records.map(\.noun) == ["questiongroup"])
    #expect(
      value("description", of: records[0])
        == .text("Tiếp dân\nĐiện thoại: (0239) 385, 0912\nEmail: mc@x.vn\nTiếp nhận: Hỏi; Góp ý\nzalo: mc"))
    #expect(
      value("isOpen", of: records[0]) == .bool(true) && value("position", of: records[0]) == .integer(3))
  }

  @Test func freeTextsAreBannersOfTheirBlock() throws {
    let (records, _) = try read(
      NukeVietSample.rows("nv4_vi_freecontent_blocks", "bid title description", ["(4, 'Sản phẩm', '')"])
        + NukeVietSample.rows(
          "nv4_vi_freecontent_rows", "id bid title description link target image start_time end_time status",
          ["(7, 4, 'Gạo', '<ul><li>Thơm</li></ul>', 'gao.vn', '', '', 100, 0, 1)"]))
    #expect(records.map(\.noun) == ["zone", "banner"])
    #expect(value("zone", of: records[1]) == value("origin", of: records[0]))
    #expect(
      value("text", of: records[1]) == .text("Thơm")
        && value("link", of: records[1]) == .text("http://gao.vn"))
  }

  @Test func rowsOfTablesThatNobodyKnowsAreCounted() throws {
    let (_, source) = try read(
      NukeVietSample.rows("nv4_vi_shops_rows", "id product", ["(1, 'a')", "(2, 'b')"])
        + NukeVietSample.rows("nv4_vi_shops_config", "config_name config_value", ["('a', 'b')"])
        + NukeVietSample.rows("nv4_vi_news_7", "id title", ["(1, 'a')"])
        + NukeVietSample.rows("nv4_vi_menu", "id title", ["(1, 'a')"])
        + NukeVietSample.rows(
          "nv4_vi_menu_rows", "id parentid mid title link weight", ["(1, 0, 1, 'a', '#', 1)"]))
    #expect(source.leftOut == ["row of nv4_vi_shops_rows": 2])
    #expect(
      source.tables.map(\.name) == [
        "nv4_vi_menu", "nv4_vi_menu_rows", "nv4_vi_news_7", "nv4_vi_shops_config", "nv4_vi_shops_rows",
      ])
    #expect(
      source.tables.map(\.fate)[2...] == ["settings, logs or copies", "settings, logs or copies", "left out"])
  }

  @Test func filesOfLegalTextsComeFromTheFolder() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sen-laws-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appending(path: "laws/2024"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("%PDF".utf8).write(to: folder.appending(path: "laws/2024/a.pdf"))
    let dump =
      NukeVietSample.rows(
        "nv4_vi_laws_row", "id title alias code cid sid sgid eid files view_hits download_hits status",
        [
          "(1, 'Một', 'm', '1/QĐ', 0, 0, 0, 2, '2024/a.pdf', 5, 8, 1)",
          "(2, 'Hai', 'h', '2/QĐ', 0, 0, 0, 0, '2024/a.pdf,khong-co.pdf', 0, 3, 1)",
        ])
      + NukeVietSample.rows(
        "nv4_vi_laws_cat", "id parentid title introduction newday", ["(1, 0, 'Quyết định', '<p>Q</p>', 5)"])
      + NukeVietSample.rows(
        "nv4_vi_laws_examine", "id title weight", ["(1, 'Ủy ban A', 1)", "(2, 'Ủy ban B', 2)"])
    var source = NukeVietSource(
      dump: ByteSource(bytes: Array(dump.utf8), name: "a.sql"), scratch: MemoryScratch(),
      mediaFolder: folder.path)
    var records: [SourceRecord] = []
    while let record = try source.next() { records.append(record) }
    #expect(records.map(\.noun) == ["documentkind", "document", "attachment", "document", "attachment"])
    #expect(value("description", of: records[0]) == .text("Q"))
    #expect(value("examiner", of: records[1]) == .text("Ủy ban B"))
    #expect(records[1].rows.map(\.values) == [["hits": .integer(5)]])
    #expect(value("file", of: records[2]) == .map(["file": .text("laws/2024/a.pdf")]))
    #expect(records[2].rows.map(\.values) == [["day": .text(""), "count": .integer(8)]])
    #expect(records[4].rows.isEmpty)
    #expect(source.leftOut == ["document file": 1, "download": 3, "document examiner": 1])
  }

  @Test func legalTextsNameTheirIssuersAndSigners() throws {
    let (records, source) = try read(
      NukeVietSample.rows(
        "nv4_vi_laws_row",
        "id replacement title alias code area_ids cid sid sgid introtext bodytext files publtime startvalid exptime status addtime",
        [
          "(1, '', 'Cũ', 'c', '1/QĐ', '1', 2, 1, 1, '', 'a', '', 100, 200, 0, 1, 50)",
          "(2, '1,9', 'Mới', 'm', '2/QĐ', '1', 2, 1, 7, '', 'b', 'x.pdf', 300, 0, 0, 1, 50)",
        ])
        + NukeVietSample.rows(
          "nv4_vi_laws_area", "id parentid title introduction sort alias weight",
          ["(1, 0, 'Giáo dục', '', 1, 'gd', 1)"])
        + NukeVietSample.rows(
          "nv4_vi_laws_cat", "id parentid title introduction newday alias weight",
          ["(2, 0, 'Quyết định', '', 5, 'qd', 1)"])
        + NukeVietSample.rows(
          "nv4_vi_laws_subject", "id title introduction numcount",
          ["(1, 'Sở', '', 0)", "(2, 'Phòng', '', 0)"])
        + NukeVietSample.rows(
          "nv4_vi_laws_signer", "id title offices positions", ["(1, 'Ông A', '', 'Giám đốc')"]))
    #expect(records.map(\.noun) == ["area", "documentkind", "document", "document"])
    #expect(value("issuer", of: records[2]) == .text("Sở"))
    #expect(value("signer", of: records[2]) == .text("Ông A"))
    #expect(value("signerOffice", of: records[2]) == .text("Giám đốc"))
    #expect(value("kind", of: records[2]) == .text("nukeviet:vi:laws:documentkind:2"))
    #expect(value("replaces", of: records[3]) == .list([.text("nukeviet:vi:laws:document:1")]))
    #expect(source.leftOut == ["document issuer": 1, "document file": 1])
  }

  @Test func questionsWithoutAnAnswerWaitForIt() throws {
    let records = try read(
      NukeVietSample.rows(
        "nv4_vi_faq", "id catid title alias question answer weight status addtime",
        ["(1, 1, 'Bao giờ?', 'b', 'Hỏi', '<p>Mai</p>', 1, 1, 100)", "(2, 1, 'Sao?', 's', '', '', 2, 1, 100)"])
        + NukeVietSample.rows(
          "nv4_vi_faq_categories", "id parentid title description groups_view alias weight",
          ["(1, 0, 'Chung', '', '6', 'chung', 1)"])
    ).records
    #expect(records.map(\.noun) == ["questiongroup", "question", "question"])
    #expect(value("answer", of: records[1]) == .text("Mai"))
    #expect(records.map { $0.values["state"] } == [.text("published"), .text("published"), .text("review")])
  }
}
