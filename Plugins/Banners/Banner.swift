import SenKernel

/// How the banners of a zone take turns.
enum Turns: String, Choice {
  /// One after the other, each as often in a day as its weight says.
  case sequence
  /// By chance, the heavier the likelier.
  case random
}

/// A place on the page where banners stand.
struct Zone: Content {
  static let name = "zone"
  static let help = "The places where banners stand"
  static let isStructure = true
  static let fields: [Field<Zone>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<Zone>.atMost(200)),
    Field("width", \.width, help: "In pixels; as wide as there is room if empty", check: Zone.pixels),
    Field("height", \.height, help: "In pixels; as high as its banners if empty", check: Zone.pixels),
    Field("turns", \.turns, help: "How its banners take turns"),
    Field("description", \.description, help: "Where it is and for whom"),
  ]

  var title = ""
  var width: Int?
  var height: Int?
  var turns = Turns.random
  var description = ""

  @Sendable private static func pixels(_ count: Int?) throws(Refusal) {
    if let count, !(1...10_000).contains(count) { throw Refusal(.invalid, "has to be 1 to 10000") }
  }
}

/// A picture or a text that leads somewhere. Its time is that of every entry: `publishAt` and `expireAt`.
struct Banner: Content {
  static let name = "banner"
  static let help = "Pictures and texts that stand in zones for a time"
  static let isStructure = true
  static let fields: [Field<Banner>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<Banner>.atMost(200)),
    Field("zone", \.zone, .required, .group, help: "Where it stands"),
    Field("image", \.image, .picture, help: "Its picture"),
    Field("imageAlt", \.imageAlt, .pictureText, help: "What the picture says, for those who cannot see it"),
    Field("text", \.text, .searchable, .lead, help: "Its text, if it has no picture"),
    Field("link", \.link, help: "Where it leads"),
    Field("weight", \.weight, help: "How often it is shown beside others, 1 to 100") {
      (weight: Int) throws(Refusal) in
      guard Banner.weights.contains(weight) else { throw Refusal(.invalid, "has to be 1 to 100") }
    },
    Field("isPaid", \.isPaid, help: "Whether somebody pays for it, which search engines are told"),
    Field("newWindow", \.newWindow, help: "Whether it opens another window"),
  ]

  var title = ""
  var zone: Reference<Zone>?
  var image: MediaName?
  var imageAlt = ""
  var text = ""
  var link: WebAddress?
  var weight = 1
  var isPaid = false
  var newWindow = false

  func check() throws(Refusal) {
    if image == nil, text.isEmpty {
      throw Refusal(.invalid, "is missing, and there is no image either", field: "text")
    }
    if image != nil, imageAlt.isEmpty {
      throw Refusal(
        .invalid, "is missing", field: "imageAlt", hint: "Say what the picture says.")
    }
  }

  static let weights = 1...100

  /// Its weight in turns and draws: whatever is stored, the sums and shares of all can be counted.
  var share: Int { min(max(weight, Self.weights.lowerBound), Self.weights.upperBound) }

  /// The `rel` of its link: search engines ask that paid links say so, and a new window gets no hold on this one.
  var rel: String {
    [isPaid ? "sponsored" : nil, newWindow ? "noopener" : nil].compactMap(\.self).joined(separator: " ")
  }
}
