import Fetching
import Foundation
import SenKernel
import SenTesting
import Testing
import Weather

/// What visitors see of the weather.
struct WeatherViewTests {
  /// A quarter of an hour after the observation.
  private let clock = TestClock("2026-08-08T18:30:00Z")
  private let server: LocalServer
  private let site: TestSite

  private static let answer = """
    {"utc_offset_seconds": 25200, "current_units": {"temperature_2m": "°C"},
     "current": {"time": "2026-08-09T01:15", "temperature_2m": -0.4, "weather_code": 1, "is_day": 0,
       "relative_humidity_2m": 62, "wind_speed_10m": null},
     "daily": {"time": ["2026-08-09", "2026-08-10", "2026-08-11"], "weather_code": [61, null, 95],
       "temperature_2m_max": [33.1, null, 30], "temperature_2m_min": [25, 24.5, null],
       "precipitation_sum": [null, 0, 12.4]}}
    """

  init() throws {
    server = try LocalServer()
    site = try TestSite([WeatherPlugin()], fetcher: ImpatientFetcher(URLSessionFetcher())) { [clock] in
      clock.now
    }
    try site.run("place create 'Hà Nội' --slug ha-noi --latitude 21.03 --longitude 105.85 --state published")
    try site.run("config set weather.address '\(server.address("/forecast"))'")
    server.on("/forecast", .answers(.init(200, text: Self.answer)))
  }

  @Test func theBlockShowsTheLastWeatherAndTheDaysAhead() throws {
    #expect(try site.view(ofBlock: "weather") == nil)
    try site.run("weather refresh")
    let trace = PageTrace()
    #expect(
      try site.view(ofBlock: "weather", "days=2", trace: trace)?.text
        == "{at: 2026-08-08T18:15:00Z, attribution: Weather data by Open-Meteo.com (CC BY 4.0), "
        + "condition: ít mây, days: [{condition: mưa nhỏ, day: 2026-08-08T17:00:00Z, high: 33, icon: rain, "
        + "isToday: yes, low: 25, rain: -, weekday: Chủ nhật}, {condition: -, day: 2026-08-09T17:00:00Z, "
        + "high: -, icon: -, isToday: no, low: 25, rain: 0.0, weekday: Thứ hai}], humidity: 62, "
        + "icon: partly-cloudy-night, isStale: no, place: place:ha-noi, temperature: 0, wind: -}")
    // Stale after three hours, which is before the next midnight.
    #expect(trace.expiry == clock.now + 2.75 * 3600 + 1 && !trace.items.isEmpty)
  }

  @Test func oldWeatherIsMarkedAndYesterdayIsNotAhead() throws {
    try site.run("weather refresh")
    try site.run("config set language en")
    clock.move(by: 2.75 * 3600)
    #expect(try site.view(ofBlock: "weather")?.text("isStale") == "no")
    clock.move(by: 86_400)
    let trace = PageTrace()
    let view = try #require(try site.view(ofBlock: "weather", trace: trace))
    #expect(view.text("isStale") == "yes" && view.text("condition") == "mainly clear")
    #expect(view.views("days").map { $0.text("weekday") } == ["Monday", "Tuesday"])
    #expect(view.views("days").last?.text("icon") == "thunderstorm")
    #expect(trace.expiry == Timestamp.date("2026-08-10T17:00:00Z"))
    #expect(try site.view(ofBlock: "weather", "days=0")?.text("days") == "[]")
  }

  @Test func onlyPublicPlacesAreShown() throws {
    try site.run("place create Huế --slug hue --latitude 16.46 --longitude 107.6 --state published")
    try site.run("weather refresh")
    try site.run("place unpublish ha-noi")
    #expect(try site.view(ofBlock: "weather", "place=ha-noi") == nil)
    #expect(try site.view(ofBlock: "weather")?.text("place") == "place:hue")
    try site.run("place delete hue --yes")
    #expect(try site.view(ofBlock: "weather") == nil)
  }
}
