import Foundation
import Rendering
import SenKernel
import Web

/// The maker of pages, put together anew when settings or the site's own theme may have changed.
struct MakerShelf: Sendable {
  private let site: Site
  private let signer: SignedValues
  private let kept = Guarded<(era: Int64, maker: PageMaker)?>(nil)
  private let failed: @Sendable (String) -> Void
  let sizes: SizeMaker

  init(_ site: Site, _ signer: SignedValues, failed: @escaping @Sendable (String) -> Void) {
    (self.site, self.signer, self.failed, sizes) = (site, signer, failed, SizeMaker(site))
  }

  /// The maker for an era of the content, as `ContentClock` counts them.
  func maker(of era: Int64) throws -> PageMaker {
    try kept.withLock { kept in
      if let kept, kept.era >= era { return kept.maker }
      return try make(era, &kept)
    }
  }

  /// The one that there is, for what is no page of the content.
  func latest() throws -> PageMaker { try kept.withLock { kept in try kept?.maker ?? make(0, &kept) } }

  private func make(_ era: Int64, _ kept: inout (era: Int64, maker: PageMaker)?) throws -> PageMaker {
    try site.reloadSettings()
    let (site, signer) = (site, signer)
    let surroundings = Surroundings(site, sizes: sizes) { path in
      // The same all day, so that a page which is made anew and shows the same has the same bytes.
      let today = (site.clock().timeIntervalSince1970 / 86_400).rounded(.up) * 86_400
      return try signer.token(
        for: path, purpose: "form", until: Date(timeIntervalSince1970: today + 2 * 86_400))
    }
    let maker: PageMaker
    do {
      maker = try PageMaker(site, surroundings)
    } catch let refusal as Refusal {
      // A theme with a fault in it is not shown; the last good one is, until somebody has mended it.
      guard let last = kept?.maker else { throw refusal }
      failed("The theme stays as it was: \(refusal.message)")
      maker = PageMaker(site, surroundings, themeOf: last)
    }
    kept = (era, maker)
    return maker
  }
}
