import Foundation
import GRDB
import SenKernel

/// `photo import`: pictures of a disk, each an operation of its own, and all one entry of the journal.
///
/// Not one for all: opening a picture takes a third of a second, and a write held for hundreds of them would keep
/// everyone else waiting, and lose all when it is interrupted. Pictures are opened before their operation, which
/// brings the original and the photo in together; the sizes follow, and where something comes between, the doctor
/// misses them and `photo regenerate --missing` makes them.
struct PhotoImport {
  let context: CommandContext
  let site: Site
  let album: Int64?

  static let command = Command(
    CommandSpec(
      noun: Photo.name, verb: "import", summary: "Brings pictures in, upright and in all sizes",
      discussion: """
        Title, time and position of each are read from the file; its other data stay in the original, which is \
        not published. What is no sound picture is told and left out, and the rest imported. To go on after an \
        interruption, say the same again with --skip-duplicates.
        """,
      arguments: [ArgumentSpec("paths", help: "Files, and folders of them", kind: .path, arity: .some)],
      flags: [
        FlagSpec("album", help: "The album they go to", kind: .reference(noun: Album.name)),
        FlagSpec("recursive", help: "With the folders in folders", short: "r"),
        FlagSpec("skip-duplicates", help: "Leaves out what this site has already"),
        FlagSpec("title-from", help: "Where titles come from", kind: .choice(["filename", "exif"])),
        FlagSpec("alt", help: "What they show, for those who do not see them", kind: .text),
        FlagSpec("credit", help: "Who took them", kind: .text),
        FlagSpec("decorative", help: "They say nothing, so they need no alt text"),
        FlagSpec("publish", help: "Shows them to visitors at once"),
      ], heeds: SharedOption.change,
      examples: [
        "sen photo import anh/ --album le-hoi-lua --recursive --skip-duplicates",
        "sen photo import lua.jpg --album 12 --alt 'Ruộng lúa chín' --credit 'Lê An' --title-from exif",
      ])
  ) { context in
    let site = try context.site
    let album = try site.read { db in
      try context.invocation.flag("album").map { try context.item(Album.name, named: $0, db) }
    }
    try PhotoImport(context: context, site: site.inOneEntry(), album: album).run()
  }

  private enum Outcome {
    case imported(id: Int64, needsAlt: Bool)
    case duplicate(of: Int64)
  }

  /// The photo is in, but its sizes could not be written.
  private struct WithoutSizes: Error {
    let id: Int64
    let cause: any Error
  }

  private func run() throws {
    let paths = PictureFile.all(
      context.invocation.values("paths"), isRecursive: context.invocation.has("recursive"))
    var (ids, refused, skipped, withoutAlt): ([Int64], Int, Int, Int) = ([], 0, 0, 0)
    for (index, path) in paths.enumerated() {
      context.output.progress("import", done: index, total: paths.count)
      if context.output.isInterrupted { break }
      do {
        switch try add(path) {
        case .imported(let id, let needsAlt):
          ids.append(id)
          withoutAlt += needsAlt ? 1 : 0
        case .duplicate(let id):
          skipped += 1
          context.output.detail("\(path) is here already: photo \(id)")
        }
      } catch let refusal as Refusal {
        guard paths.count > 1 else {
          throw Refusal(refusal.code, "\(path) \(refusal.message)", hint: refusal.hint)
        }
        refused += 1
        context.output.note("\(path) \(refusal.message)" + (refusal.hint.map { ". \($0)" } ?? ""))
      } catch {
        // Such as a full disk: each photo was an operation, and those before this one are there.
        let half = error as? WithoutSizes
        if let half { ids.append(half.id) }
        guard !ids.isEmpty, !context.isDryRun else { throw error }
        try tell(ids, refused: refused, skipped: skipped, withoutAlt: withoutAlt)
        throw FailedInPart(
          half?.cause ?? error,
          done:
            "\(Counted.text(ids.count, "photo")) had been imported\(half == nil ? "" : ", the last without its sizes")"
        )
      }
    }
    try tell(ids, refused: refused, skipped: skipped, withoutAlt: withoutAlt)
    if context.output.isInterrupted { throw StoppedInPart.error(done: ids.count, context) }
    guard refused > 0 else { return }
    guard !ids.isEmpty || skipped > 0 else {
      throw Refusal(.invalid, "None of these \(refused) files could be imported")
    }
    throw DoneInPart()
  }

  private func tell(_ ids: [Int64], refused: Int, skipped: Int, withoutAlt: Int) throws {
    if context.invocation.has("porcelain"), !context.isDryRun {
      try context.output.bytes.write(Array(ids.map { "\($0)\n" }.joined().utf8))
    }
    var parts = [
      context.isDryRun
        ? "Dry run, nothing written: would have imported \(Counted.text(ids.count, "photo"))"
        : "Imported \(Counted.text(ids.count, "photo"))"
    ]
    if skipped > 0 { parts.append("skipped \(skipped) that \(skipped == 1 ? "is" : "are") here already") }
    if refused > 0 { parts.append("refused \(refused)") }
    context.output.note(parts.joined(separator: ", "))
    if withoutAlt > 0 {
      context.output.note(
        "\(Counted.text(withoutAlt, "photo")) without alt text: say photo set REF alt='…', or decorative=yes")
    }
  }

  private func add(_ path: String) throws -> Outcome {
    let bytes = try PictureFile.read(path)
    let facts = try site.pictures.examine(bytes)
    let ending = try PictureFile.ending(path, facts.format)
    let name = try site.addMedia(bytes, ending: ending, keeps: false)
    let skips = context.invocation.has("skip-duplicates")
    if skips, let id = try site.read({ try holder(of: name, $0) }) { return .duplicate(of: id) }
    // Decoding is what finds a picture broken, so a dry run does it too.
    let sizes = try PublishedSizes.derive(bytes, site)
    let file = try MediaName(fieldValue: .text(name))
    var photo = Photo()
    photo.title = title(path, facts)
    photo.album = album.map { Reference(id: $0) }
    photo.file = file
    photo.alt = context.invocation.flag("alt") ?? ""
    photo.isDecorative = context.invocation.has("decorative")
    photo.credit = context.invocation.flag("credit") ?? ""
    (photo.width, photo.height) = (facts.width, facts.height)
    photo.takenAt = facts.takenAt?.date(in: site.timeZone)
    let needsAlt = photo.alt.isEmpty && !photo.isDecorative
    let (id, isNew) = try site.write(isDryRun: context.isDryRun) { operation in
      // Another import may have brought it in while this one opened it.
      if skips, let id = try holder(of: name, operation.db) { return (id, false) }
      _ = try operation.addMedia(bytes, ending: ending)
      let item = try operation.create(photo, state: context.invocation.has("publish") ? .published : .draft)
      if let album {
        let next = try Photo.nextPosition(in: album, site, operation.db)
        try operation.complete(Photo.self, item.envelope.id) { $0.envelope.position = next }
      }
      return (item.envelope.id, true)
    }
    guard isNew else { return .duplicate(of: id) }
    if !context.isDryRun {
      do {
        try PublishedSizes.keep(sizes, file, site)
      } catch {
        throw WithoutSizes(id: id, cause: error)
      }
    }
    return .imported(id: id, needsAlt: needsAlt)
  }

  /// A photo that has this file.
  private func holder(of file: String, _ db: Database) throws -> Int64? {
    var found: Int64?
    let query = Query(.compare("file", .equal, .text(file)), limit: 1, fields: [])
    try site.store.each(Photo.name, query, db) { item in
      found = item.envelope.id
      return false
    }
    return found
  }

  private func title(_ path: String, _ facts: PictureFacts) -> String {
    if context.invocation.flag("title-from") == "exif", let title = facts.title {
      return String(title.prefix(200))
    }
    let name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
    let words = name.split { "_ ".contains($0) || $0.isWhitespace }.joined(separator: " ")
    return words.isEmpty ? Photo.name : String(words.prefix(200))
  }
}
