import ContentModel
import GRDB
import Storage

/// What becomes of those that refer to an item that is removed for good.
extension Operation {
  /// So many are told one by one.
  private static let most = 10

  /// Lets go of an item that is about to be removed: who may not change those that are left without it is refused, who
  /// needs it refuses, the others are told.
  /// - Parameter going: those that are removed together with it.
  func release(_ item: Item, except going: Set<Int64>) throws {
    let holders = try site.store.holders(of: item.envelope.id, db).filter { !going.contains($0) }
    let blocks = try blocks(showing: item.envelope).filter { !going.contains($0.block.envelope.id) }
    // A tag is a word; whoever may take it away takes it off its items.
    if item.envelope.type != Tag.name, try !mayChangeAll {
      for id in holders + blocks.map(\.block.envelope.id) {
        do { try permitChange(of: id) } catch var refusal as Refusal where refusal.code == .declined {
          refusal.message += ", and it would be left without \(item.envelope.type) “\(item.envelope.slug)”"
          throw refusal
        }
      }
    }
    try warrant.asSite { try detach(item.envelope, from: holders, blocks, except: going) }
  }

  private func detach(
    _ envelope: Envelope, from holders: [Int64], _ blocks: [ShownItems.Place], except going: Set<Int64>
  ) throws {
    let users = try site.store.references(to: envelope.id, of: envelope.type, limit: 10_000, db)
      .filter { !going.contains($0.id) }
    for user in users { try refuseIfNeeded(user.field, by: user.id, envelope) }
    for (block, option) in blocks {
      let type = site.registry.blocks.first { $0.name == block.body.kind }
      guard type?.options[option]?.has(.required) != true else {
        throw needed(envelope, by: block.envelope, option)
      }
    }
    for holder in holders {
      let other = try self.item(holder)
      let wasSound = try isSound(other)
      do {
        try revise(holder) { try letGo(of: envelope.id, &$0) }
      } catch let refusal as Refusal where refusal.code == .invalid {
        // Its own rules want what goes now.
        guard !wasSound else { throw needed(envelope, by: other.envelope, refusal.field ?? "reference") }
        // What did not meet them before keeps nobody.
        note("\(other.envelope.type) \(holder) “\(other.envelope.title)”: \(refusal.message)")
      }
    }
    // A tag is a word on many items; that it goes from them is what is asked for.
    guard envelope.type != Tag.name else { return }
    for (block, option) in blocks {
      try update(Block.self, block.envelope.id) { entry in
        entry.body.options.removeAll { $0.hasPrefix("\(option)=") }
      }
    }
    let all = users + blocks.map { ($0.block.envelope.id, $0.option) }
    for user in all.prefix(Self.most) {
      guard let other = try site.store.fetch(user.id, db)?.envelope else { continue }
      note("\(other.type) \(other.id) “\(other.title)” is left without it in \(user.field)")
    }
    if all.count > Self.most { note("… and \(Counted.text(all.count - Self.most, "other item"))") }
  }

  /// Changes an item, which leaves a version like any other change, without looking at the rest of it: an item that no
  /// longer meets the rules of its type keeps nobody from what is done to another.
  /// - Throws: what a rule has against it, with the change made.
  func revise(_ id: Int64, _ change: (inout Item) throws -> Void) throws {
    let old = try item(id)
    var new = old
    try change(&new)
    guard new != old else { return }
    try permit(old, new)
    new.envelope.version = try site.store.nextVersion(after: old.envelope, db)
    new.envelope.updatedAt = max(now, old.envelope.createdAt)
    try saveRevision(old)
    try site.store.update(old, to: new, db)
    try obey(old, new)
  }

  /// Takes all references to `id` out of an item, as the database would.
  private func letGo(of id: Int64, _ item: inout Item) throws {
    let shape = try site.shape(item.envelope.type)
    item.tags.removeAll { $0 == id }
    for (index, field) in shape.fields.enumerated() where field.kind.target != nil {
      if case .list(let targets) = item.values[index] {
        item.values[index] = .list(targets.filter { $0.integer != id })
      } else if item.values[index].integer == id {
        item.values[index] = .null
        // Below nothing, it comes last.
        if shape.placeIndices.contains(index) { item.envelope.position = nil }
      }
    }
  }

  private func refuseIfNeeded(_ field: String, by id: Int64, _ envelope: Envelope) throws {
    guard let other = try site.store.fetch(id, db)?.envelope,
      try site.shape(other.type)[field]?.has(.required) == true
    else { return }
    throw needed(envelope, by: other, field)
  }

  private func needed(_ envelope: Envelope, by other: Envelope, _ field: String) -> Refusal {
    Refusal(
      .conflict,
      "\(envelope.type) “\(envelope.slug)” is the \(field) of \(other.type) \(other.id), which cannot be without one",
      hint: other.trashedAt == nil
        ? "Give it another, or delete it first: sen \(other.type) delete \(other.id)"
        : "That is in the trash. Remove it for good with it or before: sen \(other.type) delete \(other.id) --force"
    )
  }
}
