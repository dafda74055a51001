import ContentModel
import Foundation
import News
import SenKernel
import SenTesting
import Storage
import Testing

/// That what pages look for again and again is never another than the content of their moment.
struct ContentShelfTests {
  private let clock = TestClock("2026-11-18T11:00:00Z")
  private let test: TestSite
  private let category: Int64

  init() throws {
    test = try TestSite([NewsPlugin()]) { [clock] in clock.now }
    try test.run("category create 'Nông thôn' --slug nong-thon --state published")
    category = try #require(Int64(test.run("category show nong-thon --field id").dropLast()))
    for slug in ["mot", "hai", "ba"] {
      clock.move(by: 60)
      try test.run("article create 'Tin \(slug)' --slug \(slug) --category nong-thon --state published")
    }
  }

  private func title(_ page: PageContext) throws -> String? { try page.item(category)?.envelope.title }

  private var list: Listing.Source {
    Listing.newest("article", where: .compare("category", .equal, .integer(category))).source
  }

  private func listed() throws -> [String] {
    try test.look { page in try page.items(page.ids(of: list)).map(\.envelope.slug) }
  }

  @Test func whatAnotherProcessChangesIsSeen() throws {
    let other = try Site.open(test.folder, registry: Registry([NewsPlugin()])) { [clock] in clock.now }
    #expect(try test.look(title) == "Nông thôn")
    #expect(try listed() == ["ba", "hai", "mot"])
    try other.write { operation in
      _ = try operation.update(category) {
        $0.envelope.title = "Thôn quê"
        $0.values[0] = .text("Thôn quê")
      }
    }
    #expect(try test.look(title) == "Thôn quê")
    let last = try #require(test.look { try $0.ids(of: list).first })
    try other.write { operation in _ = try operation.update(last) { $0.envelope.state = .draft } }
    #expect(try listed() == ["hai", "mot"])
  }

  @Test func theClockDecidesWhatIsSeen() throws {
    try test.run("category create 'Hội' --slug hoi --state published")
    let id = try #require(Int64(test.run("category show hoi --field id").dropLast()))
    try test.run("category set hoi publishAt=+1h expireAt=+2h")
    try test.run("article set hai publishAt=+1h expireAt=+2h")
    #expect(try test.look { try $0.item(id) } == nil)
    #expect(try listed() == ["ba", "mot"])
    clock.move(by: 3600)
    #expect(try test.look { try $0.item(id)?.envelope.slug } == "hoi")
    #expect(try listed() == ["hai", "ba", "mot"])
    clock.move(by: 3600)
    #expect(try test.look { try $0.item(id) } == nil)
    #expect(try listed() == ["ba", "mot"])
  }

  /// A page that is made while somebody writes is of one moment throughout, and so is the next.
  @Test func whoBeganBeforeAChangeSeesWhatWasThen() throws {
    try test.look { (page: PageContext) throws -> Void in
      #expect(try title(page) == "Nông thôn")
      let ended = DispatchSemaphore(value: 0)
      nonisolated(unsafe) var result: Result<String?, any Error>?
      Thread.detachNewThread {
        result = Result {
          try test.run("category set nong-thon 'title=Thôn quê'")
          try test.run("article set ba state=draft")
          #expect(try listed() == ["hai", "mot"])
          return try test.look(title)
        }
        ended.signal()
      }
      ended.wait()
      #expect(try result?.get() == "Thôn quê")
      let again = PageContext(site: page.site, db: page.db, now: page.now)
      #expect(try title(page) == "Nông thôn")
      #expect(try title(again) == "Nông thôn")
      #expect(try again.items(again.ids(of: list)).map(\.envelope.slug) == ["ba", "hai", "mot"])
    }
    #expect(try test.look(title) == "Thôn quê")
    #expect(try listed() == ["hai", "mot"])
  }

  /// A command of many operations has one entry in the journal, which others may see before it is complete.
  @Test func whatIsAddedToAnEntryIsSeen() throws {
    let site = test.site.inOneEntry()
    var stamps: [ContentStamp] = []
    for title in ["Một", "Hai"] {
      try site.write { operation in
        _ = try operation.update(category) {
          $0.envelope.title = title
          $0.values[0] = .text(title)
        }
      }
      #expect(try test.look(self.title) == title)
      stamps.append(try test.site.read { try ContentStamp($0, now: clock.now) })
    }
    #expect(stamps[0].operation == stamps[1].operation)
    let changes = try test.site.read { db in
      try ContentChanges(since: stamps[0], at: clock.now, test.site, db, now: clock.now)
    }
    #expect(changes.items == [category])
    #expect(try test.site.read { try stamps[1].isCurrent($0, now: clock.now) })
    #expect(try !test.site.read { try stamps[0].isCurrent($0, now: clock.now) })
  }

  @Test func whatIsRolledBackIsNotKept() throws {
    try test.site.write(isDryRun: true) { operation in
      _ = try operation.update(category) {
        $0.envelope.title = "Thôn quê"
        $0.values[0] = .text("Thôn quê")
      }
      let page = PageContext(site: test.site, db: operation.db, now: clock.now)
      #expect(try title(page) == "Thôn quê")
      #expect(try page.items(page.ids(of: list)).count == 3)
    }
    #expect(try test.look(title) == "Nông thôn")
  }

  @Test func neighboursAreTheNearest() throws {
    try test.look { page in
      let ids = try page.ids(of: list)
      let near = try #require(try page.neighbours(of: ids[1], in: list, 5))
      #expect(near.before.map(\.envelope.slug) == ["ba"])
      #expect(near.after.map(\.envelope.slug) == ["mot"])
      #expect(try page.neighbours(of: category, in: list, 5) == nil)
    }
  }
}
