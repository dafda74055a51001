import SenKernel

/// A heading that links stand under.
struct LinkGroup: Content {
  static let name = "linkgroup"
  static let help = "Groups of links"
  static let isStructure = true
  static let fields: [Field<LinkGroup>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<LinkGroup>.atMost(200)),
    Field("description", \.description, .searchable, .lead, help: "What its links have in common"),
  ]

  var title = ""
  var description = ""
}

/// An address elsewhere that the site recommends.
struct Link: Content {
  static let name = "link"
  static let help = "Addresses elsewhere that the site recommends"
  static let fields: [Field<Link>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<Link>.atMost(300)),
    Field("url", \.url, .required, .indexed, help: "Where it leads, such as https://example.vn/"),
    Field("group", \.group, .section, help: "The group that it stands in"),
    Field("description", \.description, .searchable, .lead, help: "What is found there"),
    Field("newWindow", \.newWindow, help: "Whether it opens in a window of its own"),
    Field("rel", \.rel, help: "What it is to the site: \(relations.joined(separator: ", "))", check: check),
    Field("image", \.image, .picture, help: "The sign or picture that stands for it"),
  ]

  /// Link types of HTML that say something of a recommended address.
  static let relations = [
    "external", "license", "me", "nofollow", "noopener", "noreferrer", "sponsored", "ugc",
  ]

  var title = ""
  var url: LinkAddress?
  var group: Reference<LinkGroup>?
  var description = ""
  var newWindow = false
  var rel: [String] = []
  var image: MediaName?

  private static func check(_ words: [String]) throws(Refusal) {
    for word in words where !relations.contains(word) {
      throw Refusal(
        .invalid, "“\(word)” is no relation", hint: "There are: \(relations.joined(separator: ", "))")
    }
    guard Set(words).count == words.count else { throw Refusal(.invalid, "holds a word twice") }
  }
}
