import Foundation
import GRDB
import SenKernel

/// The sizes that visitors get, in `derived/HASH/` of the site: upright, without metadata, made anew whenever
/// they are missing. Originals are never published.
enum PublishedSizes {
  static let thumb = PictureSize("thumb", width: 240, height: 240)
  /// By their widths, for `srcset`; a tall picture is bounded as well.
  private static let widths = [480, 960, 1600].map { PictureSize(String($0), width: $0, height: 2 * $0) }

  static func root(_ site: Site) -> String { "\(site.folder)/derived" }
  static func folder(_ file: MediaName, _ site: Site) -> String { "\(root(site))/\(file.name.prefix(64))" }

  /// Whether sizes of a file have been made.
  static func hasFolder(_ file: MediaName, _ site: Site) -> Bool {
    FileManager.default.fileExists(atPath: folder(file, site))
  }

  /// The sizes of a picture: up to the first in which it is as large as it is.
  static func sizes(width: Int, height: Int) -> [PictureSize] {
    let last = widths.firstIndex { $0.width >= width && $0.height >= height } ?? widths.count - 1
    return [thumb] + widths[...last]
  }

  /// Makes all sizes; takes the place of earlier ones in one step.
  static func make(_ bytes: Data, _ file: MediaName, _ site: Site) throws {
    try keep(derive(bytes, site), file, site)
  }

  static func derive(_ bytes: Data, _ site: Site) throws -> [DerivedPicture] {
    let facts = try site.pictures.examine(bytes)
    return try site.pictures.derive(bytes, sizes(width: facts.width, height: facts.height))
  }

  static func keep(_ pictures: [DerivedPicture], _ file: MediaName, _ site: Site) throws {
    try FileManager.default.createDirectory(atPath: root(site), withIntermediateDirectories: true)
    let folder = try AtomicFolder(path: folder(file, site)) { _ in nil }
    for picture in pictures {
      try picture.bytes.write(to: URL(filePath: "\(folder.building)/\(picture.size.name).\(picture.ending)"))
    }
    try folder.finish()
  }

  /// Whether a photo lacks one of its sizes.
  static func areMissing(_ photo: Photo, _ site: Site) -> Bool {
    guard let file = photo.file, photo.width > 0, photo.height > 0 else { return false }
    return sizes(width: photo.width, height: photo.height).contains { path($0, file, site) == nil }
  }

  /// Where a size of a picture lies; nil if it is missing.
  static func path(_ size: PictureSize, _ file: MediaName, _ site: Site) -> String? {
    ["jpg", "webp"].map { "\(folder(file, site))/\(size.name).\($0)" }
      .first { FileManager.default.fileExists(atPath: $0) }
  }

  /// The folders of sizes that are there, by the hash of their picture.
  static func hashes(_ site: Site) throws -> [String] {
    guard FileManager.default.fileExists(atPath: root(site)) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: root(site))
      .filter { MediaName.isName("\($0).jpg") }.sorted()
  }

  /// The photos that lack sizes, those in the trash aside.
  static func photosWithout(_ site: Site, _ db: Database) throws -> [Entry<Photo>] {
    var found: [Entry<Photo>] = []
    try site.store.each(Photo.name, Query(order: [.init("id")]), db) { item in
      let entry = try Entry<Photo>(item)
      if areMissing(entry.body, site) { found.append(entry) }
      return true
    }
    return found
  }

  /// Makes the sizes of photos, telling of each that cannot be done.
  /// - Returns: how many were made, how many not.
  static func make(
    of photos: [Entry<Photo>], _ site: Site, tell: (String) -> Void, goesOn: (_ done: Int) -> Bool
  ) throws -> (made: Int, failed: Int) {
    var (made, failed) = (0, 0)
    for photo in photos {
      guard goesOn(made + failed) else { break }
      do {
        guard let file = photo.body.file, let bytes = try PictureFile.stored(file.name, site) else {
          throw Refusal(.notFound, "has lost its file")
        }
        try make(bytes, file, site)
        made += 1
      } catch let refusal as Refusal {
        failed += 1
        tell("photo \(photo.envelope.id) “\(photo.envelope.title)” \(refusal.message)")
      }
    }
    return (made, failed)
  }

  /// Sizes do not travel in archives; this makes what came without them.
  static let job = Job(
    "gallery-sizes", help: "Makes the sizes of pictures that lack them", every: 600
  ) { site, note in
    let photos = try site.read { try photosWithout(site, $0) }
    let (made, failed) = try make(of: photos, site, tell: note) { _ in true }
    return "made \(Counted.text(made, "picture"))\(failed > 0 ? ", \(failed) failed" : "")"
  }
}
