import SenKernel

/// WMO weather codes in words.
enum Conditions {
  /// Nil for none, and for codes that no provider uses.
  static func text(_ code: Int?, _ language: PeopleStyle.Language) -> String? {
    guard let code, let words = words[code] else { return nil }
    return language == .vi ? words.vi : words.en
  }

  /// What a theme calls the picture of a condition; nil where there is no text either.
  static func icon(_ code: Int?, isDay: Bool) -> String? {
    guard let code, words[code] != nil else { return nil }
    switch code {
    case 0: return isDay ? "clear-day" : "clear-night"
    case 1, 2: return isDay ? "partly-cloudy-day" : "partly-cloudy-night"
    case 3: return "cloudy"
    case 45, 48: return "fog"
    case 51, 53, 55: return "drizzle"
    case 56, 57, 66, 67: return "sleet"
    case 61, 63, 65: return "rain"
    case 71...77, 85, 86: return "snow"
    case 80...82: return "showers"
    case 96, 99: return "hail"
    default: return "thunderstorm"
    }
  }

  static let words: [Int: (en: String, vi: String)] = [
    0: ("clear", "trời quang"), 1: ("mainly clear", "ít mây"), 2: ("partly cloudy", "có mây"),
    3: ("overcast", "nhiều mây"), 45: ("fog", "sương mù"), 48: ("freezing fog", "sương mù đóng băng"),
    51: ("light drizzle", "mưa phùn nhẹ"), 53: ("drizzle", "mưa phùn"),
    55: ("dense drizzle", "mưa phùn dày hạt"), 56: ("light freezing drizzle", "mưa phùn băng giá nhẹ"),
    57: ("freezing drizzle", "mưa phùn băng giá"), 61: ("light rain", "mưa nhỏ"), 63: ("rain", "mưa vừa"),
    65: ("heavy rain", "mưa to"), 66: ("light freezing rain", "mưa băng giá nhẹ"),
    67: ("freezing rain", "mưa băng giá"), 71: ("light snow", "tuyết rơi nhẹ"), 73: ("snow", "tuyết rơi"),
    75: ("heavy snow", "tuyết rơi dày"), 77: ("snow grains", "mưa hạt tuyết"),
    80: ("light rain showers", "mưa rào nhẹ"), 81: ("rain showers", "mưa rào"),
    82: ("violent rain showers", "mưa rào rất to"), 85: ("light snow showers", "mưa tuyết nhẹ"),
    86: ("snow showers", "mưa tuyết"), 95: ("thunderstorm", "dông"),
    96: ("thunderstorm with hail", "dông kèm mưa đá"),
    99: ("thunderstorm with heavy hail", "dông kèm mưa đá lớn"),
  ]
}
