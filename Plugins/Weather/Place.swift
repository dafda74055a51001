import SenKernel

/// Who is asked for the weather.
enum ProviderName: String, Choice { case openMeteo, openWeatherMap }

/// A place with weather.
struct Place: Content {
  static let name = "place"
  static let help = "Places whose weather is shown"
  static let isStructure = true
  static let fields: [Field<Place>] = [
    Field("title", \.title, .title, .required, .searchable, check: Field<Place>.atMost(200)),
    Field("latitude", \.latitude, help: "Degrees north of the equator; negative in the south") {
      (degrees: Double) throws(Refusal) in try check(degrees, to: 90)
    },
    Field("longitude", \.longitude, help: "Degrees east of Greenwich; negative in the west") {
      (degrees: Double) throws(Refusal) in try check(degrees, to: 180)
    },
    Field("provider", \.provider, help: "Who is asked; that of the settings if empty"),
  ]

  var title = ""
  var latitude = 0.0
  var longitude = 0.0
  var provider: ProviderName?

  private static func check(_ degrees: Double, to most: Double) throws(Refusal) {
    guard (-most...most).contains(degrees) else {
      throw Refusal(.invalid, "\(degrees) is not from -\(Int(most)) to \(Int(most))")
    }
  }
}

/// How the weather is asked for.
struct WeatherSettings: Fielded {
  static let fields: [Field<WeatherSettings>] = [
    Field("provider", \.provider, help: "Who is asked"),
    Field(
      "address", \.address, help: "Where it is asked instead of its own address, up to the “?”: a mirror"),
    Field("apiKey", \.apiKey, .secret, help: "The key that OpenWeatherMap wants"),
    Field("interval", \.interval, help: "The fewest minutes between two requests for a place") {
      (minutes: Int) throws(Refusal) in
      guard (1...1440).contains(minutes) else { throw Refusal(.invalid, "\(minutes) is not from 1 to 1440") }
    },
  ]

  var provider = ProviderName.openMeteo
  var address: WebAddress?
  var apiKey = ""
  var interval = 15
}
