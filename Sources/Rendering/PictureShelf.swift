import ContentModel
import Foundation
import SenKernel
import Templates

/// The sizes in which pictures of a site are published.
struct PictureShelf: Sendable {
  let site: Site
  /// Nil where sizes are made before the pages.
  let maker: SizeMaker?

  /// A picture with its sizes; nil while they have not been made.
  /// - Parameter lacks: told for how many seconds a page may be shown that lacks it.
  func picture(_ name: MediaName, lacks: (TimeInterval) -> Void) throws -> PublishedPicture? {
    guard let maker else { return try site.publishedPicture(name) }
    switch try maker.picture(name) {
    case .picture(let picture): return picture
    case .missing(let seconds):
      lacks(seconds)
      return nil
    }
  }

  /// The largest size of a picture as a file, likewise.
  func largest(_ name: MediaName, lacks: (TimeInterval) -> Void) throws -> PublishedFile? {
    if maker != nil, try site.largestPublished(name) == nil { _ = try picture(name, lacks: lacks) }
    return try site.largestPublished(name)
  }
}

/// A picture in a template.
struct PictureValue: TemplateValue {
  /// What must not be cut off, from 0, left and top, to 1.
  struct Focus {
    let x: Double
    let y: Double

    /// The classes of the style sheet that keep it in sight, which pages may have where styles of their own are forbidden:
    /// in tenths, `x3 y7`. Nil for the middle, which stays anyway.
    var classes: String? {
      // Whatever is stored: what is no number is nowhere, and stays in the middle.
      func tenths(_ share: Double) -> Int { share.isNaN ? 5 : Int((min(max(share, 0), 1) * 10).rounded()) }
      let (x, y) = (tenths(x), tenths(y))
      return (x, y) == (5, 5) ? nil : "x\(x) y\(y)"
    }
  }

  let picture: PublishedPicture
  let alt: String
  let focus: Focus?
  let surroundings: Surroundings

  func child(named name: String) -> (any TemplateValue)? {
    switch name {
    case "alt": return TextValue(text: alt)
    case "focus": return focus?.classes.map { Written(html: $0) } ?? Written.nothing
    case "src": return Written(html: surroundings.path(ofPicture: picture.usual))
    case "full": return Written(html: surroundings.path(ofPicture: picture.largest))
    case "thumb": return Written(html: surroundings.path(ofPicture: picture.thumbnail))
    case "srcset":
      return Written(
        html: picture.sizes.map { "\(surroundings.path(ofPicture: $0)) \($0.width)w" }.joined(
          separator: ", "))
    case "width": return Written(html: String(picture.usual.width))
    case "height": return Written(html: String(picture.usual.height))
    case "fullWidth": return Written(html: String(picture.largest.width))
    case "fullHeight": return Written(html: String(picture.largest.height))
    case "thumbWidth": return Written(html: String(picture.thumbnail.width))
    case "thumbHeight": return Written(html: String(picture.thumbnail.height))
    default: return nil
    }
  }
}
