import Foundation
import SenKernel

extension Provider {
  /// https://openweathermap.org/current: with a key; data CC BY-SA 4.0 (ODbL for databases).
  static let openWeatherMap = Provider(
    name: .openWeatherMap, attribution: "Weather data provided by OpenWeather (CC BY-SA 4.0)",
    address: "https://api.openweathermap.org/data/2.5/weather", needsKey: true,
    query: { "lat=\($0.latitude)&lon=\($0.longitude)" }, read: OpenWeatherMap.observation)
}

/// Answers of OpenWeatherMap: the current weather, and “one call” with its days.
enum OpenWeatherMap {
  static func observation(_ root: FieldValue) throws -> Observation {
    // A number or a text, and an error may come with HTTP 200.
    if let code = root["cod"]?.whole, code != 200 {
      throw Refusal(.invalid, "answered \(code)")
    }
    let current = root["current"] ?? root
    guard let temperature = celsius(current["main"]?["temp"] ?? current["temp"]),
      let seconds = current["dt"]?.number
    else { throw Refusal(.invalid, "says no current temperature, or not of when") }
    let weather = current["weather"]?.items.first
    let wind = current["wind"]?["speed"] ?? current["wind_speed"]
    return Observation(
      at: Date(timeIntervalSince1970: seconds), temperature: temperature, code: code(weather),
      humidity: (current["main"]?["humidity"] ?? current["humidity"])?.number,
      wind: wind?.number.map { ($0 * 3.6).tidy },
      isDay: weather?["icon"]?.text.flatMap { $0.hasSuffix("d") ? true : $0.hasSuffix("n") ? false : nil },
      days: days(root))
  }

  private static func days(_ root: FieldValue) -> [ForecastDay] {
    let offset = root["timezone_offset"]?.number ?? 0
    return (root["daily"]?.items ?? []).compactMap { day in
      guard let seconds = day["dt"]?.number else { return nil }
      return ForecastDay(
        day: String(Timestamp.text(Date(timeIntervalSince1970: seconds + offset)).prefix(10)),
        code: code(day["weather"]?.items.first), low: celsius(day["temp"]?["min"]),
        high: celsius(day["temp"]?["max"]), rain: day["rain"]?.number)
    }
  }

  /// Kelvin unless the answer was made with other units: no place on Earth has 150 K, nor 150 °C.
  private static func celsius(_ value: FieldValue?) -> Double? {
    value?.number.map { $0 > 150 ? ($0 - 273.15).tidy : $0 }
  }

  /// The WMO code nearest to a condition of https://openweathermap.org/weather-conditions.
  private static func code(_ weather: FieldValue?) -> Int? {
    guard let id = weather?["id"]?.whole else { return nil }
    let exact = [
      302: 55, 312: 55, 314: 55, 300: 51, 310: 51, 500: 61, 501: 63, 511: 66, 520: 80, 522: 82, 531: 82,
      600: 71,
      602: 75, 620: 85, 771: 95, 781: 95, 800: 0, 801: 1, 802: 2,
    ]
    if let code = exact[id] { return code }
    switch id {
    case 200..<300: return 95
    case 300..<400: return 53
    case 500..<511: return 65
    case 511..<600: return 81
    case 611..<617: return 66
    case 600..<611: return 73
    case 617..<700: return 86
    case 700..<800: return 45
    case 800..<900: return 3
    default: return nil
    }
  }
}
