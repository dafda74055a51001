import Foundation
import GRDB
import Grammar
import News
import Polls
import SenKernel
import SenTesting
import Testing

/// Placed blocks: what they show, in which order, and what becomes of them when that goes.
struct BlockTests {
  /// A block that cannot be without its article.
  private struct Showcase: Plugin {
    struct Options: Fielded {
      static let fields: [Field<Options>] = [
        Field("article", \.article, .required, help: "Which"), Field("note", \.note, help: "A line below it"),
      ]
      var article: AnyReference?
      var note = ""
    }
    let name = "showcase"
    let help = "Shows one thing"
    let blocks = [BlockType("showcase", help: "One thing", options: Options.self) { _, _ in nil }]
  }

  private let site: TestSite

  init() throws {
    site = try TestSite([NewsPlugin(), PollsPlugin(), Showcase()])
    try site.run("category create 'Lúa gạo' --state published")
    try site.run("article create 'Mùa gặt' --state published")
  }

  @Test func placesAreCountedInEachRegion() throws {
    try site.run("block add tags --region footer --title A")
    try site.run("block add tags --region sidebar --title B")
    try site.run("block add tags --region sidebar --title C --position 1")
    try site.run("block add tags --region footer --title D --position 2")
    #expect(
      try site.run("block list --fields region,position,title --format csv").replacing("\r", with: "")
        == "region,position,title\nfooter,1,A\nfooter,2,D\nsidebar,1,C\nsidebar,,B\n")
    try site.run("block set d region=sidebar")
    #expect(try site.run("block list --field title") == "A\nC\nB\nD\n")
    #expect(try site.run("block list --limit 1").contains("kind"))
    try site.run("block remove c")
    #expect(try site.run("block list --format count") == "3\n")
  }

  @Test func anOptionIsKeptOnceAndItemsByTheirSlugs() throws {
    try site.run("block add latest-news --set style=summaries --set count=3 --set category=1")
    func options() throws -> String { try site.run("block show @last --field options") }
    #expect(try options() == "category=lua-gao, count=3, style=summaries\n")
    try site.run("block set @last --set count=9")
    try site.run("block set @last options+=count=7")
    #expect(try options() == "category=lua-gao, count=7, style=summaries\n")
    try site.run("block set @last --set category=")
    #expect(try options() == "count=7, style=summaries\n")
    #expect(site.refusal("block set @last --set count=0")?.message == "count: has to be 1 to 100")
    #expect(site.refusal("block set @last --set count=x")?.message.hasPrefix("count: ") == true)
    #expect(site.refusal("block set @last --set coutn=1")?.hint?.contains("count") == true)
    try site.run("block add showcase --set article=article:mua-gat --set 'note=a|b=\"c\"'")
    #expect(try site.run("block show @last --field options").contains("note=a|b=\"c\""))
    #expect(site.refusal("block add showcase")?.message == "article: is missing")
  }

  @Test func aKindTellsItsOptions() throws {
    #expect(
      try site.run("block types latest-news --fields option,initial --format csv").replacing("\r", with: "")
        == "option,initial\ncategory,\"\"\ncount,5\nstyle,titles\nskipFeatured,false\n")
    #expect(try site.run("block types showcase --field required") == "true\nfalse\n")
    #expect(site.refusal("block types latest")?.hint?.contains("latest-news") == true)
  }

  @Test func tabOffersTheOptionsOfTheKindAndTheirValues() throws {
    try site.run("block add latest-news")
    func offered(_ line: String) -> [String] {
      let completion = SiteCompletion(site: site.site, most: 10)
      return site.table.grammar.complete(line: line, cursor: line.utf8.count) { kind, prefix, _ in
        do {
          return try completion.candidates(kind, prefix).map {
            Candidate(text: $0.text, description: $0.description)
          }
        } catch {
          return []
        }
      }.candidates.map(\.text)
    }
    #expect(offered("block add late") == ["latest-news"])
    #expect(offered("block add latest-news --set ") == ["category=", "count=", "style=", "skipFeatured="])
    #expect(offered("block add latest-news --set style=s") == ["style=summaries"])
    #expect(offered("block add latest-news --set=category=l") == ["--set=category=lua-gao"])
    #expect(offered("block set latest-news --set sty") == ["style="])
    #expect(offered("block set @last --set style=p") == ["style=pictures"])
    #expect(offered("block add tags --set sty") == [])
  }

  @Test func whatABlockShowsIsInUse() throws {
    try site.run("block add latest-news --set category=lua-gao --set count=2")
    try site.run("block add showcase --set article=article:mua-gat")
    #expect(
      site.refusal("category delete lua-gao")?.message.contains("in use by 1 item, such as block") == true)
    #expect(site.refusal("article delete mua-gat")?.code == .conflict)
    #expect(
      site.refusal("article delete mua-gat --force --yes")?.message.contains("cannot be without one") == true)
    let said = try site.notes("category delete lua-gao --force --yes")
    #expect(said.contains("block 3 “latest-news” is left without it in category"))
    #expect(try site.run("block show 3 --field options") == "count=2\n")
  }

  @Test func aBlockThatShowsNothingIsTold() throws {
    try site.run("block add showcase --set article=article:mua-gat")
    #expect(try site.notes("block list") == [])
    try site.run("article unpublish mua-gat")
    #expect(try site.notes("block list").first?.contains("is not public now") == true)
    try site.run("site doctor")
    // As other tools would.
    try site.site.database.pool.write { try $0.execute(sql: "DELETE FROM item WHERE type = 'article'") }
    #expect(try site.notes("block list").first?.contains("There is no article “mua-gat”") == true)
    let output = MemoryOutput()
    #expect(throws: DoneInPart.self) { try site.run("site doctor", output) }
    #expect(output.notes.contains { $0.hasPrefix("block 3 “showcase”: article: ") })
    // It can still be taken away, and changed in what is not broken.
    try site.run("block set 3 title=Khác")
    try site.run("block delete 3")
    #expect(try site.notes("block list") == [])
  }

  @Test func aRenamedItemIsStillShown() throws {
    try site.run("block add latest-news --set category=lua-gao")
    try site.run("category set lua-gao slug=gao")
    #expect(try site.notes("block list") == [])
    #expect(site.refusal("category delete gao")?.code == .conflict)
  }

  @Test func whatWasPlacedInTheSameOperationIsReleasedToo() throws {
    let site = try TestSite([NewsPlugin()])
    for title in ["Một", "Hai", "Ba"] { try site.run("category create \(title)") }
    try site.run("block add latest-news --region sidebar --set category=mot")
    try site.site.write { operation in
      // What blocks show is looked up at the first, and has to be anew for the others.
      func delete(_ slug: String) throws {
        let id = try site.site.store.id(slug: slug, of: "category", operation.db)
        try operation.delete(try #require(id))
      }
      try delete("mot")
      let shape = try site.site.shape("block")
      func set(_ name: String, _ value: FieldValue, of block: inout Item) throws {
        block.values[try #require(shape.index[name])] = value
      }
      var block = try operation.blank("block")
      try set("title", .text("Mới"), of: &block)
      try set("kind", .text("latest-news"), of: &block)
      try set("options", .list([.text("category=hai")]), of: &block)
      let made = try operation.create(block)
      try delete("hai")
      try operation.update(made.envelope.id) { try set("options", .list([.text("category=ba")]), of: &$0) }
      try delete("ba")
    }
    let left = try site.run("block list --field options")
    #expect(!left.contains("category"), "\(left)")
    #expect(try site.run("site doctor") == "")
  }
}
