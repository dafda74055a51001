import ContentModel
import GRDB
import Vietnamese

/// Turns a query into SQL over `item` (as `i`) and the typed table (as `t`).
struct QueryCompiler {
  let table: TypedTable
  private(set) var arguments: [DatabaseValue] = []
  /// Whether it asks for a column of the typed table.
  private var asksOwn = false

  /// The tables that have to be looked at, once the tail is made: all items have a row in the one of their type.
  var tables: String {
    asksOwn ? "item i JOIN \(table.shape.name.sql) t ON t.itemId = i.id" : "item i"
  }

  init(_ table: TypedTable) { self.table = table }

  /// The columns of the envelope by the name that people use.
  static let envelope: Set<String> = [
    "id", "uid", "slug", "title", "state", "author", "language", "createdAt", "updatedAt", "publishAt",
    "expireAt", "trashedAt", "position", "origin", "version",
  ]

  /// Everything after SELECT … FROM: WHERE, ORDER BY, LIMIT.
  /// - Parameter isWhole: whether all that is found is wanted, however much: then what refers to one item is found by
  ///   the index of the reference and put in order, and not looked for among all of the type in their order.
  mutating func tail(_ query: Query, isWhole: Bool = false) throws -> String {
    let isNarrow = isWhole && query.condition.map(isNarrow) ?? false
    var conditions = ["\(isNarrow ? "+" : "")i.type = \(bind(.text(table.shape.name)))"]
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
      text +=
        " LIMIT \(bind(.integer(Int64(query.limit ?? -1)))) OFFSET \(bind(.integer(Int64(query.offset))))"
    }
    return text
  }

  /// Whether an index leads to all of which a condition holds.
  private func isNarrow(_ condition: Condition) -> Bool {
    switch condition {
    case .all(let parts): parts.contains(where: isNarrow)
    case .any(let parts): !parts.isEmpty && parts.allSatisfy(isNarrow)
    case .compare(let field, .equal, .integer): table.shape[field]?.kind.target != nil
    case .links, .ids: true
    default: false
    }
  }

  private var titleName: String {
    table.shape.titleIndex.map { table.shape.fields[$0].name } ?? "title"
  }

  mutating func sql(_ condition: Condition) throws -> String {
    switch condition {
    case .all(let parts): return try group(parts, " AND ", empty: "1")
    case .any(let parts): return try references(parts) ?? group(parts, " OR ", empty: "0")
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

  /// That an item refers to one of some others, by this field or that list: each has an index, while a choice between
  /// two tables has none. Nil where something else is asked.
  private mutating func references(_ parts: [Condition]) throws -> String? {
    var (own, lists): ([String: [Int64]], [(field: String, ids: [Int64])]) = ([:], [])
    for part in parts {
      switch part {
      case .compare(let field, .equal, .integer(let id)) where table.shape[field]?.kind.target != nil:
        own[field, default: []].append(id)
      case .links(let field, let ids): lists.append((field, ids))
      default: return nil
      }
    }
    guard own.count + lists.count > 1 else { return nil }
    func listed(_ ids: [Int64]) -> String { ids.map(String.init).joined(separator: ",") }
    let selects =
      own.sorted { $0.key < $1.key }.map { field, ids in
        "SELECT itemId FROM \(table.shape.name.sql) WHERE \(field.sql) IN (\(listed(ids)))"
      }
      + lists.map { list in
        "SELECT itemId FROM itemLink WHERE targetId IN (\(listed(list.ids))) AND field = \(bind(.text(list.field)))"
      }
    return "i.id IN (\(selects.joined(separator: " UNION ALL ")))"
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
  mutating func column(_ name: String) throws -> String {
    if let field = table.shape[name] {
      if field.has(.title) { return "i.title" }
      asksOwn = true
      return "t.\(name.sql)"
    }
    guard Self.envelope.contains(name) else {
      throw Refusal(.usage, "\(table.shape.name) has no field “\(name)”", field: name)
    }
    return "i.\(name)"
  }
}
