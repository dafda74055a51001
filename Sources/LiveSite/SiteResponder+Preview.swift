import Foundation
import GRDB
import Rendering
import SenKernel
import Web

/// Pages for those whom somebody sent a link (`sen article preview`): made anew each time, kept nowhere, counted nowhere,
/// without forms.
extension SiteResponder {
  /// Nil for what is no preview, or none any more: whoever asks gets what anybody gets at such an address.
  func preview(_ request: WebRequest, _ now: Date) throws -> WebResponse? {
    let parts = request.path.segments
    guard parts.count >= 2, "/\(parts[0])/" == PreviewToken.root,
      let token = try PreviewToken(parts[1], signer, now: now)
    else { return nil }
    switch parts.count {
    case 2: return try page(of: token, 1, now)
    case 3:
      guard let part = Int(parts[2]), part > 1, String(part) == parts[2] else { return nil }
      return try page(of: token, part, now)
    case 4... where parts[2] == "media":
      return try file(parts[3...].joined(separator: "/"), of: token, now)
    default: return nil
    }
  }

  private func page(of token: PreviewToken, _ part: Int, _ now: Date) throws -> WebResponse? {
    // Its settings are those in force.
    _ = try makers.maker(of: clock.look(at: now).era)
    let maker = try PageMaker(site, Surroundings(site, mediaRoot: token.mediaRoot, sizes: makers.sizes))
    let answer = try site.read {
      try maker.preview(of: token.uid, until: token.end, at: token.path, part: part, $0, now: now)
    }
    guard case .page(let page) = answer else { return nil }
    return WebResponse(
      headers: Self.unlisted(["Content-Type": page.type]), body: .bytes(WebBytes(page.bytes)))
  }

  /// A file that the item itself leads to, or that everybody gets.
  private func file(_ name: String, of token: PreviewToken, _ now: Date) throws -> WebResponse? {
    let generation = try clock.look(at: now).generation
    let place =
      try media.place(of: name, generation: generation, now: now) ?? media.place(of: name, on: token.uid)
    guard let place else { return nil }
    try restore(place)
    return WebResponse(
      headers: Self.unlisted([:]), body: .file(WebFile(folder: place.folder, name: place.name)))
  }

  /// What is for a few: kept by nobody, listed nowhere, and no other site learns of its address.
  private static func unlisted(_ headers: WebHeaders) -> WebHeaders {
    var headers = headers
    headers["Cache-Control"] = "no-store"
    headers["X-Robots-Tag"] = "noindex"
    headers["Referrer-Policy"] = "no-referrer"
    return headers
  }
}
