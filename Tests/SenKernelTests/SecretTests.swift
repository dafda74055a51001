import Foundation
import Grammar
import SenKernel
import SenTesting
import Testing

/// A plugin with a key in its settings, a key in its content, and a telephone number for the editors alone.
private struct MailboxPlugin: Plugin {
  struct Mailbox: Content {
    static let name = "mailbox"
    static let help = "Where letters go"
    static let fields: [Field<Mailbox>] = [
      Field("title", \.title, .title, .required),
      Field("password", \.password, .secret, help: "What it is opened with"),
      Field("telephone", \.telephone, .confidential, help: "Of its keeper"),
    ]
    var title = ""
    var password = ""
    var telephone = ""
  }
  struct Settings: Fielded {
    static let fields: [Field<Settings>] = [
      Field("key", \.key, .secret, help: "The key of the service"),
      Field("host", \.host, help: "The service"),
    ]
    var key = ""
    var host = ""
  }

  let name = "mail"
  let help = "Mailboxes"
  let contentTypes = [Shape(Mailbox.self)]
  let settings: Shape? = Shape(Settings.self, name: "mail", help: "The mail")
}

/// One declared field, of a type that is declared wrong.
private struct Wrong<Type: Content>: Plugin {
  let name = "wrong"
  let help = "Wrong"
  let contentTypes = [Shape(Type.self)]
}
private struct SearchableSecret: Content {
  static let name = "leak"
  static let help = "Wrong"
  static let fields: [Field<SearchableSecret>] = [
    Field("title", \.title, .title), Field("key", \.key, .secret, .searchable, help: "Key"),
  ]
  var title = ""
  var key = ""
}
private struct SearchableContact: Content {
  static let name = "leak"
  static let help = "Wrong"
  static let fields: [Field<SearchableContact>] = [
    Field("title", \.title, .title), Field("contact", \.contact, .confidential, .searchable, help: "Who"),
  ]
  var title = ""
  var contact = ""
}

struct SecretTests {
  private let site: TestSite
  private let word = "bí-mật-0123"

  init() throws {
    site = try TestSite([MailboxPlugin()])
    try site.run("mailbox create 'Hộp thư' --password \(word) --telephone 0912345678")
  }

  /// As the plugin that needs it reads it.
  private func password() throws -> String? {
    try site.site.read { db in
      try site.site.store.fetch(1, db).map { try Entry<MailboxPlugin.Mailbox>($0).body.password }
    }
  }

  @Test func aSecretSettingIsKeptAndNeverShown() throws {
    let output = MemoryOutput()
    #expect(try site.run("config get mail.key") == "\n")
    try site.run("config set mail.key \(word)", output)
    #expect(output.notes == ["mail.key = ••••"])
    #expect(try site.site.settings(MailboxPlugin.Settings.self, of: "mail").key == word)
    #expect(try site.run("config get mail.key") == "••••\n")
    for format in ["table", "json", "csv", "yaml"] {
      let listed = try site.run("config list --format \(format)")
      #expect(listed.contains("••••") && !listed.contains(word))
    }
    #expect(site.refusal("config set mail.key ••••")?.code == .invalid)
    try site.run("config set mail.key -", MemoryOutput(), input: "\(word)2\n")
    #expect(try site.site.settings(MailboxPlugin.Settings.self, of: "mail").key == "\(word)2")
  }

  @Test func aSecretOfAnItemIsSaidOnlyToBeThere() throws {
    for line in [
      "mailbox show 1", "mailbox show 1 --format json", "mailbox list --fields '*' --format csv",
      "mailbox show 1 --field password",
    ] {
      let shown = try site.run(line)
      #expect(shown.contains("••••") && !shown.contains(word), "\(line): \(shown)")
    }
    let output = MemoryOutput()
    try site.run("mailbox set 1 password=khác --dry-run", output)
    #expect(output.notes.contains("  password: •••• → ••••"))
    #expect(site.refusal("mailbox list --filter 'password~bí'")?.message.contains("secret") == true)
    #expect(site.refusal("mailbox list --sort password")?.code == .usage)
    #expect(site.refusal("replace a b --in mailbox.password")?.code == .usage)
    #expect(try site.run("mailbox list --filter password --format ids") == "1\n")
    #expect(try site.run("mailbox list --filter 'not password' --format ids") == "")
  }

  @Test func whatWasShownInItsPlaceIsNoSecret() throws {
    try site.run("mailbox set 1 password=•••• title='Hộp thư mới'")
    #expect(try password() == word)
    let lines = try site.run("mailbox list --format ndjson --fields uid,title,password")
    try site.run("import ndjson - --noun mailbox", MemoryOutput(), input: lines)
    #expect(try password() == word)
    try site.run("mailbox set 1 password=")
    #expect(try password() == "")
  }

  @Test func secretsStayWithTheSite() throws {
    try site.run("config set mail.key \(word)")
    try site.run("config set mail.host thu.example.vn")
    for format in ["ndjson mailbox", "json mailbox", "csv mailbox"] {
      let exported = try site.run("export \(format)")
      #expect(!exported.contains(word) && !exported.contains("password"))
      #expect(exported.contains("0912345678"))
    }
    try site.run("export archive --to \(site.folder)/a")
    let files = try FileManager.default.subpathsOfDirectory(atPath: "\(site.folder)/a")
      .compactMap { FileManager.default.contents(atPath: "\(site.folder)/a/\($0)") }
    #expect(!files.isEmpty && files.allSatisfy { $0.range(of: Data(word.utf8)) == nil })
    // What is there already keeps its secret.
    try site.run("import archive \(site.folder)/a")
    #expect(try password() == word)
    #expect(try site.site.settings(MailboxPlugin.Settings.self, of: "mail").key == word)
    let other = try TestSite([MailboxPlugin()])
    try other.run("import archive \(site.folder)/a")
    #expect(try other.run("mailbox show 1 --field telephone") == "0912345678\n")
    #expect(try other.run("mailbox show 1 --field password") == "\n")
    #expect(try other.run("config get mail.host") == "thu.example.vn\n")
  }

  @Test(arguments: [
    "SELECT password FROM mailbox", "SELECT * FROM mailbox", "SELECT * FROM setting",
    "SELECT upper(value) FROM setting", "SELECT (SELECT s.value FROM main.setting s) FROM item",
    "WITH a AS (SELECT password AS p FROM credential) SELECT p FROM a", "SELECT hex(changes) FROM journal",
    "SELECT count(*) FROM item WHERE (SELECT changes FROM journalPart) > 1",
    "SELECT title FROM item JOIN mailbox ON itemId = id ORDER BY password",
  ])
  func noQueryReadsSecrets(query: String) throws {
    let refusal = try #require(site.refusal("schema sql '\(query)'"))
    #expect(refusal.code == .declined && refusal.message.contains("where secrets may be"))
  }

  @Test func queriesReadWhatStandsBesideSecrets() throws {
    #expect(try site.run("schema sql 'SELECT telephone FROM mailbox' --field telephone") == "0912345678\n")
    #expect(site.refusal("schema sql 'SELECT name FROM setting'") == nil)
    #expect(try site.run("schema sql 'SELECT command FROM journal' --field command").contains("mailbox"))
  }

  @Test func formerVersionsHoldNoSecret() throws {
    try site.run("mailbox set 1 title='Hộp thư cũ'")
    try site.run("mailbox set 1 password=sau-này")
    let kept = try site.run("schema sql 'SELECT snapshot FROM revision'")
    #expect(kept.contains("Hộp thư") && !kept.contains(word))
    try site.run("mailbox revert 1 1")
    #expect(try site.run("mailbox show 1 --field title") == "Hộp thư\n")
    #expect(try password() == "sau-này")
  }

  @Test func whatIsConfidentialIsForThoseWhoRunTheSite() throws {
    #expect(try site.run("mailbox show 1 --field telephone") == "0912345678\n")
    #expect(Shape(MailboxPlugin.Mailbox.self).publicFields.map(\.name) == ["title"])
    #expect(throws: Refusal.self) { try Registry([Wrong<SearchableContact>()]) }
    #expect(throws: Refusal.self) { try Registry([Wrong<SearchableSecret>()]) }
  }

  @Test(arguments: [
    ("config set mail.key x", true), ("config set mail.host x", false), ("mailbox set 1 password=x", true),
    ("mailbox create A --password x", true), ("mailbox create A --password=x", true),
    ("mailbox set 1 password+=x", true), ("mailbox set 1 title=x", false),
    ("--site a config set mail.key x", true), ("user passwd lan geheim", true), ("user passwd lan", false),
    ("user passwd lan -", false), ("user passwd --as lan lan geheim", true), ("user show lan", false),
    ("--as lan user passwd lan 'mật khẩu'", true), ("usr passwd lan geheim", true),
    ("USER PASSWD lan geheim", true), ("confg set mail.key x", true), ("config set mail.key=x", true),
  ])
  func linesThatGiveSecretsAreKnown(line: String, gives: Bool) throws {
    #expect(try site.site.registry.givesSecret(Line.parse(line)) == gives)
  }

  @Test(arguments: [
    "config set mail.key WORD", "mailbox set 1 password=WORD", "mailbox set 1 --password WORD",
    "mailbox set 1 --password=WORD", "mailbox set 1 password+=WORD", "user passwd lan --password WORD",
    "--site x config set mail.key WORD", "config set mail.key --yes WORD", "config set mail.key -- WORD",
    "user passwd lan WORD", "config set mail.key --as lan -- --WORD", "config set --yes mail.key '--WORD'",
  ])
  func theJournalKeepsCommandsWithoutTheirSecrets(line: String) throws {
    let words = try Line.parse(line.replacing("WORD", with: word)).words
    let kept = Occasion(.shell, words: site.site.registry.withoutSecrets(words)).command
    #expect(!kept.contains(word) && kept.contains("••••"), "\(kept)")
  }

  @Test func whatIsNoSecretIsKeptInTheJournal() throws {
    try site.run("mailbox set 1 title=Thùng telephone=1 password=\(word)")
    try site.run("config set mail.host mail.example.vn")
    let told = try site.run("log list --field command")
    #expect(
      told.contains("title=Thùng telephone=1 'password=••••'") || told.contains("telephone=1 password=••••"))
    #expect(told.contains("config set mail.host mail.example.vn"))
    #expect(!told.contains(word))
  }

  @Test func historyShowsNoSecretSetting() throws {
    for line in ["config set mail.key \(word)", "config set mail.key \(word)2", "config unset mail.key"] {
      try site.run(line)
      for format in ["table", "ndjson"] {
        let told = try site.run("history show --format \(format)")
        #expect(told.contains("••••") && told.contains("mail.key") || line.contains("2"), "\(told)")
        #expect(!told.contains(word), "\(told)")
      }
    }
    try site.run("config set mail.host thu.example.vn")
    #expect(try site.run("history show").contains("thu.example.vn"))
  }

  @Test func aPluginWithSecretsConforms() throws {
    #expect(try Conformance.problems(of: MailboxPlugin()) == [])
  }
}
