import Foundation
import SenKernel

/// What albums have beyond the verbs of every noun.
enum AlbumCommands {
  static let all = [reorder]

  private static let ref = ArgumentSpec(
    "ref", help: "An id, a slug or @last", kind: .reference(noun: Album.name))

  private static let reorder = Command(
    CommandSpec(
      noun: Album.name, verb: "reorder", summary: "Gives the photos of an album their places",
      discussion: "A single photo is placed by: photo move REF --position N.", arguments: [ref],
      flags: [
        FlagSpec("by", help: "What decides; title if not said", kind: .choice(["title", "takenAt", "name"]))
      ],
      examples: ["sen album reorder 12 --by takenAt"])
  ) { context in
    let site = try context.site
    let by = context.invocation.flag("by") ?? "title"
    let count = try site.write(isDryRun: context.isDryRun) { operation in
      let album = try context.item(Album.name, operation.db)
      // By title as the alphabet has it, which the store knows.
      var photos = try Photo.of(album, site, operation.db, by: by == "title" ? "title" : nil)
      if by == "takenAt" {
        photos =
          photos.filter { $0.body.takenAt != nil }.sorted {
            ($0.body.takenAt ?? .distantPast) < ($1.body.takenAt ?? .distantPast)
          }
          + photos.filter { $0.body.takenAt == nil }
      }
      if by == "name" { photos.sort { PictureFile.comesBefore($0.envelope.slug, $1.envelope.slug) } }
      for (index, photo) in photos.enumerated() {
        try operation.update(Photo.self, photo.envelope.id) { $0.envelope.position = Int64(index + 1) }
      }
      return photos.count
    }
    context.output.note(
      "\(context.isDryRun ? "Dry run, nothing written: would have placed" : "Placed") \(Counted.text(count, "photo")) by \(by)"
    )
  }
}
