import SenKernel

/// The form of a JSON value, as JSON Schema (2020-12) says it: what the document of the API declares.
indirect enum JSONForm: Sendable {
  case text(format: String? = nil)
  case choice([String])
  case whole
  case number
  case flag
  case list(JSONForm)
  /// All of its members are there, and no others.
  case object([Member])
  /// One of the document's own, by its name.
  case named(String)
  case orNull(JSONForm)
  case either([JSONForm])

  /// A member of an object.
  struct Member: Sendable {
    let name: String
    let form: JSONForm
    let help: String

    init(_ name: String, _ form: JSONForm, _ help: String = "") {
      (self.name, self.form, self.help) = (name, form, help)
    }
  }

  /// An address: whole where the site knows its own, else a path. Hosts and paths may be in any script.
  static let address = JSONForm.text(format: "iri-reference")
  static let moment = JSONForm.text(format: "date-time")

  var schema: FieldMap {
    switch self {
    case .text(let format):
      let schema: FieldMap = ["type": .text("string")]
      return schema.adding("format", format.map { .text($0) })
    case .choice(let words): return ["type": .text("string"), "enum": .list(words.map { .text($0) })]
    case .whole: return ["type": .text("integer")]
    case .number: return ["type": .text("number")]
    case .flag: return ["type": .text("boolean")]
    case .list(let form): return ["type": .text("array"), "items": .map(form.schema)]
    case .object(let members):
      var properties = FieldMap()
      for member in members { properties.append(member.name, .map(member.schema)) }
      return [
        "type": .text("object"), "properties": .map(properties),
        "required": .list(members.map { .text($0.name) }), "additionalProperties": .bool(false),
      ]
    case .named(let name): return ["$ref": .text("#/components/schemas/\(name)")]
    case .either(let forms): return ["anyOf": .list(forms.map { .map($0.schema) })]
    case .orNull(let form):
      var schema = form.schema
      guard let type = schema["type"], schema["enum"] == nil else {
        return ["anyOf": .list([.map(schema), .map(["type": .text("null")])])]
      }
      schema["type"] = .list([type, .text("null")])
      return schema
    }
  }
}

extension JSONForm.Member {
  var schema: FieldMap { form.schema.adding("description", help.isEmpty ? nil : .text(help)) }
}

extension FieldMap {
  func adding(_ name: String, _ value: FieldValue?) -> FieldMap {
    var map = self
    if let value { map.append(name, value) }
    return map
  }
}
