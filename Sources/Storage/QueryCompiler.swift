import ContentModel
import GRDB
import Vietnamese

/// Turns a query into SQL over `item` (as `i`) and the typed table (as `t`).
struct QueryCompiler {
  let table: TypedTable
  private(set) var arguments: [DatabaseValue] = []

  init(_ table: TypedTable) { self.table = table }

  /// The columns of the envelope by the name that people use.
  static let envelope: Set<String> = [
    "id", "uid", "slug", "title", "state", "author", "language", "createdAt", "updatedAt", "publishAt",
    "expireAt", "trashedAt", "position", "origin", "version",
  ]

  /// Everything after SELECT … FROM: WHERE, ORDER BY, LIMIT.
  mutating func tail(_ query: Query) throws -> String {
    var conditions = ["i.type = \(bind(.text(table.shape.name)))"]
    switch query.isTrashed {
    case true?: conditions.append("i.trashedAt IS NOT NULL")
    case false?: conditions.append("i.trashedAt IS NULL")
    case nil: break
    }
    if let condition = query.condition { conditions.append(try sql(condition)) }
    var text = "WHERE " + conditions.joined(separator: " AND ")
    var orders: [String] = []
    for order in query.order {
      // What has no place of its own comes after what has one.
      if order.field == "position" { orders.append("i.position IS NULL") }
      let column = try order.field == titleName ? "i.sortKey" : self.column(order.field)
      let key = try isProse(order.field) && order.field != titleName ? "sortkey(\(column))" : column
      orders.append("\(key) \(order.descends ? "DESC" : "ASC")")
    }
    if !query.order.contains(where: { $0.field == "id" }) {
      orders.append("i.id \(query.order.first?.descends == true ? "DESC" : "ASC")")
    }
    text += " ORDER BY " + orders.joined(separator: ", ")
    if query.limit != nil || query.offset > 0 {
      text += " LIMIT \(query.limit ?? -1) OFFSET \(query.offset)"
    }
    return text
  }

  private var titleName: String {
    table.shape.titleIndex.map { table.shape.fields[$0].name } ?? "title"
  }

  mutating func sql(_ condition: Condition) throws -> String {
    switch condition {
    case .all(let parts): return try group(parts, " AND ", empty: "1")
    case .any(let parts): return try group(parts, " OR ", empty: "0")
    // A comparison with nothing is NULL in SQL, and for people it does not hold: then its opposite does.
    case .not(let part): return "(\(try sql(part))) IS NOT TRUE"
    case .ids(let ids): return "i.id IN (\(ids.map(String.init).joined(separator: ",")))"
    case .contains(let field, let text):
      return "coalesce(instr(fold(\(try column(field))), \(bind(.text(Folding.fold(text))))), 0) > 0"
    case .isSet(let field):
      if case .references? = try kind(field) {
        return "EXISTS (SELECT 1 FROM itemLink WHERE itemId = i.id AND field = \(bind(.text(field))))"
      }
      return "coalesce(\(try column(field)), '') NOT IN ('', 0, '[]')"
    case .links(let field, let ids):
      return "i.id IN (SELECT itemId FROM itemLink WHERE field = \(bind(.text(field)))"
        + " AND targetId IN (\(ids.map(String.init).joined(separator: ","))))"
    case .compare(let field, let comparison, let value):
      let column = try column(field)
      switch (comparison, value.isNull) {
      case (.equal, true): return "\(column) IS NULL"
      case (.unequal, true): return "\(column) IS NOT NULL"
      case (.unequal, false): return "\(column) IS NOT \(bind(value))"
      case (.equal, false): return "(\(column) = \(bind(value)))"
      case (_, false) where try isProse(field):
        let key = field == titleName ? "i.sortKey" : "sortkey(\(column))"
        return "(\(key) \(comparison.rawValue) sortkey(\(bind(value))))"
      default: return "(\(column) \(comparison.rawValue) \(bind(value)))"
      }
    case .isPublic(let now):
      // The moment is asked for twice, by two arguments.
      return Visibility.sql("i", at: bind(.text(now)), bind(.text(now)))
    }
  }

  private mutating func group(_ parts: [Condition], _ joint: String, empty: String) throws -> String {
    var texts: [String] = []
    for part in parts { texts.append(try sql(part)) }
    return texts.isEmpty ? empty : "(" + texts.joined(separator: joint) + ")"
  }

  /// Adds an argument; the answer is its place holder.
  private mutating func bind(_ value: FieldValue) -> String {
    arguments.append(Column.encode(value))
    return "?"
  }

  private func kind(_ name: String) throws -> FieldKind? {
    if name == "tags" { return .references("tag") }
    return table.shape[name]?.kind
  }

  /// Whether the field holds text of people, whose order is the alphabet's.
  private func isProse(_ name: String) throws -> Bool {
    try name == titleName || kind(name) == .text || name == "author"
  }

  /// The SQL of a field's column.
  func column(_ name: String) throws -> String {
    if let field = table.shape[name] {
      return field.has(.title) ? "i.title" : "t.\(name.sql)"
    }
    guard Self.envelope.contains(name) else {
      throw Refusal(.usage, "\(table.shape.name) has no field “\(name)”", field: name)
    }
    return "i.\(name)"
  }
}
