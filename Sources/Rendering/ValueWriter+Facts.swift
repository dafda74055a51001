import ContentModel
import SenKernel
import Templates

extension ValueWriter {
  /// A stored value in words, one of a list after the other, for pages that know nothing of its field: `text`, and
  /// `url` where it leads somewhere.
  func facts(_ stored: FieldValue, of field: FieldShape) -> [any TemplateValue] {
    guard !stored.isBlank else { return [] }
    switch (field.kind, stored) {
    case (.url, .text(let address)):
      return [fact(TextValue(text: address), url: TextValue(text: address))]
    case (_, .bool(let flag)):
      return [fact(TextValue(text: surroundings.words[flag ? "yes" : "no"] ?? ""))]
    case (.choice, .text(let word)):
      return [fact(TextValue(text: surroundings.words["choice-\(word)"] ?? word))]
    case (_, .date(let date)):
      let moment = moment(date)
      return [fact(Written(html: moment.time == "00:00" ? moment.day : moment.text))]
    default:
      let value = value(stored, of: field)
      return (value.elements ?? [value]).compactMap { value in
        switch value {
        case let item as ItemValue:
          let url = item.child(named: "url") ?? Written.nothing
          return fact(TextValue(text: item.item.envelope.title), url: url)
        case is PictureValue: return nil
        case let file as NamedValues:
          return fact(
            file.child(named: "name") ?? Written.nothing, url: file.child(named: "url") ?? Written.nothing)
        default: return value.isBlank ? nil : fact(value)
        }
      }
    }
  }

  private func fact(_ text: any TemplateValue, url: any TemplateValue = Written.nothing) -> NamedValues {
    NamedValues(values: ["text": text, "url": url])
  }
}
