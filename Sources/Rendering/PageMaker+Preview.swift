import ContentModel
public import Foundation
public import GRDB
import Hypertext
import SenKernel

extension PageMaker {
  /// The page of an item as it will be, or was, for those whom somebody sent a link; it says on top that it is no public
  /// one. Forms are on it only where this maker's surroundings answer them.
  /// - Parameters:
  ///   - end: until when the link holds.
  ///   - path: of the link, with a slash at its end, behind which the other parts of the list on the page are.
  ///   - part: which part of that list.
  /// - Returns: missing for what is not there, has no pages, or lies in the trash.
  public func preview(
    of uid: String, until end: Date, at path: String, part: Int = 1, _ db: Database, now: Date
  ) throws -> PageAnswer {
    guard let id = try site.store.id(uid: uid, db), let item = try site.store.fetch(id, db),
      let type = site.registry.pages[item.envelope.type], item.envelope.trashedAt == nil
    else { return .missing }
    let said = "\(words["preview"] ?? "") \(surroundings.style.text(.date(end)))."
    let page = PageContext(site: site, db: db, now: now, said: said, previewed: id)
    let answer = try self.page(of: item, type, part, page) { part in
      .address(part == 1 ? path : "\(path)\(part)/")
    }
    guard case .page(let made) = answer else { return .missing }
    return .page(Self.saying(said, on: made))
  }

  /// The page with the notice on top, where the site's own layout does not say it.
  private static func saying(_ said: String, on page: Page) -> Page {
    let notice = SafeHTML(escaping: said).text
    let text = String(decoding: page.bytes, as: UTF8.self)
    guard !text.contains(notice) else { return page }
    let body = text.range(of: "<body[^>]*>", options: [.regularExpression, .caseInsensitive])
    let place = body?.upperBound ?? text.startIndex
    let whole = text[..<place] + "<p role=\"status\">\(notice)</p>" + text[place...]
    return Page(Array(whole.utf8), type: page.type, trace: page.trace, shared: page.shared)
  }
}
