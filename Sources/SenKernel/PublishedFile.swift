public import ContentModel
import Foundation

/// The file of a published size of a picture, as far as it can be told without looking into it.
public struct PublishedFile: Sendable, Hashable {
  /// `HASH/960.jpg`, in `derived/` of the site.
  public let name: String
  /// In bytes.
  public let length: Int
  /// `image/jpeg` or `image/webp`.
  public let mediaType: String
}

extension Site {
  /// The largest published size of a picture; nil while there is none. Cheap enough for thousands of pictures.
  public func largestPublished(_ file: MediaName) throws -> PublishedFile? {
    for size in PublishedSizes.widths.reversed() {
      guard let path = PublishedSizes.path(size, file, self) else { continue }
      let facts = try FileManager.default.attributesOfItem(atPath: path)
      return PublishedFile(
        name: path.split(separator: "/").suffix(2).joined(separator: "/"),
        length: (facts[.size] as? NSNumber)?.intValue ?? 0,
        mediaType: path.hasSuffix(".webp") ? "image/webp" : "image/jpeg")
    }
    return nil
  }
}
