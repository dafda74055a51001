public import ContentModel
public import GRDB

/// Whether the tables are what is declared now.
extension Schema {
  /// How the tables of content types and side tables differ from their declarations, a line each: columns that are
  /// missing, of another type or without their rule, and with `tellsMore` those that nothing declares.
  ///
  /// A database that was changed by other tools, or a declaration that has changed in a way that no column can be
  /// added for, differs.
  public static func drift(
    _ db: Database, shapes: [Shape], sideTables: [SideTable], tellsMore: Bool = false
  ) throws -> [String] {
    var problems: [String] = []
    for shape in shapes {
      let table = TypedTable(shape)
      problems += try drift(
        shape.name, ["itemId"], table.columns.map { table.definition(shape.fields[$0]) },
        shape.fields.indices.filter { table.columns.contains($0) }.map { shape.fields[$0].name }, tellsMore,
        db)
    }
    for table in sideTables {
      problems += try drift(
        table.name, ["id"] + (table.noun == nil ? [] : ["itemId"]), table.columns.map(table.definition),
        table.columns.map(\.name), tellsMore, db)
      // Of a table that is not there, that is told already.
      guard try db.tableExists(table.name) else { continue }
      for columns in table.unique where try !db.table(table.name, hasUniqueKey: columns) {
        problems.append("\(table.name): \(columns.joined(separator: ", ")) are not unique")
      }
    }
    return problems
  }

  /// How a declared table is named, with its columns' names and declared types.
  static func types(shapes: [Shape], sideTables: [SideTable]) -> [String: [String: String]] {
    func types(_ definitions: [String]) -> [String: String] {
      Dictionary(
        definitions.compactMap { definition in
          let parts = definition.split(separator: "\"", maxSplits: 1).map(String.init)
          guard parts.count == 2 else { return nil }
          return (parts[0], parts[1].split(separator: " ").first.map(String.init) ?? "")
        }, uniquingKeysWith: { first, _ in first })
    }
    let typed = shapes.map { shape in
      let table = TypedTable(shape)
      return (shape.name, types(table.columns.map { table.definition(shape.fields[$0]) }))
    }
    let side = sideTables.map { table in (table.name, types(table.columns.map(table.definition))) }
    return Dictionary(typed + side, uniquingKeysWith: { first, _ in first })
  }

  /// The `CHECK (…)` of a definition, up to what stands behind it.
  private static func check(_ definition: String) -> String? {
    let parts = definition.split(separator: "CHECK (", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    return "CHECK (" + (parts[1].split(separator: " NOT NULL", maxSplits: 1).first ?? parts[1])
  }

  private static func drift(
    _ table: String, _ keys: [String], _ definitions: [String], _ names: [String], _ tellsMore: Bool,
    _ db: Database
  ) throws -> [String] {
    guard try db.tableExists(table) else { return ["there is no table \(table)"] }
    let columns = try db.columns(in: table)
    let sql =
      try String.fetchOne(
        db, sql: "SELECT sql FROM sqlite_schema WHERE name = ? COLLATE NOCASE", arguments: [table])
      ?? ""
    var problems: [String] = []
    for definition in definitions {
      // `"closes" TEXT NOT NULL DEFAULT ''`: the name, the type, the rules.
      let parts = definition.split(separator: "\"", maxSplits: 1).map(String.init)
      guard let name = parts.first, let rest = parts.last else { continue }
      guard let column = columns.first(where: { $0.name == name }) else {
        problems.append("\(table).\(name) has no column")
        continue
      }
      let type = rest.split(separator: " ").first.map(String.init) ?? ""
      if column.type != type {
        problems.append(
          "\(table).\(name) is \(column.type), and \(type) is declared; its values stay as they are. An archive takes "
            + "them along into a new site: sen export archive, sen init, sen import archive")
      } else if column.isNotNull != rest.contains(" NOT NULL") {
        problems.append(
          "\(table).\(name) \(column.isNotNull ? "may not" : "may") be empty, against its declaration")
      } else if let check = check(rest), !sql.contains(check) {
        problems.append("\(table).\(name) takes other values than are declared")
      }
    }
    if tellsMore {
      let known = Set(keys + names)
      problems += columns.filter { !known.contains($0.name) }.map {
        "\(table).\($0.name) is declared by nothing"
      }
    }
    return problems
  }
}
