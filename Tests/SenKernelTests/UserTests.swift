import ContentModel
import Formats
import Foundation
import GRDB
import News
import SenKernel
import SenTesting
import Testing

/// Who may do what on a site with users, whatever door they come through.
struct UserTests {
  let site: TestSite

  /// An administrator, and one of each other role; `an` and `bình` are both authors.
  init() throws {
    site = try TestSite([NewsPlugin()])
    try site.run("category create 'Tin tức' --state published")
    try site.run("article create 'Của biên tập' --category tin-tuc")
  }

  private static let users = [
    "user create lan --role administrator", "user create emi --role editor", "user create an --role author",
    "user create binh", "user create chi --role contributor",
  ]

  private func declare() throws {
    try site.run(Self.users[0])
    for line in Self.users.dropFirst() { try run(line, "lan") }
    // One draft and one published article of everybody.
    for (name, title) in [("lan", "L"), ("emi", "E"), ("an", "A"), ("binh", "B"), ("chi", "C")] {
      try run("article create 'Nháp \(title)' --slug nhap-\(name)", name)
      try run("article create 'Đăng \(title)' --slug dang-\(name)", name)
      try run("article publish dang-\(name)", "emi")
    }
  }

  @discardableResult
  private func run(_ line: String, _ actor: String, input: String = "") throws -> String {
    let output = MemoryOutput(answers: [])
    try site.run(line, output, input: input, as: actor)
    return output.text
  }

  private func refusal(_ line: String, _ actor: String, input: String = "") -> Refusal? {
    do {
      try run(line, actor, input: input)
      return nil
    } catch {
      return error as? Refusal
    }
  }

  /// Each line is tried in a dry run: `+` for who may, in the order administrator, editor, author, contributor.
  @Test func everyRoleMayWhatTheTableSaysAndNoMore() throws {
    try declare()
    let matrix: [(line: String, may: String)] = [
      ("article create Mới", "++++"), ("article create Mới --state published", "+++-"),
      ("article create Mới --state review", "++++"), ("article create Mới --tags 'lúa mới'", "++++"),
      ("article set nhap-SELF summary=x", "++++"), ("article set nhap-binh summary=x", "++--"),
      ("article set nhap-SELF state=review", "++++"), ("article publish nhap-SELF", "+++-"),
      ("article publish nhap-binh", "++--"), ("article set dang-SELF summary=x", "+++-"),
      ("article set dang-binh summary=x", "++--"), ("article unpublish dang-SELF", "+++-"),
      ("article delete nhap-SELF", "++++"), ("article delete dang-SELF", "+++-"),
      ("article delete nhap-binh", "++--"), ("article delete nhap-SELF --force", "++++"),
      ("article delete nhap-binh --force", "++--"), ("article set nhap-SELF author=binh", "++--"),
      ("article set --filter 'state = draft' summary=x --yes", "++--"),
      ("article rate dang-binh --points 5 --voter x", "++++"),
      ("replace Nháp Bản --in article.title --yes", "++--"), ("article move nhap-SELF --position 1", "++++"),
      ("category create Mục", "++--"), ("category set tin-tuc title=Khác", "++--"),
      ("tag create lúa", "++++"), ("block add latest-news --region sidebar", "++--"),
      ("media prune --yes", "++--"), ("config set title Khác", "+---"), ("trash purge --yes", "+---"),
      ("import ndjson -", "+---"), ("user create moi", "+---"), ("user set-role binh editor", "+---"),
      ("user disable binh", "+---"), ("user enable binh", "+---"), ("user delete binh --reassign an", "+---"),
      ("history undo 4", "+---"), ("site doctor --fix", "+---"), ("search reindex", "++--"),
    ]
    try run("article delete nhap-emi", "emi")
    try run("article restore nhap-emi", "emi")
    try site.run("article delete nhap-emi", MemoryOutput(answers: []), as: "emi")
    try run("article restore nhap-emi", "emi")
    try run("article create Rác --slug rac", "lan")
    try run("article delete rac", "lan")
    let roles = [("lan", "administrator"), ("emi", "editor"), ("an", "author"), ("chi", "contributor")]
    for (line, may) in matrix {
      for ((name, role), sign) in zip(roles, may) {
        let typed = line.replacing("SELF", with: name) + " --dry-run"
        let input = #"{"noun":"article","title":"Nhập"}"#
        let refused = refusal(typed, name, input: input)
        let isDenied = refused?.code == .declined
        #expect(isDenied == (sign == "-"), "\(role): \(typed): \(refused?.description ?? "done")")
        if let refused, isDenied {
          #expect(refused.message.contains("“\(name)” (\(role)) may not "), "\(refused)")
        }
      }
    }
  }

  @Test func aRefusalSaysWhoLacksWhatAndWhoHasIt() throws {
    try declare()
    let id = try run("article show nhap-binh --field id", "an").dropLast()
    #expect(
      refusal("article set nhap-binh summary=x", "an")?.message
        == "“an” (author) may not edit article \(id) “Nháp B”, by binh; an editor may")
    #expect(
      refusal("article publish nhap-chi", "chi")?.message.hasSuffix("by chi; an author may") == true)
    let own = try run("article show nhap-an --field id", "an").dropLast()
    func message(_ line: String) -> String? { refusal(line, "an")?.message }
    let title = try run("article show nhap-an --field title", "an").dropLast()
    #expect(
      message("article set nhap-an author=emi")
        == "“an” (author) may not give article \(own) “\(title)” to emi; an editor may")
    #expect(message("article set nhap-an author=")?.contains("” to nobody; an editor may") == true)
    try run("article delete nhap-binh", "binh")
    #expect(
      message("trash restore \(id)")
        == "“an” (author) may not restore article \(id) “Nháp B”, by binh; an editor may")
    #expect(message("article generate --count 1")?.contains("”, which has no author; an editor may") == true)
    #expect(Refusal.Code.declined.exitCode == 6)
  }

  @Test func authorsTakeBackWhatMadeATagOnTheWay() throws {
    try declare()
    let before = try site.contents()
    try run("article create Mới --slug moi --tags 'lúa mới'", "an")
    let made = try site.contents()
    try run("history undo", "an")
    #expect(try site.contents() == before)
    try run("history redo", "an")
    #expect(try site.contents() == made)
    let number = try run("history list --field id --limit 1", "an").dropLast()
    // Somebody else has taken the word up.
    try run("article set nhap-binh tags+='lúa mới'", "binh")
    #expect(refusal("history undo \(number)", "an") != nil)
    #expect(try run("tag list --field title", "an") == "lúa mới\n")
    // A tag by itself is still an editor's to take away.
    try run("tag create ngô", "an")
    #expect(refusal("history undo", "an")?.code == .declined)
  }

  @Test func manyAtOnceAreRefusedAsAWhole() throws {
    try declare()
    let before = try site.contents()
    let refused = refusal("article set --filter 'slug ~ nhap' summary=x --yes", "an")
    #expect(refused?.code == .declined)
    #expect(refused?.message.contains("article ") == true)
    #expect(try site.contents() == before)
  }

  @Test func operationsThemselvesAskWhateverTheDoor() throws {
    try declare()
    let id = try #require(Int64(try run("article show nhap-binh --field id", "an").dropLast()))
    var new = site.site.registry.shape("category").map {
      Item(
        envelope: Envelope(uid: UUID().uuidString.lowercased(), type: $0.name, createdAt: Date()),
        values: $0.initialValues)
    }
    new?.values[0] = .text("Mục")
    let section = try #require(new)
    let calls: [(SenKernel.Operation) throws -> Void] = [
      { try $0.update(id) { $0.envelope.language = "en" } },
      { try $0.complete(id) { $0.envelope.position = 4 } },
      { try $0.trash(id) }, { try $0.delete(id) }, { try $0.set(setting: "title", to: .text("x")) },
      { _ = try $0.create(section) }, { _ = try $0.move(id, to: 1) },
    ]
    for door in Occasion.Door.allCases where door != .job {
      let an = site.site.acting(as: "an").on(Occasion(door, command: ""))
      for (index, call) in calls.enumerated() {
        do {
          try an.write { try call($0) }
          Issue.record("call \(index) went through at \(door)")
        } catch {
          #expect((error as? Refusal)?.code == .declined, "call \(index) at \(door): \(error)")
        }
      }
    }
  }

  @Test func jobsAndVisitorsActAsTheSite() throws {
    try declare()
    for (door, actor) in [(Occasion.Door.job, "cron" as String?), (.web, nil)] {
      let site = self.site.site.acting(as: actor).on(Occasion(door, command: ""))
      try site.write { try $0.set(setting: "title", to: .text("Của \(door)")) }
    }
  }

  @Test func strangersAndTheDisabledReadButDoNotWrite() throws {
    try declare()
    try run("user disable binh", "lan")
    for name in ["tester", "ai-do", "binh"] {
      for line in ["article create x", "config set title x", "tag create x", "search reindex", "media add x"]
      {
        #expect(refusal(line, name)?.code == .declined, "\(name): \(line)")
      }
      #expect(try run("article list --format count", name) == "11\n")
    }
    #expect(refusal("article create x", "tester")?.hint?.contains("--as NAME") == true)
    #expect(refusal("article create x", "binh")?.hint?.contains("user enable binh") == true)
    try run("user enable binh", "lan")
    try run("article create x", "binh")
  }

  @Test func aSiteWithoutUsersHasNoRights() throws {
    for line in [
      "article create Mới --state published", "config set title x", "trash purge --yes",
      "category create Mục",
      "history undo", "site doctor --fix",
    ] { try run(line, "ai-do") }
    #expect(try site.run("user list --format count") == "0\n")
    #expect(try site.notes("user list").contains("Nobody is declared: everybody may do everything"))
  }

  @Test func theFirstUserIsAnAdministratorAndTheLastOneStays() throws {
    let refused = try #require(refusal("user create lan --role editor", "x"))
    #expect(refused.code == .conflict)
    #expect(refused.message.contains("first user has to be an administrator"))
    try declare()
    for line in [
      "user set-role lan editor", "user disable lan", "user delete lan --reassign emi",
    ] {
      #expect(
        refusal(line, "lan")?.message == "That would leave the site without an administrator", "\(line)")
    }
    try run("user set-role emi administrator", "lan")
    try run("user disable lan", "emi")
    #expect(refusal("user disable emi", "emi")?.code == .conflict)
    // What was taken back would leave none, too: emi's promotion was by lan.
    let promotion = try run("log list --actor lan --noun user --limit 1 --field id", "emi").dropLast()
    #expect(refusal("history undo \(promotion)", "emi")?.code == .conflict)
  }

  @Test func whoGoesLeavesTheirWorkToAnother() throws {
    try declare()
    let refused = try #require(refusal("user delete an", "lan"))
    #expect(refused.message == "“an” is the author of 2 items")
    #expect(refusal("user delete an --reassign ai-do", "lan")?.code == .notFound)
    #expect(refusal("user delete an --reassign an", "lan")?.code == .invalid)
    try run("user delete an --reassign binh", "lan")
    #expect(try run("article show nhap-an --field author", "lan") == "binh\n")
    #expect(refusal("user show an", "lan")?.code == .notFound)
    try run("article set nhap-an summary=x", "binh")
    try run("history undo", "binh")
    try run("history undo", "lan")
    #expect(try run("article show nhap-an --field author", "lan") == "an\n")
    #expect(try run("user show an --fields role --format csv", "lan") == "role\nauthor\n")
  }

  /// No number of a version is given twice, whatever plugin the item is of.
  @Test func whatNoPluginHereDeclaresGetsAVersionThatItNeverHad() throws {
    try declare()
    try site.site.database.pool.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          INSERT INTO item (uid, type, slug, title, sortKey, state, author, createdAt, updatedAt, version)
          VALUES ('0190163d-8694-739b-aea5-966c26f8ad91', 'stranger', 's', 'S', x'', 'draft', 'an',
            '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 3);
          INSERT INTO versionFloor SELECT id, 41 FROM item WHERE type = 'stranger'
          """)
    }
    try run("user delete an --reassign binh", "lan")
    let version = try site.site.read {
      try Int.fetchOne($0, sql: "SELECT version FROM item WHERE type = 'stranger' AND author = 'binh'")
    }
    #expect(version == 42)
  }

  @Test func ownOperationsAreTakenBackAndThoseOfOthersByAdministrators() throws {
    try declare()
    try run("article set nhap-an summary=x", "an")
    let number = try run("history list --limit 1 --field id", "an").dropLast()
    #expect(refusal("history undo \(number)", "emi")?.code == .declined)
    try run("history undo", "an")
    try run("history redo", "an")
    try run("history undo \(number)", "lan")
    #expect(try run("log list --limit 1 --field actor", "lan") == "lan\n")
  }

  @Test func theDemotedTakeBackOnlyWhatTheyMayDoNow() throws {
    try declare()
    var numbers: [Substring] = []
    for line in [
      "category create 'Mục của Emi'", "article set nhap-an summary=x", "article set dang-emi summary=x",
      "article set nhap-emi summary=x", "tag create 'lúa của Emi'",
    ] {
      try run(line, "emi")
      numbers.append(try run("history list --limit 1 --field id", "emi").dropLast())
    }
    for verb in ["undo", "redo"] {
      for (role, may) in [("editor", "+++++"), ("author", "--++-"), ("contributor", "---+-")] {
        try run("user set-role emi \(role)", "lan")
        for (number, sign) in zip(numbers, may) where verb == "undo" || number != numbers.last {
          let before = try site.contents()
          let refused = refusal("history \(verb) \(number) --dry-run", "emi")
          #expect(
            (refused == nil) == (sign == "+"), "\(role): \(verb) \(number): \(refused?.message ?? "done")")
          #expect(refused.map { $0.code == .declined } ?? true, "\(refused?.message ?? "")")
          guard sign == "-" else { continue }
          #expect(refusal("history \(verb) \(number)", "emi")?.code == .declined)
          #expect(try site.contents() == before)
        }
      }
      try run("user disable emi", "lan")
      for number in numbers { #expect(refusal("history \(verb) \(number)", "emi")?.code == .declined) }
      try run("user enable emi", "lan")
      try run("user set-role emi editor", "lan")
      if verb == "undo" { for number in numbers { try run("history undo \(number)", "emi") } }
    }
    // What visitors do, everybody takes back who did it.
    try run("article rate dang-binh --points 5 --voter x", "chi")
    try run("history undo", "chi")
    try run("history redo", "chi")
  }

  @Test func theLogTellsWhoChangedWhichUser() throws {
    try declare()
    try run("article set nhap-an summary=x", "an")
    try run("user passwd an - --dry-run", "an", input: "mật khẩu của an")
    try run("user passwd an -", "an", input: "mật khẩu của an")
    for line in [
      "user set-role an editor", "user disable an", "user enable an", "user passwd an -",
      "user delete chi --reassign an",
    ] { try run(line, "lan", input: "mật khẩu khác của an") }
    #expect(
      try run("log list --noun user --limit 6 --fields actor,command,state --format csv", "lan") == """
        actor,command,state
        lan,user delete chi --reassign an,""
        lan,user passwd an -,for good
        lan,user enable an,""
        lan,user disable an,""
        lan,user set-role an editor,""
        an,user passwd an -,for good

        """)
    let number = try run("log list --noun user --actor an --limit 1 --field id", "lan").dropLast()
    let refused = try #require(refusal("history undo \(number)", "lan"))
    #expect(
      refused.code == .conflict && refused.message.contains("cannot be taken back"), "\(refused)")
    try run("history show \(number)", "lan")
    // It does not stand in the way of what can be.
    try run("history undo", "an")
    #expect(try run("article show nhap-an --field summary", "an") == "\n")
    #expect(try site.site.isUser("an", withPassword: "mật khẩu khác của an"))
  }

  @Test func passwordsAreStoredAsHashesAndAppearNowhere() throws {
    try declare()
    #expect(refusal("user passwd an -", "binh", input: "mật khẩu của an")?.code == .declined)
    #expect(refusal("user passwd an mat-khau-bi-mat", "an")?.code == .usage)
    #expect(refusal("user passwd an", "an")?.code == .declined)
    #expect(refusal("user passwd an -", "an", input: "ngắn")?.code == .invalid)
    try run("user passwd an -", "an", input: "mật khẩu của an\n")
    try run("user passwd binh -", "lan", input: "mật khẩu của bình")
    #expect(try site.site.isUser("an", withPassword: "mật khẩu của an"))
    #expect(try !site.site.isUser("an", withPassword: "mật khẩu của bình"))
    #expect(try !site.site.isUser("chi", withPassword: ""))
    try run("user disable an", "lan")
    #expect(try !site.site.isUser("an", withPassword: "mật khẩu của an"))
    let stored = try site.site.read { try String.fetchAll($0, sql: "SELECT password FROM credential") }
    #expect(stored.count == 2 && stored.allSatisfy { $0.hasPrefix("scrypt$16384$8$1$") })
    try run("export archive --to \(site.folder)/out", "lan")
    var told = try ["user list --format json", "log list --format json", "history list --format json"]
      .map { try run($0, "lan") }.joined()
    for path in try FileManager.default.subpathsOfDirectory(atPath: "\(site.folder)/out")
    where path.hasSuffix("json") {
      told += try String(contentsOfFile: "\(site.folder)/out/\(path)", encoding: .utf8)
    }
    for word in ["mật khẩu của", "scrypt$"] { #expect(!told.contains(word)) }
    let journal = try site.site.read {
      try Data.fetchAll($0, sql: "SELECT changes FROM journal WHERE changes IS NOT NULL")
    }
    #expect(journal.allSatisfy { $0.range(of: Data("scrypt$".utf8)) == nil })
  }

  @Test func aHashIsNotTheSameTwiceAndRefusesWhatIsNone() throws {
    let (one, other) = (try PasswordHash.make("đường làng"), try PasswordHash.make("đường làng"))
    #expect(one != other)
    #expect(try PasswordHash.matches("đường làng", one) && PasswordHash.matches("đường làng", other))
    #expect(try !PasswordHash.matches("duong lang", one))
    for text in ["", "scrypt$1$1$1$$", "scrypt$99999999999$8$1$00$00", "md5$x"] {
      #expect(try !PasswordHash.matches("", text))
    }
  }

  @Test func usersTravelInArchivesWithoutSecrets() throws {
    try declare()
    try run("user passwd an -", "lan", input: "mật khẩu của an")
    try run("user disable binh", "lan")
    try run("export archive --to \(site.folder)/one", "lan")
    let other = try TestSite([NewsPlugin()])
    try other.run("import archive \(site.folder)/one")
    try other.run("export archive --to \(site.folder)/two")
    for name in ["users.ndjson", "sen.json"] {
      let texts = try ["one", "two"].map {
        try String(contentsOfFile: "\(site.folder)/\($0)/\(name)", encoding: .utf8)
      }
      #expect(texts[0] == texts[1])
    }
    #expect(
      try other.run("user list --format csv --fields name,role,isDisabled,hasPassword") == """
        name,role,isDisabled,hasPassword
        an,author,false,false
        binh,author,true,false
        chi,contributor,false,false
        emi,editor,false,false
        lan,administrator,false,false

        """)
    #expect(refusal("import archive \(site.folder)/one", "emi")?.code == .declined)
  }

  @Test func aPasswordGoesWithItsUser() throws {
    try declare()
    func passwords() throws -> Int {
      try site.site.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM credential") } ?? 0
    }
    try run("user create minh", "lan")
    try run("user passwd minh -", "lan", input: "mật khẩu của minh")
    #expect(try run("log list --limit 1 --field command", "lan") == "user passwd minh -\n")
    let creation = Int(try run("log list --limit 1 --field id", "lan").dropLast()).map { $0 - 1 } ?? 0
    #expect(refusal("history undo \(creation + 1)", "lan")?.code == .conflict)
    try run("history undo", "lan")
    #expect(try passwords() == 0)
    try run("user create minh --role administrator", "lan")
    #expect(try !site.site.isUser("minh", withPassword: "mật khẩu của minh"))
    try run("user passwd minh -", "lan", input: "mật khẩu của minh")
    try run("user delete minh", "lan")
    #expect(try passwords() == 0)
    let output = MemoryOutput()
    try site.run("history undo", output, as: "lan")
    #expect(output.notes.contains { $0.contains("minh is a user again, without a password") })
    #expect(try !site.site.isUser("minh", withPassword: "mật khẩu của minh"))
  }

  @Test func whoMadeAVersionIsWhoDidIt() throws {
    try declare()
    try run("article create R --author binh", "lan")
    #expect(try run("article revisions r --field by", "lan") == "lan\n")
    try run("article set r author=an", "emi")
    try run("user delete an --reassign emi", "lan")
    #expect(
      try run("article revisions r --format csv --fields version,by", "lan")
        == "version,by\n1,lan\n2,emi\n3,lan\n")
    #expect(
      try run("article revisions nhap-an --format csv --fields version,by", "lan")
        == "version,by\n1,an\n2,lan\n")
    try run("history undo", "lan")
    #expect(try run("article show r --field author", "lan") == "an\n")
    #expect(try run("article revisions r --field version", "lan") == "1\n2\n")
  }

  @Test func oneNameIsOneUserHoweverItIsTyped() throws {
    let (composed, decomposed) = ("l\u{E2}n", "la\u{302}n")
    try run("user create \(decomposed) --role administrator", "x")
    #expect(refusal("user create \(composed)", composed)?.code == .conflict)
    #expect(refusal("user create \(decomposed)", decomposed)?.code == .conflict)
    try run("article create Tin", decomposed)
    try run("user passwd \(decomposed) -", composed, input: "mật khẩu")
    #expect(try site.site.isUser(composed, withPassword: "mật khẩu"))
    let stored = try site.site.read { db in
      try String.fetchAll(
        db,
        sql:
          "SELECT name FROM user UNION ALL SELECT author FROM item WHERE slug = 'tin' UNION ALL SELECT userName FROM credential"
      )
    }
    #expect(stored.map { Array($0.utf8) } == Array(repeating: Array(composed.utf8), count: 3))
  }

  @Test func anArchiveSaysThatItBringsUsers() throws {
    try declare()
    try run("export archive --to \(site.folder)/a", "lan")
    let other = try TestSite([NewsPlugin()])
    let dry = try other.notes("import archive \(site.folder)/a --dry-run").joined(separator: "\n")
    #expect(dry.contains("Dry run, nothing written: users: created 5, updated 0"))
    let notes = try other.notes("import archive \(site.folder)/a").joined(separator: "\n")
    #expect(notes.contains("users: created 5, updated 0; passwords are in no archive"))
    #expect(notes.contains("from now on only users of this site may write to it"))
    #expect(notes.contains("tester is none of them; to go on say who you are: --as lan, or SEN_USER=lan"))
    let output = MemoryOutput()
    try other.run("import archive \(site.folder)/a", output, as: "lan")
    #expect(output.notes.contains { $0.contains("users: created 0, updated 5") })
    #expect(!output.notes.contains { $0.contains("none of them") || $0.contains("from now on") })
  }

  @Test func theLogKnowsWhatMayHaveBeenMeant() throws {
    func notes(_ noun: String) throws -> [String] {
      let output = MemoryOutput()
      try site.run("log list --noun \(noun)", output)
      return output.notes
    }
    #expect(try notes("articel") == ["There is no noun “articel”. Did you mean article?"])
    #expect(try notes("article").isEmpty && notes("tag").isEmpty && notes("articleVote").isEmpty == false)
  }

  @Test func theLogTellsWhatWasDoneToFilesAndBackups() throws {
    try declare()
    try run("backup create", "lan")
    try run("article create Sau", "lan")
    let before = Int(try run("log list --limit 1 --field id", "lan").dropLast()) ?? 0
    try run("backup restore @last --yes", "lan")
    #expect(
      try run("log list --limit 1 --format csv --fields id,actor,command,rows", "lan")
        == "id,actor,command,rows\n\(before + 1),lan,backup restore @last --yes,0\n")
    #expect(try run("article list --filter 'title = Sau' --format count", "lan") == "0\n")
    try run("backup create", "lan")
    try run("backup prune --keep 1 --yes", "lan")
    #expect(try run("log list --limit 1 --field command", "lan") == "backup prune --keep 1 --yes\n")
    let file = site.folder + "/la.txt"
    try "lá".write(toFile: file, atomically: true, encoding: .utf8)
    try run("media add \(file)", "lan")
    try run("media prune --yes", "emi")
    #expect(
      try run("log list --limit 1 --format csv --noun media --fields actor,command,rows", "lan").hasSuffix(
        "emi,media prune --yes,0\n"))
    // They are told, and no part of what can be taken back.
    let number = try run("log list --limit 1 --field id", "lan").dropLast()
    #expect(refusal("history undo \(number)", "lan")?.message.contains("it changed no content") == true)
    #expect(try !run("history list --field command", "lan").contains("prune"))
    try run("article create Cuối", "lan")
    try run("history undo", "lan")
  }

  @Test func restoringABackupIsAnAdministrators() throws {
    try declare()
    try run("backup create", "lan")
    #expect(refusal("backup restore @last --yes", "emi")?.code == .declined)
    #expect(refusal("backup prune --keep 1 --yes", "tester")?.code == .declined)
    try run("backup restore @last --yes", "lan")
  }
}
