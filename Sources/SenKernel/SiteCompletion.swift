import ContentModel
import Foundation
import GRDB
public import Grammar
import Storage

/// What Tab offers of a site's content: slugs with their titles, field names, the words of a choice.
public struct SiteCompletion {
  let site: Site
  let most: Int

  /// - Parameter most: so many candidates at most.
  public init(site: Site, most: Int) { (self.site, self.most) = (site, most) }

  public func candidates(_ kind: ValueKind, _ prefix: String) throws -> [(text: String, description: String)]
  {
    switch kind {
    case .reference(let noun): return try items(noun, prefix)
    case .assignment(let name) where name.hasPrefix("\(Block.name) "):
      return try options(name)?.fields.filter { $0.name.hasPrefix(prefix) }.map { ($0.name, $0.help) } ?? []
    case .fieldValue(let noun, let name) where noun.hasPrefix("\(Block.name) "):
      return try options(noun)?[name].map { try values($0.kind, prefix) } ?? []
    case .field(let noun), .fields(let noun), .assignment(let noun), .expression(let noun):
      guard let shape = site.registry.shape(noun) else { return [] }
      let fields = ItemFields(shape)
      return try fields.names.filter { $0.hasPrefix(prefix) }.map { ($0, try fields.field($0).help) }
    case .fieldValue(let noun, let name):
      guard let shape = site.registry.shape(noun) else { return [] }
      return try values(ItemFields(shape).field(name).kind, prefix)
    default: return []
    }
  }

  private func values(_ kind: FieldKind, _ prefix: String) throws -> [(text: String, description: String)] {
    switch kind {
    case .choice(let words): return words.filter { $0.hasPrefix(prefix) }.map { ($0, "") }
    case .bool: return ["true", "false"].filter { $0.hasPrefix(prefix) }.map { ($0, "") }
    case .reference(let target), .references(let target):
      return try target == Tag.name ? titles(target, prefix) : items(target, prefix)
    default: return []
    }
  }

  /// The options of `block KIND`, or of the placed block that `block REF` names.
  private func options(_ name: String) throws -> Shape? {
    let name = String(name.dropFirst(Block.name.count + 1))
    let kinds = site.registry.blocks
    if let type = kinds.first(where: { $0.name == name }) { return type.options }
    return try site.read { db in
      let id =
        name == "@last"
        ? try site.store.lastID(of: Block.name, db) : try Names(site, db).find(name, of: Block.name)
      guard let id, let item = try site.store.fetch(id, db) else { return nil }
      let kind = try Entry<Block>(item).body.kind
      return kinds.first { $0.name == kind }?.options
    }
  }

  private func items(_ noun: String, _ prefix: String) throws -> [(text: String, description: String)] {
    if noun == FieldKind.anyItem {
      guard let colon = prefix.firstIndex(of: ":") else {
        return site.registry.shapes.filter { $0.name.hasPrefix(prefix) }.map { ("\($0.name):", $0.help) }
      }
      let (noun, rest) = (String(prefix[..<colon]), String(prefix[prefix.index(after: colon)...]))
      return try items(noun, rest).map { ("\(noun):\($0.text)", $0.description) }
    }
    guard site.registry.shape(noun) != nil else { return [] }
    let column = prefix.first?.isNumber == true && Int64(prefix) != nil ? "CAST(id AS TEXT)" : "slug"
    return try site.read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT \(column), title FROM item WHERE type = ? AND \(column) >= ? AND \(column) < ? AND trashedAt IS NULL
          ORDER BY \(column) LIMIT ?
          """, arguments: [noun, prefix, prefix + "\u{10FFFF}", most])
      return rows.map { ($0[0], $0[1]) }
    }
  }

  private func titles(_ noun: String, _ prefix: String) throws -> [(text: String, description: String)] {
    try site.read { db in
      let rows = try Row.fetchAll(
        db,
        sql: """
          SELECT title FROM item WHERE type = ? AND instr(fold(title), fold(?)) = 1 AND trashedAt IS NULL
          ORDER BY sortKey LIMIT ?
          """, arguments: [noun, prefix, most])
      return rows.map { ($0[0], "") }
    }
  }
}
