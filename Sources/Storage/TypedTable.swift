import ContentModel
import GRDB

/// The table of one content type: a column for each field that is neither the title nor a list of references.
final class TypedTable: Sendable {
  let shape: Shape
  /// Where the columns stand in the shape's fields; long texts come last, so that lists do not read them.
  let columns: [Int]
  /// Where the fields stand that are kept in `itemLink`.
  let links: [Int]
  /// The values of an item of which nothing was read, the kinds of its fields, and where its title stands.
  let blank: [FieldValue]
  let kinds: [FieldKind]
  let title: Int?
  /// The statement that writes a new row; kept, so that it is not put together for each.
  let insert: String
  /// The statement that reads one item by its id; kept likewise.
  let fetch: String
  /// The same without long texts; these columns of it.
  let fetchListed: String
  let listedColumns: [Int]
  /// What lists read of an item: all fields but long texts, and its tags.
  let listed: Set<String>
  /// The statement that reads the parent of one; nil where the type has none.
  let parent: String?

  init(_ shape: Shape) {
    self.shape = shape
    var columns: [Int] = []
    var links: [Int] = []
    for (index, field) in shape.fields.enumerated() {
      if case .references = field.kind {
        links.append(index)
      } else if !field.has(.title) {
        columns.append(index)
      }
    }
    self.columns =
      columns.filter { !shape.fields[$0].has(.body) } + columns.filter { shape.fields[$0].has(.body) }
    self.links = links
    blank = shape.fields.map { _ in .null }
    kinds = shape.fields.map(\.kind)
    title = shape.titleIndex
    listedColumns = self.columns.filter { !shape.fields[$0].has(.body) }
    listed = Set(shape.fields.filter { !$0.has(.body) }.map(\.name) + ["tags"])
    let names = self.columns.map { shape.fields[$0].name.sql }
    let marks = Array(repeating: "?", count: names.count + 1).joined(separator: ", ")
    insert =
      "INSERT INTO \(shape.name.sql) (\((["itemId"] + names).joined(separator: ", "))) VALUES (\(marks))"
    parent = shape.parentField.map { "SELECT \($0.name.sql) FROM \(shape.name.sql) WHERE itemId = ?" }
    fetch = Self.select(self.columns, shape) + "WHERE i.id = ?"
    fetchListed = Self.select(listedColumns, shape) + "WHERE i.id = ?"
  }

  /// The beginning of a statement that reads items, with some of the columns; a condition follows.
  func select(_ columns: [Int]) -> String { Self.select(columns, shape) }

  private static func select(_ columns: [Int], _ shape: Shape) -> String {
    let names = columns.map { ", t.\(shape.fields[$0].name.sql)" }.joined()
    let envelope = "i." + ItemStore.envelopeColumns.joined(separator: ", i.")
    return "SELECT i.id, \(envelope)\(names) FROM item i JOIN \(shape.name.sql) t ON t.itemId = i.id "
  }

  /// The statement that writes some columns of a row anew.
  func update(_ columns: [Int]) -> String {
    let sets = columns.map { "\(shape.fields[$0].name.sql) = ?" }.joined(separator: ", ")
    return "UPDATE \(shape.name.sql) SET \(sets) WHERE itemId = ?"
  }

  /// The name under which the migration log remembers this table as it is declared now.
  var fingerprint: String {
    "type \(shape.name): " + columns.map { definition(shape.fields[$0]) }.joined(separator: ", ")
  }

  /// Creates the table, or adds the columns of fields that are new.
  func create(in db: Database) throws {
    let name = shape.name.sql
    if try db.tableExists(shape.name) {
      let present = try Set(db.columns(in: shape.name).map(\.name))
      for index in columns where !present.contains(shape.fields[index].name) {
        try db.execute(sql: "ALTER TABLE \(name) ADD COLUMN \(definition(shape.fields[index]))")
      }
    } else {
      let body = columns.map { ",\n  " + definition(shape.fields[$0]) }.joined()
      try db.execute(
        sql:
          "CREATE TABLE \(name) (\n  itemId INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE\(body)\n) STRICT"
      )
    }
    for index in columns where shape.fields[index].has(.indexed) || shape.fields[index].kind.target != nil {
      let column = shape.fields[index].name
      let indexName = "\(shape.name)By\(column.prefix(1).uppercased())\(column.dropFirst())".sql
      try db.execute(
        sql:
          "CREATE INDEX IF NOT EXISTS \(indexName) ON \(name)(\(column.sql)) WHERE \(column.sql) IS NOT NULL")
    }
    try db.execute(sql: "DELETE FROM migration WHERE name LIKE 'type ' || ? || ':%'", arguments: [shape.name])
    try db.execute(sql: "INSERT OR IGNORE INTO migration (name) VALUES (?)", arguments: [fingerprint])
  }

  func definition(_ field: FieldShape) -> String {
    let name = field.name.sql
    var text: String
    switch field.kind {
    case .text, .url, .media, .texts, .date: text = "\(name) TEXT"
    case .integer: text = "\(name) INTEGER"
    case .real: text = "\(name) REAL"
    case .bool: text = "\(name) INTEGER CHECK (\(name) IN (0, 1))"
    case .choice(let words):
      text = "\(name) TEXT CHECK (\(name) IN (\(words.map(\.quoted).joined(separator: ", "))))"
    case .reference: text = "\(name) INTEGER REFERENCES item(id) ON DELETE SET NULL"
    case .references: text = name
    }
    if !field.isOptional, field.kind.target == nil {
      text += " NOT NULL DEFAULT \(literal(field.initial))"
    }
    return text
  }

  private func literal(_ value: FieldValue) -> String {
    switch Column.encode(value).storage {
    case .null: "NULL"
    case .int64(let integer): String(integer)
    case .double(let double): String(double)
    case .string(let text): text.quoted
    case .blob: "x''"
    }
  }
}

extension String {
  /// The name as an SQL identifier.
  var sql: String { "\"" + replacingAll("\"", "\"\"") + "\"" }
  /// The text as an SQL literal.
  var quoted: String { "'" + replacingAll("'", "''") + "'" }

  private func replacingAll(_ part: Character, _ replacement: String) -> String {
    reduce(into: "") { text, character in
      if character == part { text += replacement } else { text.append(character) }
    }
  }
}
