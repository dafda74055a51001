import ContentModel
import Formats
import Foundation

/// What checks documents against the schemas that lie beside the project.
enum Schemas {
  static let folder =
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path + "/shared/data"
  static let xmllint = "/usr/bin/xmllint"
  static let areThere = FileManager.default.fileExists(atPath: "\(folder)/schemas")
  static let canValidate = areThere && FileManager.default.isExecutableFile(atPath: xmllint)

  /// What xmllint finds wrong; empty if nothing.
  static func complaints(_ bytes: [UInt8], _ schema: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory.path + "/sen-schema-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(bytes).write(to: URL(filePath: "\(folder)/document.xml"))
    try Data(schema.utf8).write(to: URL(filePath: "\(folder)/schema.xsd"))
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: xmllint)
    process.arguments = [
      "--nonet", "--noout", "--schema", "\(folder)/schema.xsd", "\(folder)/document.xml",
    ]
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? "" : String(decoding: output, as: UTF8.self)
  }

  static func rss() throws -> String {
    try String(contentsOfFile: "\(folder)/schemas/rss-2_0.xsd", encoding: .utf8)
  }

  /// Sitemaps with the extensions for news and for pictures; of the latter as much as is written (Google, “Image
  /// sitemaps”), in a file of its own.
  static func sitemap() throws -> String {
    let image =
      FileManager.default.temporaryDirectory.path
      + "/sen-image-\(ProcessInfo.processInfo.processIdentifier).xsd"
    let text = """
      <xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified"
        targetNamespace="http://www.google.com/schemas/sitemap-image/1.1">
        <xsd:element name="image"><xsd:complexType><xsd:sequence>
          <xsd:element name="loc" type="xsd:anyURI"/>
        </xsd:sequence></xsd:complexType></xsd:element>
      </xsd:schema>
      """
    try Data(text.utf8).write(to: URL(filePath: image), options: .atomic)
    func place(_ namespace: String, _ file: String) -> String {
      "<xsd:import namespace=\"http://www.\(namespace)\" schemaLocation=\"\(file)\"/>"
    }
    return """
      <xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
      \(place("sitemaps.org/schemas/sitemap/0.9", "\(folder)/schemas/sitemap/sitemap.xsd"))
      \(place("google.com/schemas/sitemap-news/0.9", "\(folder)/schemas/sitemap/sitemap-news.xsd"))
      \(place("google.com/schemas/sitemap-image/1.1", image))
      </xsd:schema>
      """
  }

  static func sitemapIndex() throws -> String {
    try String(contentsOfFile: "\(folder)/schemas/sitemap/siteindex.xsd", encoding: .utf8)
  }

  /// The big list of naughty strings.
  static func naughty() throws -> [String] {
    try JSONDecoder().decode(
      [String].self, from: Data(contentsOf: URL(filePath: "\(folder)/strings/blns/blns.json")))
  }
}

/// JSON Schema, draft 4, as far as the schema of JSON Feed uses it.
struct JSONSchema {
  private let documents: [String: FieldValue]

  /// The schema of JSON Feed 1.1.
  init() throws {
    let folder = "\(Schemas.folder)/schemas/jsonfeed/src/schemas/json"
    documents = try Dictionary(
      uniqueKeysWithValues: ["feed", "feed-1"].map { name in
        (name, try JSONReader.value(Array(Data(contentsOf: URL(filePath: "\(folder)/\(name).json")))))
      })
  }

  func complaints(_ bytes: [UInt8]) throws -> [String] {
    let value = try JSONReader.value(bytes)
    return check(value, documents["feed"] ?? .null, "feed", "")
  }

  private func check(_ value: FieldValue, _ schema: FieldValue, _ document: String, _ place: String)
    -> [String]
  {
    guard case .map(let rules) = schema else { return ["\(place): the schema has no such place"] }
    if let reference = rules["$ref"]?.text {
      let parts = reference.split(separator: "#", omittingEmptySubsequences: false)
      let target = parts[0].isEmpty ? document : String(parts[0])
      var found = documents[target] ?? .null
      for name in parts[1].split(separator: "/") {
        guard case .map(let map) = found else { break }
        found = map[String(name)] ?? .null
      }
      return check(value, found, target, place)
    }
    var wrong: [String] = []
    for case (let name, .list(let schemas)) in rules.entries {
      let passed = schemas.count { check(value, $0, document, place).isEmpty }
      switch name {
      case "allOf" where passed < schemas.count: wrong.append("\(place): not all of allOf")
      case "anyOf" where passed == 0: wrong.append("\(place): none of anyOf")
      case "oneOf" where passed != 1: wrong.append("\(place): \(passed) of oneOf")
      case "enum" where !schemas.contains(value): wrong.append("\(place): not of enum")
      default: break
      }
    }
    if let not = rules["not"], check(value, not, document, place).isEmpty { wrong.append("\(place): not") }
    if let type = rules["type"], !isOf(type, value) {
      wrong.append("\(place): \(value.summary) is no \(type.summary)")
    }
    switch value {
    case .map(let map): wrong += check(map, rules, document, place)
    case .list(let list):
      if let items = rules["items"] {
        wrong += list.enumerated().flatMap { check($1, items, document, "\(place)/\($0)") }
      }
      if rules["uniqueItems"] == .bool(true), Set(list).count < list.count { wrong.append("\(place): twice") }
    default: break
    }
    return wrong
  }

  private func check(_ map: FieldMap, _ rules: FieldMap, _ document: String, _ place: String) -> [String] {
    var wrong: [String] = []
    if case .list(let names)? = rules["required"] {
      for name in names.compactMap(\.text) where map[name] == nil { wrong.append("\(place): no \(name)") }
    }
    guard case .map(let properties)? = rules["properties"] else { return wrong }
    for (name, value) in map.entries {
      if let rule = properties[name] {
        wrong += check(value, rule, document, "\(place)/\(name)")
      } else if rules["additionalProperties"] == .bool(false) {
        wrong.append("\(place): \(name) is unknown")
      }
    }
    return wrong
  }

  private func isOf(_ type: FieldValue, _ value: FieldValue) -> Bool {
    if case .list(let types) = type { return types.contains { isOf($0, value) } }
    return switch (type.text, value) {
    case ("object", .map), ("array", .list), ("string", .text), ("boolean", .bool), ("number", .integer),
      ("number", .real), ("integer", .integer), ("null", .null):
      true
    default: false
    }
  }
}
