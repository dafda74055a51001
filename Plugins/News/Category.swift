import SenKernel

/// A section of the news; sections form a tree, in the order of their positions.
struct Category: Content {
  static let name = "category"
  static let help = "The tree of news sections"
  static let isStructure = true
  static let fields: [Field<Category>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<Category>.atMost(200)),
    Field("parent", \.parent, .parent, help: "The category above"),
    Field("description", \.description, .searchable, .lead, help: "What the section is about"),
    Field("image", \.image, .picture, help: "Its picture"),
  ]

  var title = ""
  var parent: Reference<Category>?
  var description = ""
  var image: MediaName?
}
