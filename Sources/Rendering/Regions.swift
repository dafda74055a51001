import Foundation
import Mustache
import SenKernel

/// The blocks of all regions, written once for all pages that show them.
struct Regions {
  /// HTML by region.
  let html: [String: String]
  let trace: PageTrace

  init(_ page: PageContext, _ maker: PageMaker) throws {
    let page = PageContext(site: page.site, db: page.db, now: page.now)
    var html: [String: String] = [:]
    for block in try PlacedBlock.all(page) {
      let template = "block-\(block.type.name)"
      guard maker.theme.has(template), var view = try block.view(page) else { continue }
      if view["title"] == nil { view["title"] = .text(block.title) }
      let writer = ValueWriter(page: page, surroundings: maker.surroundings)
      let content = try maker.render(template, Layered(ViewValues(view, writer), maker.common), writer)
      let frame: [String: Any] = [
        "id": Written(renderText: String(block.id)), "kind": TextValue(text: block.type.name),
        "region": TextValue(text: block.region), "title": TextValue(text: block.title),
        "content": Written(renderText: content),
      ]
      html[block.region, default: ""] += try maker.render(
        "block", Layered(NamedValues(values: frame), maker.common), writer)
    }
    (self.html, trace) = (html, page.trace)
  }
}

/// Values, and behind them those that every template knows.
struct Layered: MustacheParent {
  private let own: any MustacheParent
  private let common: any MustacheParent

  init(_ own: any MustacheParent, _ common: any MustacheParent) { (self.own, self.common) = (own, common) }
  func child(named name: String) -> Any? { own.child(named: name) ?? common.child(named: name) }
}
