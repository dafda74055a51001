import Foundation
import GRDB
import SenKernel

/// A picture; its place in the album is the envelope's.
struct Photo: Content {
  static let name = "photo"
  static let help = "Pictures, by themselves or in albums"
  static let fields: [Field<Photo>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<Photo>.atMost(200)),
    Field("album", \.album, .group, .section, .indexed, help: "The album that it is in"),
    Field(
      "file", \.file, .required, .indexed, .picture,
      help: "JPEG, PNG, GIF or WebP; visitors get smaller ones without its data"),
    Field("alt", \.alt, .searchable, .pictureText, help: "What it shows, for those who do not see it"),
    Field("decorative", \.isDecorative, help: "It says nothing, so it needs no alt text"),
    Field("caption", \.caption, .searchable, .lead, help: "The line below it"),
    Field("credit", \.credit, .searchable, help: "Who took it"),
    Field("focalX", \.focalX, .pictureX, help: "What must not be cut off: from 0, left, to 1", check: share),
    Field("focalY", \.focalY, .pictureY, help: "The same from 0, top, to 1", check: share),
    Field("takenAt", \.takenAt, .indexed, help: "When it was taken; the camera's own if empty"),
    Field("width", \.width, help: "In dots, upright; of the file", check: count),
    Field("height", \.height, help: "In dots, upright; of the file", check: count),
  ]

  var title = ""
  var album: Reference<Album>?
  var file: MediaName?
  var alt = ""
  var isDecorative = false
  var caption = ""
  var credit = ""
  var focalX = 0.5
  var focalY = 0.5
  var takenAt: Date?
  var width = 0
  var height = 0

  private static let share = { @Sendable (share: Double) throws(Refusal) in
    guard (0...1).contains(share) else { throw Refusal(.invalid, "\(share) is not from 0 to 1") }
  }
  private static let count = { @Sendable (count: Int) throws(Refusal) in
    guard count >= 0 else { throw Refusal(.invalid, "\(count) is less than nothing") }
  }

  /// Another file is looked at before it is taken; its size, and a new photo's time, are read from it.
  static let rule = Rule(of: Photo.self) { old, new, operation in
    guard let new, let file = new.body.file, file != old?.body.file else { return }
    let site = operation.site
    guard let bytes = try PictureFile.stored(file.name, site) else { return }
    let facts: PictureFacts
    do {
      facts = try site.pictures.examine(bytes)
    } catch var refusal as Refusal {
      (refusal.message, refusal.field) = ("file: \(refusal.message)", "file")
      throw refusal
    }
    try operation.complete(Photo.self, new.envelope.id) { entry in
      (entry.body.width, entry.body.height) = (facts.width, facts.height)
      if old == nil, entry.body.takenAt == nil { entry.body.takenAt = facts.takenAt?.date(in: site.timeZone) }
    }
    // An operation may be taken back, and files with it cannot; `photo import` makes them at once.
    if !PublishedSizes.hasFolder(file, site) {
      operation.note(
        "Its sizes are still to be made: sen photo regenerate \(new.envelope.id), or sen job run")
    }
  }

  /// The photos of an album in their places.
  static func of(_ album: Int64, _ site: Site, _ db: Database, by field: String? = nil) throws -> [Entry<
    Photo
  >] {
    var found: [Entry<Photo>] = []
    let order = (field.map { [Query.Order($0)] } ?? []) + [Query.Order("position"), Query.Order("id")]
    try site.store.each(name, Query(.compare("album", .equal, .integer(album)), order: order), db) { item in
      found.append(try Entry(item))
      return true
    }
    return found
  }

  /// The place after the last that a photo of an album has been given; where that is the last there is, they share it.
  static func nextPosition(in album: Int64, _ site: Site, _ db: Database) throws -> Int64 {
    var last: Int64 = 0
    let query = Query(
      .compare("album", .equal, .integer(album)), order: [.init("position", descends: true)], limit: 1,
      fields: [])
    try site.store.each(name, query, db) { item in
      last = item.envelope.position ?? 0
      return false
    }
    return min(last, Envelope.positions.upperBound - 1) + 1
  }
}
