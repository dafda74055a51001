import ContentModel
import Foundation
import GRDB
import Grammar
import Storage

/// The options of placed blocks, `name=value` each: read and checked against their kind, and what they show.
struct BlockOptions {
  private let site: Site
  private let db: Database
  private let names: Names

  init(_ site: Site, _ db: Database) {
    (self.site, self.db, names) = (site, db, Names(site, db))
  }

  /// The kind of a name, or a refusal that names the nearest one there is.
  func kind(_ name: String) throws -> BlockType {
    let types = site.registry.blocks
    if let type = types.first(where: { $0.name == name }) { return type }
    let near = Suggestion.nearest(name, in: types.map(\.name)).map { "Did you mean “\($0)”? " } ?? ""
    throw Refusal(
      .invalid, "kind: there is no block “\(name)”", field: "kind", hint: near + "See: sen block types")
  }

  /// The values of all options, in the order of their fields.
  func values(_ texts: [String], of type: BlockType) throws -> [FieldValue] {
    let reader = FieldText(now: site.clock(), timeZone: site.timeZone) { text, noun in
      try names.id(text, of: noun)
    }
    var values = type.options.initialValues
    for text in texts {
      let (index, value) = try part(text, of: type)
      let field = type.options.fields[index]
      do {
        values[index] = try reader.value(.text(value), of: field.kind, isOptional: field.isOptional)
      } catch let refusal as Refusal {
        throw Refusal(refusal.code, "\(field.name): \(refusal.message)", field: "options", hint: refusal.hint)
      }
    }
    do {
      return try type.options.check(values)
    } catch {
      throw error.refusal
    }
  }

  /// The options as they are kept: each once, the last that was said, in the order of their fields; items by their
  /// slugs, since ids are of this copy of the site only.
  func kept(_ texts: [String], of type: BlockType) throws -> [String] {
    let values = try values(texts, of: type)
    var said: [Int: String] = [:]
    for text in texts {
      let (index, value) = try part(text, of: type)
      said[index] = value
    }
    return try type.options.fields.indices.compactMap { index in
      guard var text = said[index] else { return nil }
      let field = type.options.fields[index]
      if let noun = field.kind.target {
        let isAny = noun == FieldKind.anyItem
        let ids = Self.ids(values[index])
        text = try ids.map { try names.text($0, as: isAny ? .typeAndSlug : .slug) }.joined(separator: ",")
      }
      // An option that is emptied has its initial value again.
      return text.isEmpty && field.kind != .text ? nil : "\(field.name)=\(text)"
    }
  }

  /// The items that options of a block name, each with the option.
  func items(_ block: Block) throws -> [(option: String, id: Int64)] {
    guard let type = site.registry.blocks.first(where: { $0.name == block.kind }) else { return [] }
    return try block.options.flatMap { text -> [(option: String, id: Int64)] in
      guard let (index, value) = try? part(text, of: type), let noun = type.options.fields[index].kind.target
      else { return [] }
      return try value.split(separator: ",").compactMap { name in
        try names.find(String(name), of: noun).map { (type.options.fields[index].name, $0) }
      }
    }
  }

  /// What is wrong with a placed block; nil if nothing is.
  /// - Parameter now: tells targets that visitors cannot see as well.
  func complaint(_ block: Block, now: Date? = nil) throws -> String? {
    do {
      _ = try values(block.options, of: kind(block.kind))
    } catch let refusal as Refusal {
      return refusal.message
    }
    for (option, id) in try items(block) {
      guard let envelope = try site.store.fetch(id, db)?.envelope else { continue }
      let name = "\(option): \(envelope.type) “\(envelope.slug)”"
      if envelope.trashedAt != nil { return "\(name) is in the trash" }
      if let now, !envelope.isPublic(at: now) { return "\(name) is not public now" }
    }
    return nil
  }

  /// The placed blocks that show items, each with the option that names it, by the item.
  func shown() throws -> [Int64: [ShownItems.Place]] {
    let types = site.registry.blocks.filter { type in
      type.options.fields.contains { $0.kind.target != nil }
    }
    guard !types.isEmpty else { return [:] }
    var found: [Int64: [ShownItems.Place]] = [:]
    try site.store.each(Block.name, Query(), db) { block in
      let entry = try Entry<Block>(block)
      guard types.contains(where: { $0.name == entry.body.kind }) else { return true }
      for (option, id) in try items(entry.body) { found[id, default: []].append((entry, option)) }
      return true
    }
    return found
  }

  /// The field and the value of `name=value`.
  private func part(_ text: String, of type: BlockType) throws -> (index: Int, value: String) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, let index = type.options.index[parts[0]] else {
      let names = type.options.fields.map(\.name)
      throw Refusal(
        .invalid, "options: “\(text)” is no option of \(type.name)", field: "options",
        hint: names.isEmpty
          ? "It has none." : "Write name=value with one of: \(names.joined(separator: ", "))")
    }
    return (index, parts[1])
  }

  private static func ids(_ value: FieldValue) -> [Int64] {
    if case .list(let values) = value { return values.compactMap(\.integer) }
    return value.integer.map { [$0] } ?? []
  }
}
