import Foundation
import SenKernel

/// A series of pictures.
struct Album: Content {
  static let name = "album"
  static let help = "Series of pictures"
  static let fields: [Field<Album>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<Album>.atMost(200)),
    Field("description", \.description, .searchable, .lead, help: "What the pictures show"),
    Field("cover", \.cover, help: "The picture that stands for it; its first if empty"),
    Field("takenOn", \.takenOn, .indexed, help: "The day of the pictures"),
    Field("place", \.place, .searchable, help: "Where they were taken"),
  ]

  var title = ""
  var description = ""
  var cover: Reference<Photo>?
  var takenOn: Date?
  var place = ""
}
