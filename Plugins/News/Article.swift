import Foundation
import SenKernel

/// A piece of news.
struct Article: Content {
  static let name = "article"
  static let help = "News articles"
  static let fields: [Field<Article>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<Article>.atMost(300)),
    Field("summary", \.summary, .searchable, .lead, help: "The lead: one or two sentences"),
    Field("category", \.category, .section, help: "The main category"),
    Field("categories", \.categories, help: "Further categories"),
    Field("topic", \.topic, help: "The series that it belongs to"),
    Field("source", \.source, help: "Where it was taken from"),
    Field("sourceURL", \.sourceURL, help: "Its address there"),
    Field("byline", \.byline, .searchable, help: "Who wrote it, as printed"),
    Field("cover", \.cover, .picture, help: "The picture on top"),
    Field("coverAlt", \.coverAlt, .pictureText, help: "What the picture shows, for those who cannot see it"),
    Field("coverCaption", \.coverCaption, help: "The line below the picture"),
    Field("featuredUntil", \.featuredUntil, .indexed, help: "On the front page until then"),
    Field("allowRating", \.allowRating, help: "Whether readers may rate it"),
    Field("seoTitle", \.seoTitle, help: "The title for search engines, if another"),
    Field("seoDescription", \.seoDescription, help: "The description for search engines"),
    Field("bodyFormat", \.bodyFormat, help: "How the body is written"),
    Field("body", \.body, .body, .searchable, help: "The text"),
  ]

  var title = ""
  var summary = ""
  var category: Reference<Category>?
  var categories: References<Category> = []
  var topic: Reference<Topic>?
  var source: Reference<Source>?
  var sourceURL: WebAddress?
  var byline = ""
  var cover: MediaName?
  var coverAlt = ""
  var coverCaption = ""
  var featuredUntil: Date?
  var allowRating = true
  var seoTitle = ""
  var seoDescription = ""
  var bodyFormat = BodyFormat.markdown
  var body = ""
}
