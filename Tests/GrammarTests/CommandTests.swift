import ContentModel
import Foundation
import Grammar
import Testing

@Suite struct CommandTests {
  @Test(
    arguments: [
      ("article list --limit 5", ["limit": ["5"]]),
      ("article list --limit=5 -n", ["limit": ["5"], "dry-run": [""]]),
      ("article list -l 5 -ny", ["limit": ["5"], "dry-run": [""], "yes": [""]]),
      ("--format json article list", ["format": ["json"]]),
      ("article --format json list --format=csv", ["format": ["json", "csv"]]),
      ("article create --tags a --tags='b c'", ["tags": ["a", "b c"]]),
      ("article create --title=--x", ["title": ["--x"]]),
      ("article create --title '--yes'", ["title": ["--yes"]]),
      ("article create --title ''", ["title": [""]]),
      (
        "article create --at 'tomorrow 08:00' --rate 33,16 --open có",
        ["at": ["tomorrow 08:00"], "rate": ["33,16"], "open": ["có"]]
      ),
      ("article list --filter 'a=b and c>1'", ["filter": ["a=b and c>1"]]),
      ("article list --sort -publishAt", ["sort": ["-publishAt"]]),
      ("article list --limit -5", ["limit": ["-5"]]),
    ] as [(String, [String: [String]])])
  func flagsAreRead(line: String, flags: [String: [String]]) throws {
    #expect(try Samples.parse(line).flags == flags)
  }

  @Test(
    arguments: [
      ("article show 12", "article show", ["ref": ["12"]]), ("article ls", "article list", [:]),
      ("init x", "site init", ["dir": ["x"]]),
      ("article rm 1 2 3-5 @last -", "article delete", ["refs": ["1", "2", "3-5", "@last", "-"]]),
      ("article create -- --title", "article create", ["title": ["--title"]]),
      ("article create '--title'", "article create", ["title": ["--title"]]),
      ("article create -5", "article create", ["title": ["-5"]]),
      ("search -- -x", "search", ["query": ["-x"]]),
      ("search hoi nghi", "search", ["query": ["hoi", "nghi"]]), ("search reindex", "search reindex", [:]),
      ("search --noun tag hoi", "search", ["query": ["hoi"]]),
      ("export csv article tag", "export", ["format": ["csv"], "nouns": ["article", "tag"]]),
      ("tag merge a b", "tag merge", ["from": ["a"], "into": ["b"]]),
      ("article set 12 state=draft tags+=lúa", "article set", ["words": ["12", "state=draft", "tags+=lúa"]]),
      ("article create --help", "help", ["words": ["article", "create"]]),
      ("article -h", "help", ["words": ["article"]]), ("--help", "help", [:]),
      ("article show 12 --help", "help", ["words": ["article", "show"]]),
      ("help article create", "help", ["words": ["article", "create"]]),
    ] as [(String, String, [String: [String]])])
  func argumentsAreRead(line: String, path: String, values: [String: [String]]) throws {
    let invocation = try Samples.parse(line)
    #expect(invocation.spec.path == path)
    #expect(invocation.values == values)
  }

  @Test(
    arguments: [
      ("", "No command was given", "See: sen help"),
      ("--site", "--site needs a value", "Write --site PATH."), ("--yes", "No command was given", nil),
      ("article --limit", "--limit needs a value", "Write --limit N."),
      ("xyzzy", "There is no command `xyzzy`", "See what there is: sen help"),
      (
        "article", "article needs a verb: create, delete, list, set, show",
        "Example: sen article list --limit 20"
      ),
      (
        "article lst", "article has no verb `lst`",
        "Did you mean `article list`? Example: sen article list --limit 20"
      ),
      (
        "article nwe", "article has no verb `nwe`",
        "Did you mean `article create`? Example: sen article create 'Tin mới' --tags lúa"
      ),
      ("article xyzzy", "article has no verb `xyzzy`", "It has: create, delete, list, set, show"),
      (
        "artcle list", "There is no command `artcle`",
        "Did you mean `article list`? Example: sen article list --limit 20"
      ),
      (
        "artcle shwo 12", "There is no command `artcle`",
        "Did you mean `article show`? Example: sen article show 12"
      ),
      (
        "articles", "There is no command `articles`",
        "Did you mean `article`? Example: sen article list --limit 20"
      ),
      (
        "list article", "There is no command `list`",
        "The noun comes first: `article list`. Example: sen article list --limit 20"
      ),
      (
        "show 12", "There is no command `show`",
        "A noun comes before it, as in `article show`. Example: sen article show 12"
      ),
      ("int x", "There is no command `int`", "Did you mean `init`? Example: sen init portal"),
      (
        "article create --titel x", "There is no option `--titel` here",
        "Did you mean --title? Example: sen article create 'Tin mới' --tags lúa"
      ),
      (
        "article create -title x", "There is no option `-title` here",
        "Did you mean --title? Example: sen article create 'Tin mới' --tags lúa"
      ),
      ("--titel x article list", "There is no option `--titel` here", "Example: sen article list --limit 20"),
      ("article --title x create", "`--title` belongs behind the words of its command", nil),
      ("article show", "REF is missing: sen article show REF", "Example: sen article show 12"),
      (
        "article show 12 13", "`13` is one word too many: sen article show REF",
        "Example: sen article show 12"
      ),
      (
        "article create Tin mới", "`mới` is one word too many: sen article create [TITLE] [flags]",
        "Put quotes around words that belong together. Example: sen article create 'Tin mới' --tags lúa"
      ),
      ("tag merge a", "INTO is missing: sen tag merge FROM INTO", nil),
      ("article set", "field=value is missing: sen article set field=value…", nil),
      ("article list --limit", "--limit needs a value", "Write --limit N."),
      (
        "article create --title --yes", "--title needs a value, but `--yes` follows",
        "Write --title VALUE, or --title=--yes if that is the value."
      ),
      ("article list --yes=1", "--yes takes no value", nil),
      ("article list -nx", "There is no option `-nx` here", nil),
      ("article list --limit abc", "--limit: `abc` is no whole number", "Example: --limit 20"),
      ("article list --limit 5.5", "--limit: `5.5` is no whole number", nil),
      ("article list --limit ''", "--limit: `` is no whole number", nil),
      ("article list --limit 99999999999999999999", "--limit: `99999999999999999999` is too big", nil),
      ("article create --rate inf", "--rate: `inf` is no number", nil),
      ("article create --rate 0x1p3", "--rate: `0x1p3` is no number", nil),
      ("article create --open maybe", "--open: `maybe` is neither yes nor no", nil),
      (
        "article create --at soon", "--at: `soon` is no date",
        "Write 2026-11-24, 24/11/2026 08:00, tomorrow 08:00 or +2d."
      ),
      (
        "article list --format jsn", "--format cannot be `jsn`",
        "Did you mean `json`? One of: table, json, csv"
      ),
      ("export xml", "FORMAT cannot be `xml`", nil), ("article list --fields ' '", "--fields is empty", nil),
      ("article show ''", "REF: `` names no item", nil),
      ("article show @frist", "REF: `@frist` names no item", nil),
      ("article delete 20-10", "REF: The range 20-10 is empty", "Write 10-20."),
      ("article show 99999999999999999999", "REF: 99999999999999999999 is too big for an id", nil),
      ("article list --filter 'state='", "--filter, character 7: a value is expected, near `state=`", nil),
      (
        "article create --title \"a\u{1B}[31m\" '--x\ny' z",
        "`z` is one word too many: sen article create [TITLE] [flags]", nil
      ),
    ] as [(String, String, String?)])
  func aMistakeIsToldInOneSentenceWithAWayOut(line: String, message: String, hint: String?) {
    let refusal = Samples.refusal(line)
    #expect(refusal.message == message)
    #expect(refusal.code == .usage)
    if let hint { #expect(refusal.hint == hint) } else { #expect(refusal.hint?.isEmpty == false) }
  }

  @Test func noWordsCrashTheParser() throws {
    var random = Seeded(state: 4)
    let parts = [
      "article", "list", "create", "--title", "--limit", "5", "--", "-", "-n", "=", "", "search", "init",
      "--help", "x=y", "'",
    ]
    for _ in 0..<20_000 {
      let words = (0..<Int.random(in: 0..<7, using: &random)).map { _ in
        Word(parts.randomElement(using: &random)!)
      }
      do {
        _ = try Samples.set.parse(words: words)
      } catch {
        #expect(error.code == .usage && !error.message.isEmpty && error.hint?.isEmpty == false)
        #expect(!error.message.contains("\n") && error.message.last != ".")
      }
    }
  }

  @Test func helpIsThereForEveryShapeOfCommand() throws {
    let overview = try Samples.set.help(for: [])
    for noun in ["article", "export", "search", "site", "tag", "--limit N", "-n, --dry-run"] {
      #expect(overview.contains("  \(noun)") || overview.contains(noun))
    }
    let article = try Samples.set.help(for: ["article"])
    #expect(
      article.hasPrefix("article: News\n\n") && article.contains("article create  Makes an article")
        && !article.contains("debug"))
    let create = try Samples.set.help(for: ["article", "new"])
    #expect(
      create == """
        sen article create [TITLE] [flags]

        Makes an article.

        More on it.

        Also: new, add

        Arguments:
          [TITLE]

        Flags:
              --title VALUE
              --tags VALUE
              --at DATE
              --rate NUMBER
              --open yes|no

        And: --site, --format, --fields, --filter, --sort, --limit, --dry-run, --yes, --no-pager

        Examples:
          sen article create 'Tin mới' --tags lúa

        """)
    let search = try Samples.set.help(for: ["search"])
    #expect(search.contains("sen search QUERY…") && search.contains("search reindex"))
    #expect(try Samples.set.help(for: ["init"]).hasPrefix("sen site init DIR"))
    for words in [
      ["article", "lst"], ["artcle"], ["article", "create", "x"], ["search", "foo"], ["export", "x"],
    ] {
      #expect(throws: Refusal.self) { try Samples.set.help(for: words) }
    }
  }

  @Test func anOptionForSomeCommandsIsRefusedByTheOthers() throws {
    let list = CommandSpec(noun: "article", verb: "list", summary: "Lists", heeds: ["limit"])
    let prune = CommandSpec(noun: "tag", verb: "prune", summary: "Prunes", examples: ["sen tag prune"])
    let set = CommandSet(
      commands: [list, prune], globals: [FlagSpec("limit", kind: .integer, isForSome: true), FlagSpec("yes")])
    func parse(_ line: String) throws -> Invocation { try set.parse(words: Line.parse(line).words) }
    #expect(try parse("--limit 5 article list").integer("limit") == 5)
    #expect(try parse("tag prune --yes").has("yes"))
    for line in ["tag prune --limit 5", "--limit 5 tag prune", "tag --limit=5 prune"] {
      #expect(throws: Refusal(.usage, "There is no option `--limit` here", hint: "Example: sen tag prune")) {
        try parse(line)
      }
    }
    let completion = set.complete(line: "tag prune --", cursor: 12) { _, _, _ in [] }
    #expect(completion.candidates.map(\.text) == ["--yes"])
  }

  @Test func theReferenceIsTheSameEveryTimeAndHidesWhatIsHidden() {
    let text = Samples.set.reference()
    #expect(text == Samples.set.reference())
    #expect(!text.contains("debug"))
    for path in ["article create", "export", "search reindex", "site init"] {
      #expect(text.contains("### `\(path)`"))
    }
    #expect(text.contains("- `--limit N`") || text.contains("- `-l, --limit N`: At most so many"))
  }
}
