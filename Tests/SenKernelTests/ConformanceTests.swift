import Foundation
import GRDB
import SenKernel
import SenTesting
import Storage
import Testing

/// Each check of the conformance fails for a plugin that is wrong in just that way.
struct ConformanceTests {
  struct Stone: Content {
    static let name = "stone"
    static let help = "What lies about"
    static let fields: [Field<Stone>] = [
      Field("title", \.title, .title, .required, .searchable), Field("weight", \.weight, help: "In grams"),
    ]
    var title = ""
    var weight = 0
  }
  struct Push: Fielded {
    static let fields: [Field<Push>] = [Field("who", \.who, help: "Who pushes")]
    var who = ""
  }

  /// A plugin in which nothing is wrong but what a test puts there.
  struct Quarry: Plugin {
    var name = "quarry"
    var help = "Stones"
    var contentTypes = [Shape(Stone.self)]
    var sideTables = [SideTable("stonePush", of: "stone", help: "Pushes", columns: [.init("who", .text)])]
    var actions: [Action] = [pushing()]
    var rules: [Rule] = []
    var blocks = [BlockType("stones", help: "The stones", options: NoOptions.self) { _, _ in nil }]
    var jobs: [Job] = []
    var commands: [Command] = []
    var settings: Shape?
  }

  static func pushing(
    help: String = "Pushes a stone", examples: [String] = ["stone push 12 --who An"],
    _ run: @escaping @Sendable (Entry<Stone>, Push, SenKernel.Operation) throws -> String = { _, _, _ in
      "Pushed"
    }
  ) -> Action {
    Action("push", of: Stone.self, input: Push.self, help: help, examples: examples, run: run)
  }

  private func problems(_ change: (inout Quarry) -> Void) throws -> String {
    var plugin = Quarry()
    change(&plugin)
    return try Conformance.problems(of: plugin).joined(separator: "\n")
  }

  @Test func aSoundPluginHasNoProblems() throws {
    #expect(try problems { _ in } == "")
  }

  @Test func namesThatAreTakenAreTold() throws {
    #expect(try problems { $0.contentTypes.append(Shape(Stone.self)) }.contains("same content type"))
    #expect(try problems { $0.blocks += $0.blocks }.contains("the block “stones”"))
    #expect(try problems { $0.sideTables += $0.sideTables }.contains("the table “stonePush”"))
    #expect(try problems { $0.name = "Stone Quarry" }.contains("lower-case"))
    #expect(
      try problems { $0.settings = Shape(NoOptions.self, name: "other", help: "x") }.contains(
        "not named after"))
    let list = Command(
      CommandSpec(noun: "stone", verb: "list", summary: "Lists", examples: ["sen stone list"])
    ) { _ in }
    #expect(try problems { $0.commands = [list] }.contains("“stone list” is two commands"))
  }

  struct Shadowing: Content {
    static let name = "shadow"
    static let help = "Takes the name of an option"
    static let fields: [Field<Shadowing>] = [
      Field("title", \.title, .title, .required), Field("verbose", \.verbose, help: "Taken by --verbose"),
    ]
    var title = ""
    var verbose = false
  }

  @Test func aFieldThatHidesAnOptionIsTold() throws {
    #expect(try problems { $0.contentTypes.append(Shape(Shadowing.self)) }.contains("two options --verbose"))
  }

  struct Silent: Content {
    static let name = "silent"
    static let help = ""
    static let fields: [Field<Silent>] = [Field("title", \.title, .title), Field("size", \.size)]
    var title = ""
    var size = 0
  }
  struct SilentOption: Fielded {
    static let fields: [Field<SilentOption>] = [Field("size", \.size)]
    var size = 0
  }

  @Test func whateverHasNoHelpIsTold() throws {
    let silent = try problems { $0.contentTypes.append(Shape(Silent.self)) }
    #expect(silent.contains("silent has no help") && silent.contains("silent.size has no help"))
    #expect(try problems { $0.help = " " }.contains("plugin quarry has no help"))
    #expect(try problems { $0.actions = [Self.pushing(help: "")] }.contains("stone push has no help"))
    #expect(
      try problems { $0.blocks = [BlockType("b", help: "", options: SilentOption.self) { _, _ in nil }] }
        == "block b has no help\nblock b has no help\nblock b.size has no help")
    #expect(
      try problems { $0.jobs = [Job("j", help: "", every: 60) { _, _ in "" }] } == "job j has no help")
    #expect(
      try problems { $0.settings = Shape(SilentOption.self, name: "quarry", help: "The quarry") }
        == "settings quarry.size has no help")
    #expect(
      try problems { $0.sideTables = [SideTable("t", of: "stone", help: "", columns: [.init("a", .text)])] }
        .contains("table t has no help"))
  }

  @Test func examplesThatAreNoneAreTold() throws {
    #expect(try problems { $0.actions = [Self.pushing(examples: [])] }.contains("stone push has no example"))
    #expect(
      try problems { $0.actions = [Self.pushing(examples: ["stone push 12 --whom An"])] }.contains(
        "does not parse"))
    #expect(
      try problems { $0.actions = [Self.pushing(examples: ["stone show 12"])] }.contains(
        "is one of stone show"))
  }

  /// A text that loses what is outside of the first plane of Unicode.
  struct LossyText: FieldType, Hashable {
    static let kind = FieldKind.text
    let text: String
    var fieldValue: FieldValue { .text(text) }
    init(_ text: String) { self.text = text }
    init(fieldValue: FieldValue) throws(Refusal) {
      text = String(
        String.UnicodeScalarView(
          (fieldValue.text ?? "").precomposedStringWithCanonicalMapping.unicodeScalars.filter {
            $0.value < 0x10000
          }))
    }
  }
  struct Lossy: Content {
    static let name = "lossy"
    static let help = "Loses some letters"
    static let fields: [Field<Lossy>] = [
      Field("title", \.title, .title, .required), Field("words", \.words, .searchable, help: "What it says"),
    ]
    var title = ""
    var words = LossyText("")
  }
  struct Timid: Content {
    static let name = "timid"
    static let help = "Refuses some words"
    static let fields: [Field<Timid>] = [
      Field("title", \.title, .title, .required),
      Field("words", \.words, .searchable, help: "What it says") { (text: String) throws(Refusal) in
        if text.contains("<") { throw Refusal(.invalid, "looks dangerous") }
      },
    ]
    var title = ""
    var words = ""
  }

  @Test func textsThatAreLostOrRefusedAreTold() throws {
    #expect(
      try problems { $0.contentTypes.append(Shape(Lossy.self)) }.contains(
        "lossy.words makes something else of"))
    #expect(try problems { $0.contentTypes.append(Shape(Timid.self)) }.contains("timid refuses \"<script>"))
    let splicing = Self.pushing { _, push, operation in
      try operation.db.execute(sql: "INSERT INTO stonePush (itemId, who) VALUES (1, '\(push.who)')")
      return "Pushed"
    }
    #expect(
      try problems { $0.actions = [splicing] }.contains("stone push fails of \"\\'; DROP TABLE item; --\""))
  }

  @Test func whatAnArchiveDoesNotBringBackIsTold() throws {
    let stamps = Rule(of: Stone.self) { old, new, operation in
      guard old == nil, let new else { return }
      try operation.complete(Stone.self, new.envelope.id) { $0.body.weight += 1 }
    }
    let changed = try problems { $0.rules = [stamps] }
    #expect(changed.contains("other bytes") && changed.contains("stone comes out of an archive changed"))
    let pushes = Rule(of: Stone.self) { old, new, operation in
      guard old == nil, let new else { return }
      try operation.db.execute(
        sql: "INSERT INTO stonePush (itemId, who) VALUES (?, ?)",
        arguments: [new.envelope.id, UUID().uuidString])
    }
    // Rows that a rule makes anew give way to those of the archive; those of items that had none stay.
    let order = Guarded(0)
    let weighs = Rule(of: Stone.self) { _, new, operation in
      let count = order.withLock {
        $0 += 1
        return $0
      }
      guard let new, new.body.weight != count, count % 2 == 0 else { return }
      try operation.complete(Stone.self, new.envelope.id) { $0.body.weight = count }
    }
    #expect(try problems { $0.rules = [pushes] }.contains("stonePush") == false)
    #expect(try problems { $0.rules = [weighs] } != "")
  }

  @Test func tablesThatAreNotWhatIsDeclaredAreTold() throws {
    let test = try TestSite([Quarry()])
    func drift() throws -> [String] {
      try test.site.read {
        try Schema.drift(
          $0, shapes: test.site.registry.shapes, sideTables: test.site.registry.sideTables, tellsMore: true)
      }
    }
    #expect(try drift() == [])
    try test.site.database.pool.write { db in
      try db.execute(
        sql: """
          ALTER TABLE stone DROP COLUMN weight; ALTER TABLE stone ADD COLUMN weight TEXT;
          ALTER TABLE stone ADD COLUMN colour TEXT; ALTER TABLE stonePush DROP COLUMN who;
          """)
    }
    #expect(
      try drift() == [
        "stone.weight is TEXT, and INTEGER is declared; its values stay as they are. An archive takes them along into "
          + "a new site: sen export archive, sen init, sen import archive",
        "stone.colour is declared by nothing",
        "stonePush.who has no column",
      ])
    #expect(throws: DoneInPart.self) { try test.run("site doctor") }
  }
}
