import Foundation
import SenTesting
import Testing

/// What is taken back, or done again, has to stand beside what was done since: else it is refused and says why.
struct UndoRulesTests {
  private func refuses(_ command: String, _ words: String, _ sen: SenProgram) throws {
    let before = try TestSite.contents(of: sen.site)
    let ended = try sen.sh("\"$SEN\" \(command)")
    #expect(ended.code == 5, "\(command): \(ended.output)\(ended.errors)")
    #expect(ended.errors.contains(words), "\(command): \(ended.errors)")
    #expect(try TestSite.contents(of: sen.site) == before)
    try sen.expect("site doctor")
  }

  @Test func votesKeepTheOptionThatTheyWereGivenFor() throws {
    let sen = try SenProgram()
    try sen.expect("poll create PP --option A --option B --state published")
    try sen.expect("poll option edit pp 1 A2")
    try sen.expect("poll vote pp --option 1 --voter an")
    try refuses("history undo 2", "changed what belongs to poll 1: 3 (poll vote", sen)
    #expect(try sen.expect("poll results pp --field votes") == "1\n0\n")
    try sen.expect("history undo 3")
    try sen.expect("history undo 2")
    try sen.expect("poll vote pp --option 1 --voter an")
    try refuses("history redo 2", "Operation 2 cannot be done again alone", sen)
  }

  @Test func nothingComesToStandBelowItself() throws {
    let sen = try SenProgram()
    try sen.expect("page create P1")
    try sen.expect("page create P2 --parent p1")
    try sen.expect("page set p2 parent=")
    try sen.expect("page set p1 parent=p2")
    try refuses("history undo 3", "“P2” would be inside itself", sen)
    #expect(try sen.expect("page list --format count") == "2\n")
  }

  @Test func blocksKeepWhatTheyShow() throws {
    let sen = try SenProgram()
    try sen.expect("category create C1")
    try sen.expect("block add latest-news --region sidebar --set category=c1")
    try refuses("history undo 1", "block 2 “latest-news”: category: There is no category “c1”", sen)
    try sen.expect("block delete 2 --force --yes")
    try sen.expect("category delete c1 --force --yes")
    try refuses("history undo 3", "There is no category “c1”", sen)
    try sen.expect("history undo 4")
    try sen.expect("history undo 3")
    try sen.expect("history undo 2")
    try sen.expect("history undo 1")
  }

  @Test func whatComesBackFromTheTrashRefersToNothingThere() throws {
    let sen = try SenProgram()
    try sen.expect("category create C1")
    try sen.expect("category create C2 --parent c1")
    try sen.expect("article create A1 --category c2")
    for item in ["article delete a1", "category delete c2", "category delete c1"] { try sen.expect(item) }
    try refuses("article restore a1", "category: category 2 “C2” is in the trash", sen)
    try refuses("trash restore 3 2", "parent: category 1 “C1” is in the trash", sen)
    try sen.expect("category restore c2 c1")
    try sen.expect("article restore a1")
  }

  @Test func tagsHaveOneTitleEach() throws {
    let sen = try SenProgram()
    try sen.expect("tag create A")
    try sen.expect("tag delete a")
    try sen.expect("tag create A --slug a2")
    try refuses("history undo 2", "There is a tag “A” already, 2", sen)
    try sen.expect("tag set 2 title=B")
    try sen.expect("history undo 2")
    try refuses("tag revert 2 1", "There is a tag “A” already, 1", sen)
    try refuses("replace B A --in tag.title --yes", "There is a tag “A” already, 1", sen)
    // What has the title of another already, from data of other systems, keeps nobody from anything.
    let sql = "UPDATE item SET title = 'A', sortKey = (SELECT sortKey FROM item WHERE id = 1) WHERE id = 2"
    #expect(try sen.sh("sqlite3 site/site.db \"\(sql)\"").code == 0)
    try sen.expect("tag set 2 description=x")
    try sen.expect("history undo")
  }

  @Test func votesThatTookThePlaceOfOthersAreNamed() throws {
    let sen = try SenProgram()
    try sen.expect("poll create Q --option A --option B --state published")
    try sen.expect("poll vote q --option A --voter v1")
    try sen.expect("poll reset q --yes")
    try sen.expect("poll vote q --option B --voter v1")
    try refuses("history undo 3", "wrote in the place of its rows: 4 (poll vote q --option B", sen)
    try sen.expect("history undo 4")
    try sen.expect("history undo 3")
  }

  @Test func whoeverMovesTheirOwnTakesThatBack() throws {
    let sen = try SenProgram()
    try sen.expect("user create lan --role administrator")
    try sen.expect("user create an --role author")
    try sen.expect("page create E1")
    try sen.expect("page create E2")
    try sen.expect("page create M --as an")
    let before = try TestSite.contents(of: sen.site)
    try sen.expect("page move m --position 1 --as an")
    #expect(try sen.expect("page list --sort position --field slug").hasPrefix("m\n"))
    try sen.expect("history undo --as an")
    #expect(try TestSite.contents(of: sen.site) == before)
  }

  @Test func aRedoIsTakenBackAsWhatItDidAgain() throws {
    let sen = try SenProgram()
    func title() throws -> String { try sen.expect("article list --field title") }
    try sen.expect("article create A")
    try sen.expect("article set a title=B")
    try sen.expect("history undo 2")
    try sen.expect("history redo 3")
    try refuses("history redo 4", "Operation 4 is no undo that is in force", sen)
    #expect(try sen.sh("\"$SEN\" history undo 4").errors.contains("Undid 2 (article set a title=B"))
    #expect(try title() == "A\n")
    try refuses("history undo 4", "Operation 2 is undone already, by 5", sen)
    try sen.expect("history redo")
    #expect(try title() == "B\n")
    // One after the other, all that was done is reached.
    for _ in 0..<2 { try sen.expect("history undo") }
    #expect(try title() == "")
  }

  /// Clicks that came after the first undo went with the redo, and come back as it has found them.
  @Test func whatWasCountedBetweenComesBack() throws {
    let sen = try SenProgram()
    func clicks() throws -> String {
      try sen.sh("sqlite3 site/site.db 'SELECT clicks FROM linkClick'").output
    }
    try sen.expect("linkgroup create G")
    try sen.expect("link create L --url https://a.example --group g --state published")
    try sen.expect("link follow l")
    try sen.expect("link delete l --force --yes")
    for count in 2...4 {
      try sen.expect("history undo")
      try sen.expect("link follow l")
      #expect(try clicks() == "\(count)\n")
      try sen.expect("history redo")
      #expect(try clicks() == "")
    }
    try sen.expect("history undo")
    #expect(try clicks() == "4\n")
    try sen.expect("site doctor")
  }

  @Test func aFileThatIsGoneIsNamed() throws {
    let sen = try SenProgram()
    try sen.expect("photo generate --count 1")
    try sen.expect("photo delete 1 --force --yes")
    try sen.expect("media prune --all --yes")
    let undone = try sen.sh("\"$SEN\" history undo")
    #expect(undone.code == 0)
    #expect(undone.errors.contains("The file of photo 1 “"), "\(undone.errors)")
    #expect(undone.errors.contains("is gone: "), "\(undone.errors)")
  }

  @Test func aVoteIsOnesOwnWhateverStandsBeforeIt() throws {
    let sen = try SenProgram()
    try sen.expect("user create lan --role administrator")
    try sen.expect("user create co --role contributor")
    try sen.expect("poll create P --option x --option y --state published")
    for options in ["", "-q ", "--yes --quiet "] {
      let before = try TestSite.contents(of: sen.site)
      try sen.expect("\(options)poll vote p --option 1 --as co")
      try sen.expect("history undo --as co")
      #expect(try TestSite.contents(of: sen.site) == before)
    }
  }

  @Test func oneDocumentIsNotTwo() throws {
    let sen = try SenProgram()
    let same = "--code 1/QD --issuer UBND --issued-on 2020-01-01"
    try sen.expect("document create D1 \(same)")
    try sen.expect("document set d1 code=2/QD")
    try sen.expect("document create D2 \(same)")
    try refuses("history undo 2", "document 1 “D1”: code: document 2 of that day is “1/QD” already", sen)
    try sen.expect("document delete d1 --force --yes")
    try sen.expect("document create D3 \(same.replacingOccurrences(of: "1/QD", with: "2/QD"))")
    try refuses("history undo 4", "is “2/QD” already", sen)
  }

  @Test func noDocumentComesToReplaceItself() throws {
    let sen = try SenProgram()
    try sen.expect("document create D1")
    try sen.expect("document create D2")
    try sen.expect("document set d1 replaces=d2")
    try sen.expect("document set d1 replaces=")
    try sen.expect("document set d2 replaces=d1")
    try refuses("history undo 4", "“D1” would replace itself", sen)
  }

  @Test func aFormerSlugThatAnotherHasNowLeadsNowhere() throws {
    let sen = try SenProgram()
    try sen.expect("article create A --slug s1")
    try sen.expect("article set s1 slug=s2")
    try sen.expect("article delete s2 --force --yes")
    try sen.expect("article create B --slug s1")
    try sen.expect("history undo 3")
    #expect(try sen.expect("article show s1 --field title") == "B\n")
    #expect(try sen.expect("article show s2 --field title") == "A\n")
    try sen.expect("site doctor")
  }

  @Test func anEntryStaysInTheMenuOfTheOneAboveIt() throws {
    let sen = try SenProgram()
    for menu in ["a", "b"] { try sen.expect("menu create \(menu)") }
    try sen.expect("menuitem create P --menu a --link /p")
    try sen.expect("menuitem create C --parent p --link /c")
    try sen.expect("menuitem set c parent=")
    try sen.expect("menuitem set p menu=b")
    try refuses("history undo 5", "menuitem 4 “C”: what belongs to it has changed since", sen)
    try sen.expect("history undo 6")
    try sen.expect("history undo 5")
  }

  @Test func nobodyComesToReferToTheTrash() throws {
    let sen = try SenProgram()
    for category in ["a", "b"] { try sen.expect("category create \(category)") }
    try sen.expect("article create X --category a")
    try sen.expect("article set x category=b")
    try sen.expect("category delete a")
    try refuses("history undo 4", "would be the category of article 3 “X”, is in the trash", sen)
    let reverted = try sen.sh("\"$SEN\" article revert x 1")
    #expect(reverted.code == 5 && reverted.errors.contains("“a” is in the trash"), "\(reverted.errors)")
    let set = try sen.sh("\"$SEN\" category set b trashedAt=2026-01-01")
    #expect(set.code == 2 && set.errors.contains("category delete"), "\(set.errors)")
    try sen.expect("category restore a")
    try sen.expect("article set x category=a")
    try refuses("history undo 6", "category 1 “a” would be in the trash, and is the category of", sen)
    try sen.expect("history undo 7")
    try sen.expect("history undo 4")
  }

  @Test func whatBrokeARuleBeforeComesBackAllTheSame() throws {
    let sen = try SenProgram()
    try sen.expect("menu create m")
    try sen.expect("menuitem create P --menu m --link /p")
    try sen.expect("menuitem set p note=x")
    // Written by another program.
    let sql = "UPDATE menuitem SET menu = NULL"
    #expect(try sen.sh("sqlite3 site/site.db '\(sql)'").code == 0)
    try sen.expect("history undo 3")
    try sen.expect("menuitem delete p --force --yes")
    try sen.expect("history undo")
  }
}
