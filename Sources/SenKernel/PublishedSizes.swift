public import ContentModel
import Formats
public import Foundation
import GRDB
import Storage

/// The sizes in which visitors get pictures, in `derived/HASH/` of the site: upright, without metadata, made anew
/// whenever they are missing. Originals are never published.
public enum PublishedSizes {
  public static let thumb = PictureSize("thumb", width: 240, height: 240)
  /// By their widths, for `srcset`; a tall picture is bounded as well.
  static let widths = [480, 960, 1600].map { PictureSize(String($0), width: $0, height: 2 * $0) }

  public static func root(_ site: Site) -> String { "\(site.folder)/derived" }
  static func folder(_ file: MediaName, _ site: Site) -> String { "\(root(site))/\(file.name.prefix(64))" }

  /// Whether sizes of a file have been made.
  public static func hasFolder(_ file: MediaName, _ site: Site) -> Bool {
    FileManager.default.fileExists(atPath: folder(file, site))
  }

  /// Whether a file is called as pictures are.
  public static func isPicture(_ file: MediaName) -> Bool {
    endings.contains(String(file.name.dropFirst(65)))
  }
  static let endings = ["jpg", "jpeg", "png", "gif", "webp"]

  /// Whether a size may be called so: `480.jpg`.
  static func isName(_ name: String) -> Bool {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 2 && ["jpg", "webp"].contains(parts[1])
      && ([thumb] + widths).contains { $0.name == parts[0] }
  }

  /// The sizes of a picture: up to the first in which it is as large as it is.
  static func sizes(width: Int, height: Int) -> [PictureSize] {
    let last = widths.firstIndex { $0.width >= width && $0.height >= height } ?? widths.count - 1
    return [thumb] + widths[...last]
  }

  /// Makes all sizes of a file of the site.
  /// - Parameter mostDots: of larger ones none are made, but of JPEG, which costs little.
  static func make(_ file: MediaName, _ site: Site, mostDots: Int = .max) throws {
    guard site.hasMedia(file.name) else { throw Refusal(.notFound, "has lost its file") }
    let bytes = try Data(contentsOf: URL(filePath: site.mediaPath(file.name)))
    if mostDots < .max {
      let facts = try site.pictures.examine(bytes)
      guard facts.format == .jpeg || facts.width * facts.height <= mostDots else {
        throw Refusal(.invalid, "is too large for now")
      }
    }
    try make(bytes, file, site)
  }

  /// Makes all sizes; takes the place of earlier ones in one step.
  public static func make(_ bytes: Data, _ file: MediaName, _ site: Site) throws {
    try keep(derive(bytes, site), file, site)
  }

  public static func derive(_ bytes: Data, _ site: Site) throws -> [DerivedPicture] {
    let facts = try site.pictures.examine(bytes)
    return try site.pictures.derive(bytes, sizes(width: facts.width, height: facts.height))
  }

  public static func keep(_ pictures: [DerivedPicture], _ file: MediaName, _ site: Site) throws {
    try FileManager.default.createDirectory(atPath: root(site), withIntermediateDirectories: true)
    let folder = try AtomicFolder(path: folder(file, site)) { _ in nil }
    for picture in pictures {
      try picture.bytes.write(to: URL(filePath: "\(folder.building)/\(picture.size.name).\(picture.ending)"))
    }
    try folder.finish()
  }

  /// Whether a picture of so many dots lacks one of its sizes.
  public static func areMissing(_ file: MediaName, width: Int, height: Int, _ site: Site) -> Bool {
    sizes(width: width, height: height).contains { path($0, file, site) == nil }
  }

  /// Where a size of a picture lies; nil if it is missing.
  public static func path(_ size: PictureSize, _ file: MediaName, _ site: Site) -> String? {
    ["jpg", "webp"].map { "\(folder(file, site))/\(size.name).\($0)" }
      .first { FileManager.default.fileExists(atPath: $0) }
  }

  /// The folders of sizes that are there, by the hash of their picture.
  public static func hashes(_ site: Site) throws -> [String] {
    guard FileManager.default.fileExists(atPath: root(site)) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: root(site))
      .filter { MediaName.isName("\($0).jpg") }.sorted()
  }

  /// Sizes do not travel in archives and are not made within operations; this makes what is missing, of every picture
  /// that an item shows.
  static let job = Job("picture-sizes", help: "Makes the sizes of pictures that lack them", every: 600) {
    site, note in
    let (made, failed) = try makeMissing(site, note: note)
    return "made \(Counted.text(made, "picture"))\(failed > 0 ? ", \(failed) failed" : "")"
  }

  /// Makes the sizes of every picture that an item shows and that has none.
  /// - Parameters:
  ///   - items: only of what these items show; of all if nil.
  ///   - note: told of each that cannot be done.
  /// - Returns: of how many pictures they were made, of how many not.
  public static func makeMissing(
    _ site: Site, items: Set<Int64>? = nil, note: (String) -> Void
  ) throws -> (made: Int, failed: Int) {
    let names = try site.read { db in
      try items.map { try site.mediaShown(by: $0, db) } ?? site.mediaShown(db)
    }.sorted()
    var (made, failed) = (0, 0)
    for name in names {
      guard let file = try? MediaName(fieldValue: .text(name)), isPicture(file), !hasFolder(file, site) else {
        continue
      }
      do {
        try make(file, site)
        made += 1
      } catch let refusal as Refusal {
        failed += 1
        let holder = try site.read { try site.holder(of: name, $0) }
        note("\(holder.map { "\($0): " } ?? "")\(name) \(refusal.message)")
      }
    }
    return (made, failed)
  }
}

/// A picture with the sizes that have been made of it.
public struct PublishedPicture: Sendable, Hashable {
  public struct Size: Sendable, Hashable {
    /// `HASH/480.jpg`, in `derived/` of the site.
    public let name: String
    /// In dots.
    public let width: Int
    public let height: Int
  }
  public let thumbnail: Size
  /// From the narrowest on, the thumbnail aside; never empty.
  public let sizes: [Size]

  public var largest: Size { sizes[sizes.count - 1] }
  /// What is shown where a browser chooses none: about as wide as a text.
  public var usual: Size { sizes.last { $0.width <= 1000 } ?? sizes[0] }

  /// Reads from the sizes of a picture what they are; nil where they have not been made.
  init?(_ file: MediaName, _ site: Site) throws {
    var found: [Size] = []
    for size in [PublishedSizes.thumb] + PublishedSizes.widths {
      guard let path = PublishedSizes.path(size, file, site) else { continue }
      let facts = try site.pictures.examine(Data(contentsOf: URL(filePath: path)))
      found.append(
        Size(
          name: path.split(separator: "/").suffix(2).joined(separator: "/"), width: facts.width,
          height: facts.height))
    }
    guard found.count > 1 else { return nil }
    (thumbnail, sizes) = (found[0], Array(found.dropFirst()))
  }
}
