import Foundation
import SenKernel

/// What photos have beyond the verbs of every noun.
enum PhotoCommands {
  static let all = [PhotoImport.command, regenerate, orphans]

  private static let regenerate = Command(
    CommandSpec(
      noun: Photo.name, verb: "regenerate", summary: "Makes the sizes that visitors get anew",
      arguments: [
        ArgumentSpec("refs", help: "Which", kind: .reference(noun: Photo.name), arity: .many)
      ],
      flags: [
        FlagSpec("all", help: "Of all photos"), FlagSpec("missing", help: "Of those that lack some"),
      ], heeds: ["filter"],
      examples: ["sen photo regenerate 12", "sen photo regenerate --missing"])
  ) { context in
    let site = try context.site
    try site.permitMaintenance("make sizes anew")
    let photos = try site.read { db -> [Entry<Photo>] in
      if context.invocation.has("missing") { return try PublishedSizes.photosWithout(site, db) }
      var photos: [Entry<Photo>] = []
      if context.invocation.has("all") {
        try site.store.each(Photo.name, Query(order: [.init("id")]), db) { item in
          photos.append(try Entry(item))
          return true
        }
        return photos
      }
      return try context.items(Photo.name, db).compactMap {
        try site.store.fetch($0, db).map { try Entry($0) }
      }
    }
    if context.isDryRun {
      return context.output.note(
        "Dry run: would have made the sizes of \(Counted.text(photos.count, "photo"))")
    }
    var reached = 0
    let (made, failed): (Int, Int)
    do {
      (made, failed) = try PublishedSizes.make(of: photos, site, tell: context.output.note) { done in
        reached = done
        context.output.progress("regenerate", done: done, total: photos.count)
        return !context.output.isInterrupted
      }
    } catch {
      guard reached > 0 else { throw error }
      throw FailedInPart(error, done: "\(reached) of \(Counted.text(photos.count, "photo")) had been seen to")
    }
    context.output.note("Made the sizes of \(Counted.text(made, "photo"))")
    if context.output.isInterrupted { throw StoppedInPart.error(done: made, context) }
    guard failed > 0 else { return }
    guard made > 0 else {
      throw Refusal(.invalid, "No sizes could be made of \(Counted.text(failed, "photo"))")
    }
    throw DoneInPart()
  }

  private static let orphans = Command(
    CommandSpec(
      noun: Photo.name, verb: "orphans", summary: "Lists files of pictures that nothing uses any more",
      discussion:
        "Sizes whose photo is gone, and originals that no item, former version or trashed item names.",
      flags: [
        FlagSpec("prune", help: "Removes them, but for originals that history undo may need"),
        FlagSpec("all", help: "With --prune: those as well"),
      ], heeds: SharedOption.records,
      examples: ["sen photo orphans", "sen photo orphans --prune --yes"])
  ) { context in
    let site = try context.site
    let used = try site.read { try site.mediaInUse($0) }
    let hashes = Set(used.map { String($0.prefix(64)) })
    let pictures: Set<String> = ["jpg", "jpeg", "png", "gif", "webp"]
    let orphans =
      try PublishedSizes.hashes(site).filter { !hashes.contains($0) }.map {
        (kind: "sizes", path: "\(PublishedSizes.root(site))/\($0)")
      }
      + site.mediaFiles().filter { !used.contains($0) && pictures.contains(String($0.dropFirst(65))) }.map {
        (kind: "original", path: site.mediaPath($0))
      }
    guard context.invocation.has("prune") else {
      var sink = try context.records(["kind", "bytes", "path"])
      for file in orphans {
        try sink.write([
          "kind": .text(file.kind), "bytes": .integer(Int64(try bytes(file.path))),
          "path": .text(String(file.path.dropFirst(site.folder.count + 1))),
        ])
      }
      return try sink.finish()
    }
    try site.permitMaintenance("remove files that nothing uses")
    let needsJournal = !context.invocation.has("all")
    let needed = try needsJournal ? site.read { try site.mediaInJournal($0) } : []
    let found = orphans.filter { !needed.contains(URL(filePath: $0.path).lastPathComponent) }
    if orphans.count > found.count {
      context.output.note(
        "Kept for history undo: \(Counted.text(orphans.count - found.count, "original")) (--all)")
    }
    guard !found.isEmpty else { return context.output.note("Every file is in use") }
    let text = Counted.text(found.count, "orphan")
    try context.confirm("Remove \(text)?")
    if context.isDryRun { return context.output.note("Dry run: would have removed \(text)") }
    let removed = try prune(found, site, needsJournal: needsJournal)
    if removed < found.count {
      context.output.note("Kept, for they came into use: \(Counted.text(found.count - removed, "orphan"))")
    }
    context.output.note("Removed \(Counted.text(removed, "orphan"))")
  }

  /// Removes what is still of no use, asked anew while nobody can write.
  /// - Returns: how many were removed.
  private static func prune(
    _ orphans: [(kind: String, path: String)], _ site: Site, needsJournal: Bool
  ) throws -> Int {
    let originals = orphans.filter { $0.kind == "original" }
      .map { URL(filePath: $0.path).lastPathComponent }
    let removed = try site.removeUnused(originals, needsJournal: needsJournal)
    return try site.write(isJournaled: false) { operation in
      let used = Set(try site.mediaInUse(operation.db).map { String($0.prefix(64)) })
      var count = removed
      for folder in orphans where folder.kind == "sizes" {
        guard !used.contains(URL(filePath: folder.path).lastPathComponent) else { continue }
        try FileManager.default.removeItem(atPath: folder.path)
        count += 1
      }
      return count
    }
  }

  /// The bytes of a file, or of the files in a folder.
  private static func bytes(_ path: String) throws -> Int {
    let names = try? FileManager.default.contentsOfDirectory(atPath: path)
    return try (names?.map { "\(path)/\($0)" } ?? [path]).reduce(0) { sum, path in
      sum + (try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0)
    }
  }
}
