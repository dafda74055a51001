import News
import SenKernel
import SenTesting
import Testing

struct NewsBlockTests {
  private let site: TestSite

  init() throws {
    site = try TestSite([NewsPlugin()])
    try site.run("category create 'Nông thôn mới'")
  }

  @Test(arguments: [
    "latest-news", "latest-news --set category=nong-thon-moi --set count=10 --set style=pictures",
    "featured --set count=3", "categories --set parent=nong-thon-moi --set depth=1 --set showCounts=yes",
    "tags --set count=30",
  ])
  func newsBlocksCanBePlaced(line: String) throws {
    try site.run("block add \(line)")
    #expect(try site.run("block list --field kind") == line.prefix { $0 != " " } + "\n")
  }

  @Test(arguments: [
    "latest-news --set category=khong-co", "latest-news --set count=0", "latest-news --set count=many",
    "latest-news --set style=loud", "featured --set category=nong-thon-moi", "categories --set depth=0",
    "tags --set count=101",
  ])
  func optionsThatABlockDoesNotHaveAreRefused(line: String) {
    #expect(throws: Refusal.self) { try site.run("block add \(line)") }
  }

  @Test func blocksTellTheirOptions() throws {
    let types = try site.run("block types --format csv")
    #expect(types.contains("count=5"))
    #expect(types.contains("style=titles"))
  }
}
