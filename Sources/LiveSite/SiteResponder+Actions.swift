import Foundation
import GRDB
import SenKernel
import Web

/// A link that somebody followed, or a file that somebody took.
struct Passage: Sendable {
  let action: Action
  let item: Envelope
}

/// What visitors do: they vote, rate, ask, follow counted links.
extension SiteResponder {
  /// An action on an item: `/poll/SLUG/vote`.
  private struct Act {
    let action: Action
    let item: Item
    let page: PageAddress
    /// What its form is sent to.
    let path: String

    var key: String { "\(item.envelope.uid) \(action.name)" }
  }

  /// The action of a path; nil where there is none, or none on what visitors can see.
  private func act(_ path: RequestPath, _ now: Date) throws -> Act? {
    let address = PageAddress(path: path.text)
    guard case .action(let noun, let slug, let name)? = address, let address,
      let action = site.registry.actions.first(where: {
        $0.isForVisitors && $0.noun == noun && $0.name == name
      })
    else { return nil }
    let item = try site.read { db -> Item? in
      guard let id = try site.store.id(slug: slug, of: noun, db) else { return nil }
      return try site.store.fetch(id, of: noun, db)
    }
    guard let item, item.envelope.isPublic(at: now) else { return nil }
    return Act(
      action: action, item: item, page: .item(noun: noun, slug: item.envelope.slug), path: address.path)
  }

  /// A link that is counted on the way: the address that it leads on to. Other actions are done by their forms, and
  /// whoever comes without one is led to the page that has it.
  func passage(_ request: WebRequest, _ now: Date) throws -> WebResponse? {
    guard let act = try act(request.path, now) else { return nil }
    guard let destination = act.action.destination else {
      return WebResponse.redirect(to: act.page.path, status: 302)
    }
    let target: String
    switch try destination(act.item) {
    case .address(let address): target = address
    case .file(let name, _): target = "/media/\(name.name)"
    default: throw WebProblem.notFound()
    }
    if request.method == .get {
      let passage = Passage(action: act.action, item: act.item.envelope)
      passages.take { if $0.count < Self.mostPassages { $0.append(passage) } }
    }
    var response = WebResponse.redirect(to: target, status: 302)
    response.headers["Cache-Control"] = "no-store"
    return response
  }

  /// What a form asks for.
  func act(_ request: WebRequest, _ now: Date) throws -> WebResponse {
    guard let act = try act(request.path, now), act.action.destination == nil else {
      throw WebProblem.notFound()
    }
    if let problem = RequestForgery.refusal(of: request) {
      // A published file of this site on another server: its visitors go on here, where the form has its token.
      guard isFromOwnTree(request) else { throw problem }
      return WebResponse.redirect(to: act.page.path + "?done=again")
    }
    let token = request.form["token"] ?? ""
    guard try signer.value(of: token, purpose: "form", now: now) == act.path else {
      // A page that was kept too long, or a published file, which has none: the live page has.
      return WebResponse.redirect(to: act.page.path + "?done=again")
    }
    let visitor = try visitors.visitor(of: request, now: now)
    let asksOnce = act.action.input.fields.contains { $0.name == "voter" }
    if visitor.isNew, asksOnce, try !visitors.admits(request, to: act.key, now: now) {
      throw WebProblem(409, try word("tooManyHere") ?? "Too many have done this from here today.")
    }
    do {
      let voter = try visitors.voter(visitor, on: act.key)
      _ = try perform(act) { field in field.name == "voter" ? [voter] : request.form.all(field.name) }
    } catch let refusal as Refusal {
      // Who is refused has not acted.
      if visitor.isNew, asksOnce { try visitors.takeBack(request, to: act.key, now: now) }
      let status = refusal.code == .conflict ? 409 : refusal.code == .notFound ? 404 : 422
      throw WebProblem(status, try word("refused-\(status)") ?? refusal.message)
    }
    var response = WebResponse.redirect(to: "\(act.page.path)?done=\(act.action.name)")
    if let cookie = visitor.cookie { response.headers.add("Set-Cookie", cookie.header) }
    return response
  }

  /// Whether a form was sent from where the site says that its pages are.
  private func isFromOwnTree(_ request: WebRequest) -> Bool {
    guard let origin = request.headers["Origin"], let address = site.settings.address,
      var parts = URLComponents(string: address.text)
    else { return false }
    (parts.path, parts.query, parts.fragment) = ("", nil, nil)
    return parts.string == origin.lowercased()
  }

  /// So many wait to be counted at most; beyond that nobody could tell them from an attack.
  private static let mostPassages = 100_000

  /// Counts what visitors followed, all in one transaction; what is there no more is not counted.
  static func write(_ passages: [Passage], _ site: Site) throws {
    let site = site.acting(as: nil).on(Occasion(.web, command: "count passages"))
    try site.write(isJournaled: false) { operation in
      for passage in passages {
        do {
          let values = try passage.action.values(site, operation.db, now: operation.now) { _ in [] }
          _ = try passage.action.perform(on: passage.item.id, values, operation)
        } catch let refusal as Refusal where refusal.code == .notFound || refusal.code == .conflict {}
      }
    }
  }

  private func perform(_ act: Act, _ texts: (FieldShape) throws -> [String]) throws -> String {
    let words = "\(act.action.noun) \(act.action.name) \(act.item.envelope.slug)"
    let site = self.site.acting(as: nil).on(Occasion(.web, command: words))
    return try site.write(isJournaled: act.action.isJournaled) { operation in
      let values = try act.action.values(site, operation.db, now: operation.now, texts)
      return try act.action.perform(on: act.item.envelope.id, values, operation)
    }
  }
}
