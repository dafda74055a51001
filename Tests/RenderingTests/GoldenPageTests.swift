import Foundation
import Rendering
import SenKernel
import Testing

/// A page of each kind as it was when somebody last looked at it. `SEN_GOLDEN=write` writes them anew.
@Suite struct GoldenPageTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
  private let writes = ProcessInfo.processInfo.environment["SEN_GOLDEN"] == "write"

  private static let paths = [
    "front": "/", "list-article": "/article/", "article": "/article/nuoc-sach/",
    "article-bare": "/article/lich-thoi-vu/", "list-category": "/category/",
    "category": "/category/nong-thon-moi/",
    "topic": "/topic/chuyen-doi-so/", "source": "/source/dai/", "tag": "/tag/nuoc-sach/",
    "list-poll": "/poll/",
    "poll": "/poll/uu-tien/", "poll-closed": "/poll/mua-o-dau/", "list-album": "/album/",
    "album": "/album/lang-que/",
    "photo": "/photo/ruong/", "linkgroup": "/linkgroup/trong-tinh/", "list-document": "/document/",
    "document": "/document/qd-1215/", "document-replaced": "/document/qd-812/", "area": "/area/nong-nghiep/",
    "documentkind": "/documentkind/quyet-dinh/", "questiongroup": "/questiongroup/vay-von/",
    "list-question": "/question/", "question": "/question/the-chap/", "page": "/page/gioi-thieu/",
  ]

  @Test func everyKindOfPageIsAsItWas() throws {
    let site = try ThemeSite()
    let maker = try site.maker()
    for (name, path) in Self.paths { try check(site.page(path, of: maker), name) }
    try check(site.page("/search/", query: "nuoc sach", of: maker), "search")
    try check(site.page("/search/", query: "xyzzy", of: maker), "search-nothing")
    for kind in ["missing", "gone", "failure"] { try check(site.notice(kind, of: maker), kind) }
  }

  /// A body that is called as some part of a page is would look like that part: a column, a notice.
  @Test func whatTheBodyIsCalledIsTheNameOfNothingElse() throws {
    let site = try ThemeSite()
    let maker = try site.maker()
    var pages = try Self.paths.values.map { try site.page($0, of: maker) }
    pages += try ["missing", "gone", "failure"].map { try site.notice($0, of: maker) }
    pages.append(try site.page("/search/", of: maker))
    let styles = try #require(pages[0].firstMatch(of: /href="\/site\/theme\/([^"]+\.css)"/)).output.1
    let sheet = String(decoding: try #require(maker.themeFile(String(styles))), as: UTF8.self)
    let styled = Set(sheet.matches(of: /\.([a-z][a-z0-9-]*)/).map { String($0.output.1) })
    let called = Set(
      try pages.map { page in String(try #require(page.firstMatch(of: /<body class="([^"]+)"/)).output.1) })
    #expect(called.count > 10 && styled.count > 100)
    #expect(called.isDisjoint(with: styled), "\(called.intersection(styled))")
  }

  /// What changes with files that are not templates is not looked at; of most pages only the main part is.
  private func check(_ page: String, _ name: String) throws {
    var text = page.replacing(/\/site\/theme\/(\w+)\.[0-9a-z]+\./) { "/site/theme/\($0.output.1).STAMP." }
      .replacing(/[0-9a-f]{64}/, with: "HASH")
    if !["front", "article", "missing"].contains(name), let start = text.range(of: "<main"),
      let end = text.range(of: "</main>")
    {
      text = String(text[start.lowerBound..<end.upperBound]) + "\n"
    }
    let file = Self.folder.appending(path: "\(name).html")
    if writes { return try text.write(to: file, atomically: true, encoding: .utf8) }
    let golden = try String(contentsOf: file, encoding: .utf8)
    let lines = (text.split(separator: "\n"), golden.split(separator: "\n"))
    let place = zip(lines.0, lines.1).first { $0 != $1 }
    #expect(text == golden, "\(name): \(place.map { "\($0.0)\nwas\n\($0.1)" } ?? "longer or shorter")")
  }
}
