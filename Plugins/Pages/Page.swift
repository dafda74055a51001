import SenKernel

/// A page that stands by itself: who we are, how to reach us. Pages form a tree.
struct Page: Content {
  static let name = "page"
  static let help = "Pages that stand by themselves, as a tree"
  static let fields: [Field<Page>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<Page>.atMost(300)),
    Field("parent", \.parent, .parent, help: "The page above"),
    Field("summary", \.summary, .searchable, .lead, help: "What it says, in one or two sentences"),
    Field("image", \.image, .picture, help: "The picture on top"),
    Field("imageAlt", \.imageAlt, .pictureText, help: "What the picture shows, for those who cannot see it"),
    Field("keywords", \.keywords, .searchable, help: "Words that it shall be found by"),
    Field("seoTitle", \.seoTitle, help: "The title for search engines, if another"),
    Field("seoDescription", \.seoDescription, help: "The description for search engines"),
    Field("bodyFormat", \.bodyFormat, help: "How the body is written"),
    Field("body", \.body, .body, .searchable, help: "The text"),
  ]

  var title = ""
  var parent: Reference<Page>?
  var summary = ""
  var image: MediaName?
  var imageAlt = ""
  var keywords: [String] = []
  var seoTitle = ""
  var seoDescription = ""
  var bodyFormat = BodyFormat.markdown
  var body = ""
}
