import Foundation
import SenKernel

/// What a provider says of one place, in its units made ours: °C, km/h, mm.
struct Observation: Equatable {
  var at: Date
  var temperature: Double
  /// The condition, as WMO code (table 4677, of which providers use a part).
  var code: Int?
  /// Relative, in percent.
  var humidity: Double?
  var wind: Double?
  var isDay: Bool?
  var days: [ForecastDay] = []
}

/// A day ahead, in the place's own calendar.
struct ForecastDay: Equatable {
  /// `2026-11-25`.
  var day: String
  var code: Int?
  var low: Double?
  var high: Double?
  var rain: Double?
}

/// Walking through JSON of others.
extension FieldValue {
  subscript(name: String) -> FieldValue? {
    guard case .map(let map) = self, let value = map[name], !value.isNull else { return nil }
    return value
  }

  /// The first of these names that there is: providers rename.
  subscript(names: [String]) -> FieldValue? { names.lazy.compactMap { self[$0] }.first }

  var items: [FieldValue] {
    if case .list(let items) = self { items } else { [] }
  }

  /// A number, also where it is written as a text.
  var number: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .real(let real): real
    case .text(let text): Double(text).flatMap { $0.isFinite ? $0 : nil }
    default: nil
    }
  }

  var whole: Int? { number.flatMap { Int(exactly: $0.rounded()) } }
}

extension Double {
  /// Without the noise of a conversion: two decimals.
  var tidy: Double { (self * 100).rounded() / 100 }
}
