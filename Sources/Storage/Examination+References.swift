import ContentModel
import GRDB

/// Whether what rows refer to is there, and is what they may refer to.
extension Examination {
  /// Rows that refer to what is not there; SQLite's own rule for each says what becomes of them.
  func danglings(_ db: Database) throws -> [Ailment] {
    let rows = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
    let groups = Dictionary(grouping: rows) { row in Dangling(table: row[0], key: row[3]) }
    return try groups.sorted { ($0.key.table, $0.key.key) < ($1.key.table, $1.key.key) }.compactMap {
      key, rows in
      // Fields without an item are told above.
      if shapes.contains(where: { $0.name == key.table }), key.isOfItem(try keys(key, db)) { return nil }
      guard let rule = try keys(key, db) else { return Ailment("dangling reference in \(key.table)") }
      let (parent, from, to, action): (String, String, String?, String) = (
        rule["table"], rule["from"], rule["to"], rule["on_delete"]
      )
      let condition = """
        \(from.sql) IS NOT NULL AND \(from.sql) NOT IN (SELECT \((to ?? "id").sql) FROM \(parent.sql))
        """
      guard try !strangeColumns(db).contains("\(key.table).\(from)") else {
        return Ailment(
          "\(key.table).\(from) refers to what is not there, and is of another type than declared")
      }
      let sql =
        action == "SET NULL"
        ? "UPDATE \(key.table.sql) SET \(from.sql) = NULL WHERE \(condition)"
        : "DELETE FROM \(key.table.sql) WHERE \(condition)"
      let what = rows.count == 1 ? "1 row of \(key.table) refers" : "\(rows.count) rows of \(key.table) refer"
      let isContent = key.table == "itemLink" || shapes.contains { $0.name == key.table }
      return Ailment("\(what) by \(from) to what is not there", isForGood: true) { db in
        let ids =
          try isContent
          ? Int64.fetchAll(db, sql: "SELECT DISTINCT itemId FROM \(key.table.sql) WHERE \(condition)") : []
        try changing(ids, db) { try db.execute(sql: sql) }
      }
    }
  }

  private struct Dangling: Hashable {
    let table: String
    let key: Int

    func isOfItem(_ rule: Row?) -> Bool { rule.map { $0["from"] as String == "itemId" } ?? false }
  }

  private func keys(_ dangling: Dangling, _ db: Database) throws -> Row? {
    try Row.fetchAll(db, sql: "PRAGMA foreign_key_list(\(dangling.table.sql))")
      .first { $0["id"] == dangling.key }
  }

  /// References to items of another type than their fields say, and former slugs that lead to another type.
  func references(_ db: Database) throws -> [Ailment] {
    var found: [Ailment] = []
    func add(
      _ rows: [Row], _ field: String, _ noun: String, _ target: String,
      _ mend: @escaping (Database, Int64) throws -> Void
    ) {
      for row in rows {
        let (id, other, type): (Int64, Int64, String) = (row[0], row[1], row[2])
        found.append(
          Ailment("\(noun) \(id): \(field) refers to \(type) \(other), which is no \(target)") { db in
            try changing([id], db) { try mend(db, id) }
          })
      }
    }
    for shape in shapes {
      let tags = FieldShape(
        name: "tags", kind: .references("tag"), traits: [], isOptional: false, help: "", initial: .list([]))
      for field in shape.fields + [tags] {
        guard let target = field.kind.target, target != FieldKind.anyItem else { continue }
        if case .references = field.kind {
          let rows = try Row.fetchAll(
            db,
            sql: """
              SELECT l.itemId, l.targetId, o.type FROM itemLink l JOIN item i ON i.id = l.itemId
              JOIN item o ON o.id = l.targetId WHERE i.type = ? AND l.field = ? AND o.type <> ?
              """, arguments: [shape.name, field.name, target])
          add(rows, field.name, shape.name, target) { db, id in
            try db.execute(
              sql: """
                DELETE FROM itemLink WHERE itemId = ? AND field = ?
                AND targetId IN (SELECT id FROM item WHERE type <> ?)
                """, arguments: [id, field.name, target])
          }
        } else {
          let column = field.name.sql
          let rows = try Row.fetchAll(
            db,
            sql: """
              SELECT t.itemId, o.id, o.type FROM \(shape.name.sql) t JOIN item o ON o.id = t.\(column)
              WHERE o.type <> ?
              """, arguments: [target])
          add(rows, field.name, shape.name, target) { db, id in
            try db.execute(
              sql: "UPDATE \(shape.name.sql) SET \(column) = NULL WHERE itemId = ?", arguments: [id])
          }
        }
      }
    }
    let redirects = try Row.fetchAll(
      db,
      sql: "SELECT r.type, r.slug FROM redirect r JOIN item i ON i.id = r.itemId WHERE i.type <> r.type")
    let own = try Row.fetchAll(
      db, sql: "SELECT r.type, r.slug FROM redirect r JOIN item i ON i.type = r.type AND i.slug = r.slug")
    let trashed = try store.trashedReferences(db).sorted { ($0.item, $0.target) < ($1.item, $1.target) }
    return try found
      + trashed.map { reference in
        let (noun, target) = try (store.type(of: reference.item, db), store.type(of: reference.target, db))
        return Ailment(
          "\(noun ?? "item") \(reference.item): \(reference.field) refers to \(target ?? "item") \(reference.target), "
            + "which is in the trash: \(target ?? "trash") restore \(reference.target)", isForPeople: true)
      }
      + own.map { row in
        let (type, slug): (String, String) = (row[0], row[1])
        return Ailment("the former slug \(slug) of a \(type) is the slug that one has now") {
          try $0.execute(sql: "DELETE FROM redirect WHERE type = ? AND slug = ?", arguments: [type, slug])
        }
      }
      + redirects.map { row in
        let (type, slug): (String, String) = (row[0], row[1])
        return Ailment("the former slug \(slug) of a \(type) leads to something else") {
          try $0.execute(sql: "DELETE FROM redirect WHERE type = ? AND slug = ?", arguments: [type, slug])
        }
      }
  }

  /// Items that stand below themselves.
  func trees(_ db: Database) throws -> [Ailment] {
    try shapes.flatMap { shape -> [Ailment] in
      guard let field = shape.fields.first(where: { $0.has(.parent) }) else { return [] }
      let column = field.name.sql
      let circling = try Int64.fetchAll(
        db,
        sql: """
          WITH RECURSIVE above(id, ancestor) AS (
            SELECT itemId, \(column) FROM \(shape.name.sql) WHERE \(column) IS NOT NULL
            UNION SELECT a.id, t.\(column) FROM above a JOIN \(shape.name.sql) t ON t.itemId = a.ancestor
            WHERE t.\(column) IS NOT NULL
          )
          SELECT id FROM above WHERE id = ancestor ORDER BY id
          """)
      return circling.enumerated().map { index, id in
        Ailment("\(shape.name) \(id) stands below itself") { db in
          // One of a circle at the top ends it.
          guard index == 0 else { return }
          try changing([id], db) {
            try db.execute(
              sql: "UPDATE \(shape.name.sql) SET \(column) = NULL WHERE itemId = ?", arguments: [id])
          }
        }
      }
    }
  }
}
