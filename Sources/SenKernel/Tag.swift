import ContentModel

/// A word that items of every type can carry; the kernel's own content type.
struct Tag: Content {
  static let name = "tag"
  static let help = "Words that items of every type can carry"
  static let fields: [Field<Tag>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<Tag>.atMost(100)),
    Field("description", \.description, .searchable, .lead),
  ]
  var title = ""
  var description = ""

  /// Lists everything that carries it.
  static let page = PageType(Tag.self) { entry, _ in
    Listing(.linking(field: "tags", to: entry.envelope.id), hasFeeds: true)
  }
}
