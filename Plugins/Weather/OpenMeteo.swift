import Foundation
import SenKernel

extension Provider {
  /// https://open-meteo.com/en/docs: without a key; data CC BY 4.0.
  static let openMeteo = Provider(
    name: .openMeteo, attribution: "Weather data by Open-Meteo.com (CC BY 4.0)",
    address: "https://api.open-meteo.com/v1/forecast", needsKey: false,
    query: { place in
      "latitude=\(place.latitude)&longitude=\(place.longitude)"
        + "&current=temperature_2m,relative_humidity_2m,weather_code,wind_speed_10m,is_day"
        + "&daily=weather_code,temperature_2m_max,temperature_2m_min,precipitation_sum&timezone=auto"
    },
    read: OpenMeteo.observation)
}

/// Answers of Open-Meteo, of today and from before 2023, when names had fewer underscores.
enum OpenMeteo {
  static func observation(_ root: FieldValue) throws -> Observation {
    guard let current = root[["current", "current_weather"]] else {
      throw Refusal(.invalid, "says nothing of the current weather")
    }
    let units = root[["current_units", "current_weather_units"]]
    guard
      let temperature = number(current, units, ["temperature_2m", "temperature"]),
      let at = time(current["time"], root["utc_offset_seconds"]?.whole ?? 0)
    else { throw Refusal(.invalid, "says no current temperature, or not of when") }
    return Observation(
      at: at, temperature: temperature, code: current[["weather_code", "weathercode"]]?.whole,
      humidity: number(current, units, ["relative_humidity_2m", "relativehumidity_2m"]),
      wind: number(current, units, ["wind_speed_10m", "windspeed_10m", "windspeed"]),
      isDay: current["is_day"]?.number.map { $0 != 0 }, days: days(root))
  }

  /// Parallel lists, in any of which elements may be null or missing.
  private static func days(_ root: FieldValue) -> [ForecastDay] {
    guard let daily = root["daily"] else { return [] }
    let units = root["daily_units"]
    func value(_ names: [String], _ index: Int) -> Double? {
      guard let name = names.first(where: { daily[$0] != nil }) else { return nil }
      let column = daily[name]?.items ?? []
      guard column.indices.contains(index), let number = column[index].number else { return nil }
      return converted(number, units?[name]?.text)
    }
    return (daily["time"]?.items ?? []).enumerated().compactMap { index, time in
      guard let day = time.text, Timestamp.date(day + "T00:00:00Z") != nil else { return nil }
      return ForecastDay(
        day: day, code: value(["weather_code", "weathercode"], index).flatMap { Int(exactly: $0) },
        low: value(["temperature_2m_min"], index), high: value(["temperature_2m_max"], index),
        rain: value(["precipitation_sum", "rain_sum"], index))
    }
  }

  /// A local time without its offset, `2026-08-08T14:15`, or seconds since 1970.
  private static func time(_ value: FieldValue?, _ offset: Int) -> Date? {
    if case .integer(let seconds)? = value { return Date(timeIntervalSince1970: Double(seconds)) }
    guard let text = value?.text else { return nil }
    let full = text.utf8.count == 16 ? text + ":00Z" : text + "Z"
    return Timestamp.date(full)?.addingTimeInterval(-Double(offset))
  }

  private static func number(_ values: FieldValue, _ units: FieldValue?, _ names: [String]) -> Double? {
    guard let name = names.first(where: { values[$0] != nil }), let number = values[name]?.number else {
      return nil
    }
    return converted(number, units?[name]?.text)
  }

  /// What was asked for without units may come in others from a mirror.
  private static func converted(_ number: Double, _ unit: String?) -> Double {
    switch unit {
    case "°F": ((number - 32) / 1.8).tidy
    case "mp/h": (number * 1.609344).tidy
    case "m/s": (number * 3.6).tidy
    case "kn": (number * 1.852).tidy
    case "inch": (number * 25.4).tidy
    default: number
    }
  }
}
