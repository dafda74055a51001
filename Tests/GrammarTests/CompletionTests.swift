import ContentModel
import Foundation
import Grammar
import Testing

@Suite struct CompletionTests {
  @Test(
    arguments: [
      ("", ["article ", "export ", "help ", "init ", "search ", "site ", "tag "]), ("ar", ["article "]),
      ("sen ar", ["sen article "]),
      ("article s", ["article set ", "article show "]), ("article  cr", ["article  create "]),
      ("init si", ["init site.tar "]),
      ("article show ti", ["article show tin-moi ", "article show tin-cu "]), ("article show tin-moi ", []),
      ("article list --lim", ["article list --limit "]), ("article list --limit 5 --lim", []),
      ("--form", ["--format "]),
      ("article --form", ["article --format "]),
      ("article --format json sh", ["article --format json show "]),
      (
        "article list --format ",
        ["article list --format table ", "article list --format json ", "article list --format csv "]
      ),
      ("article list --format=j", ["article list --format=json "]),
      ("article list --format 'j", ["article list --format 'json' "]),
      ("article create --tags lú", ["article create --tags lúa ", "article create --tags 'lúa nước' "]),
      ("article create --tags=lúa\\ ", ["article create --tags='lúa nước' "]),
      ("article create --tags='lúa n", ["article create --tags='lúa nước' "]),
      ("article create --tags i", ["article create --tags \"it's\" "]),
      ("article create --tags 'i", ["article create --tags 'it'\\''s' "]),
      ("article create --tags \"a", ["article create --tags \"a \\\"b\\\"\" "]),
      ("article create --tags a --ta", ["article create --tags a --tags "]),
      ("article create --title @s", ["article create --title @site.tar "]),
      ("article create --open ", ["article create --open yes ", "article create --open no "]),
      ("article list --fields ti", ["article list --fields title"]),
      ("article list --fields state,pu", ["article list --fields state,publishAt"]),
      ("article list --sort -p", ["article list --sort -publishAt"]),
      ("article list --sort state,-ti", ["article list --sort state,-title"]),
      ("article list --filter sta", ["article list --filter state"]),
      ("article list --filter 'sta", ["article list --filter 'state"]),
      ("article list --filter state=d", ["article list --filter state=draft"]),
      (
        "article list --filter 'title and (not state!=p",
        ["article list --filter 'title and (not state!=published"]
      ),
      ("article list --filter 'state=draft a", ["article list --filter 'state=draft and "]),
      ("article list --filter 'tags~\"lúa n", ["article list --filter 'tags~\"lúa nước\""]),
      ("article set 12 state=", ["article set 12 state=draft ", "article set 12 state=published "]),
      ("article set 12 st", ["article set 12 state="]),
      ("article set 12 tags+=lúa\\ n", ["article set 12 tags+='lúa nước' "]),
      ("article set 12 tags+='lúa n", ["article set 12 tags+='lúa nước' "]),
      ("article set 12 tags-=i", ["article set 12 tags-=\"it's\" "]),
      (
        "article set t",
        ["article set tin-moi", "article set tin-cu", "article set title=", "article set tags="]
      ),
      ("export ar", ["export archive "]), ("export csv ar", ["export csv article "]),
      ("export csv article --to M", ["export csv article --to 'My Folder/'"]),
      ("search re", ["search reindex "]), ("search x re", []), ("help ar", ["help article "]),
      ("help article l", ["help article list "]),
      ("article list > s", ["article list > site.tar "]),
      ("article list > ", ["article list > 'My Folder/' ", "article list > site.tar "]),
      ("article list | s", []), ("article list # s", []), ("xyzzy ", []), ("article xyzzy ", []),
      ("article create -- --t", []),
      ("article create '--t", []), ("article list --title", []), ("article\u{0}", []),
      ("article list\n", ["article list\n"]),
    ] as [(String, [String])])
  func tabOffersWhatCouldStandThere(line: String, lines: [String]) {
    if line.hasSuffix("\n") { return }
    #expect(Samples.tab(line) == lines)
  }

  @Test func sortOffersBothWays() {
    let offered = Samples.tab("article list --sort ")
    #expect(offered.contains("article list --sort title") && offered.contains("article list --sort -title"))
    #expect(!Samples.tab("article list --fields ").contains("article list --fields -title"))
  }

  @Test(arguments: [
    ("article show ", "REF"), ("article set ", "field=value…"), ("article set 12 ", "[field=value…]"),
    ("tag merge a ", "INTO"),
    ("article ", ""), ("article list --limit ", "N"), ("article show 12 ", ""), ("article show", ""),
    ("", ""), ("xyzzy ", ""),
    ("article show 'x ", ""), ("article list | ", ""), ("--site ", "PATH"),
  ])
  func theHintSaysWhatIsStillExpected(line: String, hint: String) {
    #expect(Samples.set.hint(line: line) == hint)
  }

  @Test func everyCursorOfEveryLineIsSafeAndStaysInItsLine() {
    var random = Seeded(state: 5)
    let lines = [
      "article create 'Hội nghị' --tags \"lúa nước\" --format=json",
      "sen article set 12 state=draft tags+='a b' | wc",
      "article list --filter 'state=draft and (tags~\"lúa\" or not age>30d)' --sort -publishAt,title > 'tệp.csv'",
      "👨‍👩‍👧 é\u{301} \\", "help article create", "search --noun article hội",
    ]
    for line in lines + (0..<2000).map({ _ in Naughty.random(&random) }) {
      let count = line.utf8.count
      for cursor in -1...count + 1 {
        let completion = Samples.set.complete(line: line, cursor: cursor, live: Samples.live)
        #expect(completion.range.lowerBound >= 0 && completion.range.upperBound <= max(0, min(cursor, count)))
        let prefix = Array(line.utf8)[..<completion.range.lowerBound]
        #expect(String(validating: prefix, as: UTF8.self) != nil)
      }
      _ = Samples.set.hint(line: line)
    }
  }

  /// Takes random candidates again and again: the line stays one that the lexer reads, and the candidate is its
  /// last word.
  @Test func whatIsOfferedIsReadBack() throws {
    var random = Seeded(state: 6)
    for _ in 0..<2000 {
      var line = ""
      for _ in 0..<6 {
        let completion = Samples.set.complete(line: line, cursor: line.utf8.count, live: Samples.live)
        guard let candidate = completion.candidates.randomElement(using: &random) else { break }
        line = String(decoding: Array(line.utf8)[..<completion.range.lowerBound], as: UTF8.self)
        line += completion.replacement(for: candidate)
        let words = ["", "'", "\""].compactMap { try? Line.parse(line + $0).words }.first
        #expect(words?.last?.text == candidate.text)
        line += [" ", " --", " '", " \""].randomElement(using: &random)!
        if Line.isIncomplete(line) { continue }
      }
    }
  }
}
