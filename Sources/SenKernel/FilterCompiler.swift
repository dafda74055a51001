import ContentModel
import Foundation
import GRDB
import Grammar
import Storage
import Vietnamese

/// Gives the words of a filter their types: `state=draft and age>30d` becomes a condition on fields.
struct FilterCompiler {
  let site: Site
  let shape: Shape
  let db: Database

  func condition(_ text: String) throws -> Condition { try condition(Filter.parse(text)) }

  private func condition(_ filter: Filter) throws -> Condition {
    switch filter {
    case .all(let parts): return .all(try parts.map(condition))
    case .any(let parts): return .any(try parts.map(condition))
    case .not(let part): return .not(try condition(part))
    case .isSet(let field):
      _ = try ItemFields(shape).field(field)
      return .isSet(field)
    case .isWithin(let field, let operand): return try within(field, operand)
    case .isIn(let field, let operands):
      return .any(try operands.map { try compare(field, .equal, $0) })
    case .compare(let field, let comparison, let operand): return try compare(field, comparison, operand)
    }
  }

  private func compare(_ name: String, _ comparison: Filter.Operator, _ operand: Operand) throws -> Condition
  {
    if name == "age" { return try age(comparison, operand) }
    let field = operand.isNull ? try ItemFields(shape).field(name) : try ItemFields(shape).openField(name)
    if operand.isNull {
      let test = Condition.isSet(name)
      return comparison == .unequal ? test : .not(test)
    }
    switch comparison {
    case .contains, .lacks:
      let names = Names(site, db)
      let test: Condition
      if let target = field.kind.target {
        test = try containsReference(name, field.kind, target, operand.text, names)
      } else {
        test = .contains(name, operand.text)
      }
      return comparison == .lacks ? .not(test) : test
    default: break
    }
    let reader = FieldText(now: site.clock(), timeZone: site.timeZone) { try Names(site, db).id($0, of: $1) }
    if case .references(let target) = field.kind {
      let id = try Names(site, db).id(operand.text, of: target)
      guard comparison == .equal || comparison == .unequal else {
        throw Refusal(.usage, "\(name): a list has no order", hint: "Use = or !=.")
      }
      return comparison == .equal ? .links(name, [id]) : .not(.links(name, [id]))
    }
    let value: FieldValue
    do {
      value = try reader.value(.text(operand.text), of: field.kind, isOptional: field.isOptional)
    } catch let refusal as Refusal {
      throw Refusal(refusal.code, "\(name): \(refusal.message)", field: name, hint: refusal.hint)
    }
    if case .choice(let words) = field.kind, let word = value.text, !words.contains(word) {
      let near = Suggestion.nearest(word, in: words).map { "Did you mean “\($0)”? " } ?? ""
      throw Refusal(
        .invalid, "\(name): “\(word)” is none of the choices", field: name,
        hint: "\(near)One of: \(words.joined(separator: ", "))")
    }
    if case .date(let date) = value, let next = dayAfter(date, operand.text) {
      return Self.day(name, comparison, date, next)
    }
    return .compare(name, Self.comparison(comparison), value)
  }

  /// The beginning of the next day where a date was typed without a time of day; it then means the whole day.
  private func dayAfter(_ date: Date, _ text: String) -> Date? {
    guard !text.contains(":"), text.first != "+", text.first != "-", text.lowercased() != "now" else {
      return nil
    }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = site.timeZone
    return calendar.date(byAdding: .day, value: 1, to: date)
  }

  /// `publishAt=2026-11-19`: at any time of that day.
  private static func day(
    _ name: String, _ comparison: Filter.Operator, _ start: Date, _ end: Date
  ) -> Condition {
    let from = Condition.compare(name, .atLeast, .date(start))
    let before = Condition.compare(name, .less, .date(end))
    return switch comparison {
    case .unequal: .not(.all([from, before]))
    case .less: .compare(name, .less, .date(start))
    case .atMost: before
    case .greater: .compare(name, .atLeast, .date(end))
    case .atLeast: from
    default: .all([from, before])
    }
  }

  /// `category within tin-tuc`: the item itself, or anything below it in its tree.
  private func within(_ name: String, _ operand: Operand) throws -> Condition {
    let field = try ItemFields(shape).field(name)
    guard let target = field.kind.target, let parent = site.registry.shape(target)?.parentField else {
      throw Refusal(
        .usage, "\(name): “within” is for references into a tree", field: name,
        hint: "Example: category within ocop")
    }
    var branch = [try Names(site, db).id(operand.text, of: target)]
    var level = branch
    while !level.isEmpty {
      var next: [Int64] = []
      let condition = Condition.any(level.map { .compare(parent.name, .equal, .integer($0)) })
      try site.store.each(target, Query(condition, isTrashed: nil, fields: []), db) { item in
        if !branch.contains(item.envelope.id) { next.append(item.envelope.id) }
        return true
      }
      branch += next
      level = next
    }
    return field.kind.isList
      ? .links(name, branch) : .any(branch.map { .compare(name, .equal, .integer($0)) })
  }

  /// `category~nong`: the name of what is referred to contains the text.
  private func containsReference(
    _ name: String, _ kind: FieldKind, _ target: String, _ text: String, _ names: Names
  ) throws -> Condition {
    var ids: [Int64] = []
    for noun in target == FieldKind.anyItem ? site.registry.shapes.map(\.name) : [target] {
      try site.store.each(noun, Query(.contains("title", text), fields: []), db) {
        ids.append($0.envelope.id)
        return true
      }
    }
    if kind.isList { return .links(name, ids) }
    return .any(ids.map { .compare(name, .equal, .integer($0)) })
  }

  /// `age>30d`: made more than thirty days ago.
  private func age(_ comparison: Filter.Operator, _ operand: Operand) throws -> Condition {
    let seconds = try DurationText.parse(operand.text)
    let moment = FieldValue.date(site.clock().addingTimeInterval(-seconds))
    switch comparison {
    case .greater: return .compare("createdAt", .less, moment)
    case .atLeast: return .compare("createdAt", .atMost, moment)
    case .less: return .compare("createdAt", .greater, moment)
    case .atMost: return .compare("createdAt", .atLeast, moment)
    default: throw Refusal(.usage, "age: can be compared by < and > only", hint: "Example: age>30d")
    }
  }

  private static func comparison(_ operation: Filter.Operator) -> Condition.Comparison {
    switch operation {
    case .unequal: .unequal
    case .less: .less
    case .atMost: .atMost
    case .greater: .greater
    case .atLeast: .atLeast
    default: .equal
    }
  }
}
