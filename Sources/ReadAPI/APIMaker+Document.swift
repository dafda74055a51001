import Rendering
import SenKernel

/// The OpenAPI document (3.1), made of what the content types declare.
extension APIMaker {
  /// The document as JSON over several lines, for people and for files.
  public func printedDocument() throws -> [UInt8] {
    var bytes: [UInt8] = []
    try JSONWriter.appendPretty(.map(document()), to: &bytes)
    return bytes + [0x0A]
  }

  func document() -> FieldMap {
    let resources = resources
    var schemas = FieldMap()
    for (name, form) in JSONForms(resources: resources).named { schemas.append(name, .map(form.schema)) }
    let information: FieldMap = [
      "title": .text(surroundings.settings.title), "version": .text(Release.version),
      "summary": .text("What visitors see of the site, as JSON"),
      "description": .text(
        "Reading only: GET and HEAD, no keys, no cookies, from any origin. Answers carry an ETag."
          + " What is no longer published is gone from here as from the pages."),
    ]
    let problem: FieldMap = [
      "description": .text("Why there is no answer (RFC 9457)"),
      "content": Self.content("application/problem+json", JSONForm.named("Problem").schema),
    ]
    let components: FieldMap = [
      "schemas": .map(schemas), "responses": .map(["Problem": .map(problem)]),
    ]
    var document: FieldMap = ["openapi": .text("3.1.0"), "info": .map(information)]
    // Where it is not said, it is the root of wherever the document was found.
    if let origin = surroundings.origin { document.append("servers", .list([.map(["url": .text(origin)])])) }
    document.append("paths", .map(paths(resources)))
    document.append("components", .map(components))
    return document
  }

  // MARK: Paths

  private func paths(_ resources: [Resource]) -> FieldMap {
    var paths = FieldMap()
    func add(_ path: String, _ operation: APIOperation) { paths.append(path, .map(operation.pathItem)) }
    add(
      APIAddress.index.path,
      APIOperation("index", "What there is", answer: JSONForm.named("Index").schema))
    add(
      APIAddress.document.path,
      APIOperation("document", "This document", answer: ["type": .text("object")]))
    var search = APIOperation(
      "search", "Items in which words are found", answer: JSONForm.named("Found").schema)
    search.parameters = [
      APIParameter("q", "The words; accents may be left out", JSONForm.text().schema, isRequired: true),
      APIParameter(
        "noun", "Only items of these", JSONForm.list(.choice(resources.map(\.noun))).schema),
      APIParameter("limit", "At most so many", Self.range(Self.searchLengths)),
    ]
    search.refusals = ["400"]
    add(APIAddress.search.path, search)
    for resource in resources {
      var list = APIOperation(
        "list-\(resource.noun)", resource.shape.help,
        answer: JSONForm.named(JSONForms.list(resource)).schema)
      (list.parameters, list.refusals, list.tag) = (parameters(resource), ["400"], resource.noun)
      add(APIAddress.list(noun: resource.noun).path, list)
      var one = APIOperation(
        "get-\(resource.noun)", "One of them, whole", answer: JSONForm.named(resource.noun).schema)
      one.parameters = [
        APIParameter(
          "name", "Its slug or its uid; a former slug leads on to the present one",
          JSONForm.text().schema, isInPath: true, isRequired: true)
      ]
      (one.refusals, one.tag) = (["404", "410"], resource.noun)
      add(APIAddress.item(noun: resource.noun, name: "{name}").path, one)
    }
    return paths
  }

  private func parameters(_ resource: Resource) -> [APIParameter] {
    let usual = resource.usualOrder.map { order in
      (order.descends ? "-" : "") + (order.field == "publishAt" ? "published" : order.field)
    }.joined(separator: ", ")
    let orders = resource.orders.map(\.name)
    return resource.filters.map { APIParameter($0.name, $0.help, schema($0)) } + [
      APIParameter(
        "order", "A minus turns it around. Unless it is said: \(usual)",
        JSONForm.choice(orders + orders.map { "-\($0)" }).schema),
      APIParameter("limit", "At most so many in one part", Self.range(Self.lengths)),
      APIParameter("cursor", "Where the list goes on; taken from `next`", JSONForm.text().schema),
    ]
  }

  private func schema(_ filter: PublicFilter) -> FieldMap {
    var one: FieldMap
    switch filter.field.kind {
    case .integer: one = JSONForm.whole.schema
    case .real: one = JSONForm.number.schema
    case .bool: one = JSONForm.flag.schema
    case .choice(let words): one = JSONForm.choice(words).schema
    case .date:
      one = JSONForm.text().schema
      let formats = ["date", "date-time"].map { FieldValue.map(["format": .text($0)]) }
      one.append("anyOf", .list(formats))
    default: one = JSONForm.text().schema
    }
    guard filter.test == .equals else { return one }
    return [
      "type": .text("array"), "items": .map(one), "maxItems": .integer(Int64(PublicFilter.mostValues)),
    ]
  }

  private static func range(_ range: ClosedRange<Int>) -> FieldMap {
    [
      "type": .text("integer"), "minimum": .integer(Int64(range.lowerBound)),
      "maximum": .integer(Int64(range.upperBound)), "default": .integer(Int64(usualLength)),
    ]
  }

  static func content(_ type: String, _ schema: FieldMap) -> FieldValue {
    .map([type: .map(["schema": .map(schema)])])
  }
}
