import ContentModel
import SenKernel
import Templates

/// The sizes in which pictures of a site are published.
struct PictureShelf: Sendable {
  let site: Site

  /// A picture with its sizes; nil while they have not been made.
  func picture(_ name: MediaName) throws -> PublishedPicture? { try site.publishedPicture(name) }
}

/// A picture in a template.
struct PictureValue: TemplateValue {
  let picture: PublishedPicture
  let alt: String
  let surroundings: Surroundings

  func child(named name: String) -> (any TemplateValue)? {
    switch name {
    case "alt": return TextValue(text: alt)
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
