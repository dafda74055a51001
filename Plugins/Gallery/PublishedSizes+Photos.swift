import Foundation
import GRDB
import SenKernel

/// The sizes of photos, made by hand where a photo has been changed or its sizes are to be made anew.
extension PublishedSizes {
  /// Whether a photo lacks one of its sizes.
  static func areMissing(_ photo: Photo, _ site: Site) -> Bool {
    guard let file = photo.file, photo.width > 0, photo.height > 0 else { return false }
    return areMissing(file, width: photo.width, height: photo.height, site)
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
}
