import GRDB
import SenKernel

/// What documents have beyond the verbs of every noun.
enum DocumentCommands {
  static let all = [history, files]

  private static let ref = ArgumentSpec(
    "ref", help: "An id, a slug or @last", kind: .reference(noun: Document.name))

  private static let history = Command(
    CommandSpec(
      noun: Document.name, verb: "history",
      summary: "Shows what replaces a document and what it replaces, the latest first",
      arguments: [ref], heeds: SharedOption.records, examples: ["sen document history 12"])
  ) { context in
    let site = try context.site
    try site.read { db in
      let id = try context.item(Document.name, db)
      guard let item = try site.store.fetch(id, db) else {
        throw Refusal(.notFound, "There is no document \(id)")
      }
      let history = History(site, db)
      var sink = try context.records(["relation", "steps", "id", "code", "title", "issuedOn"])
      func write(_ relation: String, _ step: History.Step) throws {
        let document = try Entry<Document>(step.item)
        try sink.write([
          "relation": .text(relation), "steps": .integer(Int64(step.distance)),
          "id": .integer(step.item.envelope.id), "code": .text(document.body.code),
          "title": .text(step.item.envelope.title), "issuedOn": document.body.issuedOn.fieldValue,
        ])
      }
      for step in try history.replacing(id).reversed() { try write("replacedBy", step) }
      try write("this", .init(distance: 0, item: item))
      for step in try history.replaced(by: id) { try write("replaces", step) }
      try sink.finish()
    }
  }

  private static let files = Command(
    CommandSpec(
      noun: Document.name, verb: "files",
      summary: "Lists the files of a document and how often they were taken",
      arguments: [ref], heeds: SharedOption.records, examples: ["sen document files 12"])
  ) { context in
    let site = try context.site
    try site.read { db in
      let id = try context.item(Document.name, db)
      var sink = try context.records(["id", "title", "file", "state", "downloads"])
      let query = Query(
        .compare("document", .equal, .integer(id)), order: Query.siblings)
      try site.store.each(Attachment.name, query, db) { item in
        let count = try Int64.fetchOne(
          db, sql: "SELECT CAST(total(count) AS INTEGER) FROM attachmentDownload WHERE itemId = ?",
          arguments: [item.envelope.id])
        try sink.write([
          "id": .integer(item.envelope.id), "title": .text(item.envelope.title),
          "file": try Entry<Attachment>(item).body.file.fieldValue,
          "state": .text(item.envelope.state.rawValue), "downloads": .integer(count ?? 0),
        ])
        return true
      }
      try sink.finish()
    }
  }
}
