import Foundation
import GRDB
import SenKernel

/// A wish that citizens put their names to. Its fields are all that lists, forms, import and export need to know.
struct Petition: Content {
  static let name = "petition"
  static let help = "Wishes that citizens sign"
  static let fields: [Field<Petition>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<Petition>.atMost(200)),
    Field("goal", \.goal, help: "How many names it is to have"),
    Field("closes", \.closes, help: "No names after this time"),
    Field("body", \.body, .body, .searchable, help: "The wish and its reasons"),
  ]
  var title = ""
  var goal = 100
  var closes: Date?
  var body = ""

  /// What holds for one petition by itself. The message need not say the field again.
  func check() throws(Refusal) {
    guard goal > 0 else { throw Refusal(.invalid, "has to be 1 or more", field: "goal") }
  }
}

/// What a signer fills in: `petition sign 12 --name An`.
struct Signature: Fielded {
  static let fields: [Field<Signature>] = [
    Field("name", \.name, .required, help: "Who signs, once each", check: Field<Signature>.atMost(100))
  ]
  var name = ""
}

enum Signatures {
  /// The table itself sees to it that nobody signs twice.
  static let table = SideTable(
    "petitionSignature", of: Petition.name, help: "Who signed, and when",
    columns: [.init("name", .text), .init("at", .date)], unique: [["itemId", "name"]])

  static let sign = Action(
    "sign", of: Petition.self, input: Signature.self, help: "Signs a petition", isForVisitors: true,
    examples: ["petition sign 12 --name 'Lê An'"]
  ) { entry, signature, operation in
    if let closes = entry.body.closes, operation.now >= closes {
      throw Refusal(.conflict, "The petition closed at \(Timestamp.text(closes))")
    }
    do {
      try operation.db.execute(
        sql: "INSERT INTO petitionSignature (itemId, name, at) VALUES (?, ?, ?)",
        arguments: [entry.envelope.id, signature.name, Timestamp.text(operation.now)])
    } catch let error as DatabaseError where error.extendedResultCode == .SQLITE_CONSTRAINT_UNIQUE {
      throw Refusal(.conflict, "“\(signature.name)” has signed already", field: "name")
    }
    return "Signed “\(entry.envelope.title)”"
  }

  /// A goal that was reached is not moved away. The rule runs in the transaction of every change.
  static let rule = Rule(of: Petition.self) { old, new, operation in
    guard let old, let new, new.body.goal > old.body.goal else { return }
    guard try count(new.envelope.id, operation.db) < old.body.goal else {
      throw Refusal(.conflict, "goal: \(old.body.goal) have signed, it was reached", field: "goal")
    }
  }

  static func count(_ id: Int64, _ db: Database) throws -> Int {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM petitionSignature WHERE itemId = ?", arguments: [id]) ?? 0
  }

  static let progress = Command(
    CommandSpec(
      noun: Petition.name, verb: "progress", summary: "Shows how many have signed",
      arguments: [ArgumentSpec("ref", help: "An id, a slug or @last", kind: .reference(noun: Petition.name))],
      heeds: SharedOption.records,
      examples: ["sen petition progress 12", "sen petition progress 12 --format json"])
  ) { context in
    try context.site.read { db in
      let id = try context.item(Petition.name, db)
      let signed = try count(id, db)
      var sink = try context.records(["id", "signed"])
      try sink.write(["id": .integer(id), "signed": .integer(Int64(signed))])
      try sink.finish()
      context.output.note(Counted.text(signed, "name"))
    }
  }
}

struct PetitionsPlugin: Plugin {
  let name = "petitions"
  let help = "Wishes that citizens sign"
  let contentTypes = [Shape(Petition.self)]
  let sideTables = [Signatures.table]
  let actions = [Signatures.sign]
  let rules = [Signatures.rule]
  let commands = [Signatures.progress]
  let pages = [
    PageType(
      Petition.self, index: .newest(Petition.name),
      shows: [ViewField("signed", .whole, help: "How many have signed it")],
      view: { petition, page in ["signed": .number(try Signatures.count(petition.envelope.id, page.db))] })
  ]
  let blocks = [
    BlockType("petitions", help: "The petitions that are open", options: NoOptions.self) { _, page in
      let isOpen = Condition.any([
        .compare("closes", .equal, .null), .compare("closes", .greater, .date(page.now)),
      ])
      let open = try page.items(Petition.name, where: isOpen)
      // One closes by the clock alone: then the block is made anew.
      for closes in try open.compactMap({ try Entry<Petition>($0).body.closes }) {
        page.trace.expires(at: closes)
      }
      return open.isEmpty ? nil : ["items": .items(open)]
    }
  ]
}
