public import ContentModel
import Foundation

/// Operations on entries with their Swift types.
extension Operation {
  /// The entry of this id; a refusal if there is none, or if it is of another type.
  public func entry<Body: Content>(_ type: Body.Type, _ id: Int64) throws -> Entry<Body> {
    let item = try item(id)
    guard item.envelope.type == Body.name else { throw Refusal(.notFound, "There is no \(Body.name) \(id)") }
    return try Entry(item)
  }

  /// Makes an item of a body.
  @discardableResult
  public func create<Body: Content>(
    _ body: Body, state: State = .draft, origin: String? = nil
  ) throws -> Item {
    var item = try blank(Body.name)
    item.values = Shape.encode(body)
    (item.envelope.state, item.envelope.origin) = (state, origin)
    return try create(item)
  }

  /// Changes an entry; what `change` makes of it is checked, and what it was is kept.
  @discardableResult
  public func update<Body: Content>(
    _ type: Body.Type, _ id: Int64, _ change: (inout Entry<Body>) throws -> Void
  ) throws -> (item: Item, hasChanged: Bool) {
    try update(id) { item in
      var entry = try Entry<Body>(item)
      try change(&entry)
      item.envelope = entry.envelope
      item.values = Shape.encode(entry.body)
    }
  }

  /// Changes what is no version of its own: the rest of an entry made in this operation, its place.
  public func complete<Body: Content>(
    _ type: Body.Type, _ id: Int64, _ change: (inout Entry<Body>) throws -> Void
  ) throws {
    try complete(id) { item in
      var entry = try Entry<Body>(item)
      try change(&entry)
      item.envelope = entry.envelope
      item.values = Shape.encode(entry.body)
    }
  }
}
