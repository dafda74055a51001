import ContentModel
import Foundation
import GRDB
import Grammar
import Storage
import Vietnamese

/// Turns the names that people and archives write into ids, and back, within one view of the database.
final class Names {
  private let site: Site
  private let db: Database
  private let known: KnownNames
  private var texts: [Int64: String] = [:]
  /// How many names are remembered before the memory is emptied; a bulk import names few items often.
  private static let most = 20_000

  private let readsIDs: Bool

  /// - Parameters:
  ///   - known: where the ids that are found are remembered.
  ///   - readsIDs: whether a text of digits means an id first. For people at a console it does; in data of another
  ///     site it is a slug or a title, such as the tag “2026”.
  init(_ site: Site, _ db: Database, _ known: KnownNames = KnownNames(), readsIDs: Bool = true) {
    self.site = site
    self.db = db
    self.known = known
    self.readsIDs = readsIDs
  }

  /// The id that `text` means among the items of `noun`: an id, a uid, an origin or a slug; for tags the title too.
  /// - Returns: nil if there is none.
  func find(_ text: String, of noun: String) throws -> Int64? {
    if let id = known.id(text, of: noun) { return id }
    guard let id = try look(text, noun) else { return nil }
    known.remember(text, of: noun, id)
    return id
  }

  private func look(_ text: String, _ noun: String) throws -> Int64? {
    if readsIDs, let id = Int64(text), try site.store.has(id, of: noun, db) { return id }
    if UID.isUID(text), let id = try site.store.id(uid: text, db) {
      return try site.store.has(id, of: noun, db) ? id : nil
    }
    if text.contains(":"), let id = try site.store.id(origin: text, db) {
      return try site.store.has(id, of: noun, db) ? id : nil
    }
    if noun == FieldKind.anyItem { return try nounAndName(text).flatMap { try look($0.name, $0.noun) } }
    if let id = try site.store.id(slug: text, of: noun, db) { return id }
    guard noun == Tag.name else { return nil }
    // Other systems have titles with a blank in front; people type none.
    let title = Normalization.nfc(text)
    if let id = try site.store.id(title: title, of: noun, db) { return id }
    let trimmed = title.trimmingCharacters(in: .whitespaces)
    return trimmed == title ? nil : try site.store.id(title: trimmed, of: noun, db)
  }

  /// The id that `text` means, or a refusal that names the nearest one there is.
  func id(_ text: String, of noun: String) throws -> Int64 {
    if let id = try find(text, of: noun) { return id }
    if noun == FieldKind.anyItem {
      if let part = nounAndName(text) { return try self.id(part.name, of: part.noun) }
      throw Refusal(
        .notFound, "There is no item “\(text)”", hint: "Write noun:slug, such as article:tin-moi.")
    }
    let near = try site.store.slugs(near: Slugs.make(text), of: noun, limit: 500, db)
    let hint = Suggestion.nearest(Slugs.make(text), in: near).map { "Did you mean “\($0)”?" }
    throw Refusal(
      .notFound, "There is no \(noun) “\(text)”", hint: hint ?? "See what there is: \(noun) list")
  }

  /// `article:tin-moi` in its two parts; nil where it does not begin with a noun.
  private func nounAndName(_ text: String) -> (noun: String, name: String)? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let noun = String(text[..<colon])
    return site.registry.shape(noun) == nil ? nil : (noun, String(text[text.index(after: colon)...]))
  }

  /// Gives items that are there no more the names that they had.
  func recall(_ former: [Int64: String]) throws {
    for (id, text) in former where try site.store.type(of: id, db) == nil { texts[id] = text }
  }

  /// What an item is called: by its uid in archives, by its slug elsewhere, tags by their title.
  func text(_ id: Int64, as column: ItemStore.NameColumn) throws -> String {
    // Where any item may be meant, one may be called otherwise than elsewhere.
    let isUsual = column != .typeAndSlug
    if isUsual, let text = texts[id] { return text }
    let text = try site.store.name(of: id, column, db) ?? String(id)
    guard isUsual else { return text }
    if texts.count >= Self.most { texts.removeAll(keepingCapacity: true) }
    texts[id] = text
    return text
  }
}
