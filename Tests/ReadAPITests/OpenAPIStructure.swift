import ContentModel
import Foundation

/// What is wrong with a document by the OpenAPI Specification 3.1, as far as this document uses it.
struct OpenAPIStructure {
  let document: FieldMap
  private var schemas: JSONSchema { JSONSchema(document: document) }

  init(_ document: FieldMap) { self.document = document }

  var problems: [String] {
    var problems = unknown(document, ["openapi", "info", "servers", "paths", "components"], "document")
    if document["openapi"]?.text?.hasPrefix("3.1.") != true { problems.append("openapi is no 3.1") }
    let information = document["info"]?.map ?? [:]
    problems += unknown(information, ["title", "version", "summary", "description"], "info")
    for name in ["title", "version"] where information[name]?.text?.isEmpty ?? true {
      problems.append("info lacks \(name)")
    }
    var ids: Set<String> = []
    for (path, item) in document["paths"]?.map?.entries ?? [] {
      if !path.hasPrefix("/") { problems.append("\(path) begins with no slash") }
      guard let item = item.map, let operation = item["get"]?.map, item.count == 1 else {
        problems.append("\(path) is no path item with get")
        continue
      }
      if !ids.insert(operation["operationId"]?.text ?? "").inserted {
        problems.append("\(path): no id of its own")
      }
      problems += self.problems(of: operation, at: path)
    }
    let components = document["components"]?.map ?? [:]
    problems += unknown(components, ["schemas", "responses"], "components")
    for (name, value) in components.entries.flatMap({ $0.value.map?.entries ?? [] }) {
      if name.wholeMatch(of: /[a-zA-Z0-9._-]+/) == nil {
        problems.append("“\(name)” is no name of a component")
      }
      guard value.map != nil else {
        problems.append("\(name) is no object")
        continue
      }
    }
    for (name, schema) in components["schemas"]?.map?.entries ?? [] {
      problems += self.problems(ofSchema: schema.map ?? [:], at: name)
    }
    for (name, response) in components["responses"]?.map?.entries ?? [] {
      problems += self.problems(ofResponse: response.map ?? [:], at: name)
    }
    return problems
  }

  private func unknown(_ map: FieldMap, _ known: Set<String>, _ place: String) -> [String] {
    map.names.filter { !known.contains($0) }.map { "\(place): unknown \($0)" }
  }

  private func problems(of operation: FieldMap, at path: String) -> [String] {
    var problems = unknown(operation, ["operationId", "summary", "parameters", "responses", "tags"], path)
    let parameters = operation["parameters"]?.list.compactMap(\.map) ?? []
    let names = parameters.map { "\($0["in"]?.text ?? "") \($0["name"]?.text ?? "")" }
    if Set(names).count != names.count { problems.append("\(path): a parameter twice") }
    for parameter in parameters {
      problems += unknown(parameter, ["name", "in", "required", "description", "schema"], path)
      let name = parameter["name"]?.text ?? ""
      let isInPath = parameter["in"] == .text("path")
      if isInPath != path.contains("{\(name)}") { problems.append("\(path): \(name) is elsewhere") }
      if isInPath, parameter["required"] != .bool(true) {
        problems.append("\(path): \(name) is not required")
      }
      problems += self.problems(ofSchema: parameter["schema"]?.map ?? [:], at: "\(path) \(name)")
    }
    for variable in path.matches(of: /\{([^}]*)\}/).map(\.output.1) where !names.contains("path \(variable)")
    {
      problems.append("\(path): \(variable) is not declared")
    }
    let responses = operation["responses"]?.map ?? [:]
    if responses.isEmpty { problems.append("\(path): no responses") }
    for (status, response) in responses.entries {
      if status != "default", status.wholeMatch(of: /[1-5][0-9][0-9]/) == nil {
        problems.append("\(path): \(status) is no status")
      }
      problems += self.problems(ofResponse: response.map ?? [:], at: "\(path) \(status)")
    }
    return problems
  }

  private func problems(ofResponse response: FieldMap, at place: String) -> [String] {
    if let reference = response["$ref"]?.text {
      return schemas.resolve(reference) == nil ? ["\(place): no \(reference)"] : []
    }
    var problems = unknown(response, ["description", "content"], place)
    if response["description"]?.text == nil { problems.append("\(place): no description") }
    for (type, content) in response["content"]?.map?.entries ?? [] {
      if !type.contains("/") { problems.append("\(place): \(type) is no media type") }
      problems += self.problems(ofSchema: content.map?["schema"]?.map ?? [:], at: place)
    }
    return problems
  }

  private func problems(ofSchema schema: FieldMap, at place: String) -> [String] {
    guard !schema.isEmpty else { return ["\(place): no schema"] }
    var problems = unknown(schema, JSONSchema.words, place)
    if let reference = schema["$ref"]?.text, schemas.resolve(reference) == nil {
      problems.append("\(place): no \(reference)")
    }
    let types: Set<String> = ["string", "integer", "number", "boolean", "array", "object", "null"]
    for type in schema["type"].map({ $0.text.map { [$0] } ?? $0.list.compactMap(\.text) }) ?? []
    where !types.contains(type) {
      problems.append("\(place): \(type) is no type")
    }
    let properties = schema["properties"]?.map ?? [:]
    for name in schema["required"]?.list.compactMap(\.text) ?? [] where properties[name] == nil {
      problems.append("\(place): \(name) is required and not declared")
    }
    for (name, property) in properties.entries {
      problems += self.problems(ofSchema: property.map ?? [:], at: "\(place).\(name)")
    }
    if let items = schema["items"] { problems += self.problems(ofSchema: items.map ?? [:], at: "\(place)[]") }
    for choice in schema["anyOf"]?.list ?? [] {
      problems += self.problems(ofSchema: choice.map ?? [:], at: place)
    }
    return problems
  }
}
