public import SenKernel

/// The weather of places, now and in the days ahead.
public struct WeatherPlugin: Plugin {
  public let name = "weather"
  public let help = "The weather of places, from Open-Meteo or OpenWeatherMap"
  public let contentTypes = [Shape(Place.self)]
  public let sideTables = [WeatherRecords.observations, WeatherRecords.days]
  public let commands = WeatherCommands.all
  public let settings: Shape? = Shape(
    WeatherSettings.self, name: "weather", help: "How the weather is asked for")
  public let blocks = [WeatherViews.block]
  public let jobs = [WeatherCommands.job]

  public init() {}
}

/// What a weather block shows.
struct WeatherBlock: Fielded {
  static let fields: [Field<WeatherBlock>] = [
    Field("place", \.place, help: "Which place; the first if empty"),
    Field("days", \.days, help: "How many days ahead, 0 to 7") { (days: Int) throws(Refusal) in
      guard (0...7).contains(days) else { throw Refusal(.invalid, "\(days) is not from 0 to 7") }
    },
  ]
  var place: Reference<Place>?
  var days = 3
}
