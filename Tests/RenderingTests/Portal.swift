import ContentModel
import Foundation
import News
import Pages
import Polls
import Rendering
import SenKernel
import SenTesting
import Testing

/// A site with news and pages, and what its addresses answer.
struct Portal {
  static let address = "https://nongthon.example.vn"
  let clock = TestClock("2026-11-24T09:00:00Z")
  let test: TestSite

  init(address: String? = Portal.address) throws {
    let clock = clock
    test = try TestSite([NewsPlugin(), PagesPlugin(), PollsPlugin()]) { clock.now }
    try test.run("config set title 'Nông thôn mới'")
    if let address { try test.run("config set address \(address)") }
  }

  @discardableResult
  func run(_ line: String) throws -> String { try test.run(line) }

  /// Articles that came out an hour apart, the last of them now.
  func publish(_ count: Int) throws {
    for number in 1...count {
      let moment = clock.now.addingTimeInterval(TimeInterval(3600 * (number - count)))
      try run("article create 'Tin \(number)' --state published --publish-at \(Timestamp.text(moment))")
    }
  }

  func answer(_ path: String) throws -> PageAnswer {
    let address = try #require(PageAddress(path: path), "\(path)")
    let maker = try PageMaker(test.site, Surroundings(test.site))
    return try test.site.read { try maker.answer(address, $0, now: clock.now) }
  }

  /// The page at a path, which has to be there.
  func page(_ path: String) throws -> Page {
    guard case .page(let page) = try answer(path) else {
      throw Refusal(.notFound, "\(path): \(try answer(path))")
    }
    return page
  }

  func text(_ path: String) throws -> String { String(decoding: try page(path).bytes, as: UTF8.self) }
  func xml(_ path: String) throws -> Element { try Element(page(path).bytes) }

  /// `page`, `missing`, `gone` or where it has moved to.
  func outcome(_ path: String) throws -> String {
    switch try answer(path) {
    case .page: "page"
    case .moved(let address): address.path
    case .gone: "gone"
    case .missing: "missing"
    }
  }
}
