import Foundation
import SenKernel
import Web

/// Where a list goes on: behind an item, by what it is ordered by. What comes in before it moves nothing.
///
/// It travels as JSON in base64url, `["-publishAt","2026-11-24T09:00:00Z",46]`: the order, the values by which the
/// last item stands in it, its number. Whoever changes it gets another part of the same list.
struct Cursor {
  let order: [Query.Order]
  private let values: [FieldValue]
  private let id: Int64

  init(behind item: Item, _ shape: Shape, _ order: [Query.Order]) {
    self.order = order
    values = order.map { Self.value($0.field, of: item, shape) }
    id = item.envelope.id
  }

  private static func value(_ field: String, of item: Item, _ shape: Shape) -> FieldValue {
    let envelope = item.envelope
    switch field {
    case "publishAt": return envelope.publishAt.map { .date($0) } ?? .null
    case "position": return envelope.position.map { .integer($0) } ?? .null
    case "uid": return .text(envelope.uid)
    case "id": return .integer(envelope.id)
    default: return shape.index[field].map { item.values[$0] } ?? .null
    }
  }

  // MARK: As a text

  private static func name(_ order: [Query.Order]) -> String {
    order.map { ($0.descends ? "-" : "") + $0.field }.joined(separator: ",")
  }

  func text() throws -> String {
    var bytes: [UInt8] = []
    try JSONWriter.append(.list([.text(Self.name(order))] + values + [.integer(id)]), to: &bytes)
    return Base64URL.text(bytes)
  }

  /// Nil for what is no cursor of this order.
  init?(_ text: String, _ order: [Query.Order]) {
    guard let bytes = Base64URL.bytes(text), case .list(let parts)? = try? JSONReader.value(bytes),
      parts.count == order.count + 2, parts[0] == .text(Self.name(order)),
      let id = parts[parts.count - 1].integer
    else { return nil }
    let values = Array(parts[1..<parts.count - 1])
    let isPlain = values.allSatisfy { value in
      switch value {
      case .null, .integer, .real, .text: true
      case .bool, .date, .list, .map: false
      }
    }
    guard isPlain else { return nil }
    (self.order, self.values, self.id) = (order, values, id)
  }

  // MARK: As conditions

  /// That an item comes behind this one, in up to two parts, one after the other: those that have a value to be ordered
  /// by first, which an index leads to at once, then those that have none and come last.
  var behind: [Condition] {
    guard let first = order.first, let value = values.first, !value.isNull else { return [after(0)] }
    let range = Condition.compare(first.field, first.descends ? .atMost : .atLeast, value)
    let withValue = Condition.all([range, after(0)])
    return Self.hasNullsLast(first) ? [withValue, .compare(first.field, .equal, .null)] : [withValue]
  }

  /// That an item comes behind this one by the orders from one on; those before it are the same.
  private func after(_ index: Int) -> Condition {
    guard index < order.count else {
      // Ties fall in the order of ids, turned around with the first order.
      return .compare("id", order.first?.descends == true ? .less : .greater, .integer(id))
    }
    let (key, value) = (order[index], values[index])
    let next = Condition.all([isSame(key.field, value), after(index + 1)])
    let nullsLast = Self.hasNullsLast(key)
    if value.isNull { return nullsLast ? next : .any([.compare(key.field, .unequal, .null), next]) }
    let later = Condition.compare(key.field, key.descends ? .less : .greater, value)
    return .any([later, next] + (nullsLast && index > 0 ? [.compare(key.field, .equal, .null)] : []))
  }

  /// Titles that differ may stand in the same place of the alphabet.
  private func isSame(_ field: String, _ value: FieldValue) -> Condition {
    guard value.text != nil else { return .compare(field, .equal, value) }
    return .all([.compare(field, .atMost, value), .compare(field, .atLeast, value)])
  }

  /// SQLite takes nothing for less than anything; places have it last all the same (`QueryCompiler`).
  private static func hasNullsLast(_ order: Query.Order) -> Bool {
    order.descends || order.field == "position"
  }
}
