import Foundation
import Polls
import SenKernel
import SenTesting
import Testing

struct PollTests {
  let site: TestSite

  init() throws {
    site = try TestSite([PollsPlugin()]) { Date(timeIntervalSince1970: 1_795_000_000) }
    try site.run(
      "poll create 'Trang này thế nào?' --option 'Có, tốt' --option Vừa --option Kém --state published")
  }

  private func votes() throws -> String { try site.run("poll results @last --field votes") }

  @Test func votesAreCountedInPercentOfVoters() throws {
    try site.run("poll set @last mostChoices=2")
    try site.run("poll vote @last --option 1 --option 'Vừa' --voter an")
    try site.run("poll vote @last --option 1 --voter binh")
    try site.run("poll vote @last --option 3")
    #expect(
      try site.run("poll results @last --format csv").replacing("\r", with: "")
        == "option,votes,percent\n\"Có, tốt\",2,66.67\nVừa,1,33.33\nKém,1,33.33\n")
    #expect(try site.run("poll results @last --chart --field chart").contains("█"))
  }

  @Test func votesAreRemovedByWhoMayChangeThePoll() throws {
    try site.run("poll vote @last --option 1 --voter an")
    try site.run("user create lan --role administrator")
    let output = MemoryOutput()
    try site.run("user create chi --role contributor", output, as: "lan")
    for line in [
      "poll reset @last --yes", "poll option rm @last 1 --force --yes", "poll option edit @last 1 Khác",
    ] {
      let refusal = try #require(throws: Refusal.self) { try site.run(line, output, as: "chi") }
      #expect(refusal.code == .declined, "\(line)")
    }
    try site.run("poll reset @last --yes", output, as: "lan")
    #expect(try votes() == "0\n0\n0\n")
  }

  @Test func secondVoteOfOneVoterIsRefused() throws {
    try site.run("poll vote @last --option 1 --voter an")
    #expect(site.refusal("poll vote @last --option 2 --voter an")?.code == .conflict)
    #expect(try votes() == "1\n0\n0\n")
  }

  @Test func votesOutsideOfThePollAreRefused() throws {
    #expect(site.refusal("poll vote @last --option 4")?.hint?.contains("2 Vừa") == true)
    #expect(site.refusal("poll vote @last --option 1 --option 2")?.code == .invalid)
    #expect(site.refusal("poll vote @last")?.field == "option")
    try site.run("poll close @last")
    #expect(site.refusal("poll vote @last --option 1")?.message.contains("closed") == true)
    try site.run("poll open @last")
    try site.run("poll set @last opens=2026-12-01")
    #expect(site.refusal("poll vote @last --option 1")?.message.contains("not open") == true)
  }

  @Test func optionsKeepTheirVotes() throws {
    try site.run("poll vote @last --option 1 --voter an")
    try site.run("poll option edit @last 1 'Rất tốt'")
    try site.run("poll option move @last 1 3")
    try site.run("poll option add @last 'Không biết'")
    #expect(try site.run("poll results @last --field option") == "Vừa\nKém\nRất tốt\nKhông biết\n")
    #expect(try votes() == "0\n0\n1\n0\n")
    #expect(site.refusal("poll option rm @last 3")?.code == .conflict)
    #expect(site.refusal("poll set @last options=Vừa|Kém")?.code == .conflict)
    try site.run("poll option rm @last 1")
    try site.run("poll option rm @last 'Rất tốt' --force")
    #expect(try votes() == "0\n0\n")
  }

  @Test func votesGoToATextThatChangedInItsPlaceAndToNoOther() throws {
    try site.run("poll vote @last --option 1 --voter an")
    try site.run("poll vote @last --option 3 --voter binh")
    let output = MemoryOutput()
    try site.run("poll set @last 'options=Rất tốt|Vừa|Rất kém'", output)
    #expect(output.notes.contains("“Rất tốt” has the 1 vote of “Có, tốt”"))
    #expect(try votes() == "1\n0\n1\n")
    // One goes, and another answer comes at the end: nobody gave that.
    #expect(site.refusal("poll set @last 'options=Vừa|Rất kém|Ý khác'")?.code == .conflict)
    #expect(site.refusal("poll set @last options-='Rất tốt' options+='Ý khác'")?.code == .conflict)
    #expect(try votes() == "1\n0\n1\n")
  }

  @Test func answersThatAreNumbersHaveNumbersToo() throws {
    try site.run("poll create 'Nhà bạn có mấy người?' --option 2 --option 1")
    try site.run("poll option edit @last 1 'Hai'")
    #expect(try site.run("poll results @last --field option") == "Hai\n1\n")
  }

  @Test func timesAreToldInTheZoneOfTheSite() throws {
    try site.run("poll close @last")
    let now = site.site.text(of: site.site.clock())
    #expect(site.refusal("poll vote @last --option 1")?.message == "The poll closed at \(now)")
    #expect(now == "2026-11-18 18:06")
  }

  @Test func aListWhoseTextsHoldCommasIsShownAsItIsTyped() throws {
    #expect(try site.run("poll show @last --field options") == "Có, tốt | Vừa | Kém\n")
    #expect(try site.run("poll show @last").contains("options: Có, tốt | Vừa | Kém"))
  }

  @Test func resetRemovesVotesAndAsksFirst() throws {
    try site.run("poll vote @last --option 1")
    #expect(site.refusal("poll reset @last")?.code == .declined)
    try site.run("poll reset @last --yes")
    #expect(try votes() == "0\n0\n0\n")
  }

  @Test func aPollNeedsTwoOptionsAndSensibleTimes() {
    #expect(
      site.refusal("poll create 'Một?' --option A")?.field == "options"
        || site.refusal("poll create 'Một?' --option A") != nil)
    #expect(site.refusal("poll create 'Hai?' --option A --option A") != nil)
    #expect(site.refusal("poll create 'Ba?' --option A --option B --most-choices 3") != nil)
    #expect(
      site.refusal("poll create 'Bốn?' --option A --option B --opens 2026-12-02 --closes 2026-12-01") != nil)
  }

  @Test func votesTravelInArchivesAndBlocksKnowTheirPoll() throws {
    try site.run("poll vote @last --option 2 --voter an")
    try site.run("export archive --to \(site.folder)/a.tar")
    let other = try TestSite([PollsPlugin()])
    try other.run("import archive \(site.folder)/a.tar")
    #expect(try other.run("poll results @last --field votes") == "0\n1\n0\n")
    try other.run("export archive --to \(other.folder)/a.tar")
    #expect(
      FileManager.default.contentsEqual(atPath: "\(site.folder)/a.tar", andPath: "\(other.folder)/a.tar"))
    try site.run("block add poll --region sidebar --set poll=trang-nay-the-nao")
    #expect(site.refusal("block add pol --region sidebar")?.hint?.contains("poll") == true)
    #expect(site.refusal("block add poll --set pol=1")?.code == .invalid)
    #expect(try site.run("block list --field kind") == "poll\n")
    // A block stands on what it shows, and comes after it.
    try site.run("export archive --to \(site.folder)/b.tar")
    let third = try TestSite([PollsPlugin()])
    try third.run("import archive \(site.folder)/b.tar")
    #expect(try third.run("block list --field options") == "poll=trang-nay-the-nao\n")
  }

  @Test func thePluginConforms() throws {
    #expect(try Conformance.problems(of: PollsPlugin()) == [])
  }
}
