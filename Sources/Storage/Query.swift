public import ContentModel

/// What is asked of a stored value.
public indirect enum Condition: Sendable, Hashable {
  public enum Comparison: String, Sendable {
    case equal = "="
    case unequal = "<>"
    case less = "<"
    case atMost = "<="
    case greater = ">"
    case atLeast = ">="
  }
  case all([Condition])
  case any([Condition])
  case not(Condition)
  /// A field or envelope column against a value; null compares as a value of its own.
  case compare(String, Comparison, FieldValue)
  /// The text of a field contains a text, both folded.
  case contains(String, String)
  /// The field is neither null nor empty.
  case isSet(String)
  /// A list of references (`tags` too) holds one of these items.
  case links(String, [Int64])
  /// The id is one of these.
  case ids([Int64])
  /// Visitors may see the item at the moment, a timestamp.
  case isPublic(String)
}

/// Which items of a type, in which order, and how much of each.
public struct Query: Sendable {
  public struct Order: Sendable, Hashable {
    public var field: String
    public var descends: Bool
    public init(_ field: String, descends: Bool = false) {
      self.field = field
      self.descends = descends
    }
  }

  public var condition: Condition?
  /// Ties fall in the order of ids.
  public var order: [Order]
  public var limit: Int?
  public var offset: Int
  /// Trashed items instead of the others; nil for both.
  public var isTrashed: Bool?
  /// The fields to read; nil for all. Others come as null.
  public var fields: Set<String>?

  /// The order of siblings: their places, then how they were made. By uids, which stay in archives; ids do not.
  public static let siblings = [Order("position"), Order("uid")]

  public init(
    _ condition: Condition? = nil, order: [Order] = [], limit: Int? = nil, offset: Int = 0,
    isTrashed: Bool? = false, fields: Set<String>? = nil
  ) {
    self.condition = condition
    self.order = order
    self.limit = limit
    self.offset = offset
    self.isTrashed = isTrashed
    self.fields = fields
  }
}
