import ContentModel
import Foundation
import SenKernel
import SenTesting
import Testing

/// Who may run which command on a site with users. Every command of every plugin is in one of the tables below: a new
/// one has to say whether it changes anything, and then that it asks.
struct RightsTests {
  private let site: TestSite
  private static let roles = [
    ("lan", "administrator"), ("emi", "editor"), ("an", "author"), ("chi", "contributor"),
  ]

  init() throws {
    site = try TestSite(allPlugins)
    for line in [
      "user create lan --role administrator", "user create emi --role editor", "user create an --role author",
      "user create binh --role author", "user create chi --role contributor",
    ] { try run(line, line == "user create lan --role administrator" ? nil : "lan") }
    try run("user passwd lan -", "lan", input: "mật khẩu của lan")
    for noun in site.site.registry.shapes.map(\.name) where noun != "block" {
      try run("\(noun) generate --count 2", "lan")
    }
    try run("block add latest-news --region sidebar", "lan")
    try run("tag create 'Không ai mang' --slug khong-ai-mang", "lan")
    try run("backup create", "lan")
  }

  @discardableResult
  private func run(_ line: String, _ actor: String?, input: String = "") throws -> String {
    let output = MemoryOutput(answers: [])
    try site.run(line, output, input: input, as: actor)
    return output.text
  }

  /// Whether a line is refused for who runs it.
  private func isDeclined(_ line: String, _ actor: String, input: String = "") -> Refusal? {
    do {
      try run(line, actor, input: input)
      return nil
    } catch {
      let refusal = error as? Refusal
      return refusal?.code == .declined && refusal?.message.contains(" may not ") == true ? refusal : nil
    }
  }

  private func first(_ noun: String) throws -> String {
    String(try run("\(noun) list --sort id --limit 1 --format ids", "lan").dropLast())
  }

  // MARK: What every noun has

  /// The verbs that every noun has and that change nothing.
  private static let reading = ["list", "show", "exists", "revisions", "diff"]

  /// Of a noun's items that one has written, that everybody may do with their own: `+` in the order administrator,
  /// editor, author, contributor.
  private static func may(_ verb: String, _ shape: Shape) -> String {
    if verb == "generate" { return "++--" }
    let makes = ["create", "clone"].contains(verb)
    if shape.name == "tag" { return makes ? "++++" : "++--" }
    if shape.isStructure { return "++--" }
    return ["publish", "unpublish"].contains(verb) ? "+++-" : "++++"
  }

  /// An item of somebody: made with all that it needs, given to them, and changed once more (version 3).
  private func item(_ noun: String, of name: String) throws -> String {
    let line = noun == "block" ? "block add latest-news --region sidebar" : "\(noun) generate --count 1"
    try run(line, "lan")
    let id = String(try run("\(noun) list --sort -id --limit 1 --format ids", "lan").dropLast())
    try run("\(noun) set \(id) author=\(name) state=draft language=vi", "lan")
    try run("\(noun) set \(id) language=en", "lan")
    return id
  }

  private func line(_ verb: String, _ shape: Shape, of name: String) throws -> (line: String, input: String) {
    let noun = shape.name
    func own() throws -> String { try item(noun, of: name) }
    switch verb {
    case "create":
      let source = try first(noun)
      let needed = try shape.fields.filter { $0.has(.required) && !$0.has(.title) }.map { field in
        let value = try run("\(noun) show \(source) --field \(field.name)", "lan").dropLast()
        return " --\(field.name) '\(value)'"
      }
      let more = noun == "banner" ? " --text Chữ" : ""
      return ("\(noun) create 'Mới của \(name)'\(needed.joined())\(more)", "")
    case "generate": return ("\(noun) generate --count 1 --seed 9", "")
    case "clone": return ("\(noun) clone \(try own())", "")
    case "set": return ("\(noun) set \(try own()) language=fr", "")
    case "edit":
      let id = try own()
      let text = try run("\(noun) edit \(id) --print", "lan")
      #expect(text.contains("language: en"))
      return ("\(noun) edit \(id) --from -", text.replacing("language: en", with: "language: fr"))
    case "delete", "publish": return ("\(noun) \(verb) \(try own())", "")
    case "move": return ("\(noun) move \(try own()) --position 1", "")
    case "revert": return ("\(noun) revert \(try own()) 2", "")
    case "unpublish":
      let id = try own()
      try run("\(noun) publish \(id)", "lan")
      return ("\(noun) unpublish \(id)", "")
    case "restore":
      let id = try own()
      try run("\(noun) delete \(id)", "lan")
      return ("\(noun) restore \(id)", "")
    default: throw Unknown(command: "\(noun) \(verb)")
    }
  }

  private struct Unknown: Error {
    let command: String
  }

  private static let verbs = [
    "create", "set", "edit", "delete", "restore", "clone", "publish", "unpublish", "move", "revert",
    "generate",
  ]

  @Test(arguments: RightsTests.verbs) func whatEveryNounHasAsks(verb: String) throws {
    // Blocks are not made by chance.
    for shape in site.site.registry.shapes where "\(shape.name) \(verb)" != "block generate" {
      // Whose it is decides, or that it is somebody's whom the site does not know.
      for (name, sign) in zip(Self.roles.map(\.0) + ["ai-do"], Self.may(verb, shape) + "-") {
        let (line, input) = try line(verb, shape, of: name)
        let refusal = isDeclined("\(line) --dry-run", name, input: input)
        #expect((refusal != nil) == (sign == "-"), "\(name): \(line): \(refusal?.message ?? "done")")
      }
      guard !["create", "generate", "clone"].contains(verb) else { continue }
      let (line, input) = try line(verb, shape, of: "binh")
      for ((name, _), sign) in zip(Self.roles, "++--") {
        let refusal = isDeclined("\(line) --dry-run", name, input: input)
        #expect((refusal != nil) == (sign == "-"), "\(name): \(line), by binh: \(refusal?.message ?? "done")")
      }
    }
  }

  // MARK: All other commands

  /// A command that changes something: lines of it, and who may run them.
  private func changing() throws -> [String: [(line: String, may: String)]] {
    let photo = try item("photo", of: "binh")
    let picture = site.site.mediaPath(
      String(try run("photo show \(photo) --field file", "lan").dropLast()))
    let poll = try item("poll", of: "binh")
    try run("poll publish \(poll)", "lan")
    try run("poll open \(poll)", "lan")
    try run("poll vote \(poll) --option 1", "lan")
    let draft = try item("poll", of: "binh")
    let album = try item("album", of: "binh")
    try run("photo set \(photo) album=\(album)", "lan")
    let trashed = try item("article", of: "binh")
    try run("article delete \(trashed)", "lan")
    let article = try item("article", of: "binh")
    try run("article set \(article) title='Bài của Bình'", "lan")
    try run("article publish \(article)", "lan")
    try run("link publish \(first("link"))", "lan")
    let done = String(try run("history list --limit 1 --field id", "lan").dropLast())
    try run("config set slogan x", "lan")
    try run("history undo", "lan")
    let undo = String(try run("history list --limit 1 --field id", "lan").dropLast())
    return [
      "album reorder": [("album reorder \(album)", "++--")],
      "article rate": [("article rate \(article) --points 5", "++++")],
      "backup create": [("backup create", "++--")],
      "backup prune": [
        ("backup prune --keep 1", "+---"), ("backup prune --keep 1 --from \(site.folder)/backups", "+---"),
      ],
      "backup restore": [("backup restore @last --yes", "+---")],
      "block add": [("block add latest-news --region sidebar", "++--")],
      "config set": [("config set title Khác", "+---")], "config unset": [("config unset title", "+---")],
      "exchange refresh": [("exchange refresh", "++--")],
      "history undo": [("history undo \(done)", "+---")], "history redo": [("history redo \(undo)", "+---")],
      "import": [("import ndjson -", "+---"), ("import csv - --noun article", "+---")],
      "job run": [("job run link-check", "++--")],
      "link check": [("link check", "++--")],
      "media add": [("media add \(picture)", "++++")], "media prune": [("media prune --yes", "++--")],
      "photo import": [
        ("photo import \(picture)", "++++"), ("photo import \(picture) --publish", "+++-"),
      ],
      "photo orphans": [("photo orphans --prune --yes", "++--")],
      "photo regenerate": [("photo regenerate --all", "++--")],
      "poll close": [("poll close \(poll)", "++--")], "poll open": [("poll open \(draft)", "++--")],
      "poll option": [("poll option add \(poll) Khác", "++--")],
      "poll reset": [("poll reset \(poll) --yes", "++--")],
      "poll vote": [("poll vote \(poll) --option 1", "++++")],
      "question answer": [("question answer \(try item("question", of: "binh")) --text Có", "++--")],
      "questiongroup ask": [
        ("questiongroup ask \(try first("questiongroup")) --title 'Bao giờ?' --name An", "++++")
      ],
      "replace": [("replace 'của Bình' 'khác' --in article.title --yes", "++--")],
      "search reindex": [("search reindex", "++--")],
      "site optimize": [("site optimize", "++--")], "site doctor": [("site doctor --fix", "+---")],
      "tag merge": [("tag merge khong-ai-mang \(try first("tag"))", "++--")],
      "tag prune": [("tag prune --yes", "++--")],
      "tag rename": [("tag rename khong-ai-mang 'Ai mang'", "++--")],
      "trash purge": [("trash purge --yes", "+---")], "trash restore": [("trash restore \(trashed)", "++--")],
      "user create": [("user create moi", "+---")],
      "user delete": [("user delete binh --reassign an", "+---")],
      "user disable": [("user disable binh", "+---")], "user enable": [("user enable binh", "+---")],
      "user passwd": [("user passwd binh -", "+---"), ("user passwd SELF -", "++++")],
      "user set-role": [("user set-role binh editor", "+---")],
      "visits record": [("visits record /tin-tuc", "++--")],
      "weather refresh": [("weather refresh", "++--")],
    ]
  }

  /// What only counts, as it does for visitors whom nobody knows.
  private static let counting = ["attachment download", "banner follow", "banner seen", "link follow"]

  private func reads() throws -> [String: String] {
    let (article, document) = (try first("article"), try first("document"))
    let lines = [
      "article ratings \(article)", "backup list", "backup verify", "banner pick \(try first("zone"))",
      "banner stats", "block types", "config get title", "config list", "document files \(document)",
      "document history \(document)", "exchange history USD", "exchange table", "history list",
      "history show",
      "job list", "link clicks", "log list", "media list", "menu check", "menu tree \(try first("menu"))",
      "plugin info news", "plugin list", "poll results \(try first("poll"))", "question queue",
      "redirect list", "schema fields article", "schema nouns", "schema sql 'SELECT 1'", "site info",
      "trash list",
      "user list", "user show lan", "visits browsers", "visits carried", "visits days", "visits pages",
      "visits referrers", "visits show", "weather show",
    ]
    let pairs = lines.map { ($0.split(separator: " ").prefix(2).joined(separator: " "), $0) }
    return Dictionary(pairs + [("export", "export ndjson"), ("search", "search lúa")]) { first, _ in first }
  }

  @Test func everyOtherCommandThatChangesAnythingAsks() throws {
    let input = #"{"noun":"article","title":"Nhập"}"#
    for (path, lines) in try changing().sorted(by: { $0.key < $1.key }) {
      for (line, may) in lines {
        #expect(line.hasPrefix(path))
        // `refused` as well: nobody of that name is declared.
        for (name, sign) in zip(Self.roles.map(\.0) + ["ai-do"], may + "-") {
          let typed = line.replacing("SELF", with: name) + " --dry-run"
          let text =
            line.hasPrefix("user passwd") ? "mật khẩu mới" : line.contains("csv") ? "title\nNhập\n" : input
          let refusal = isDeclined(typed, name, input: text)
          #expect((refusal != nil) == (sign == "-"), "\(name): \(typed): \(refusal?.message ?? "done")")
        }
      }
    }
  }

  @Test func whatReadsChangesNothingAndIsOpenToEverybody() throws {
    let before = try state()
    for (path, line) in try reads().sorted(by: { $0.key < $1.key }) {
      #expect(line.hasPrefix(path))
      do {
        try run(line, "ai-do")
      } catch is DoneInPart {
        // It found something wrong, and said so.
      } catch { Issue.record("\(line): \(error)") }
    }
    for shape in site.site.registry.shapes {
      let id = try first(shape.name)
      for verb in Self.reading {
        do {
          try run("\(shape.name) \(verb)\(verb == "list" ? "" : " \(id)")", "ai-do")
        } catch let refusal as Refusal {
          #expect(verb == "diff" && refusal.code != .declined, "\(shape.name) \(verb): \(refusal)")
        }
      }
    }
    #expect(throws: (any Error).self) { try run("schema sql 'DELETE FROM item'", "ai-do") }
    #expect(try state() == before)
    // What is due is run whoever starts it; its jobs act as the site.
    #expect(isDeclined("job run --due --dry-run", "ai-do") == nil)
  }

  /// All content, and which files there are.
  private func state() throws -> [String] {
    try site.contents() + FileManager.default.subpathsOfDirectory(atPath: site.folder).sorted()
  }

  @Test func noCommandIsLeftOut() throws {
    let shapes = site.site.registry.shapes.map(\.name)
    let general = shapes.flatMap { noun in (Self.verbs + Self.reading).map { "\(noun) \($0)" } }
      .filter { $0 != "block generate" }
    let known = try general + changing().keys + reads().keys + Self.counting
    for path in site.table.commands.map(\.spec.path) {
      #expect(known.contains(path), "“\(path)” is in no table: does it change anything, and who may?")
    }
    for path in known { #expect(site.table.commands.contains { $0.spec.path == path }, "\(path)") }
  }
}
