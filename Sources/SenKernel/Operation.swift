public import ContentModel
public import Foundation
public import GRDB
import Storage
import Vietnamese

/// A whole change of a site: checked, and written in one transaction.
///
/// All ways to change content go through here, so that every door keeps the same rules.
public struct Operation {
  public let site: Site
  public let db: Database
  /// The moment of the operation; everything in it bears the same.
  public let now: Date

  /// Whether all of it will be taken back; files are then not brought in either.
  public let isDryRun: Bool

  let arrivals: ArrivedFiles
  /// What people should know of it.
  let notes = OperationNotes()
  let notice = JournalNotice()
  let warrant = Warrant()
  let shown = ShownItems()

  init(site: Site, db: Database, isDryRun: Bool = false, arrivals: ArrivedFiles = ArrivedFiles()) {
    self.site = site
    self.db = db
    self.isDryRun = isDryRun
    self.arrivals = arrivals
    // Stored times are whole seconds; an item has to equal itself read back.
    now = Date(timeIntervalSince1970: site.clock().timeIntervalSince1970.rounded(.down))
  }

  // MARK: One item

  /// The item, whole; a refusal if there is none of that id.
  public func item(_ id: Int64) throws -> Item {
    guard let item = try site.store.fetch(id, db) else {
      throw Refusal(.notFound, "There is no item \(id)")
    }
    return item
  }

  /// A new, empty item of a noun, not stored.
  public func blank(_ noun: String) throws -> Item {
    site.blank(try site.shape(noun), at: now)
  }

  /// Checks and stores a new item; a missing slug is made of the title.
  /// - Parameter keepsSlug: refuses a slug that is taken instead of numbering it.
  public func create(_ item: Item, keepsSlug: Bool = false) throws -> Item {
    var item = item
    Self.completeNew(&item)
    try check(&item)
    try permit(nil, item)
    try refuseTaken(item.envelope, old: nil)
    return try store(item, keepsSlug: keepsSlug)
  }

  /// What a new item has without being told: published now, it is so from the moment that it was made.
  static func completeNew(_ item: inout Item) {
    if item.envelope.state == .published, item.envelope.publishAt == nil {
      item.envelope.publishAt = item.envelope.createdAt
    }
  }

  /// Stores a new item that is complete and has been checked.
  /// - Parameters:
  ///   - keepsSlug: refuses a slug that is taken instead of numbering it.
  ///   - slugIsFree: whether it is known already that no other item has the slug.
  ///   - words: the item's words for the search index, where they are known already.
  func store(_ item: Item, keepsSlug: Bool, slugIsFree: Bool = false, words: SearchText.Words? = nil) throws
    -> Item
  {
    var item = item
    let isNamed = !item.envelope.slug.isEmpty
    let wanted = isNamed ? item.envelope.slug : Self.slug(of: item)
    item.envelope.slug =
      slugIsFree ? wanted : try site.store.freeSlug(wanted, of: item.envelope.type, db)
    if isNamed, keepsSlug, item.envelope.slug != wanted { throw try slugIsTaken(wanted, item) }
    try site.store.insert(&item, words: words, db)
    try obey(nil, item)
    return try afterRules(item)
  }

  /// Checks and stores what `change` makes of an item, with a revision of what it was.
  /// - Returns: the item afterwards, and whether anything about it has changed.
  @discardableResult
  public func update(_ id: Int64, keepsTime: Bool = false, _ change: (inout Item) throws -> Void) throws -> (
    item: Item, hasChanged: Bool
  ) {
    let result = try self.change(id, keepsTime: keepsTime, change)
    return (result.new, result.hasChanged)
  }

  /// Changes what is no version of its own: the rest of an item made or changed in this operation.
  public func complete(_ id: Int64, _ change: (inout Item) throws -> Void) throws {
    let old = try item(id)
    var new = old
    try change(&new)
    guard new != old else { return }
    try permit(old, new)
    try check(&new)
    try site.store.update(old, to: new, db)
    try obey(old, new)
  }

  /// The same, with what the item was.
  /// - Parameter mayBeSecond: whether a tag may get the title of another, as data of other systems may bring two.
  func change(
    _ id: Int64, keepsTime: Bool = false, mayBeSecond: Bool = false, _ change: (inout Item) throws -> Void
  ) throws -> (old: Item, new: Item, hasChanged: Bool) {
    let old = try item(id)
    var new = old
    try change(&new)
    let places = try site.shape(old.envelope.type).placeIndices
    if places.contains(where: { new.values[$0] != old.values[$0] }),
      new.envelope.position == old.envelope.position
    {
      // Below another parent, or in another group, it comes last, until it is moved.
      new.envelope.position = nil
    }
    if new.envelope.state == .published, new.envelope.publishAt == nil { new.envelope.publishAt = now }
    try check(&new)
    if new.envelope.slug.isEmpty {
      new.envelope.slug = try site.store.freeSlug(Self.slug(of: new), of: new.envelope.type, except: id, db)
    }
    guard new != old else { return (old, old, false) }
    try permit(old, new)
    try refuseTaken(new.envelope, old: old.envelope)
    if new.envelope.slug != old.envelope.slug {
      guard
        try site.store.freeSlug(new.envelope.slug, of: new.envelope.type, except: id, db) == new.envelope.slug
      else { throw try slugIsTaken(new.envelope.slug, new) }
      try site.store.addRedirect(from: old.envelope.slug, of: old.envelope.type, to: id, db)
      // It may be a former one of its own, which leads nowhere else now.
      try site.store.removeRedirect(from: new.envelope.slug, of: new.envelope.type, db)
    }
    new.envelope.version = try site.store.nextVersion(after: old.envelope, db)
    if !keepsTime { new.envelope.updatedAt = max(now, old.envelope.createdAt) }
    try saveRevision(old)
    try site.store.update(old, to: new, db)
    try obey(old, new)
    if !mayBeSecond { try refuseSecond(new, old: old) }
    return (old, try afterRules(new), true)
  }

  private func slugIsTaken(_ slug: String, _ item: Item) throws -> Refusal {
    let noun = item.envelope.type
    let holder = try site.store.holder(of: slug, type: noun, db)
    let what =
      if let holder = try holder ?? site.store.redirect(from: slug, of: noun, db) {
        try self.item(holder).envelope
      } else { nil as Envelope? }
    let named = what.map { "\(noun) \($0.id) “\($0.title)”\($0.trashedAt == nil ? "" : ", in the trash,")" }
    return Refusal(
      .conflict,
      holder == nil
        ? "slug: “\(slug)” is a former slug of \(named ?? "another \(noun)"), and leads there"
        : "slug: \(named ?? "another \(noun)") has “\(slug)” already",
      field: "slug", hint: "Leave the slug out to get a free one.")
  }

  /// Refuses what only one item may have, where another has it.
  private func refuseTaken(_ new: Envelope, old: Envelope?) throws {
    for (name, value, former) in [("uid", new.uid, old?.uid), ("origin", new.origin, old?.origin)] {
      guard let value, value != former,
        let id = try Int64.fetchOne(
          db.cachedStatement(sql: "SELECT id FROM item WHERE \(name) = ? AND id <> ?"),
          arguments: [value, new.id])
      else { continue }
      throw Refusal(
        .conflict, "\(name): \(try item(id).envelope.told) has “\(value)” already", field: name,
        hint: "No two items have the same.")
    }
  }

  /// A slug of the item's title; its type and the end of its uid where the title has no letters.
  static func slug(of item: Item) -> String {
    let slug = Slugs.make(item.envelope.title)
    return slug.isEmpty ? "\(item.envelope.type)-\(item.envelope.uid.suffix(6))" : slug
  }
}
