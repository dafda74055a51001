import ContentModel
import Foundation
import Hypertext
import SenKernel

/// Long texts of editors as HTML that is safe to send, with the pictures of the site in their published sizes.
struct Prose: Sendable {
  private let pictures: PictureShelf
  private let tableLabel: String
  private let mediaRoot: String
  private let ownHosts: Set<String>
  private let shelf = ProseShelf()

  init(_ site: Site, _ words: Words, _ pictures: PictureShelf, _ mediaRoot: String) {
    (self.pictures, self.mediaRoot) = (pictures, mediaRoot)
    tableLabel = words["table"] ?? "Table"
    // As the site says it, and as machines do.
    ownHosts = Set(
      [site.settings.place?.readable, site.settings.place?.origin].compactMap {
        $0.flatMap { URLComponents(string: $0) }
      }.flatMap { [$0.host, $0.encodedHost] }.compactMap { $0?.lowercased() })
  }

  /// - Returns: the HTML in UTF-8, the names of the files that it leads to, as `PageTrace.media` has them, whether it
  ///   lacks a picture whose sizes are still to be made, and for how many seconds it may be shown so.
  func html(_ text: String, _ format: BodyFormat, _ idPrefix: String, _ firstHeading: Int = 2) -> (
    html: [UInt8], media: Set<String>, lacksPicture: Bool, holds: TimeInterval?
  ) {
    // Markdown is made anew in hardly more time than a text takes to be found.
    let key = format == .html ? ProseShelf.Key(text, idPrefix, firstHeading) : nil
    if let key, let made = shelf[key] { return (made.html, made.media, false, nil) }
    let found = Found()
    let (pictures, root) = (pictures, mediaRoot)
    var policy = HTMLPolicy()
    (policy.tableLabel, policy.ownHosts, policy.idPrefix) = (tableLabel, ownHosts, idPrefix)
    policy.firstHeading = firstHeading
    policy.image = { source in
      guard let name = Self.media(source) else { return .asItIs }
      guard let picture = found.picture(name, pictures) else { return .leftOut }
      for size in picture.sizes { found.insert(size.name) }
      let usual = picture.usual
      return .shown(
        ImageFacts(
          source: "\(root)/\(usual.name)", width: usual.width, height: usual.height,
          sourceSet: picture.sizes.map { "\(root)/\($0.name) \($0.width)w" }.joined(
            separator: ", "),
          sizes: "(min-width: 48rem) 42rem, 100vw"))
    }
    policy.link = { address in
      guard let name = Self.media(address) else { return nil }
      if PublishedSizes.isPicture(name) {
        // Its original is nobody's business.
        guard let picture = found.picture(name, pictures) else { return "" }
        found.insert(picture.largest.name)
        return "\(root)/\(picture.largest.name)"
      }
      found.insert(name.name)
      return "\(root)/\(name.name)"
    }
    let html =
      switch format {
      case .markdown: Markdown(policy).html(text)
      case .html: Sanitizer(policy).clean(text)
      }
    let made = ProseShelf.Made(html: html.bytes, media: found.names)
    // A picture whose sizes are still to be made is looked for again.
    if let key, !found.lacks { shelf.keep(made, key) }
    return (made.html, made.media, found.lacks, found.holds)
  }

  /// The file of the site that an address in a text means: `media/HASH.jpg`, from wherever that is.
  private static func media(_ address: String) -> MediaName? {
    guard let last = address.split(separator: "/").last, last.utf8.count > 64 else { return nil }
    return try? MediaName(fieldValue: .text(String(last)))
  }

  /// What a text leads to, gathered while it is cleaned.
  private struct Found: Sendable {
    private let gathered = Guarded<(names: Set<String>, lacks: Bool, holds: TimeInterval?)>(
      ([], false, nil))

    var names: Set<String> { gathered.withLock { $0.names } }
    /// Whether a picture was asked for that is not there.
    var lacks: Bool { gathered.withLock { $0.lacks } }
    /// How long the text may be shown without it; nil for as long as nothing changes.
    var holds: TimeInterval? { gathered.withLock { $0.holds } }
    func insert(_ name: String) { gathered.withLock { _ = $0.names.insert(name) } }

    /// A picture that cannot be looked at is none; the text is shown without it.
    func picture(_ name: MediaName, _ pictures: PictureShelf) -> PublishedPicture? {
      let picture: PublishedPicture?
      do {
        picture = try pictures.picture(name) { seconds in
          gathered.withLock { $0.holds = min($0.holds ?? seconds, seconds) }
        }
      } catch {
        picture = nil
      }
      if picture == nil { gathered.withLock { $0.lacks = true } }
      return picture
    }
  }
}
