public import ContentModel
public import Foundation
public import GRDB
public import Storage

/// What a page or a block is made from: the site as visitors see it at one moment. All that is looked at here is
/// written down, so that the page is made anew when it changes.
public final class PageContext {
  public let site: Site
  public let db: Database
  public let now: Date
  public let trace: PageTrace
  /// What whoever asked is told on top of the page, such as thanks for a vote.
  public let said: String?
  /// The item that is looked at before visitors see it, or after; what is in the trash is never seen.
  public let previewed: Int64?
  /// Whether the page is written to a file, which stays as it is until something on it is changed: what only grows old
  /// by itself, such as the count of those who are here now, has no place on it.
  public let isFile: Bool
  /// The form that the visitor sent and gets back; nil on any other page.
  public let filled: FilledForm?
  /// Tells the name under which the visitor acts on an item; nil where nobody knows who looks.
  private let voterName: (@Sendable (Action, Envelope) throws -> String?)?
  /// What has been looked at once for all of the page.
  let view = ContentView()

  public init(
    site: Site, db: Database, now: Date, trace: PageTrace = PageTrace(), said: String? = nil,
    previewed: Int64? = nil, filled: FilledForm? = nil,
    isFile: Bool = false, voter: (@Sendable (Action, Envelope) throws -> String?)? = nil
  ) {
    (self.isFile, voterName) = (isFile, voter)
    (self.site, self.db, self.now, self.trace, self.said) = (site, db, now, trace, said)
    (self.previewed, self.filled) = (previewed, filled)
  }

  /// The name under which whoever looks at the page has done an action on an item, or would do it (`voter` of its input);
  /// nil for a visitor who has none yet, and wherever a page is made for all: in blocks, files, feeds and the API.
  ///
  /// A page that asks this is one visitor's and kept for nobody else, so it is asked only where it makes a difference.
  public func voter(_ action: Action, on envelope: Envelope) throws -> String? {
    trace.isPersonal = true
    return try voterName?(action, envelope)
  }

  /// What the visitor has sent in a field of an action's form on an item, who gets it back; nothing on other pages.
  public func sent(_ field: String, to action: Action, on id: Int64) -> [String] {
    filled.flatMap { $0.isOf(action, on: id) ? $0.texts(field) : nil } ?? []
  }

  /// Whether this page may show an item.
  public func shows(_ envelope: Envelope) -> Bool {
    envelope.isPublic(at: now) || envelope.id == previewed && envelope.trashedAt == nil
  }

  /// The item, if visitors may see it.
  public func item(_ id: Int64) throws -> Item? {
    trace.add(item: id)
    if let state = try view.state(db) {
      if let item = view.whole[id] { return shows(item.envelope) ? shown(item) : nil }
      if let item = site.shelf.item(id, in: state), site.registry.shape(item.envelope.type)?.bodyField == nil
      {
        return shows(item.envelope) ? item : nil
      }
    }
    guard let type = try site.store.type(of: id, db), let item = try stored(id, of: type) else { return nil }
    return shows(item.envelope) ? shown(item) : nil
  }

  /// The item of a noun as it is stored, whether visitors may see it or not; whoever shows it has to ask that.
  public func stored(_ id: Int64, of noun: String) throws -> Item? {
    if let item = view.whole[id] { return item.envelope.type == noun ? item : nil }
    guard let item = try site.store.fetch(id, of: noun, db) else { return nil }
    // One with a long text is seldom asked for by another page.
    if let state = try view.state(db) {
      if try site.shape(noun).bodyField == nil {
        site.shelf.keep(shown(item), in: state)
      } else {
        view.whole[id] = item
      }
    }
    return item
  }

  /// The item without its long texts, if visitors may see it.
  /// - Parameter noun: what it is, where that is known, which saves a look.
  func listed(_ id: Int64, of noun: String? = nil) throws -> Item? {
    trace.add(item: id)
    let state = try view.state(db)
    if let state, let item = site.shelf.item(id, in: state) {
      return shows(item.envelope) ? item : nil
    }
    guard let type = try noun ?? site.store.type(of: id, db),
      let item = try site.store.fetchListed(id, of: type, db)
    else { return nil }
    let shown = shown(item, isListed: true)
    if let state { site.shelf.keep(shown, in: state) }
    return shows(shown.envelope) ? shown : nil
  }

  /// The entry, if visitors may see it.
  public func entry<Body: Content>(_ reference: Reference<Body>?) throws -> Entry<Body>? {
    guard let reference, let item = try item(reference.id), item.envelope.type == Body.name else {
      return nil
    }
    return try Entry(item)
  }

  /// The items of a noun that visitors may see, without their long texts.
  public func items(
    _ noun: String, where condition: Condition? = nil,
    order: [Query.Order] = [.init("publishAt", descends: true)],
    limit: Int? = nil, offset: Int = 0
  ) throws -> [Item] {
    trace.add(noun: noun)
    let fields = try site.store.listed(noun)
    let query = Query(isPublic(and: condition), order: order, limit: limit, offset: offset, fields: fields)
    return try site.store.items(noun, query, db).map { item in
      trace.add(item: item.envelope.id)
      return shown(item, isListed: true)
    }
  }

  /// How many items of a noun visitors may see.
  public func count(_ noun: String, where condition: Condition? = nil) throws -> Int {
    trace.add(noun: noun)
    return try site.store.count(noun, Query(isPublic(and: condition)), db)
  }

  /// Says that what is shown grows old by itself, such as counts that nobody writes down one by one.
  /// - Parameter seconds: how long it may be shown.
  public func expires(after seconds: TimeInterval) {
    trace.expires(at: now.addingTimeInterval(seconds))
  }

  /// The item without what visitors may not see. That, and the long texts that lists do not read, has its initial value.
  private func shown(_ item: Item, isListed: Bool = false) -> Item {
    guard let shape = site.registry.shape(item.envelope.type) else { return item }
    var item = item
    for index in shape.hidden { item.values[index] = shape.fields[index].initial }
    if isListed { for index in shape.bodies { item.values[index] = shape.fields[index].initial } }
    return item
  }

  func isPublic(and condition: Condition?) -> Condition {
    let visible = Condition.isPublic(Timestamp.text(now))
    return condition.map { .all([visible, $0]) } ?? visible
  }
}

/// What a page was made from.
public final class PageTrace {
  /// Items that it shows, or looked for.
  public private(set) var items: Set<Int64> = []
  /// Nouns of which it lists some, so that another item may belong there.
  public private(set) var nouns: Set<String> = []
  /// Files that it leads to: `HASH/480.jpg` of `derived/`, `HASH.pdf` of `media/`.
  public private(set) var media: Set<String> = []
  /// When it has to be made anew in any case.
  public private(set) var expiry: Date?
  /// Whether it says when anything of the site was changed last.
  public private(set) var tellsOfAnyChange = false
  /// Whether it may differ from visitor to visitor.
  public fileprivate(set) var isPersonal = false

  public init() {}

  public func add(item: Int64) { items.insert(item) }
  public func add(noun: String) { nouns.insert(noun) }
  public func addAnyChange() { tellsOfAnyChange = true }
  public func add(media name: String) { media.insert(name) }
  /// Whether nothing that it was made from has grown old by itself.
  public func holds(at now: Date) -> Bool { expiry.map { $0 > now } ?? true }
  public func expires(at moment: Date) { expiry = min(expiry ?? moment, moment) }

  /// Adds what a part of the page was made from.
  public func add(_ part: PageTrace) {
    items.formUnion(part.items)
    nouns.formUnion(part.nouns)
    media.formUnion(part.media)
    if part.isPersonal { isPersonal = true }
    if part.tellsOfAnyChange { tellsOfAnyChange = true }
    if let moment = part.expiry { expires(at: moment) }
  }
}
