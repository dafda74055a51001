/// A pointer to one item of a content type, by its id in this site.
public struct Reference<Target: Content>: FieldType, Hashable {
  /// The id of the item.
  public let id: Int64

  public init(id: Int64) { self.id = id }

  public static var kind: FieldKind { .reference(Target.name) }
  public var fieldValue: FieldValue { .integer(id) }
  public init(fieldValue: FieldValue) throws(Refusal) {
    guard case .integer(let id) = fieldValue else { throw Self.mismatch(fieldValue) }
    self.id = id
  }
}

/// A pointer to one item of whatever content type, by its id in this site; people write `article:tin-moi`.
public struct AnyReference: FieldType, Hashable {
  /// The id of the item.
  public let id: Int64

  public init(id: Int64) { self.id = id }

  public static var kind: FieldKind { .reference(FieldKind.anyItem) }
  public var fieldValue: FieldValue { .integer(id) }
  public init(fieldValue: FieldValue) throws(Refusal) {
    guard case .integer(let id) = fieldValue else { throw Self.mismatch(fieldValue) }
    self.id = id
  }
}

/// Pointers to items of one content type, in order, each once.
public struct References<Target: Content>: FieldType, Hashable, ExpressibleByArrayLiteral {
  /// The ids of the items.
  public private(set) var ids: [Int64]

  /// Keeps the first of ids that occur twice.
  public init(ids: [Int64]) {
    var seen: Set<Int64> = []
    self.ids = ids.filter { seen.insert($0).inserted }
  }

  public init(arrayLiteral elements: Int64...) { self.init(ids: elements) }

  public static var kind: FieldKind { .references(Target.name) }
  public var fieldValue: FieldValue { .list(ids.map { .integer($0) }) }
  public init(fieldValue: FieldValue) throws(Refusal) {
    guard case .list(let values) = fieldValue else { throw Self.mismatch(fieldValue) }
    var ids: [Int64] = []
    for value in values {
      ids.append(try Reference<Target>(fieldValue: value).id)
    }
    self.init(ids: ids)
  }
}
