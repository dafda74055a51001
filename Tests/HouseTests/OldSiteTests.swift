import ContentModel
import Foundation
import SenKernel
import SenTesting
import Testing

/// `import nukeviet` into the whole program: what has a home comes, all of it.
@Suite struct OldSiteTests {
  static let data: String? = {
    let path = RoomsTests.root.deletingLastPathComponent().appending(path: "shared/data/nukeviet").path
    return FileManager.default.fileExists(atPath: path) ? path : nil
  }()
  static var isMissing: Bool { data == nil }

  /// Which table of the sample site holds the items of a noun.
  static let tables = [
    "article": "news_rows", "category": "news_cat", "topic": "news_topics", "source": "news_sources",
    "tag": "news_tags", "poll": "voting", "page": "about", "area": "laws_area", "documentkind": "laws_cat",
    "questiongroup": "contact_department", "zone": "freecontent_blocks", "banner": "freecontent_rows",
  ]

  @Test(.disabled(if: isMissing, "../shared/data is not at hand"))
  func nothingThatHasAHomeIsLeftOut() throws {
    let data = try #require(Self.data)
    let site = try TestSite(allPlugins)
    let output = MemoryOutput()
    try site.run(
      "import nukeviet \"\(data)/generated/nukeviet-vi-dump.sql\" --media \"\(data)/core/uploads\"", output)
    let nouns = Set(site.site.registry.shapes.map(\.name))
    for note in output.notes where note.hasPrefix("left out: ") {
      let words = note.split(separator: ",")[0].split(separator: " ").dropFirst(3).joined(separator: " ")
      #expect(nouns.allSatisfy { words != $0 && words != Counted.text(2, $0).dropFirst(2) }, "\(note)")
    }
    let json = try JSONSerialization.jsonObject(
      with: Data(contentsOf: URL(filePath: "\(data)/generated/nukeviet-vi-rows.json")))
    let rows = try #require(json as? [String: [[String: Any]]])
    var created = 0
    for (noun, table) in Self.tables where nouns.contains(noun) {
      let wanted = try #require(rows["nv4_vi_\(table)"]).count
      #expect(try site.run("\(noun) list --format count") == "\(wanted)\n", "\(noun)")
      created += wanted
    }
    #expect(output.notes.last == "created \(created), updated 0, skipped 0, failed 0")
    // Every table of the dump with rows is accounted for, with all of its rows.
    let told = MemoryOutput()
    try site.run("import nukeviet \"\(data)/generated/nukeviet-vi-dump.sql\" --dry-run --verbose", told)
    for (table, rows) in rows {
      #expect(
        told.notes.contains { $0.hasPrefix("\(table): \(Counted.text(rows.count, "row")), ") }, "\(table)")
    }
    let views = try #require(rows["nv4_vi_news_rows"]).reduce(0) { $0 + ($1["hitstotal"] as? Int ?? 0) }
    #expect(
      try site.run("visits carried --field hits").split(separator: "\n").reduce(0) { $0 + (Int($1) ?? 0) }
        == views)
    let again = MemoryOutput()
    try site.run(
      "import nukeviet \"\(data)/generated/nukeviet-vi-dump.sql\" --media \"\(data)/core/uploads\"", again)
    #expect(again.notes.last == "created 0, updated 0, skipped \(created), failed 0")
  }

  /// The sample site has no rows of menus, links and legal texts; here it gets some.
  static let more = """

    INSERT INTO `nv4_vi_menu` VALUES (1, 'Trên');
    INSERT INTO `nv4_vi_menu_rows` VALUES
    (1, 0, 1, 'Giới thiệu', '/vi/about/', '', '', '', 1, 1, 0, '2', '6', 'about', '', 0, '', 0, 1),
    (2, 1, 1, 'Bản quyền', '', '', '', '', 1, 2, 1, '', '6', 'about', 'giay-phep-su-dung-nukeviet', 0, '', 0, 1),
    (3, 0, 1, 'Đối tác', '', '', '', '', 2, 3, 0, '', '6', 'news', 'Doi-tac', 0, '', 0, 1);
    INSERT INTO `nv4_vi_weblinks_cat` VALUES (1, 0, 'Nhóm', '', 'nhom', '', 1, 1, '', 100, 100);
    INSERT INTO `nv4_vi_weblinks_rows` VALUES
    (1, 1, 'Tỉnh', 'tinh', 'http://nghean.gov.vn', '', 'Trang của tỉnh', 100, 100, 7, 1);
    INSERT INTO `nv4_vi_laws_row` VALUES
    (1, '', '', 'Về học phí', 'hoc-phi', '12/TT-BGDĐT', '1', 2, 1, 1, 1, '', 'Tóm tắt', '<p>Điều 1</p>', '', '', '',
     '', 1, 0, 1412265295, 0, 1412265295, 0, 0, 1412365295, 0, 0, 0, 1, 0);
    """

  @Test(.disabled(if: isMissing, "../shared/data is not at hand"))
  func menusLinksAndLegalTextsComeToTheItemsThatTheyBelongTo() throws {
    let data = try #require(Self.data)
    let site = try TestSite(allPlugins)
    let dump = try String(contentsOfFile: "\(data)/generated/nukeviet-vi-dump.sql", encoding: .utf8)
    let path = "\(site.folder)/more.sql"
    try (dump + Self.more).write(toFile: path, atomically: true, encoding: .utf8)
    let output = MemoryOutput()
    try site.run("import nukeviet \"\(path)\"", output)
    #expect(output.notes.last == "created 105, updated 0, skipped 0, failed 0")
    #expect(
      try site.run("menu tree tren --field target")
        == "/vi/about/\npage:giay-phep-su-dung-nukeviet\ncategory:doi-tac\n")
    #expect(try site.run("link list --field group") == "nhom\n")
    #expect(
      try site.run("document list --format csv --fields code,kind,area,issuer,signer").replacing(
        "\r", with: "")
        == "code,kind,area,issuer,signer\n12/TT-BGDĐT,thong-tu,giao-duc-1,Bộ GD&ĐT,Phạm Vũ Luận\n")
    #expect(
      output.notes.contains(
        "left out: 3 document issuers, which no document names; here they are words of documents"))
  }
}
