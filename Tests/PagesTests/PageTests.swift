import Foundation
import Pages
import SenKernel
import SenTesting
import Testing

struct PageTests {
  private let site: TestSite

  init() throws {
    site = try TestSite([PagesPlugin()])
    try site.run("page create 'Giới thiệu' --summary 'Ai làm gì' --body 'Văn phòng điều phối'")
    try site.run("page create 'Liên hệ' --parent gioi-thieu --keywords 'địa chỉ|điện thoại'")
  }

  @Test func pagesFormATree() throws {
    try site.run("page create 'Bản đồ' --parent lien-he")
    #expect(
      try site.run("page list --format table --fields title") == "title\nGiới thiệu\n  Liên hệ\n    Bản đồ\n")
    #expect(throws: Refusal.self) { try site.run("page set gioi-thieu parent=ban-do") }
    #expect(throws: Refusal.self) { try site.run("page delete lien-he") }
  }

  @Test func pagesAreFoundByTheirTextAndKeywords() throws {
    #expect(try site.run("search 'điều phối' --field title").contains("Giới thiệu"))
    #expect(try site.run("search 'dien thoai' --field title").contains("Liên hệ"))
  }

  @Test func aBlockShowsAPageThatThereIs() throws {
    try site.run("block add page --region footer --set page=gioi-thieu --set part=whole")
    #expect(throws: Refusal.self) { try site.run("block add page") }
    #expect(throws: Refusal.self) { try site.run("block add page --set page=khong-co") }
    #expect(throws: Refusal.self) { try site.run("block add page --set page=lien-he --set part=half") }
    #expect(try site.run("block list --field region") == "footer\n")
  }

  @Test func thePluginConforms() throws {
    #expect(try Conformance.problems(of: PagesPlugin()) == [])
  }
}
