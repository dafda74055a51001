import Foundation
import GRDB
import ReadAPI
import Rendering
public import SenKernel
public import Web

/// The live site: answers requests with its pages, files and actions.
public final class SiteResponder: Responder {
  let site: Site
  let visitors: Visitors
  let signer: SignedValues
  let clock: ContentClock
  private let cache: ResponseCache
  /// What programs ask for is kept apart: they may ask in many ways, and no page goes for that.
  let kept: ResponseCache
  /// Nil where nobody counts visits.
  private let visits: CountingDesk<SeenPages>?
  let passages: CountingDesk<[Passage]>
  let makers: MakerShelf
  private let dates = PageDates()
  let media: PublicMedia
  /// Where there is a cache before the site: what tells it of changes, and what looks for them.
  private let purges: [PurgeDesk]
  private let watch: ContentWatch?
  /// A page is made anew after a day in any case: the tokens of its forms hold for two.
  static let longest: TimeInterval = 86_400

  /// - Parameters:
  ///   - memory: bytes of pages that are kept ready.
  ///   - purges: of each cache before the site, what tells it of changes; answers then say what they show, and how
  ///     long that holds.
  ///   - failed: told what went wrong beside the answers.
  public init(
    _ site: Site, memory: Int = 24 << 20, purges: [PurgeDesk] = [],
    failed: @escaping @Sendable (String) -> Void
  ) throws {
    (self.site, self.purges) = (site, purges)
    signer = try SiteKey.signer(site)
    visitors = Visitors(signer)
    // The first look sees everything as changed: what has while nobody looked, nobody knows.
    clock = try ContentClock(site) { changes in
      let keys = SurrogateKeys.keys(changes)
      if !keys.isEmpty { for purge in purges { purge.take(keys) } }
    }
    media = PublicMedia(site)
    cache = ResponseCache(limit: memory)
    kept = ResponseCache(limit: memory / 4)
    let keepers = try site.registry.plugins.compactMap { try $0.visitKeeper(site) }
    visits =
      keepers.isEmpty
      ? nil
      : CountingDesk("visits", empty: SeenPages()) { [visitors] seen in
        do {
          for visit in try seen.visits(visitors.session) { for keeper in keepers { try keeper.count(visit) } }
          for keeper in keepers { try keeper.write() }
        } catch {
          failed("Visits could not be counted: \(error)")
        }
      }
    passages = CountingDesk("passages", empty: []) { passages in
      do {
        try Self.write(passages, site)
      } catch {
        failed("\(passages.count) clicks could not be counted: \(error)")
      }
    }
    makers = MakerShelf(site, signer, failed: failed)
    watch = purges.isEmpty ? nil : ContentWatch(clock, site, failed: failed)
    _ = try makers.maker(of: clock.look(at: site.clock()).era)
  }

  /// Writes what was counted in memory, and tells caches no more.
  public func close() {
    visits?.close()
    passages.close()
    watch?.close()
    for purge in purges { purge.close() }
  }

  public func ready(for request: WebRequest) -> KeptResponse? {
    let now = site.clock()
    if APIAddress.isBelow(request.rawPath) {
      return clock.known(at: now).flatMap {
        kept.response(for: Self.key(request), generation: $0, now: now)
      }
    }
    guard request.rawQuery.isEmpty else { return nil }
    guard let generation = clock.known(at: now),
      let kept = cache.response(for: request.rawPath, generation: generation, now: now)
    else { return nil }
    countVisit(request, kept.response, now)
    return kept
  }

  public func respond(to request: WebRequest) throws -> WebResponse {
    let now = site.clock()
    if APIAddress.isBelow(request.path.text) { return try readAPI(request, now) }
    if request.method == .post { return try act(request, now) }
    guard request.method == .get || request.method == .head else {
      throw WebProblem(405, "This method is not understood here.", headers: ["Allow": "GET, HEAD, POST"])
    }
    let path = request.path.text
    if path.hasPrefix(PreviewToken.root) {
      return try preview(request, now) ?? notice("missing", 404, now)
    }
    if let file = try self.file(path, now) { return file }
    if let act = try self.passage(request, now) { return act }
    guard let address = PageAddress(path: path) else { return try notice("missing", 404, now) }
    if let canonical = canonical(address, request) {
      // What is not there is missing at once, with a slash or without.
      return try mayBe(at: address, now) ? moved(to: canonical) : notice("missing", 404, now)
    }
    let state = try clock.look(at: now)
    let maker = try makers.maker(of: state.era)
    let query = request.query["q"] ?? ""
    let asked = Dictionary(request.query.fields.map { ($0.name, $0.value) }, uniquingKeysWith: { $1 })
    let said = try thanked(request, at: address, now).flatMap { maker.word("done-\($0)") }
    let answer = try site.read {
      try maker.answer(
        address, query: query, asked: asked, said: said, voter: voter(of: request, now), $0, now: now)
    }
    switch answer {
    case .moved(let address): return moved(to: address.path, request)
    case .gone: return try notice("gone", 410, now)
    case .missing: return try notice("missing", 404, now)
    case .page(let page):
      var response = WebResponse(
        headers: ["Content-Type": page.type, "Cache-Control": "no-cache"],
        body: .bytes(WebBytes(page.bytes)))
      guard request.rawQuery.isEmpty else {
        response.headers["Cache-Control"] = "no-store"
        return response
      }
      if page.trace.isPersonal {
        // Neither the memory here nor a cache on the way may give it to another.
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers.add("Vary", "Cookie")
        countVisit(request, response, now)
        return response
      }
      let ends = [state.stamp.until, page.expiry, now.addingTimeInterval(Self.longest)]
      let end = ends.compactMap { $0 }.min()
      if !purges.isEmpty, let end {
        // Browsers ask each time (`no-cache`) whatever this says; a cache that can be told of changes need not.
        response.headers["Expires"] = HTTPDate.text(end)
        let traces = [page.trace, page.shared].compactMap(\.self)
        response.headers[SurrogateKeys.header] = SurrogateKeys.text(traces)
      }
      response = try response.tagged()
      response.lastModified = response.entityTag.flatMap { dates.date(of: request.rawPath, $0, now: now) }
      response = try cache.store(
        response, for: request.rawPath, generation: state.generation, until: end)
      countVisit(request, response, now)
      return response
    }
  }

  public func page(of problem: WebProblem, for request: WebRequest?) -> WebResponse {
    if let request, APIAddress.isBelow(request.path.text) { return Self.apiProblem(problem) }
    let kind = problem.status == 404 ? "missing" : problem.status == 410 ? "gone" : "failure"
    do {
      // In the visitors' language where there are words for it; what was wrong exactly is for programs.
      let now = site.clock()
      if problem.status == 429, let request, let page = try givenBack(request, problem, now) { return page }
      let tooLong = try problem.status == 413 ? request.flatMap { try self.tooLong($0, now) } : nil
      let reason = try tooLong ?? word("problem-\(problem.status)") ?? problem.reason
      var response = try notice(
        kind, problem.status, now, text: problem.status < 500 ? reason : nil)
      response.headers.fields += problem.headers.fields
      return response
    } catch {
      // What cannot even say that it failed says so in one line.
      return WebResponse.text(problem.reason + "\n", status: problem.status)
    }
  }

  // MARK: Parts

  func notice(_ kind: String, _ status: Int, _ now: Date, text: String? = nil) throws -> WebResponse {
    let maker = try makers.latest()
    let page = try site.read { try maker.notice(kind, text: text, $0, now: now) }
    return WebResponse(
      status, headers: ["Content-Type": page.type, "Cache-Control": "no-store"],
      body: .bytes(WebBytes(page.bytes)))
  }

  func moved(to path: String, _ request: WebRequest) -> WebResponse {
    moved(to: request.rawQuery.isEmpty ? path : "\(path)?\(request.rawQuery)")
  }

  private func moved(to address: String) -> WebResponse {
    var response = WebResponse.redirect(to: address, status: 301)
    // A slug may come back to what had it, or to something else: browsers keep a 301 for good unless told to ask again.
    response.headers["Cache-Control"] = "no-cache"
    return response
  }

  func word(_ name: String) throws -> String? { try makers.latest().word(name) }

  /// A file of the theme or of the site's media; nil for other paths.
  private func file(_ path: String, _ now: Date) throws -> WebResponse? {
    let forEver = "public, max-age=31536000, immutable"
    if path.hasPrefix("/site/theme/") {
      let name = String(path.dropFirst("/site/theme/".count))
      guard let bytes = try makers.latest().themeFile(name) else { throw WebProblem.notFound() }
      return try WebResponse(
        headers: [
          // Drawings of a theme are its owner's; uploaded ones are no pictures to anybody.
          "Content-Type": name.hasSuffix(".svg")
            ? "image/svg+xml" : MediaType.known(for: name) ?? "application/octet-stream",
          "Cache-Control": forEver,
        ], body: .bytes(WebBytes(bytes))
      ).tagged()
    }
    guard path.hasPrefix("/media/") else { return nil }
    let name = String(path.dropFirst("/media/".count))
    guard let place = try media.place(of: name, generation: clock.look(at: now).generation, now: now) else {
      throw WebProblem.notFound()
    }
    try restore(place)
    var response = WebResponse(
      // Feeds and the API name them, and are read on pages of other sites.
      headers: ["Cache-Control": "public, max-age=86400", "Cross-Origin-Resource-Policy": "cross-origin"],
      body: .file(WebFile(folder: place.folder, name: place.name)))
    if !purges.isEmpty {
      response.headers[SurrogateKeys.header] = "\(SurrogateKeys.all) \(SurrogateKeys.media)"
    }
    return response
  }

  private func countVisit(_ request: WebRequest, _ response: WebResponse, _ now: Date) {
    guard let visits, response.headers["Content-Type"]?.hasPrefix("text/html") ?? false, Visit.isOne(request)
    else { return }
    visits.take { $0.add(request, at: now) }
  }
}
