import Foundation
import SenKernel
import Web

/// Sizes of pictures whose files have gone under a running server.
extension SiteResponder {
  /// Has a size of a picture made anew whose file has gone: pages that were made before lead to it.
  func restore(_ place: (folder: String, name: String)) throws {
    guard place.folder == PublishedSizes.root(site),
      !FileManager.default.fileExists(atPath: "\(place.folder)/\(place.name)"),
      case .missing(let seconds) = try makers.sizes.restored(place.name)
    else { return }
    // Where others are being made first, it is there a little later.
    guard seconds < SizeMaker.later else { throw WebProblem.notFound() }
    throw WebProblem(
      503, "This picture is being made; try again in a moment.",
      headers: ["Retry-After": String(Int(seconds))])
  }
}
