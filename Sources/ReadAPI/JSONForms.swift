import SenKernel

/// The forms of what the API answers, by the names that its document has for them. `ItemWriter` writes them.
struct JSONForms {
  let resources: [Resource]

  /// Every form that has a name, in the order of the document.
  var named: [(name: String, form: JSONForm)] {
    common
      + resources.flatMap { resource in
        [
          (Self.list(resource), listed(.named(Self.entry(resource)))),
          (Self.entry(resource), entry(resource)),
          (resource.noun, whole(resource)),
        ]
      }
  }

  static func entry(_ resource: Resource) -> String { "\(resource.noun)-entry" }
  static func list(_ resource: Resource) -> String { "\(resource.noun)-list" }

  private var common: [(String, JSONForm)] {
    let size: [JSONForm.Member] = [
      .init("url", .address), .init("width", .whole, "In dots"), .init("height", .whole, "In dots"),
    ]
    let nouns = resources.map(\.noun)
    return [
      (
        "Index",
        .object([
          .init("title", .text(), "The name of the site"), .init("slogan", .text()),
          .init("language", .text(), "BCP 47"), .init("timeZone", .text(), "Of the tz database"),
          .init("url", .address, "The front page"), .init("document", .address, "This document"),
          .init("search", .address),
          .init(
            "nouns",
            .list(
              .object([
                .init("noun", .choice(nouns)), .init("title", .text(), "As the site calls them"),
                .init("api", .address, "The list of its items"),
                .init("url", .orNull(.address), "The same as a page; null where there is none"),
              ]))),
        ])
      ),
      ("Found", .object([.init("items", .list(.named("Hit")), "Best first")])),
      (
        "Hit",
        .object(
          head(nouns) + [
            .init("snippet", .text(), "Its text around the first hit"),
            .init("snippetHTML", .text(), "The same with <mark> around what was looked for"),
          ])
      ),
      (
        "Reference",
        .object([
          .init("noun", .text()), .init("slug", .text()), .init("title", .text()),
          .init("url", .orNull(.address), "Its page; null where its noun has none"),
          .init("api", .orNull(.address), "The item here; null where its noun has no pages"),
        ])
      ),
      (
        "Picture",
        .object([
          .init("alt", .text(), "What it shows, in words"),
          .init("thumbnail", .named("Size")),
          .init("sizes", .list(.named("Size")), "From the narrowest on; the original is never given"),
        ])
      ),
      ("Size", .object(size)),
      ("Media", .either([.named("Picture"), .named("File")])),
      ("File", .object([.init("name", .text(), "As people see it"), .init("url", .address)])),
      (
        "RichText",
        .object([
          .init("html", .text(), "Cleaned as on pages: no scripts, no styles, known elements only"),
          .init("text", .text(), "Its words, as they show"),
        ])
      ),
      (
        "Problem",
        .object([
          .init("type", .text()), .init("title", .text(), "What the status means"),
          .init("status", .whole), .init("detail", .text(), "What is wrong here, in a sentence"),
        ])
      ),
    ]
  }

  private func listed(_ entry: JSONForm) -> JSONForm {
    .object([
      .init("items", .list(entry)),
      .init("total", .orNull(.whole), "How many there are in all parts; null where that is more than 1000"),
      .init("next", .orNull(.address), "The next part; null in the last"),
    ])
  }

  // MARK: Items

  private func head(_ nouns: [String]) -> [JSONForm.Member] {
    [
      .init("noun", .choice(nouns)), .init("uid", .text(format: "uuid"), "The same for ever"),
      .init("slug", .text(), "Its name in addresses"), .init("title", .text()),
      .init("url", .address, "Its page"), .init("api", .address, "The item here, whole"),
      .init("published", .moment), .init("updated", .moment), .init("language", .text(), "BCP 47"),
      .init("lead", .text(), "What stands for it in lists; empty where there is nothing"),
    ]
  }

  private func item(_ resource: Resource) -> [JSONForm.Member] {
    head([resource.noun]) + [
      .init("picture", .orNull(.named("Picture")), "The picture that stands for it"),
      .init("section", .orNull(.named("Reference")), "What it stands below"),
      .init("tags", .list(.named("Reference"))),
    ]
  }

  private func entry(_ resource: Resource) -> JSONForm {
    .object(item(resource) + [.init("fields", fields(resource, withBody: false))])
  }

  private func whole(_ resource: Resource) -> JSONForm {
    .object(
      item(resource) + [
        .init("fields", fields(resource, withBody: true)),
        .init("view", view(resource.type.shows), "What its page shows beside its fields"),
      ])
  }

  private func fields(_ resource: Resource, withBody: Bool) -> JSONForm {
    .object(
      resource.fields.map(\.field).filter { withBody || !$0.has(.body) }.map { field in
        .init(field.name, form(of: field), field.help)
      })
  }

  private func form(of field: FieldShape) -> JSONForm {
    let form: JSONForm
    switch field.kind {
    case .text where field.has(.body): form = .named("RichText")
    case .text: form = .text()
    case .integer: form = .whole
    case .real: form = .number
    case .bool: form = .flag
    case .date: form = .moment
    case .url: form = .address
    case .choice(let words): form = .choice(words)
    // What kind of file it is, its name tells; sizes that are still to be made are no picture yet.
    case .media: return .orNull(.named("Media"))
    case .texts: return .list(.text())
    case .reference: return .orNull(.named("Reference"))
    case .references: return .list(.named("Reference"))
    }
    return field.isOptional ? .orNull(form) : form
  }

  private func view(_ fields: [ViewField]) -> JSONForm {
    .object(fields.map { .init($0.name, form(of: $0.kind), $0.help) })
  }

  private func form(of kind: ViewKind, inList: Bool = false) -> JSONForm {
    let form: JSONForm
    switch kind {
    case .text: form = .text()
    case .whole: form = .whole
    case .number: form = .number
    case .flag: form = .flag
    case .moment: form = .moment
    case .prose: form = .named("RichText")
    case .picture: form = .named("Picture")
    case .file: form = .named("File")
    case .item: form = .named("Reference")
    case .address: form = .address
    case .list(let kind): return .list(self.form(of: kind, inList: true))
    case .view(let fields): form = view(fields)
    }
    return inList ? form : .orNull(form)
  }
}
