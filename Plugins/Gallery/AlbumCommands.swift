import Foundation
import SenKernel

/// What albums have beyond the verbs of every noun.
enum AlbumCommands {
  static let all = [reorder, view]

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
        try operation.complete(Photo.self, photo.envelope.id) { $0.envelope.position = Int64(index + 1) }
      }
      return photos.count
    }
    context.output.note(
      "\(context.isDryRun ? "Dry run, nothing written: would have placed" : "Placed") \(Counted.text(count, "photo")) by \(by)"
    )
  }

  private static let view = Command(
    CommandSpec(
      noun: Album.name, verb: "view", summary: "Draws the photos of an album on the terminal",
      arguments: [ref], heeds: ["limit"], examples: ["sen album view 12 --limit 3"])
  ) { context in
    guard let screen = context.output.screen, screen.colours != .none else {
      throw Refusal(
        .usage, "Pictures are drawn on a terminal with colours only",
        hint: "See: sen photo list --filter 'album=\(context.invocation.value("ref") ?? "")'")
    }
    let site = try context.site
    let photos = try site.read { try Photo.of(context.item(Album.name, $0), site, $0) }
    for photo in photos.prefix(context.invocation.integer("limit") ?? photos.count) {
      if context.output.isInterrupted { throw CancellationError() }
      guard let file = photo.body.file else { continue }
      // A size is opened sooner than the original, and is upright already.
      let path = PublishedSizes.path(PublishedSizes.thumb, file, site) ?? site.mediaPath(file.name)
      let dots = try site.pictures.dots(PictureFile.read(path), columns: min(screen.columns, 80), rows: 48)
      let title = "\(photo.envelope.id) \(context.output.visible(photo.envelope.title))"
      try context.output.bytes.write(Array("\(title)\n\(HalfBlocks.text(dots, screen.colours))\n".utf8))
    }
  }
}

/// Dots as text: the upper half of a cell is one, the lower half the one below it.
enum HalfBlocks {
  static func text(_ dots: [[UInt32]], _ colours: Screen.Colours) -> String {
    var text = ""
    for y in stride(from: 0, to: dots.count, by: 2) {
      for x in dots[y].indices {
        let lower = y + 1 < dots.count ? ";48;\(code(dots[y + 1][x], colours))" : ""
        text += "\u{1B}[38;\(code(dots[y][x], colours))\(lower)m▀"
      }
      text += "\u{1B}[0m\n"
    }
    return text
  }

  private static func code(_ dot: UInt32, _ colours: Screen.Colours) -> String {
    let (red, green, blue) = (dot >> 16, dot >> 8 & 255, dot & 255)
    guard colours == .cube else { return "2;\(red);\(green);\(blue)" }
    let step = { (part: UInt32) in (part * 5 + 127) / 255 }
    return "5;\(16 + 36 * step(red) + 6 * step(green) + step(blue))"
  }
}
