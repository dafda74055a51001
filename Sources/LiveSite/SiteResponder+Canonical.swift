import Foundation
import Rendering
import SenKernel
import Web

/// One address for one page: other forms of it lead there.
extension SiteResponder {
  /// The address that a page has, where a request has another form of it: without its slash, with letters as `%XX` that
  /// need not be, with the number of a part said in the query or said needlessly. Nil where it is the one.
  func canonical(_ address: PageAddress, _ request: WebRequest) -> String? {
    let (place, query) = numbered(address, request)
    let path = place.encodedPath
    let isPlain = place == address && (request.rawPath == path || request.rawPath == place.path)
    if isPlain, query == request.rawQuery { return nil }
    return query.isEmpty ? path : "\(path)?\(query)"
  }

  /// Whether a page is at an address, or was: what visitors cannot see is not told.
  func mayBe(at address: PageAddress, _ now: Date) throws -> Bool {
    switch address {
    case .list(let noun, _): return site.registry.pages[noun] != nil
    case .item(let noun, let slug, _), .action(let noun, let slug, _), .feed(_, .item(let noun, let slug)):
      guard site.registry.pages[noun] != nil, let envelope = try envelope(noun, slug) else { return false }
      return envelope.isPublic(at: now) || envelope.isOver(at: now)
    default: return true
    }
  }

  func envelope(_ noun: String, _ slug: String) throws -> Envelope? {
    try site.read { db in
      try site.store.id(slug: slug, of: noun, db).flatMap { try site.store.fetch($0, of: noun, db) }
    }?.envelope
  }

  /// The address and the query with the number of the part (`page=02`) where it belongs.
  private func numbered(_ address: PageAddress, _ request: WebRequest) -> (PageAddress, String) {
    guard let text = request.query["page"] else { return (address, request.rawQuery) }
    // Nobody counts further; what is no number is for the page to judge.
    let number: Int? =
      text.isEmpty ? 1 : text.utf8.count <= 6 && text.utf8.allSatisfy(Self.isDigit) ? Int(text) : nil
    guard let number, number > 0 else { return (address, request.rawQuery) }
    switch address {
    case .search:
      return (address, query(request, page: number == 1 ? nil : number))
    case .list(let noun, _):
      // A field of the list's own form may be called so.
      let isField = site.registry.pages[noun]?.filters.contains("page") ?? false
      if isField { return (address, request.rawQuery) }
      return (text.isEmpty ? address : .list(noun: noun, page: number), query(request, page: nil))
    case .item where number == 1: return (address, query(request, page: nil))
    default: return (address, request.rawQuery)
    }
  }

  /// The query as it was sent, but for the number of the part.
  private func query(_ request: WebRequest, page: Int?) -> String {
    var parts: [Substring] = []
    var isSaid = false
    for part in request.rawQuery.split(separator: "&") {
      guard Self.isPage(part) else {
        parts.append(part)
        continue
      }
      // The first counts, as everywhere.
      if let page, !isSaid { parts.append("page=\(page)") }
      isSaid = true
    }
    return parts.joined(separator: "&")
  }

  private static func isPage(_ part: Substring) -> Bool { part == "page" || part.hasPrefix("page=") }
  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
