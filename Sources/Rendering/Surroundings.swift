import ContentModel
import Foundation
public import SenKernel

/// What every page of a site is made with: how its language writes, where its files lie, how long texts become HTML.
public final class Surroundings: Sendable {
  public let settings: SiteSettings
  /// The site's own address without a slash at its end, where visitors find it; nil while the administrator has not
  /// said it.
  public let origin: String?
  let style: PeopleStyle
  let pictures: PictureShelf
  let words: Words
  let prose: Prose
  /// What the paths of files begin with.
  let mediaRoot: String
  /// Where forms are sent: empty for the site itself, else the origin of the live one.
  let actionsOrigin: String
  /// What proves that a form came from this site, for the path that it is sent to; empty for published files.
  let token: @Sendable (_ path: String) throws -> String
  /// Whether somebody answers what visitors send: their forms, their searches, the links that are counted.
  let isAnswered: Bool
  /// Whether pages are written to files, and not made when they are asked for.
  let isFile: Bool

  /// - Parameters:
  ///   - mediaRoot: what the paths of files begin with; another for a page that not everybody may see.
  ///   - isFile: whether pages are written to files.
  ///   - sizes: makes the sizes of pictures that a page is the first to show; nil where they are made before.
  public init(
    _ site: Site, actionsOrigin: String = "", mediaRoot: String = "/media", sizes: SizeMaker? = nil,
    isFile: Bool = false,
    token: (@Sendable (_ path: String) throws -> String)? = nil
  ) {
    settings = site.settings
    origin = settings.place?.text
    self.isFile = isFile
    style = PeopleStyle(timeZone: site.timeZone, language: settings.language.hasPrefix("vi") ? .vi : .en)
    pictures = PictureShelf(site: site, maker: sizes)
    words = Words(language: settings.language)
    prose = Prose(site, words, pictures, mediaRoot)
    self.mediaRoot = mediaRoot
    (self.actionsOrigin, self.token) = (actionsOrigin, token ?? { _ in "" })
    isAnswered = token != nil || !actionsOrigin.isEmpty
  }

  /// What visitors do is for the live site; all else is here.
  public func path(of address: PageAddress) -> String {
    switch address {
    case .action, .search: actionsOrigin + address.path
    default: address.path
    }
  }
  /// Where a list is asked for less, which is for the live site as well.
  func path(ofAsked address: PageAddress) -> String { actionsOrigin + address.path }
  public func path(ofFile name: MediaName) -> String { "\(mediaRoot)/\(name.name)" }
  public func path(ofPicture size: PublishedPicture.Size) -> String { "\(mediaRoot)/\(size.name)" }
  func path(ofPublished file: PublishedFile) -> String { "\(mediaRoot)/\(file.name)" }
  /// The whole address of a path, for machines elsewhere; the path itself where the site does not know its address.
  public func address(_ path: String) -> String { (origin ?? "") + path }
}
