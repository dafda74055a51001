import Foundation
import GRDB
import SenKernel

/// What stands on a document's page beside its fields.
enum DocumentPage {
  static let shows = [
    ViewField(
      "files",
      .list(
        .view([
          ViewField("title", .text), ViewField("file", .file), ViewField("ending", .text),
          ViewField("kilobytes", .whole), ViewField("downloads", .whole, help: "How often it was taken"),
          ViewField("url", .address, help: "The file by way of the site, which counts it"),
        ])), help: "Its files, in their places"),
    ViewField("replaces", .items), ViewField("replacedBy", .items), ViewField("related", .items),
    ViewField("isAhead", .flag, help: "Whether it is not in force yet"), ViewField("isInForce", .flag),
    ViewField("isOver", .flag, help: "Whether it has been replaced or its time is over"),
    ViewField("takesComments", .flag, help: "Of a draft: whether comments are taken now"),
  ]

  @Sendable static func view(_ entry: Entry<Document>, _ page: PageContext) throws -> View {
    let (id, body) = (entry.envelope.id, entry.body)
    let replacedBy = try page.items(
      Document.name, where: .links("replaces", [id]), order: DocumentViews.newest)
    let isReplaced = try replacedBy.contains { hasCome(try Entry<Document>($0).body.inForceFrom, page) }
    let isOver = isReplaced || hasCome(body.expiresOn, page)
    let isInForce = hasCome(body.inForceFrom, page) && !isOver
    let isAhead = body.inForceFrom.map { $0 > page.now } ?? false
    return [
      "files": .list(try files(of: id, page)),
      "replaces": .items(try body.replaces.ids.compactMap { try page.item($0) }),
      "replacedBy": .items(replacedBy), "related": .items(try related(to: id, body, page)),
      // None of them is true where nobody has said from when on it holds.
      "isAhead": .flag(isAhead && !isOver), "isInForce": .flag(isInForce), "isOver": .flag(isOver),
      "takesComments": .flag(body.commentsUntil.map { !hasCome($0, page) } ?? false),
    ]
  }

  /// Whether a moment has come; the page is made anew when it does.
  private static func hasCome(_ moment: Date?, _ page: PageContext) -> Bool {
    guard let moment else { return false }
    if moment > page.now { page.trace.expires(at: moment) }
    return moment <= page.now
  }

  /// What it names, and what names it.
  private static func related(to id: Int64, _ body: Document, _ page: PageContext) throws -> [Item] {
    let named = try body.related.ids.compactMap { try page.item($0) }
    let naming = try page.items(
      Document.name, where: .all([.links("related", [id]), .not(.ids(body.related.ids + [id]))]),
      order: DocumentViews.newest)
    return named + naming
  }

  private static func files(of document: Int64, _ page: PageContext) throws -> [ViewValue] {
    let items = try page.items(
      Attachment.name, where: .compare("document", .equal, .integer(document)), order: Query.siblings)
    // Downloads are counted without a trace in the journal; a file would tell those of long ago.
    if !items.isEmpty, !page.isFile { page.expires(after: 600) }
    return try items.compactMap { item in
      guard let file = try Entry<Attachment>(item).body.file else { return nil }
      let name = item.envelope.title
      page.trace.add(media: file.name)
      var view: View = [
        "item": .item(item), "title": .text(name), "file": .file(file, name: name),
        "ending": .text(file.name.split(separator: ".").last.map(String.init)),
        "downloads": page.isFile ? .none : .number(try downloads(of: item.envelope.id, page.db)),
        "url": .page(
          .action(noun: Attachment.name, slug: item.envelope.slug, name: Attachment.download.name)),
      ]
      if page.site.hasMedia(file.name) {
        let facts = try FileManager.default.attributesOfItem(atPath: page.site.mediaPath(file.name))
        view["kilobytes"] = .number(((facts[.size] as? Int ?? 0) + 1023) / 1024)
      }
      return .view(view)
    }
  }

  private static func downloads(of attachment: Int64, _ db: Database) throws -> Int {
    try Int.fetchOne(
      db.cachedStatement(sql: "SELECT coalesce(sum(count), 0) FROM attachmentDownload WHERE itemId = ?"),
      arguments: [attachment]) ?? 0
  }
}
