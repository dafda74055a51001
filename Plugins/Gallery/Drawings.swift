import SenKernel

/// What `album show --draw` and `photo show --draw` draw.
enum Drawings {
  static let all = [album, photo]

  private static let album = Drawing(of: Album.self) { album, screen, context in
    let site = try context.site
    let photos = try site.read { try Photo.of(album.envelope.id, site, $0) }
    for photo in photos.prefix(context.invocation.integer("limit") ?? photos.count) {
      if context.output.isInterrupted { throw CancellationError() }
      let title = "\(photo.envelope.id) \(context.output.visible(photo.envelope.title))\n"
      try context.output.bytes.write(Array(title.utf8))
      try draw(photo.body, screen, context)
    }
  }

  private static let photo = Drawing(of: Photo.self) { photo, screen, context in
    try draw(photo.body, screen, context)
  }

  private static func draw(_ photo: Photo, _ screen: Screen, _ context: CommandContext) throws {
    let site = try context.site
    guard let file = photo.file else { return }
    // A size is opened sooner than the original, and is upright already.
    let path = PublishedSizes.path(PublishedSizes.thumb, file, site) ?? site.mediaPath(file.name)
    do {
      let dots = try site.pictures.dots(PictureFile.read(path), columns: min(screen.columns, 80), rows: 48)
      try context.output.bytes.write(Array("\(HalfBlocks.text(dots, screen.colours))\n".utf8))
    } catch let refusal as Refusal {
      // One that is lost or broken does not keep the others from being seen.
      context.output.note("\(file.name) \(refusal.message)")
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
