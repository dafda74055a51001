import Foundation
import SenKernel

/// A field that documents are about, such as agriculture; areas form a tree.
struct Area: Content {
  static let name = "area"
  static let help = "What documents are about, as a tree"
  static let isStructure = true
  static let fields: [Field<Area>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<Area>.atMost(200)),
    Field("parent", \.parent, .parent, help: "The area above"),
    Field("description", \.description, .lead, help: "What belongs to it"),
  ]
  var title = ""
  var parent: Reference<Area>?
  var description = ""
}

/// A kind of document: decision, decree, circular, draft; kinds form a tree.
struct DocumentKind: Content {
  static let name = "documentkind"
  static let help = "Kinds of documents, such as decision or circular, as a tree"
  static let isStructure = true
  static let fields: [Field<DocumentKind>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<DocumentKind>.atMost(200)),
    Field("parent", \.parent, .parent, help: "The kind above"),
    Field("description", \.description, .lead, help: "What documents of this kind are"),
  ]
  var title = ""
  var parent: Reference<DocumentKind>?
  var description = ""
}

/// A legal text.
struct Document: Content {
  static let name = "document"
  static let help = "Legal texts"
  static let fields: [Field<Document>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<Document>.atMost(500)),
    Field("code", \.code, .indexed, .searchable, .notCopied, help: "Its number, such as 490/QĐ-TTg"),
    Field("abstract", \.abstract, .searchable, .lead, help: "What it rules, in a few sentences"),
    Field("area", \.area, .section, help: "What it is about"),
    Field("kind", \.kind, help: "Decision, circular, draft"),
    Field("issuer", \.issuer, .searchable, help: "The office that issued it"),
    Field("signer", \.signer, .searchable, help: "Who signed it"),
    Field("signerOffice", \.signerOffice, help: "As what they signed it"),
    Field("examiner", \.examiner, .searchable, help: "The office that examined the draft"),
    Field("issuedOn", \.issuedOn, .indexed, help: "The day on which it was signed"),
    Field("inForceFrom", \.inForceFrom, help: "The day from which on it holds"),
    Field("expiresOn", \.expiresOn, help: "The day from which on it holds no longer"),
    Field("replaces", \.replaces, help: "Documents that it takes the place of"),
    Field("related", \.related, help: "Documents to read with it"),
    Field("commentsUntil", \.commentsUntil, help: "Of a draft: comments are taken until then"),
    Field("note", \.note, help: "What else readers should know"),
    Field("body", \.body, .body, .searchable, help: "The text itself"),
  ]

  var title = ""
  var code = ""
  var abstract = ""
  var area: Reference<Area>?
  var kind: Reference<DocumentKind>?
  var issuer = ""
  var signer = ""
  var signerOffice = ""
  var examiner = ""
  var issuedOn: Date?
  var inForceFrom: Date?
  var expiresOn: Date?
  var replaces: References<Document> = []
  var related: References<Document> = []
  var commentsUntil: Date?
  var note = ""
  var body = ""

  /// A code or a name by which two are compared: ` 12/qđ-ubnd` is `12/QĐ-UBND`.
  private static func plain(_ text: String) -> String {
    text.precomposedStringWithCanonicalMapping.lowercased().filter { !$0.isWhitespace }
  }

  func check() throws(Refusal) {
    if let inForceFrom, let expiresOn, expiresOn < inForceFrom {
      throw Refusal(.invalid, "is before inForceFrom", field: "expiresOn")
    }
  }

  /// The same code of the same office and day is the same document, however its letters are written; and none
  /// replaces itself by way of others.
  static let rule = Rule(of: Document.self) { old, new, operation in
    guard let new else { return }
    if let day = new.body.issuedOn, !new.body.code.isEmpty {
      let same = Query(
        .all([.compare("issuedOn", .equal, .date(day)), .not(.ids([new.envelope.id]))]))
      try operation.site.store.each(name, same, operation.db) { other in
        let body = try Entry<Document>(other).body
        let issuers = [plain(body.issuer), plain(new.body.issuer)]
        // Of two offices, each has its own numbers; one that is not said may be the other's.
        guard plain(body.code) == plain(new.body.code), issuers[0] == issuers[1] || issuers.contains("")
        else {
          return true
        }
        throw Refusal(
          .conflict, "code: document \(other.envelope.id) of that day is “\(new.body.code)” already",
          field: "code", hint: "See: sen document show \(other.envelope.id)")
      }
    }
    guard new.body.replaces != old?.body.replaces ?? [] else { return }
    for step in try History(operation.site, operation.db).replaced(by: new.envelope.id)
    where step.item.envelope.id == new.envelope.id {
      throw Refusal(
        .conflict, "replaces: “\(new.envelope.title)” would replace itself", field: "replaces",
        hint: "See: sen document history \(new.envelope.id)")
    }
  }
}
