import Foundation
import SenKernel

@testable import Exchange
@testable import Weather

/// Answers of those who know the weather and the rates.
extension Reader {
  static let providers = [
    weather(
      "openmeteo", .openMeteo,
      ["\"current\":", "\"time\":", "\"temperature_2m\":", "\"daily\":", "°F", "inch"]),
    weather(
      "openweathermap", .openWeatherMap,
      ["\"main\":", "\"temp\":", "\"dt\":", "\"cod\":", "\"weather\":[", "1e308"]),
    rates(
      "vietcombank", .vietcombank,
      ["<ExrateList>", "<DateTime>", "<Exrate CurrencyCode=\"USD\" Buy=\"", "12:00:00 PM"]),
    rates("ecb", .ecb, ["<gesmes:Envelope>", "<Cube time='2026-06-14'>", "<Cube currency='USD' rate='1'/>"]),
  ]

  private static func weather(_ name: String, _ provider: Weather.Provider, _ words: [String]) -> Reader {
    Reader(name: name, words: words + jsonWords) {
      { bytes in
        try readOrRefused {
          let observation = try provider.parse(
            answer(bytes, "application/json"), at: Date(timeIntervalSince1970: 1_795_000_000))
          let numbers = [observation.temperature, observation.wind, observation.humidity].compactMap(\.self)
          try hold(numbers.allSatisfy(\.isFinite), "\(observation)")
          try hold(observation.days.allSatisfy { $0.day.utf8.count == 10 }, "\(observation.days)")
        }
      }
    }
  }

  private static func rates(_ name: String, _ provider: Exchange.Provider, _ words: [String]) -> Reader {
    let markup = [
      "<?xml version=\"1.0\" encoding=\"UTF-16\"?>", "<!DOCTYPE a [", "<!ENTITY a \"&b;&b;&b;\">", "&a;",
      "]>", "<![CDATA[",
      "]]>", "<!--", "-->", "&#x41;", "xmlns:a=\"", "/>", "</", "<html", "\u{FEFF}",
    ]
    return Reader(name: name, words: words + markup) {
      { bytes in
        try readOrRefused {
          let sheet = try Sheet(answer(bytes, "text/xml"))
          let size = sheet.elements.reduce(0) { $0 + $1.text.utf8.count }
          try hold(size <= bytes.count * 3, "the text of \(bytes.count) bytes has \(size)")
          let quotes = try provider.read(sheet)
          let numbers = quotes.flatMap { [$0.buy, $0.transfer, $0.sell, $0.perEuro] }.compactMap { $0?.value }
          try hold(numbers.allSatisfy { $0.isFinite && $0 > 0 }, "\(quotes)")
          if let rate = quotes.lazy.compactMap(\.perEuro).first {
            for other in quotes.compactMap(\.perEuro).prefix(20) {
              _ = Rate(rate, dividedBy: other).fieldValue
            }
          }
        }
      }
    }
  }

  private static func answer(_ bytes: [UInt8], _ type: String) -> FetchResponse {
    FetchResponse(
      status: 200, headers: ["content-type": type], body: Data(bytes), address: "https://example.org/x")
  }
}
