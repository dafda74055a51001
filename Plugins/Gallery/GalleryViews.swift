import SenKernel

/// What visitors see of albums and photos.
enum GalleryViews {
  static let pages = [
    PageType(
      Album.self, index: .newest(Album.name),
      shows: [ViewField("cover", .item, help: "The photo that stands for it")],
      listing: { album, _ in
        .inOrder(Photo.name, where: isIn(album.envelope.id), pageSize: 60)
      },
      view: { album, page in
        guard let cover = try cover(album, page) else { return [:] }
        return ["cover": .item(cover)]
      }, pictured: cover),
    PageType(
      Photo.self,
      shows: [
        ViewField("number", .whole, help: "Its place in its album, from 1"),
        ViewField("count", .whole, help: "How many photos the album has"),
        ViewField("previous", .item), ViewField("next", .item),
      ], view: photo),
  ]

  static let block = BlockType(
    "gallery", help: "The newest pictures, of all albums or of one", options: GalleryBlock.self
  ) { options, page in
    var view: View = [:]
    if let album = options.album {
      guard let item = try page.item(album.id) else { return nil }
      view["more"] = .item(item)
    }
    let photos = try page.items(
      Photo.name, where: options.album.map { isIn($0.id) }, limit: options.count)
    guard !photos.isEmpty else { return nil }
    view["items"] = .items(photos)
    return view
  }

  private static func isIn(_ album: Int64) -> Condition { .compare("album", .equal, .integer(album)) }

  /// The photo that stands for an album: the chosen one, else its first.
  @Sendable private static func cover(_ album: Entry<Album>, _ page: PageContext) throws -> Item? {
    if let chosen = album.body.cover, let item = try page.item(chosen.id) { return item }
    return try page.items(Photo.name, where: isIn(album.envelope.id), order: Query.siblings, limit: 1).first
  }

  @Sendable private static func photo(_ entry: Entry<Photo>, _ page: PageContext) throws -> View {
    guard let album = try page.entry(entry.body.album) else { return [:] }
    let order = AlbumOrder(entry, in: album.envelope.id, page)
    var view: View = [
      "number": .number(try order.countBefore() + 1),
      "count": .number(try page.count(Photo.name, where: isIn(album.envelope.id))),
    ]
    if let item = try order.previous() { view["previous"] = .item(item) }
    if let item = try order.next() { view["next"] = .item(item) }
    return view
  }
}

/// What stands before and after a photo in its album: by places, those without one behind all others, then by uids,
/// as `Query.siblings` has it.
private struct AlbumOrder {
  private let album: Condition
  private let uid: FieldValue
  private let place: FieldValue
  private let page: PageContext

  init(_ photo: Entry<Photo>, in album: Int64, _ page: PageContext) {
    self.album = .compare("album", .equal, .integer(album))
    uid = .text(photo.envelope.uid)
    place = photo.envelope.position.map { .integer($0) } ?? .null
    self.page = page
  }

  private var isAtSamePlace: Condition { .compare("position", .equal, place) }
  private var hasPlace: Condition { .compare("position", .unequal, .null) }
  private var isAtSmallerPlace: Condition { place.isNull ? hasPlace : .compare("position", .less, place) }

  func countBefore() throws -> Int {
    let before = Condition.any([
      isAtSmallerPlace, .all([isAtSamePlace, .compare("uid", .less, uid)]),
    ])
    return try page.count(Photo.name, where: .all([album, before]))
  }

  func previous() throws -> Item? {
    try first(.all([isAtSamePlace, .compare("uid", .less, uid)]), descends: true)
      ?? first(isAtSmallerPlace, descends: true)
  }

  func next() throws -> Item? {
    if let item = try first(.all([isAtSamePlace, .compare("uid", .greater, uid)])) { return item }
    guard !place.isNull else { return nil }
    return try first(.any([.compare("position", .greater, place), .not(hasPlace)]))
  }

  private func first(_ condition: Condition, descends: Bool = false) throws -> Item? {
    try page.items(
      Photo.name, where: .all([album, condition]),
      order: Query.siblings.map { .init($0.field, descends: descends) }, limit: 1
    ).first
  }
}
