import Foundation
import GRDB
import SenKernel

/// A file of a document: its text as PDF, an annex, a form.
struct Attachment: Content {
  static let name = "attachment"
  static let help = "Files of documents"
  static let fields: [Field<Attachment>] = [
    Field("title", \.title, .title, .required, .searchable, help: "What the file is") {
      (text: String) throws(Refusal) in try Field<Attachment>.atMost(200)(text)
    },
    Field("document", \.document, help: "The document that it belongs to"),
    Field("file", \.file, help: "The file itself"),
  ]
  var title = ""
  var document: Reference<Document>?
  var file: MediaName?

  static let downloads = SideTable(
    "attachmentDownload", of: name, help: "How often a file was taken, by day",
    columns: [.init("day", .text), .init("count", .integer)], unique: [["itemId", "day"]])

  static let download = Action(
    "download", of: Attachment.self, input: NoOptions.self, help: "Counts a file as taken and tells its name",
    isForVisitors: true, examples: ["attachment download 12"]
  ) { entry, _, operation in
    guard let file = entry.body.file else {
      throw Refusal(.notFound, "“\(entry.envelope.title)” has no file")
    }
    try operation.db.cachedStatement(
      sql: """
        INSERT INTO attachmentDownload (itemId, day, count) VALUES (?, ?, 1)
        ON CONFLICT (itemId, day) DO UPDATE SET count = count + 1
        """
    ).execute(arguments: [entry.envelope.id, operation.site.day(of: operation.now)])
    return "Took \(file.name)"
  }
}
