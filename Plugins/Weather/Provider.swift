import Foundation
import SenKernel

/// A service that knows the weather, as a value: how it is asked, and how its answers are read.
struct Provider: Sendable {
  let name: ProviderName
  /// Who is to be named beside its data.
  let attribution: String
  /// Up to the `?`.
  let address: String
  let needsKey: Bool
  /// What is asked about a place, after the `?`; the key apart.
  let query: @Sendable (Place) -> String
  /// Reads the body of an answer.
  let read: @Sendable (FieldValue) throws -> Observation

  static let all = [openMeteo, openWeatherMap]

  static func named(_ name: ProviderName) -> Provider { name == .openMeteo ? openMeteo : openWeatherMap }

  /// What comes of an answer; a refusal says why nothing does.
  func parse(_ response: FetchResponse, at now: Date) throws -> Observation {
    let root: FieldValue
    do {
      root = try JSONReader.value(response.body)
    } catch {
      try response.checkStatus()
      throw Refusal(
        .invalid,
        response.isWebPage
          ? "answered with a web page instead of JSON" : "answered with broken JSON: \(error.message)")
    }
    if let said = root[["reason", "message"]]?.text, response.status >= 400 || root["error"] == .bool(true) {
      throw Refusal(.invalid, "answered \(response.status): \(FieldValue.text(said).summary)")
    }
    try response.checkStatus()
    var observation = try read(root)
    guard (-100...70).contains(observation.temperature) else {
      throw Refusal(.invalid, "says \(observation.temperature) °C, which no place has")
    }
    // It would be the newest for ever, and never stale.
    guard observation.at <= now + 86_400 else {
      throw Refusal(.invalid, "says that it is of \(Timestamp.text(observation.at)), which is still to come")
    }
    if let humidity = observation.humidity, !(0...100).contains(humidity) { observation.humidity = nil }
    if let wind = observation.wind, !(0...500).contains(wind) { observation.wind = nil }
    return observation
  }
}
