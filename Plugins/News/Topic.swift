import SenKernel

/// A series of articles on one subject.
struct Topic: Content {
  static let name = "topic"
  static let help = "Series of articles on one subject"
  static let isStructure = true
  static let fields: [Field<Topic>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<Topic>.atMost(200)),
    Field("description", \.description, .searchable, .lead, help: "What the series is about"),
    Field("image", \.image, .picture, help: "Its picture"),
  ]

  var title = ""
  var description = ""
  var image: MediaName?
}
