import ContentModel
public import SenKernel
import Templates

extension PageMaker {
  /// What the long texts are called that the form of an action asks for.
  public func labels(ofLongTextsIn action: Action) -> [String] {
    action.asked.filter { $0.has(.body) }.map {
      words.label($0.name, of: "\(action.noun)-\(action.name)") ?? $0.help
    }
  }
}

/// Forms, empty or as a visitor sent them.
extension ValueWriter {
  /// The form of an action; nil where nobody answers it.
  func form(_ noun: String, _ action: String, _ item: Item) -> NamedValues? {
    guard surroundings.isAnswered,
      let action = page.site.registry.actions.first(where: { $0.noun == noun && $0.name == action })
    else {
      return nil
    }
    let address = PageAddress.action(noun: noun, slug: item.envelope.slug, name: action.name)
    let filled = page.filled.flatMap { $0.isOf(action, on: item.envelope.id) ? $0 : nil }
    if filled != nil { givesFormBack = true }
    let fields = action.asked.map { field -> any TemplateValue in
      NamedValues(values: [
        "name": TextValue(text: field.name), "label": TextValue(text: label(of: field, action)),
        "help": TextValue(text: words["help-\(noun)-\(action.name)-\(field.name)"] ?? ""),
        "isRequired": field.has(.required), "isLong": field.has(.body),
        "value": TextValue(text: filled?.texts(field.name).last ?? ""),
        "error": TextValue(
          text: filled?.complaints.first { $0.field == field.name }.map(words.complaint) ?? ""),
      ])
    }
    let token = attempt { try surroundings.token(address.path) }
    return NamedValues(values: [
      "action": Written(escaping: surroundings.path(of: address)), "fields": fields,
      "token": Written(html: token ?? ""),
    ])
  }

  /// What whoever sent a form is told on top of the page that has it again: what is wrong, and where there is no form
  /// any more, what they had written. Nil on any other page.
  func refused() -> NamedValues? {
    guard let filled = page.filled,
      let action = page.site.registry.actions.first(where: {
        $0.noun == filled.noun && $0.name == filled.action
      })
    else { return nil }
    let fields = action.asked
    let problems = filled.complaints.map { complaint -> any TemplateValue in
      let field = fields.first { $0.name == complaint.field }
      return NamedValues(values: [
        "name": TextValue(text: givesFormBack ? field?.name ?? "" : ""),
        "label": TextValue(text: field.map { label(of: $0, action) } ?? ""),
        "text": TextValue(text: words.complaint(complaint)),
      ])
    }
    let kept = givesFormBack ? [] : fields.filter { $0.kind == .text }
    return NamedValues(values: [
      "problems": problems,
      "kept": kept.compactMap { field -> (any TemplateValue)? in
        guard let text = filled.texts(field.name).last, !text.isEmpty else { return nil }
        return NamedValues(values: [
          "label": TextValue(text: label(of: field, action)), "text": TextValue(text: text),
        ])
      } as [any TemplateValue],
    ])
  }

  private var words: Words { surroundings.words }

  private func label(of field: FieldShape, _ action: Action) -> String {
    words.label(field.name, of: "\(action.noun)-\(action.name)") ?? field.help
  }
}
