import ContentModel

/// A word that items of every type can carry; the kernel's own content type.
struct Tag: Content {
  static let name = "tag"
  static let help = "Words that items of every type can carry"
  static let fields: [Field<Tag>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<Tag>.atMost(100)),
    Field("description", \.description, .searchable),
  ]
  var title = ""
  var description = ""
}
