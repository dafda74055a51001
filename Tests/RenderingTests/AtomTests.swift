import Foundation
import SenKernel
import SenTesting
import Testing

/// What RFC 4287 asks of a feed, for which there is no schema to check with.
struct AtomTests {
  private let portal: Portal

  init() throws {
    portal = try Portal()
    try portal.publish(3)
    try portal.run("article create 'English' --language en --summary Lead --body Text --state published")
  }

  @Test func feedsAndEntriesHoldWhatTheyMust() throws {
    let feed = try portal.xml("/atom.xml")
    #expect(feed.name == "feed")
    #expect(feed.attributes["xmlns"] == "http://www.w3.org/2005/Atom")
    let entries = feed.all("entry")
    #expect(entries.count == 4)
    for element in [feed] + entries {
      for name in ["id", "title", "updated"] { #expect(element.all(name).count == 1, "\(name)") }
      for name in ["updated", "published"] {
        for text in element.texts(name) {
          #expect(
            try text.wholeMatch(of: Regex(#"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d"#)) != nil, "\(text)")
        }
      }
      #expect(element.all("link").count { $0.attributes["rel"] == "alternate" } == 1)
    }
    #expect(feed.all("author", "name").count == 1)
    #expect(feed.all("link").count { $0.attributes["rel"] == "self" } == 1)
    #expect(Set(entries.map { $0.text("id") }).count == entries.count)
  }

  @Test func theLanguageOfAnEntryIsItsOwn() throws {
    let feed = try portal.xml("/atom.xml")
    #expect(feed.attributes["xml:lang"] == "vi")
    #expect(feed.all("entry").map { $0.attributes["xml:lang"] } == ["en", nil, nil, nil])
  }

  @Test func aFeedIsUpdatedWhenItsLatestEntryWas() throws {
    portal.clock.set("2026-11-25T00:00:00Z")
    try portal.run("article set tin-1 summary=Mới")
    #expect(try portal.xml("/atom.xml").text("updated") == "2026-11-25T07:00:00+07:00")
  }
}
