import ContentModel

/// Where a block stands: the kernel's own content type, so that blocks are listed, moved, edited and exported as
/// everything else is.
struct Block: Content {
  static let name = "block"
  static let help = "Which pieces stand in which region of the page"
  static let isStructure = true
  static let fields: [Field<Block>] = [
    Field("title", \.title, .title, .required, help: "Its heading", check: Field<Block>.atMost(200)),
    Field("kind", \.kind, .required, help: "What it shows, one of `block types`"),
    Field("region", \.region, .required, .group, .indexed, help: "Where on the page, such as sidebar") {
      (name: String) throws(Refusal) in
      guard name.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A || $0 == 0x2D }) else {
        throw Refusal(.invalid, "“\(name)” is no region", hint: "Examples: header, sidebar, footer")
      }
    },
    Field("options", \.options, help: "Its options, each as name=value"),
  ]

  var title = ""
  var kind = ""
  var region = "sidebar"
  var options: [String] = []
}
