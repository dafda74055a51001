import Foundation
import Polls
import SenKernel
import SenTesting
import Testing

/// What visitors see of polls.
struct PollViewTests {
  private let clock = TestClock("2026-11-18T11:00:00Z")
  private let site: TestSite

  init() throws {
    site = try TestSite([PollsPlugin()]) { [clock] in clock.now }
    try site.run(
      "poll create 'Đường làng thế nào?' --slug duong --option Tốt --option Vừa --option Kém --state published"
    )
    try site.run("poll vote duong --option 1")
    try site.run("poll vote duong --option 1")
    try site.run("poll vote duong --option 2")
  }

  @Test func aPageShowsTheOptionsWithTheirVotes() throws {
    #expect(
      try site.view(ofPage: "poll", "duong")?.text
        == "{form: form(poll duong vote), isClosed: no, isMultiple: no, isOpen: yes, mayShowResults: yes, "
        + "mostChoices: 1, options: [{number: 1, percent: 66.7, text: Tốt, votes: 2}, "
        + "{number: 2, percent: 33.3, text: Vừa, votes: 1}, {number: 3, percent: 0.0, text: Kém, votes: 0}], "
        + "voters: 3}")
    #expect(try site.index(of: "poll") == ["duong"])
  }

  @Test(arguments: ["afterVoting", "afterClosing"])
  func resultsAreHiddenUntilThePollIsClosed(_ results: String) throws {
    try site.run("poll set duong results=\(results) closes=+1h")
    let trace = PageTrace()
    let open = try #require(try site.view(ofPage: "poll", "duong", trace: trace))
    #expect(open.text("mayShowResults") == "no" && open["voters"] == nil)
    #expect(open.views("options").allSatisfy { $0["votes"] == nil && $0["percent"] == nil })
    #expect(trace.expiry == clock.now + 3600)
    clock.move(by: 3600)
    let closed = try #require(try site.view(ofPage: "poll", "duong"))
    #expect(closed.text("mayShowResults") == "yes" && closed.text("voters") == "3")
    #expect(closed["form"] == nil && closed.text("isOpen") == "no" && closed.text("isClosed") == "yes")
  }

  @Test func aPollThatIsNotYetOpenHasNoForm() throws {
    try site.run("poll set duong opens=+2h results=afterClosing")
    let trace = PageTrace()
    let view = try #require(try site.view(ofPage: "poll", "duong", trace: trace))
    #expect(view["form"] == nil && view.text("isOpen") == "no" && view.text("isClosed") == "no")
    #expect(view.text("mayShowResults") == "no" && trace.expiry == clock.now + 7200)
  }

  @Test func theBlockShowsTheNewestThatIsOpen() throws {
    clock.move(by: 60)
    try site.run("poll create 'Chợ mới ở đâu?' --slug cho --option A --option B --state published")
    try site.run("poll create 'Nháp?' --slug nhap --option A --option B")
    clock.move(by: 60)
    try site.run(
      "poll create 'Mai?' --slug mai --option A --option B --opens +1h --closes +2h --state published")
    let trace = PageTrace()
    #expect(try site.view(ofBlock: "poll", trace: trace)?.text("item") == "poll:cho")
    #expect(trace.expiry == clock.now + 3600 && trace.nouns.contains("poll"))
    clock.move(by: 3600)
    #expect(try site.view(ofBlock: "poll")?.text("item") == "poll:mai")
    clock.move(by: 3600)
    #expect(try site.view(ofBlock: "poll")?.text("item") == "poll:cho")
    for slug in ["cho", "duong"] { try site.run("poll close \(slug)") }
    #expect(try site.view(ofBlock: "poll") == nil)
  }

  @Test func aChosenPollIsShownWhenItIsClosedAndNotWhenItIsHidden() throws {
    try site.run("poll close duong")
    let trace = PageTrace()
    let view = try #require(try site.view(ofBlock: "poll", "poll=duong", trace: trace))
    #expect(view.text("item") == "poll:duong" && view.text("voters") == "3" && view["form"] == nil)
    #expect(!trace.items.isEmpty)
    try site.run("poll unpublish duong")
    #expect(try site.view(ofBlock: "poll", "poll=duong") == nil)
    #expect(try site.view(ofPage: "poll", "duong") == nil)
    #expect(try site.index(of: "poll") == [])
  }
}
