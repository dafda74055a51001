import SenKernel

/// WMO weather codes in words.
enum Conditions {
  /// Nil for none, and for codes that no provider uses.
  static func text(_ code: Int?, _ language: PeopleStyle.Language) -> String? {
    guard let code, let words = words[code] else { return nil }
    return language == .vi ? words.vi : words.en
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
