/// Templates that know each other by their names.
public struct TemplateLibrary: Sendable {
  private let templates: [String: Template]
  private let program: Program

  public init(_ templates: [String: Template]) {
    (self.templates, program) = (templates, Program(templates))
  }

  /// What a template makes of values, in UTF-8; nil where there is none of that name. A part that is missing is blank,
  /// as the specification has it.
  /// - Throws: `EndlessTemplate` for what takes more steps, bytes or parts within each other than any page does.
  public func render(
    _ name: String, _ values: any TemplateValue
  ) throws(EndlessTemplate) -> [UInt8]? {
    guard let place = program.places[name] else { return nil }
    return try withExtendedLifetime(program) { () throws(EndlessTemplate) in
      var writing = Writing(program, values)
      do throws(RenderingProblem) {
        try writing.write(template: place)
      } catch {
        let part = program.places.first { $0.value == error.part }?.key
        throw EndlessTemplate(template: name, part: part ?? name, text: error.text)
      }
      return writing.bytes
    }
  }

  /// The same templates with what is known beforehand written into them, so that nobody looks for it page by page.
  ///
  /// A name that begins with one that `values` know means that everywhere, whatever values come later; they still have to
  /// hold it, for the sections that stay.
  public func knowing(_ values: any TemplateValue) -> TemplateLibrary {
    TemplateLibrary(templates.mapValues { $0.knowing(values) })
  }

  /// The same templates, one of them with what is known beforehand written into it.
  public func knowing(_ values: any TemplateValue, in name: String) -> TemplateLibrary {
    var templates = templates
    templates[name] = templates[name]?.knowing(values)
    return TemplateLibrary(templates)
  }
}

/// A template that comes to no end.
public struct EndlessTemplate: Error, CustomStringConvertible {
  /// The one that was asked for.
  public let template: String
  /// The one in it, or itself, that goes on and on.
  public let part: String
  let text: String
  public var description: String {
    part == template ? "it \(text)" : "\(text), as part of \(template).mustache"
  }
}
