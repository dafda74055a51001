import Foundation
import News
import Polls
import SenKernel
import SenTesting
import Testing

/// Undoing and redoing out of order: what would not be exact is refused, and what stands in the way is named.
struct JournalOrderTests {
  let site: TestSite

  init() throws {
    site = try TestSite([NewsPlugin(), PollsPlugin()])
  }

  private func refusal(_ line: String) throws -> Refusal {
    let before = try site.contents()
    let refusal = try #require(throws: Refusal.self) { try site.run(line) }
    #expect(try site.contents() == before)
    return refusal
  }

  private func run(_ lines: String...) throws { for line in lines { try site.run(line) } }

  @Test func whatWasBuiltOnAnUndoneOperationIsNotDoneAgainBeforeIt() throws {
    try run(
      "article create X", "article set x title=A summary=S", "article set x title=B", "history undo 3",
      "history undo 2")
    let refused = try refusal("history redo 3")
    #expect(refused.code == .conflict)
    #expect(refused.message.hasPrefix("Operation 3 cannot be done again alone: changed the same since: 5 ("))
    #expect(refused.hint?.hasSuffix("take it back first: history redo 5") == true)
    try run("history redo 2", "history redo 3")
    #expect(try site.run("article show x --field title") == "B\n")
    #expect(try site.run("article revisions x --field version") == "1\n2\n3\n")
    try run("article set x title=C", "article set x title=D", "history undo", "history undo")
    #expect(try site.run("article show x --fields title,summary --format csv") == "title,summary\nB,S\n")
  }

  @Test func aSettingIsNotGivenTheValueOfAnotherMoment() throws {
    try run(
      "config set title X0", "config set title A", "history undo", "config set title B", "history undo",
      "history redo 2")
    let refused = try refusal("history redo 4")
    #expect(refused.message.contains("changed the same since: 6 (history redo 2"))
    #expect(refused.hint?.hasSuffix("history undo 2") == true)
    #expect(try site.run("config get title") == "A\n")
    try run("history undo")
    #expect(try site.run("config get title") == "X0\n")
    try run("history redo 4")
    #expect(try site.run("config get title") == "B\n")
    #expect(try refusal("history redo 2").message.contains("changed the same since"))
  }

  @Test func whatItRefersToHasToBeThere() throws {
    try run(
      "category create Mục", "article create Tin --category muc", "history undo", "history undo")
    let refused = try refusal("history redo 2")
    #expect(refused.code == .conflict)
    #expect(refused.message.contains("took away what it refers to: 4 (history undo"))
    #expect(refused.hint?.hasSuffix("history redo 4") == true)
    #expect(try refusal("history redo 2 --dry-run").code == .conflict)
    try run("history redo 1", "history redo 2")
    #expect(try site.run("article show tin --field category") == "muc\n")
  }

  @Test func anotherItemStandsInNobodysWay() throws {
    try run(
      "article create P", "article create Q", "article set p summary=1", "history undo",
      "article set q summary=2", "history redo 3")
    #expect(try site.run("article list --sort title --field summary") == "1\n2\n")
    try run("history undo 5", "history undo 3", "history redo 5", "history redo 3")
    #expect(try site.run("article list --sort title --field summary") == "1\n2\n")
  }

  /// Whatever order undos and redos come in, each is refused or leads to a state that is made of what is in force.
  @Test(arguments: [1, 2, 3, 4, 5, 6]) func anyOrderIsExactOrRefused(seed: UInt64) throws {
    var random = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func next(_ count: Int) -> Int {
      random ^= random << 13
      random ^= random >> 7
      random ^= random << 17
      return Int(random % UInt64(count))
    }
    let titles = (0..<12).map { "T\($0)" }
    try run("article create P --slug p", "article create Q --slug q")
    var (given, accepted): ([Int: (slug: String, title: String)], Int) = ([:], 0)
    for step in 0..<60 {
      let newest = Int(try site.run("log list --limit 1 --field id").dropLast()) ?? 0
      if step % 4 == 0 {
        let (slug, title) = (["p", "q"][next(2)], titles[next(titles.count)] + "-\(step)")
        try run("article set \(slug) title=\(title)")
        given[newest + 1] = (slug, title)
      } else if let number = given.keys.sorted().dropFirst(next(given.count)).first {
        let line = next(2) == 0 ? "history undo \(number)" : "history redo \(number)"
        if site.refusal(line) == nil { accepted += 1 }
      }
      // What is in force says what the titles are: the newest of each.
      var expected = ["p": "P", "q": "Q"]
      for line in try site.run("log list --format csv --fields id,state").split(separator: "\n").reversed() {
        let parts = line.split(separator: ",", omittingEmptySubsequences: false)
        if let number = Int(parts[0]), parts[1] == "\"\"", let (slug, title) = given[number] {
          expected[slug] = title
        }
      }
      for (slug, title) in expected {
        try #require(try site.run("article show \(slug) --field title") == "\(title)\n", "step \(step)")
      }
    }
    #expect(accepted > 2)
  }
}
