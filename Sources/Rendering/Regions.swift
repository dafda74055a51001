import Foundation
import Hypertext
import SenKernel
import Templates

/// The blocks of all regions, written once for all pages that show them.
struct Regions: TemplateValue {
  /// HTML in UTF-8 by region.
  let html: [String: [UInt8]]
  let trace: PageTrace

  /// Regions that stand before the heading of most pages: what is in them has no headings, which would come before it.
  private static let early: Set<String> = ["header", "top", "main-top"]

  init(_ page: PageContext, _ maker: PageMaker) throws {
    let page = PageContext(site: page.site, db: page.db, now: page.now, isFile: page.isFile)
    var html: [String: [UInt8]] = [:]
    for block in try PlacedBlock.all(page) {
      guard var view = try block.view(page), let template = Self.template(block, view, maker) else {
        continue
      }
      if view["title"] == nil { view["title"] = .text(block.title) }
      let isEarly = Self.early.contains(block.region)
      let writer = ValueWriter(
        page: page, surroundings: maker.surroundings, idPrefix: "b\(block.id)-",
        firstHeading: isEarly ? HTMLPolicy.noHeadings : 3)
      var frame: [String: any TemplateValue] = [
        "id": Written(html: String(block.id)), "kind": TextValue(text: block.type.name),
        "region": TextValue(text: block.region), "isEarly": isEarly, "title": TextValue(text: block.title),
        "more": Self.address(ofMore: view, writer),
      ]
      let shared = Layered(NamedValues(values: ["block": NamedValues(values: frame)]), maker.common)
      let content = try maker.render(template, Layered(ViewValues(view, writer), shared), writer)
      frame["content"] = Rendered(bytes: content)
      html[block.region, default: []] += try maker.render(
        "block", Layered(NamedValues(values: frame), maker.common), writer)
    }
    (self.html, trace) = (html, page.trace)
  }

  func child(named name: String) -> (any TemplateValue)? {
    if let html = html[name] { return Rendered(bytes: html) }
    return Blank.asked(name) { child(named: $0) }
  }

  /// A block that has no template of its own lists its items; nil where it shows none.
  private static func template(_ block: PlacedBlock, _ view: View, _ maker: PageMaker) -> String? {
    let own = "block-\(block.type.name)"
    if maker.theme.has(own) { return own }
    return view["items"] == nil ? nil : "headlines"
  }

  /// Where the heading of a block leads: to the item that has more of the same, else to the list of the noun whose
  /// items it shows.
  private static func address(ofMore view: View, _ writer: ValueWriter) -> any TemplateValue {
    if case .item(let item)? = view["more"] {
      return ItemValue(item, writer).child(named: "url") ?? Written.nothing
    }
    guard case .list(let items)? = view["items"], case .item(let item)? = items.first else {
      return Written.nothing
    }
    let noun = item.envelope.type
    return writer.page.site.registry.pages[noun]?.index == nil
      ? Written.nothing : writer.value(.page(.list(noun: noun)))
  }
}

/// The regions of one state of the site, kept for the next page.
///
/// Once made they are only read, by whichever thread; that is what the compiler cannot see of their trace.
struct RegionShelf: Sendable {
  struct Kept: @unchecked Sendable {
    fileprivate let stamp: ContentStamp
    let regions: Regions
    /// The theme, whose layout has the regions in it already.
    let theme: Theme
  }

  private let kept = Guarded<Kept?>(nil)

  func regions(_ page: PageContext, _ maker: PageMaker) throws -> Kept {
    let known = kept.withLock { $0 }
    if let known, try known.stamp.isCurrent(page.db, now: page.now),
      known.regions.trace.holds(at: page.now)
    {
      return known
    }
    let stamp = try ContentStamp(page.db, now: page.now)
    let regions = try Regions(page, maker)
    let shared = NamedValues(values: ["regions": regions, "files": maker.files])
    let made = Kept(
      stamp: stamp, regions: regions,
      theme: maker.theme.knowing(shared, in: "layout"))
    kept.withLock { $0 = made }
    return made
  }
}

/// Values, and behind them those that every template knows.
final class Layered: TemplateValue {
  private let own: any TemplateValue
  private let common: any TemplateValue

  init(_ own: any TemplateValue, _ common: any TemplateValue) { (self.own, self.common) = (own, common) }
  func child(named name: String) -> (any TemplateValue)? {
    own.child(named: name) ?? common.child(named: name)
  }
}
