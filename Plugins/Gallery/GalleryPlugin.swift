public import GRDB
public import SenKernel

/// The picture library: albums of photos, in the sizes that pages need.
public struct GalleryPlugin: Plugin {
  public let name = "gallery"
  public let help = "Albums of pictures"
  public let contentTypes = [Shape(Album.self), Shape(Photo.self)]
  public let commands = PhotoCommands.all + AlbumCommands.all
  public let drawings = Drawings.all
  public let rules = [Photo.rule]
  public let pages = GalleryViews.pages
  public let blocks = [GalleryViews.block]

  public init() {}

  public func complaints(_ site: Site, _ db: Database) throws -> [String] {
    let photos = try PublishedSizes.photosWithout(site, db)
    guard photos.count <= 3 else {
      return ["\(photos.count) photos: sizes are missing; sen photo regenerate --missing"]
    }
    return photos.map {
      "photo \($0.envelope.id): sizes are missing; sen photo regenerate \($0.envelope.id)"
    }
  }

  public func mend(_ site: Site, note: (String) -> Void) throws {
    let photos = try site.read { try PublishedSizes.photosWithout(site, $0) }
    _ = try PublishedSizes.make(of: photos, site, tell: note) { _ in true }
  }
}

/// Which pictures a block shows, and how many.
struct GalleryBlock: Fielded {
  static let fields: [Field<GalleryBlock>] = [
    Field("album", \.album, help: "Of which; of all if empty"),
    Field("count", \.count, help: "How many, 1 to 50") { (count: Int) throws(Refusal) in
      guard (1...50).contains(count) else { throw Refusal(.invalid, "\(count) is not from 1 to 50") }
    },
  ]
  var album: Reference<Album>?
  var count = 6
}
