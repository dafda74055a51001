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
    Field("document", \.document, .required, .group, help: "The document that it belongs to"),
    Field("file", \.file, .required, .download, help: "The file itself: \(endings.joined(separator: ", "))") {
      (file: MediaName?) throws(Refusal) in
      guard let ending = file?.name.split(separator: ".").last, !endings.contains(String(ending)) else {
        return
      }
      throw Refusal(
        .invalid, "no file of a document ends with .\(ending)",
        hint:
          "What browsers or machines would run is not taken. These are: \(endings.joined(separator: ", "))")
    },
  ]
  var title = ""
  var document: Reference<Document>?
  var file: MediaName?

  /// How files of documents end: what people read, hear or look at, and nothing that runs where it is opened.
  static let endings = [
    "pdf", "doc", "docx", "odt", "rtf", "txt", "xls", "xlsx", "ods", "csv", "ppt", "pptx", "odp", "epub",
    "jpg", "jpeg", "png", "gif", "webp", "tif", "tiff", "mp3", "m4a", "ogg", "mp4", "webm", "zip", "rar",
    "7z",
  ]

  /// The day "" holds what was counted before, by another system that kept no days.
  static let downloads = SideTable(
    "attachmentDownload", of: name, help: "How often a file was taken, by day",
    columns: [.init("day", .text), .init("count", .integer, isCount: true)], unique: [["itemId", "day"]])

  private static func destination(_ entry: Entry<Attachment>) -> ViewValue {
    entry.body.file.map { .file($0, name: entry.envelope.title) } ?? .none
  }

  static let download = Action(
    "download", of: Attachment.self, input: NoOptions.self, help: "Counts a file as taken and tells its name",
    isForVisitors: true, isJournaled: false, examples: ["attachment download 12"],
    destination: destination
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
