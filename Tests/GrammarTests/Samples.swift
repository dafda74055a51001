import ContentModel
import Foundation
import Grammar
import Testing

/// A grammar of the kind that the kernel makes, with commands of every shape.
enum Samples {
  static let set = CommandSet(
    commands: [
      CommandSpec(
        noun: "article", verb: "list", aliases: ["ls"], summary: "Lists articles",
        examples: ["sen article list --limit 20"]),
      CommandSpec(
        noun: "article", verb: "show", summary: "Shows one article",
        arguments: [ArgumentSpec("ref", help: "Which", kind: .reference(noun: ""))],
        examples: ["sen article show 12"]),
      CommandSpec(
        noun: "article", verb: "create", aliases: ["new", "add"], summary: "Makes an article",
        discussion: "More on it.", arguments: [ArgumentSpec("title", arity: .optional)],
        flags: [
          FlagSpec("title", kind: .fieldValue(noun: "article", field: "title"), isFieldValue: true),
          FlagSpec(
            "tags", kind: .fieldValue(noun: "article", field: "tags"), repeats: true, isFieldValue: true),
          FlagSpec("at", kind: .date), FlagSpec("rate", kind: .real), FlagSpec("open", kind: .bool),
        ], examples: ["sen article create 'Tin mới' --tags lúa"]),
      CommandSpec(
        noun: "article", verb: "set", summary: "Changes fields",
        arguments: [ArgumentSpec("words", kind: .assignment(noun: ""), arity: .some)],
        examples: ["sen article set 12 state=draft"]),
      CommandSpec(
        noun: "article", verb: "delete", aliases: ["rm"], summary: "Trashes articles",
        arguments: [ArgumentSpec("refs", kind: .reference(noun: ""), arity: .many)],
        examples: ["sen article delete 12"]),
      CommandSpec(
        noun: "tag", verb: "merge", summary: "Puts one tag in the place of another",
        arguments: [
          ArgumentSpec("from", kind: .reference(noun: "tag")),
          ArgumentSpec("into", kind: .reference(noun: "tag")),
        ],
        examples: ["sen tag merge lua lua-nuoc"]),
      CommandSpec(
        noun: "export", verb: "", summary: "Writes site data",
        arguments: [
          ArgumentSpec("format", kind: .choice(["archive", "ndjson", "csv"])),
          ArgumentSpec("nouns", kind: .noun, arity: .many),
        ], flags: [FlagSpec("to", kind: .path)], examples: ["sen export archive --to site.tar"]),
      CommandSpec(
        noun: "search", verb: "", summary: "Finds items", arguments: [ArgumentSpec("query", arity: .some)],
        flags: [FlagSpec("noun", kind: .noun)], examples: ["sen search hoi nghi"]),
      CommandSpec(
        noun: "search", verb: "reindex", summary: "Builds the index anew", examples: ["sen search reindex"]),
      CommandSpec(
        noun: "site", verb: "init", shortForms: ["init"], summary: "Makes a site",
        arguments: [ArgumentSpec("dir", kind: .path)], examples: ["sen init portal"]),
      CommandSpec(noun: "site", verb: "debug", summary: "Hidden", isHidden: true),
      CommandSpec(
        noun: "help", verb: "", summary: "Explains commands",
        arguments: [ArgumentSpec("words", kind: .command, arity: .many)],
        examples: ["sen help article create"]),
    ],
    globals: [
      FlagSpec("site", help: "The folder", kind: .path),
      FlagSpec("format", kind: .choice(["table", "json", "csv"])),
      FlagSpec("fields", kind: .fields(noun: "")),
      FlagSpec("filter", kind: .expression(noun: "")), FlagSpec("sort", kind: .order(noun: "")),
      FlagSpec("limit", help: "At most so many", kind: .integer, short: "l"),
      FlagSpec("dry-run", help: "Takes it back", short: "n"), FlagSpec("yes", short: "y"),
      FlagSpec("no-pager"),
    ], nounSummaries: ["article": "News", "tag": "Tags"])

  /// The command of a line as the console reads it.
  static func parse(_ line: String) throws(Refusal) -> Invocation {
    try set.parse(words: Line.parse(line).words)
  }

  /// What is said of a line that is refused.
  static func refusal(_ line: String) -> Refusal {
    do {
      _ = try parse(line)
      return Refusal(.declined, "taken")
    } catch {
      return error
    }
  }

  /// A site of one article.
  @Sendable static func live(_ kind: ValueKind, _ prefix: String, _: Invocation?) -> [Candidate] {
    let words: [String] =
      switch kind {
      case .reference: ["tin-moi", "tin-cu"]
      case .fields, .field, .assignment, .expression: ["state", "title", "tags", "publishAt"]
      case .fieldValue(_, "state"): ["draft", "published"]
      case .fieldValue(_, "tags"): ["lúa", "lúa nước", "it's", "a \"b\""]
      case .path: ["My Folder/", "site.tar"]
      case .noun: ["article", "tag"]
      default: []
      }
    return words.filter { $0.hasPrefix(prefix) }.map { Candidate(text: $0) }
  }

  /// The line that Tab makes of one with the cursor at its end, with its only candidate.
  static func tab(_ line: String) -> [String] {
    let completion = set.complete(line: line, cursor: line.utf8.count, live: live)
    return completion.candidates.map { candidate in
      String(decoding: Array(line.utf8)[..<completion.range.lowerBound], as: UTF8.self)
        + completion.replacement(for: candidate) + (completion.appendsSpace ? " " : "")
    }
  }
}

/// Random numbers that are the same in every run (SplitMix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}

/// Strings that break programs; those of the list beside the project too, where it is at hand.
enum Naughty {
  static let own = [
    "", " ", "'", "\"", "\\", "\\\\", "'\"", "it's $HOME", "`ls`", "$(ls)", "a|b", "a>b", "#x", "x#y", "~",
    "~/x",
    "*", "?", "{a,b}", "!x", "-", "--", "--x", "=", "=ls", "a=b", "Hội nghị",
    "Hội".decomposedStringWithCanonicalMapping,
    "a\nb", "a\tb", "a\r\nb", "\u{FEFF}x", "👨‍👩‍👧", "\u{202E}x", "\u{1B}[31m", "a\\", "'a'", "\"a\"", "\\n", ";",
    "&&", "()", "[a]",
    "a b", "\u{A0}", "%s%n", "\u{7F}", "'\\''",
  ]

  static let listed: [String] = {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    guard let data = try? Data(contentsOf: root.appending(path: "shared/data/strings/blns/blns.json")),
      let strings = try? JSONDecoder().decode([String].self, from: data)
    else { return [] }
    return strings.filter { !$0.contains("\u{0}") }
  }()

  static func random(_ random: inout Seeded) -> String {
    let marks = Array("ab'\"\\ \t\n#|>$`-=đấ,.()~!".unicodeScalars)
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<12, using: &random) { text.append(marks.randomElement(using: &random)!) }
    return String(text)
  }
}
