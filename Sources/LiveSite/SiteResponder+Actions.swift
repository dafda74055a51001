import Foundation
import GRDB
import Rendering
import SenKernel
public import Web

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

    var key: String { SiteResponder.key(action, item.envelope) }
  }

  private static func key(_ action: Action, _ envelope: Envelope) -> String {
    "\(envelope.uid) \(action.name)"
  }

  /// Tells under which name the visitor acts on an item, if they have a cookie to be known by.
  func voter(of request: WebRequest, _ now: Date) -> @Sendable (Action, Envelope) throws -> String? {
    { [visitors] action, envelope in
      let visitor = try visitors.visitor(of: request, now: now)
      return visitor.isNew ? nil : try visitors.voter(visitor, on: Self.key(action, envelope))
    }
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
    let isOwn = RequestForgery.refusal(of: request) == nil
    if !isOwn, let problem = refusal(of: request) { throw problem }
    let token = request.form["token"] ?? ""
    guard isOwn, try signer.value(of: token, purpose: "form", now: now) == act.path else {
      // A page that was kept too long, or a published file, which has no token: whoever sent it sends it again from
      // here, as it is.
      return try again(act, request, 422, "done-again", now: now)
    }
    let visitor = try visitors.visitor(of: request, now: now)
    let isCounted = visitor.isNew && act.action.isOncePerVoter
    if isCounted, try !visitors.admits(request, to: act.key, now: now) {
      return try again(act, request, 409, "tooManyHere", now: now)
    }
    do {
      let voter = try visitors.voter(visitor, on: act.key)
      _ = try perform(act) { texts(of: $0, request, voter) }
    } catch let refusal as Refusal {
      // Who is refused has not acted.
      if isCounted { try visitors.takeBack(request, to: act.key, now: now) }
      if refusal.code == .conflict { return try again(act, request, 409, "refused-409", now: now) }
      let complaints = try site.read { db in
        try act.action.complaints(site, db, now: now) { texts(of: $0, request, "") }
      }
      return try again(
        act, request, 422, "refused-422", complaints.isEmpty ? [refusal] : complaints, now: now)
    }
    var response = WebResponse.redirect(to: "\(act.page.path)?done=\(act.action.name)")
    if let cookie = visitor.cookie { response.headers.add("Set-Cookie", cookie.header) }
    return response
  }

  /// What somebody sent in a field of an action's form.
  private func texts(of field: FieldShape, _ request: WebRequest, _ voter: String) -> [String] {
    field.name == Action.voter ? [voter] : request.form.all(field.name)
  }

  /// The page with the form that was sent, filled in as it was, and what is wrong with it.
  private func again(
    _ act: Act, _ request: WebRequest, _ status: Int, _ word: String, _ complaints: [Refusal] = [], now: Date
  ) throws -> WebResponse {
    let maker = try makers.maker(of: clock.look(at: now).era)
    let said = maker.word(word) ?? word
    let texts = Dictionary(
      act.action.asked.map { ($0.name, request.form.all($0.name)) },
      uniquingKeysWith: { $1 })
    let filled = FilledForm(act.action, on: act.item.envelope.id, texts, complaints: complaints)
    let answer = try site.read {
      try maker.answer(act.page, said: said, filled: filled, voter: voter(of: request, now), $0, now: now)
    }
    guard case .page(let page) = answer else { throw WebProblem(status, said) }
    return WebResponse(
      status, headers: ["Content-Type": page.type, "Cache-Control": "no-store"],
      body: .bytes(WebBytes(page.bytes)))
  }

  /// Forms are taken from pages of this site, those that are published elsewhere among them: their visitors go on here.
  public func refusal(of request: WebRequest) -> WebProblem? {
    RequestForgery.refusal(of: request).flatMap { isFromOwnTree(request) ? nil : $0 }
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
