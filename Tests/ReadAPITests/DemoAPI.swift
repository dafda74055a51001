import Banners
import ContentModel
import Documents
import Exchange
import Formats
import Foundation
import Gallery
import Links
import LiveSite
import Menus
import News
import Pages
import Polls
import Questions
import SenKernel
import SenTesting
import Testing
import Visits
import Weather
import Web

/// A site with its reading API, asked without a socket.
struct SiteAPI {
  let site: TestSite
  let responder: SiteResponder

  init(_ site: TestSite) throws {
    self.site = site
    responder = try SiteResponder(site.site) { Issue.record("\($0)") }
  }

  /// The demo content, as `make demo` has it.
  static func demo(clock: TestClock = TestClock("2026-11-30T08:00:00Z")) throws -> SiteAPI {
    let site = try TestSite(
      [
        NewsPlugin(), PollsPlugin(), GalleryPlugin(), LinksPlugin(), WeatherPlugin(), ExchangePlugin(),
        PagesPlugin(), MenusPlugin(), BannersPlugin(), DocumentsPlugin(), QuestionsPlugin(), VisitsPlugin(),
      ]
    ) { clock.now }
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Examples/Demo").path
    let more = try FileManager.default.contentsOfDirectory(atPath: "\(folder)/more").sorted()
    let records = try (["demo.ndjson"] + more.map { "more/\($0)" })
      .map { try String(contentsOfFile: "\(folder)/\($0)", encoding: .utf8) }.joined()
    let path = "\(site.folder)/demo.ndjson"
    try records.write(toFile: path, atomically: true, encoding: .utf8)
    try site.run("import ndjson \"\(path)\"", MemoryOutput())
    let script = try String(contentsOfFile: "\(folder)/demo.sen", encoding: .utf8)
    for line in script.split(separator: "\n") where !line.hasPrefix("#") && !line.hasPrefix("visits record") {
      try site.run(String(line))
    }
    return try SiteAPI(site)
  }

  func response(_ target: String, _ method: WebMethod = .get) throws -> WebResponse {
    do {
      let request = try WebRequest(method, target)
      do {
        return try responder.ready(for: request)?.response ?? responder.respond(to: request)
      } catch let problem as WebProblem {
        return responder.page(of: problem, for: request)
      }
    } catch let problem as WebProblem {
      return responder.page(of: problem, for: nil)
    }
  }

  /// The answer as JSON.
  func get(_ target: String, _ status: Int = 200, _ place: SourceLocation = #_sourceLocation) throws
    -> FieldValue
  {
    let response = try response(target)
    #expect(response.status == status, "\(target): \(response.text)", sourceLocation: place)
    return try JSONReader.value(response.text)
  }

  func isReady(_ target: String) throws -> Bool {
    try responder.ready(for: WebRequest(.get, target)) != nil
  }

  /// The slugs of a list, all of its parts one after the other.
  func slugs(_ target: String) throws -> [String] {
    var (slugs, next): ([String], String?) = ([], target)
    while let path = next {
      let part = try get(path)
      slugs += part["items"]?.list.compactMap { $0["slug"]?.text } ?? []
      next = part["next"]?.text
      guard slugs.count < 10_000 else { break }
    }
    return slugs
  }

  func document() throws -> FieldMap { try #require(get("/api/openapi.json").map) }
}

extension WebResponse {
  var text: String {
    if case .bytes(let bytes) = body { String(decoding: bytes.plain, as: UTF8.self) } else { "" }
  }
}
