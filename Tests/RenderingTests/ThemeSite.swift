import Banners
import ContentModel
import Documents
import Exchange
import Foundation
import GRDB
import Gallery
import Links
import Menus
import News
import Pages
import Pictures
import Polls
import Questions
import Rendering
import SenKernel
import SenTesting
import Visits
import Weather

/// A small site of every plugin at a moment that does not move, and its pages.
struct ThemeSite {
  static let now = "2026-11-30T02:05:00Z"
  let test: TestSite

  /// - Parameter isFilled: with something of every kind, and every kind of block.
  init(isFilled: Bool = true) throws {
    let clock = TestClock(Self.now)
    let plugins: [any Plugin] = [
      NewsPlugin(), PollsPlugin(), GalleryPlugin(), LinksPlugin(), WeatherPlugin(), ExchangePlugin(),
      PagesPlugin(),
      MenusPlugin(), BannersPlugin(), DocumentsPlugin(), QuestionsPlugin(), VisitsPlugin(),
    ]
    test = try TestSite(plugins) { clock.now }
    try test.run("config set title 'Nông thôn mới Sông Lam'")
    try test.run("config set slogan 'Cả tỉnh chung sức xây dựng nông thôn mới'")
    try test.run("config set address https://songlam.example")
    if isFilled { try fill() }
  }

  private func fill() throws {
    for (name, seed) in [("ruong", 1), ("song", 2)] as [(String, UInt64)] {
      try GDWorkshop().draw(seed: seed, width: 700, height: 500).write(
        to: URL(filePath: "\(test.folder)/\(name).jpg"))
    }
    try load(Self.records)
    for line in Self.lines.split(separator: "\n") {
      try test.run(line.replacingOccurrences(of: "FOLDER", with: test.folder))
    }
    try test.site.write { operation in
      for sql in Self.rows { try operation.db.execute(sql: sql) }
    }
  }

  /// Brings records in, one a line.
  func load(_ records: String) throws {
    let path = "\(test.folder)/records.ndjson"
    try records.write(toFile: path, atomically: true, encoding: .utf8)
    let output = MemoryOutput()
    do { try test.run("import ndjson \(path)", output) } catch {
      throw Refusal(.invalid, output.notes.prefix(5).joined(separator: "\n"))
    }
  }

  func maker() throws -> PageMaker {
    try PageMaker(test.site, Surroundings(test.site, token: { "token of \($0)" }))
  }

  func page(_ path: String, query: String = "", of maker: PageMaker) throws -> String {
    guard let address = PageAddress(path: path) else { throw Refusal(.notFound, path) }
    let now = test.site.clock()
    guard case .page(let page) = try test.site.read({ try maker.answer(address, query: query, $0, now: now) })
    else {
      throw Refusal(.notFound, path)
    }
    return String(decoding: page.bytes, as: UTF8.self)
  }

  func notice(_ kind: String, of maker: PageMaker) throws -> String {
    let page = try test.site.read { try maker.notice(kind, $0, now: test.site.clock()) }
    return String(decoding: page.bytes, as: UTF8.self)
  }
}

extension ThemeSite {
  private static let records = """
    {"type":"category","slug":"nong-thon-moi","title":"Nông thôn mới","description":"Tiêu chí, môi trường, gương điển hình.","state":"published","position":1}
    {"type":"category","slug":"ha-tang","title":"Hạ tầng nông thôn","parent":"nong-thon-moi","state":"published"}
    {"type":"topic","slug":"chuyen-doi-so","title":"Chuyển đổi số về làng","description":"Máy tính ngoài đồng.","state":"published"}
    {"type":"tag","slug":"nuoc-sach","title":"nước sạch","state":"published"}
    {"type":"source","slug":"dai","title":"Đài Sông Lam","state":"published"}
    {"type":"article","slug":"nuoc-sach","title":"Nước sạch về bản Khe Vàng","summary":"Công trình dài 11 km đã đưa nước đến 268 hộ.","category":"ha-tang","topic":"chuyen-doi-so","source":"dai","sourceURL":"https://dai.example/nuoc","byline":"Lương Viết Thoại","coverAlt":"Ruộng bậc thang","coverCaption":"Bản Khe Vàng.","featuredUntil":"2027-06-30T00:00:00+07:00","tags":["nước sạch"],"state":"published","publishAt":"2026-10-08T06:30:00+07:00","createdAt":"2026-10-08T06:30:00+07:00","body":"Bốn giờ chiều, chị Lô Thị Mai mở vòi."}
    {"type":"article","slug":"hien-dat","title":"Hiến đất mở đường","summary":"Bốn mươi hộ hiến đất.","category":"ha-tang","topic":"chuyen-doi-so","tags":["nước sạch"],"state":"published","publishAt":"2026-10-09T06:30:00+07:00","createdAt":"2026-10-09T06:30:00+07:00","body":"Đường rộng 5 m."}
    {"type":"article","slug":"lich-thoi-vu","title":"Lịch thời vụ","category":"nong-thon-moi","allowRating":false,"featuredUntil":"2027-06-30T00:00:00+07:00","state":"published","publishAt":"2026-10-07T06:30:00+07:00","createdAt":"2026-10-07T06:30:00+07:00","body":"Gieo mạ từ ngày 15."}
    {"type":"poll","slug":"uu-tien","question":"Năm 2027 nên làm việc gì trước?","options":["Đường","Rác","Nhà văn hóa"],"mostChoices":2,"results":"always","closes":"2026-12-31T00:00:00+07:00","state":"published","publishAt":"2026-11-16T07:30:00+07:00"}
    {"type":"poll","slug":"mua-o-dau","question":"Bác thường mua ở đâu?","options":["Chợ","Cửa hàng"],"closes":"2026-09-30T00:00:00+07:00","state":"published","publishAt":"2026-09-01T07:30:00+07:00"}
    {"type":"album","slug":"lang-que","title":"Làng quê","description":"Bốn mùa.","takenOn":"2026-10-20T00:00:00+07:00","place":"Sông Lam","state":"published","publishAt":"2026-10-22T08:00:00+07:00"}
    {"type":"linkgroup","slug":"trong-tinh","title":"Cơ quan trong tỉnh","description":"Các sở","state":"published"}
    {"type":"link","slug":"so","title":"Sở Nông nghiệp","url":"https://so.example/","group":"trong-tinh","description":"Trang của Sở","newWindow":true,"state":"published"}
    {"type":"place","slug":"cam-ha","title":"Cẩm Hà","latitude":18.68,"longitude":105.68,"state":"published"}
    {"type":"board","slug":"vietcombank","title":"Vietcombank","state":"published"}
    {"type":"page","slug":"gioi-thieu","title":"Giới thiệu","summary":"Trang của Văn phòng Điều phối.","state":"published","body":"Ra mắt ngày 5 tháng 1."}
    {"type":"page","slug":"to-chuc","title":"Tổ chức","parent":"gioi-thieu","state":"published","body":"Ba phòng."}
    {"type":"menu","slug":"chinh","title":"Chính","state":"published"}
    {"type":"menuitem","slug":"trang-chu","title":"Trang chủ","menu":"chinh","link":"/","position":1,"state":"published"}
    {"type":"menuitem","slug":"gt","title":"Giới thiệu","menu":"chinh","target":"page:gioi-thieu","position":2,"state":"published"}
    {"type":"menuitem","slug":"tc","title":"Tổ chức","menu":"chinh","parent":"gt","target":"page:to-chuc","state":"published"}
    {"type":"menuitem","slug":"kn","title":"Khuyến nông","menu":"chinh","link":"https://kn.example/","newWindow":true,"note":"Trang của tỉnh","position":3,"state":"published"}
    {"type":"zone","slug":"dau-trang","title":"Đầu trang","state":"published"}
    {"type":"banner","slug":"hoi-cho","title":"Hội chợ","zone":"dau-trang","text":"Mời đăng ký gian hàng","link":"https://hc.example/","isPaid":true,"newWindow":true,"state":"published"}
    {"type":"area","slug":"nong-nghiep","title":"Nông nghiệp","state":"published"}
    {"type":"documentkind","slug":"quyet-dinh","title":"Quyết định","state":"published"}
    {"type":"document","slug":"qd-812","title":"Quyết định mức hỗ trợ","code":"812/QĐ-UBND","area":"nong-nghiep","kind":"quyet-dinh","issuer":"Ủy ban nhân dân tỉnh","issuedOn":"2023-04-18T00:00:00+07:00","inForceFrom":"2023-05-01T00:00:00+07:00","state":"published"}
    {"type":"document","slug":"qd-1215","title":"Quyết định sửa đổi mức hỗ trợ","code":"1215/QĐ-UBND","abstract":"Nâng mức hỗ trợ lên 40 triệu đồng.","area":"nong-nghiep","kind":"quyet-dinh","issuer":"Ủy ban nhân dân tỉnh","signer":"Nguyễn Thị Hạnh","signerOffice":"Chủ tịch","issuedOn":"2026-06-22T00:00:00+07:00","inForceFrom":"2026-07-01T00:00:00+07:00","replaces":["qd-812"],"state":"published","body":"Điều 1. Sửa đổi mức hỗ trợ."}
    {"type":"questiongroup","slug":"vay-von","title":"Vay vốn","description":"Phòng Nghiệp vụ trả lời.","state":"published"}
    {"type":"question","slug":"the-chap","question":"Vay vốn phải thế chấp gì?","text":"Nhà tôi có hai sào.","group":"vay-von","asker":"Bà Hoa","place":"Xã Bình Sơn","answeredBy":"Phòng Nghiệp vụ","answeredAt":"2026-11-17T09:00:00+07:00","answer":"Không phải thế chấp gì.","state":"published","publishAt":"2026-11-17T09:05:00+07:00"}
    {"type":"question","slug":"bao-bi","question":"Bao bì có được hỗ trợ không?","group":"vay-von","asker":"Ông An","answeredAt":"2026-11-18T09:00:00+07:00","answer":"Được.","state":"published","publishAt":"2026-11-18T09:05:00+07:00"}
    """

  private static let lines = """
    photo import FOLDER/ruong.jpg --album lang-que --alt 'Ruộng dưới chân núi' --credit 'Lê An'
    photo set @last title='Ruộng Tân Trạch' caption='Trước ngày gặt.' takenAt=2026-10-20 state=published slug=ruong
    photo import FOLDER/song.jpg --album lang-que --alt 'Mặt trời trên sông'
    photo set @last title='Bình minh' takenAt=2026-10-21 state=published slug=binh-minh
    article set nuoc-sach cover=photo:ruong
    article set lich-thoi-vu cover=photo:binh-minh
    article rate nuoc-sach --points 5 --voter lan
    article rate nuoc-sach --points 4 --voter vinh
    poll vote uu-tien --option 1 --option 2 --voter lan
    poll vote uu-tien --option 2 --voter vinh
    poll vote uu-tien --option 3 --voter hoa
    visits record / --session an --agent 'Mozilla/5.0 Firefox/140.0'
    block add menu --region header --title 'Trình đơn' --set menu=chinh
    block add banner --region header --title 'Đầu trang' --set zone=dau-trang
    block add featured --region front-top --title 'Nổi bật'
    block add latest-news --region front --title 'Tin mới' --set style=summaries --set skipFeatured=yes
    block add latest-news --region front --title 'Hạ tầng' --set category=ha-tang --set style=pictures
    block add latest-news --region sidebar --title 'Mới nhất' --set count=2
    block add documents --region front --title 'Văn bản mới'
    block add questions --region front --title 'Hỏi đáp' --set group=vay-von
    block add poll --region sidebar --title 'Thăm dò' --set poll=uu-tien
    block add gallery --region sidebar --title 'Hình ảnh' --set album=lang-que
    block add weather --region sidebar --title 'Thời tiết' --set place=cam-ha
    block add exchange --region sidebar --title 'Tỷ giá' --set board=vietcombank
    block add categories --region sidebar --title 'Chuyên mục' --set showCounts=yes
    block add tags --region sidebar --title 'Từ khóa'
    block add page --region footer --title 'Giới thiệu' --set page=gioi-thieu
    block add links --region footer --title 'Liên kết' --set group=trong-tinh
    block add menu --region footer --title 'Chân trang' --set menu=chinh
    block add visits --region footer --title 'Lượt truy cập'
    """

  private static let rows = [
    """
    INSERT INTO weatherObservation (itemId, at, temperature, code, humidity, wind, isDay, fetchedAt, provider)
    SELECT id, '2026-11-30T01:00:00Z', 22.4, 2, 78, 11, 1, '2026-11-30T01:05:00Z', 'open-meteo'
    FROM item WHERE slug = 'cam-ha'
    """,
    """
    INSERT INTO weatherDay (itemId, day, code, low, high, rain, fetchedAt)
    SELECT item.id, value, 61, 18, 23, 4.2, '2026-11-30T01:05:00Z'
    FROM item, json_each('["2026-11-30","2026-12-01","2026-12-02"]') WHERE slug = 'cam-ha'
    """,
    """
    INSERT INTO exchangeRate (itemId, currency, at, buy, transfer, sell, isCross, fetchedAt)
    SELECT item.id, value, '2026-11-30T01:00:00Z', 26092, 26122, 26412.5, 0, '2026-11-30T01:05:00Z'
    FROM item, json_each('["USD","EUR"]') WHERE slug = 'vietcombank'
    """,
  ]
}
