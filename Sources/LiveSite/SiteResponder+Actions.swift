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
  struct Act {
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
      guard let id = try site.store.id(slug: slug, of: noun, db),
        let item = try site.store.fetch(id, of: noun, db)
      else { return nil }
      return try isSeen(item, now, db) ? item : nil
    }
    guard let item else { return nil }
    return Act(
      action: action, item: item, page: .item(noun: noun, slug: item.envelope.slug), path: address.path)
  }

  /// Whether visitors see an item, by itself or as a part of what they see.
  private func isSeen(_ item: Item, _ now: Date, _ db: Database) throws -> Bool {
    guard item.envelope.isPublic(at: now) else { return false }
    guard let shape = site.registry.shape(item.envelope.type), let field = site.registry.whole(of: shape),
      let id = shape.index[field.name].flatMap({ item.values[$0].integer })
    else { return true }
    return try site.store.fetch(id, db)?.envelope.isPublic(at: now) ?? false
  }

  /// Whether something may be at a path that is only read (RFC 9110, 15.5.6): what visitors cannot see is not told.
  private func isForReading(_ path: RequestPath, _ now: Date) throws -> Bool {
    switch PageAddress(path: path.text) {
    case .action: try act(path, now) != nil
    case .list(let noun, _): site.registry.pages[noun] != nil
    case .item(let noun, let slug, _): try envelope(noun, slug)?.isPublic(at: now) ?? false
    case nil: false
    default: true
    }
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
    if Visit.isOne(request) {
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
      guard try isForReading(request.path, now) else { throw WebProblem.notFound() }
      throw WebProblem(405, "This is a page to be read.", headers: ["Allow": "GET, HEAD"])
    }
    let forgery = RequestForgery.refusal(of: request)
    let isOwn = forgery == nil
    if let forgery {
      // Where the site's pages are said to be may have changed just now.
      _ = try makers.maker(of: clock.look(at: now).era)
      guard isFromOwnTree(request) else { throw forgery }
    }
    let token = request.form["token"] ?? ""
    guard isOwn, try signer.value(of: token, purpose: "form", now: now) == act.path else {
      // A page that was kept too long, or a published file, which has no token: whoever sent it sends it again from
      // here, as it is.
      return try again(act, request, 422, "done-again", now: now)
    }
    let visitor = try visitors.visitor(of: request, now: now)
    let isCounted = act.action.isOncePerVoter
    if isCounted, try !visitors.admits(visitor, request, to: act.key, now: now) {
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
    let thanks = try thanks(for: act.action.name, at: act.page, visitor, request, now)
    var response = WebResponse.redirect(to: "\(act.page.path)?done=\(thanks)")
    response.headers["Cache-Control"] = "no-store"
    if let cookie = visitor.cookie { response.headers.add("Set-Cookie", cookie.header) }
    return response
  }

  /// What somebody sent in a field of an action's form.
  private func texts(of field: FieldShape, _ request: WebRequest, _ voter: String) -> [String] {
    field.name == Action.voter ? [voter] : request.form.all(field.name)
  }

  /// The form that came too early, given back; nil for what was no form of this site's.
  func givenBack(_ request: WebRequest, _ problem: WebProblem, _ now: Date) throws -> WebResponse? {
    guard request.method == .post, !request.form.fields.isEmpty, let act = try act(request.path, now),
      act.action.destination == nil
    else { return nil }
    var response = try again(act, request, problem.status, "refused-\(problem.status)", now: now)
    response.headers.fields += problem.headers.fields
    return response
  }

  /// What somebody has to shorten whose form was too large to be read: the long texts of the action of its path.
  func tooLong(_ request: WebRequest, _ now: Date) throws -> String? {
    guard request.method == .post, let act = try act(request.path, now) else { return nil }
    let maker = try makers.latest()
    let labels = maker.labels(ofLongTextsIn: act.action)
    guard !labels.isEmpty, let text = maker.word("problem-413"), let what = maker.word("shorten") else {
      return nil
    }
    return "\(text) \(what): \(labels.joined(separator: ", "))."
  }

  /// The page with the form that was sent, filled in as it was, and what is wrong with it. Browsers may keep it while
  /// it is open, so that who goes on and comes back finds what they wrote.
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
      status, headers: ["Content-Type": page.type, "Cache-Control": "private, no-cache"],
      body: .bytes(WebBytes(page.bytes)))
  }

  /// Forms are taken from pages of this site, those that are published elsewhere among them: their visitors go on here.
  /// Where something has changed that nobody has looked at yet, it is told when the form has been read.
  public func refusal(of request: WebRequest) -> WebProblem? {
    guard let refusal = RequestForgery.refusal(of: request), !isFromOwnTree(request) else { return nil }
    let mayHaveMoved = request.headers.contains("Origin") && clock.known(at: site.clock()) == nil
    return mayHaveMoved ? nil : refusal
  }

  /// Whether a form was sent from where the site says that its pages are.
  private func isFromOwnTree(_ request: WebRequest) -> Bool {
    guard let origin = request.headers["Origin"], let sent = try? WebAddress(origin) else { return false }
    return SiteAddress(sent).origin == site.settings.place?.origin
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
