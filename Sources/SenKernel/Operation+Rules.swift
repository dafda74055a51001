import ContentModel
import Storage
import Vietnamese

/// What has to hold of an item, and what follows from its change.
extension Operation {
  /// Applies the plugins' rules to a change that was just written.
  func obey(_ old: Item?, _ new: Item?) throws {
    shown.heed(old?.envelope, new?.envelope)
    guard let noun = (new ?? old)?.envelope.type, let rules = site.registry.rules[noun] else { return }
    // What follows from a change is no wish of whoever made it.
    try warrant.asSite { for rule in rules { try rule.check(old, new, self) } }
  }

  /// An item as it is stored; rules may have completed it.
  func afterRules(_ item: Item) throws -> Item {
    site.registry.rules[item.envelope.type] == nil ? item : try self.item(item.envelope.id)
  }

  /// The rules that hold for every item: its own checks, its title, slug, tree and references.
  func check(_ item: inout Item) throws {
    let shape = try site.shape(item.envelope.type)
    try Self.checkAlone(&item, shape)
    try checkReferences(item, shape)
    try checkTree(item, shape)
  }

  /// The rules that an item can be held against by itself, without the database.
  static func checkAlone(_ item: inout Item, _ shape: Shape) throws {
    do {
      item.values = try shape.check(item.values)
    } catch {
      throw error.refusal
    }
    if let index = shape.titleIndex, case .text(let title) = item.values[index] {
      item.envelope.title = title
    }
    guard item.envelope.slug.isEmpty || Slugs.isSlug(item.envelope.slug) else {
      throw Refusal(
        .invalid, "slug: “\(item.envelope.slug)” is no slug", field: "slug",
        hint: "Lower-case letters a to z, digits and single hyphens, such as \(slug(of: item)).")
    }
    for (name, text) in [("author", item.envelope.author), ("origin", item.envelope.origin)]
    where (text?.utf8.count ?? 0) > 4096 {
      throw Refusal(.invalid, "\(name): is longer than 4096 bytes", field: name)
    }
    if let position = item.envelope.position, !Envelope.positions.contains(position) {
      throw Refusal(
        .invalid,
        "position: \(position) is not from \(Envelope.positions.lowerBound) to \(Envelope.positions.upperBound)",
        field: "position")
    }
    if let publish = item.envelope.publishAt, let expire = item.envelope.expireAt, expire <= publish {
      throw Refusal(.invalid, "expireAt: is not after publishAt", field: "expireAt")
    }
  }

  private func checkReferences(_ item: Item, _ shape: Shape) throws {
    try Self.eachReference(of: item, shape) { id, noun, field in
      guard let id, try site.store.has(id, of: noun, db) else {
        let what = noun == FieldKind.anyItem ? "item" : noun
        throw Refusal(.notFound, "\(field): there is no \(what) \(id ?? 0)", field: field)
      }
    }
  }

  /// Calls `body` with the id, the noun and the field of each item that one refers to, its tags last.
  static func eachReference(
    of item: Item, _ shape: Shape, _ body: (_ id: Int64?, _ noun: String, _ field: String) throws -> Void
  ) rethrows {
    for (field, value) in zip(shape.fields, item.values) {
      guard let noun = field.kind.target else { continue }
      if case .list(let values) = value {
        for value in values { try body(value.integer, noun, field.name) }
      } else if !value.isNull {
        try body(value.integer, noun, field.name)
      }
    }
    for tag in item.tags { try body(tag, Tag.name, "tags") }
  }

  /// Refuses an item that would be its own ancestor.
  func checkTree(_ item: Item, _ shape: Shape) throws {
    guard item.envelope.id != 0, let field = shape.parentField, let index = shape.index[field.name] else {
      return
    }
    var (parent, seen) = (item.values[index].integer, Set<Int64>())
    while let id = parent, seen.insert(id).inserted {
      guard id != item.envelope.id else {
        throw Refusal(
          .conflict, "\(field.name): “\(item.envelope.title)” would be inside itself", field: field.name,
          hint: "Choose a \(shape.name) that is not below it.")
      }
      parent = try site.store.parent(of: id, shape.name, db)
    }
  }
}
