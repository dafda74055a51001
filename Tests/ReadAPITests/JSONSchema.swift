import ContentModel
import Foundation

/// A small check of JSON values against JSON Schema (2020-12): the words that the document uses, and no others.
struct JSONSchema {
  let document: FieldMap

  /// What the document may say of a value; a word that is not here would be heeded by nobody.
  static let words: Set<String> = [
    "$ref", "anyOf", "type", "enum", "format", "properties", "required", "additionalProperties", "items",
    "minimum", "maximum", "maxItems", "description", "default",
  ]

  /// All that is wrong with a value, each with its place.
  func problems(of value: FieldValue, _ schema: FieldMap, at place: String = "$") -> [String] {
    var problems = schema.names.filter { !Self.words.contains($0) }.map { "\(place): unknown word \($0)" }
    if let reference = schema["$ref"]?.text {
      guard let target = resolve(reference) else { return problems + ["\(place): no \(reference)"] }
      problems += self.problems(of: value, target, at: place)
    }
    if case .list(let choices)? = schema["anyOf"] {
      let tried = choices.compactMap(\.map).map { self.problems(of: value, $0, at: place) }
      if !tried.contains([]) { problems.append("\(place): none of anyOf: \(tried.joined())") }
    }
    if let type = schema["type"] {
      let names = type.text.map { [$0] } ?? type.list.compactMap(\.text)
      if !names.contains(where: { Self.isOf(value, $0) }) {
        problems.append("\(place): \(value) is no \(names)")
      }
    }
    if case .list(let choices)? = schema["enum"], !choices.contains(value) {
      problems.append("\(place): \(value) is none of the choices")
    }
    if let format = schema["format"]?.text, let text = value.text, !Self.has(text, format) {
      problems.append("\(place): “\(text)” is no \(format)")
    }
    if let number = value.integer {
      if let least = schema["minimum"]?.integer, number < least {
        problems.append("\(place): under \(least)")
      }
      if let most = schema["maximum"]?.integer, number > most { problems.append("\(place): over \(most)") }
    }
    if case .list(let values) = value {
      if let most = schema["maxItems"]?.integer, values.count > most { problems.append("\(place): too many") }
      if let items = schema["items"]?.map {
        for (index, value) in values.enumerated() {
          problems += self.problems(of: value, items, at: "\(place)[\(index)]")
        }
      }
    }
    guard case .map(let map) = value else { return problems }
    let properties = schema["properties"]?.map
    for name in schema["required"]?.list.compactMap(\.text) ?? [] where map[name] == nil {
      problems.append("\(place): lacks \(name)")
    }
    for (name, value) in map.entries {
      if let property = properties?[name]?.map {
        problems += self.problems(of: value, property, at: "\(place).\(name)")
      } else if schema["additionalProperties"] == .bool(false) {
        problems.append("\(place): has \(name), which is not declared")
      }
    }
    return problems
  }

  /// What `#/components/schemas/article` leads to.
  func resolve(_ reference: String) -> FieldMap? {
    guard reference.hasPrefix("#/") else { return nil }
    var value = FieldValue.map(document)
    for part in reference.dropFirst(2).split(separator: "/") {
      guard let next = value.map?[String(part)] else { return nil }
      value = next
    }
    return value.map
  }

  private static func isOf(_ value: FieldValue, _ type: String) -> Bool {
    switch (value, type) {
    case (.null, "null"), (.bool, "boolean"), (.text, "string"), (.list, "array"), (.map, "object"),
      (.integer, "integer"), (.integer, "number"), (.real, "number"):
      true
    default: false
    }
  }

  private static func has(_ text: String, _ format: String) -> Bool {
    switch format {
    case "date-time": Timestamp.date(text) != nil && text.contains("T")
    case "date": text.utf8.count == 10 && Timestamp.date("\(text)T00:00:00Z") != nil
    case "uuid": UUID(uuidString: text) != nil
    // RFC 3987: letters of all scripts, and none of the delimiters.
    case "iri-reference":
      text.unicodeScalars.allSatisfy {
        $0.value > 0x20 && $0.value != 0x7F && !"<>\"{}|\\^`".unicodeScalars.contains($0)
      }
    default: false
    }
  }
}

extension FieldValue {
  var map: FieldMap? {
    if case .map(let map) = self { map } else { nil }
  }

  var list: [FieldValue] {
    if case .list(let list) = self { list } else { [] }
  }

  /// What is found by names and places: `value["items", 0, "slug"]`.
  subscript(path: any PathPart...) -> FieldValue? {
    var value: FieldValue? = self
    for part in path {
      if let name = part as? String { value = value?.map?[name] }
      if let index = part as? Int {
        let list = value?.list ?? []
        value = list.indices.contains(index) ? list[index] : nil
      }
    }
    return value
  }
}

/// A step into a JSON value.
protocol PathPart {}
extension String: PathPart {}
extension Int: PathPart {}
