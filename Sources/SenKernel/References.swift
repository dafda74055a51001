import ContentModel
import Foundation
import GRDB
import Grammar
import Storage
import Vietnamese

/// Finds the items that a command names by REFs or by `--filter`.
struct ItemSelection {
  let site: Site
  let context: CommandContext
  let shape: Shape
  let db: Database

  /// The one item of an argument.
  func one(_ text: String, isTrashed: Bool? = false) throws -> Int64 {
    let ids = try ids(of: text, isTrashed: isTrashed)
    guard let id = ids.first, ids.count == 1 else {
      throw Refusal(.usage, "“\(text)” names \(ids.count) items; one is needed")
    }
    return id
  }

  /// The items of all arguments and the filter, each once, in order.
  func all(_ argument: String, isTrashed: Bool? = false) throws -> [Int64] {
    var (found, seen): ([Int64], Set<Int64>) = ([], [])
    for text in context.invocation.values(argument) {
      for id in try ids(of: text, isTrashed: isTrashed) where seen.insert(id).inserted { found.append(id) }
    }
    if let filter = context.invocation.flag("filter") {
      let condition = try FilterCompiler(site: site, shape: shape, db: db).condition(filter)
      try site.store.each(shape.name, Query(condition, isTrashed: isTrashed, fields: []), db) { item in
        if seen.insert(item.envelope.id).inserted { found.append(item.envelope.id) }
        return true
      }
    } else if context.invocation.values(argument).isEmpty {
      throw Refusal(
        .usage, "Which \(shape.name)? Name it, or say --filter",
        hint: "Example: sen \(context.invocation.spec.path) 12")
    }
    return found
  }

  private func ids(of text: String, isTrashed: Bool?) throws -> [Int64] {
    switch try ReferenceText.parse(text) {
    case .id(let id): return [try checked(id, text, isTrashed)]
    case .slug(let slug):
      return [try checked(try Names(site, db).id(slug, of: shape.name), text, isTrashed)]
    case .range(let range):
      var found: [Int64] = []
      let condition = Condition.all([
        .compare("id", .atLeast, .integer(range.lowerBound)),
        .compare("id", .atMost, .integer(range.upperBound)),
      ])
      try site.store.each(shape.name, Query(condition, isTrashed: isTrashed, fields: []), db) {
        found.append($0.envelope.id)
        return true
      }
      return found
    case .last:
      guard let id = try site.store.lastID(of: shape.name, db) else {
        throw Refusal(.notFound, "There is no \(shape.name) yet")
      }
      return [id]
    case .standardInput:
      return try context.readInput().split(whereSeparator: \.isWhitespace).flatMap { word in
        guard word != "-" else { throw Refusal(.usage, "Standard input names itself") }
        return try ids(of: String(word), isTrashed: isTrashed)
      }
    }
  }

  private func checked(_ id: Int64, _ text: String, _ isTrashed: Bool?) throws -> Int64 {
    let state = try Row.fetchOne(
      db.cachedStatement(sql: "SELECT type, trashedAt IS NOT NULL FROM item WHERE id = ?"), arguments: [id])
    let type: String? = state?[0]
    guard type == shape.name, let isIn: Bool = state?[1] else {
      let other = type.map { "; \(id) is one of “\($0)”" } ?? ""
      throw Refusal(.notFound, "There is no \(shape.name) \(text)\(other)", hint: "See: \(shape.name) list")
    }
    guard let isTrashed else { return id }
    guard isIn == isTrashed else {
      throw isTrashed
        ? Refusal(.conflict, "\(shape.name) \(text) is not in the trash")
        : Refusal(
          .notFound, "\(shape.name) \(text) is in the trash",
          hint: "Bring it back: \(shape.name) restore \(id)")
    }
    return id
  }
}
