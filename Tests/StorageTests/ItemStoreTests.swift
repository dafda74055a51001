import ContentModel
import Foundation
import GRDB
import Storage
import Testing

struct Topic: Content {
  static let name = "topic"
  static let help = "A topic"
  static let fields: [Field<Topic>] = [Field("title", \.title, .title, .required)]
  var title = ""
}

enum Size: String, Choice { case small, large }

struct Note: Content {
  static let name = "note"
  static let help = "A note"
  static let fields: [Field<Note>] = [
    Field("title", \.title, .title, .required, .searchable),
    Field("body", \.body, .body, .searchable),
    Field("size", \.size), Field("count", \.count), Field("weight", \.weight), Field("isGood", \.isGood),
    Field("due", \.due, .indexed), Field("words", \.words), Field("topic", \.topic),
    Field("topics", \.topics),
  ]
  var title = ""
  var body = ""
  var size = Size.small
  var count = 0
  var weight: Double?
  var isGood = true
  var due: Date?
  var words: [String] = []
  var topic: Reference<Topic>?
  var topics: References<Topic> = []
}

@Suite struct ItemStoreTests {
  let database: SiteDatabase
  let store = ItemStore([Shape(Topic.self), Shape(Note.self)])

  init() throws {
    database = try SiteDatabase()
    try Schema.migrate(database, shapes: [Shape(Topic.self), Shape(Note.self)])
  }

  func item(_ body: some Content, _ title: String, slug: String, seconds: Int = 0) -> Item {
    var random = SystemRandomNumberGenerator()
    let date = Date(timeIntervalSince1970: 1_600_000_000 + TimeInterval(seconds))
    var envelope = Envelope(
      uid: UID.make(at: date, using: &random), type: type(of: body).name, createdAt: date)
    (envelope.title, envelope.slug) = (title, slug)
    return Item(envelope: envelope, values: Shape.encode(body))
  }

  @Test func whatIsStoredIsReadBack() throws {
    try database.pool.write { db in
      var topic = item(Topic(title: "Chủ đề"), "Chủ đề", slug: "chu-de")
      try store.insert(&topic, db)
      var note = Note(title: "Đường «hoà»", body: "<p>Hội nghị</p>", size: .large, count: -3, weight: 1.5)
      note.isGood = false
      note.due = Date(timeIntervalSince1970: 1)
      note.words = ["a\"b", "đ\n", ""]
      note.topic = Reference(id: topic.envelope.id)
      note.topics = References(ids: [topic.envelope.id])
      var stored = item(note, note.title, slug: "duong-hoa")
      stored.tags = [topic.envelope.id]
      try store.insert(&stored, db)
      #expect(try store.fetch(stored.envelope.id, db) == stored)

      var changed = stored
      changed.envelope.title = "Khác"
      changed.values[0] = .text("Khác")
      changed.values[9] = .list([])
      changed.tags = []
      try store.update(stored, to: changed, db)
      #expect(try store.fetch(stored.envelope.id, db) == changed)
      #expect(try Search("duong").ids(limit: 9, types: nil, db).isEmpty)
      #expect(try Search("khac").ids(limit: 9, types: nil, db) == [stored.envelope.id])
      try store.delete(changed, db)
      #expect(try store.fetch(stored.envelope.id, db) == nil)
      #expect(try Search("khac").ids(limit: 9, types: nil, db).isEmpty)
    }
  }

  @Test(arguments: [
    ("hoi nghi", true), ("duong", true), ("hòa", true), ("\"mỗi xã một sản phẩm\"", true), ("nông*", true),
    ("490/QD-TTg", true), ("490/QĐ-TTg", true), ("\"xã mỗi\"", false), ("nông", true), ("nôn", false),
    ("p", false), ("\" OR *", false), ("NEAR(", false), ("title:x", false), ("-hoi", true), ("", false),
  ])
  func searchFindsWhatPeopleType(query: String, isFound: Bool) throws {
    try database.pool.write { db in
      let text = "<p>Hội nghị, Đường hoà; mỗi xã một sản phẩm. Nông thôn &nbsp; 490/QĐ-TTg</p>"
      var note = item(Note(title: "Tin", body: text), "Tin", slug: "tin")
      try store.insert(&note, db)
      #expect(try Search(query).ids(limit: 5, types: nil, db) == (isFound ? [note.envelope.id] : []))
    }
  }

  @Test func queriesFilterOrderAndPage() throws {
    try database.pool.write { db in
      for (index, title) in ["xa", "Đà", "da", "ăn"].enumerated() {
        var note = Note(title: title, count: index)
        if index > 1 { note.due = Date(timeIntervalSince1970: 1000) }
        var stored = item(note, title, slug: "n\(index)", seconds: index)
        try store.insert(&stored, db)
      }
      func titles(_ query: Query) throws -> [String] {
        var titles: [String] = []
        try store.each("note", query, db) {
          titles.append($0.envelope.title)
          return true
        }
        return titles
      }
      #expect(try titles(Query(order: [.init("title")])) == ["ăn", "da", "Đà", "xa"])
      #expect(
        try titles(Query(order: [.init("count", descends: true)], limit: 2, offset: 1)) == ["da", "Đà"])
      #expect(try titles(Query(.contains("title", "ĐA"))) == ["Đà", "da"])
      #expect(try titles(Query(.compare("due", .equal, .null))) == ["xa", "Đà"])
      #expect(try titles(Query(.not(.isSet("due")))) == ["xa", "Đà"])
      #expect(try titles(Query(.any([.compare("count", .less, .integer(1)), .ids([4])]))) == ["xa", "ăn"])
      #expect(try store.count("note", Query(.compare("size", .equal, .text("small")), limit: 1), db) == 4)
      #expect(throws: Refusal.self) { try titles(Query(.isSet("nothing"))) }
    }
  }

  @Test func aNewFieldGetsItsColumnAndNothingElseChanges() throws {
    #expect(
      try database.pool.read { try Schema.work($0, shapes: [Shape(Topic.self), Shape(Note.self)]) }
        == .nothing)
    struct Topic2: Content {
      static let name = "topic"
      static let help = ""
      static let fields: [Field<Topic2>] = [
        Field("title", \.title, .title), Field("colour", \.colour),
      ]
      var title = ""
      var colour = "red"
    }
    let shapes = [Shape(Topic2.self), Shape(Note.self)]
    #expect(try database.pool.read { try Schema.work($0, shapes: shapes) } == .changes)
    try database.pool.write { db in
      var topic = item(Topic(title: "a"), "a", slug: "a")
      try store.insert(&topic, db)
    }
    try Schema.migrate(database, shapes: shapes)
    #expect(try database.pool.read { try Schema.work($0, shapes: shapes) } == .nothing)
    let colour = try database.pool.read { try String.fetchOne($0, sql: "SELECT colour FROM topic") }
    #expect(colour == "red")
  }
}
