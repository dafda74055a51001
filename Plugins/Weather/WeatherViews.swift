import Foundation
import SenKernel

/// What visitors see of the weather.
enum WeatherViews {
  static let block = BlockType(
    "weather", help: "The weather of a place and the days ahead", options: WeatherBlock.self
  ) { options, page in
    let item =
      try options.place.map { try page.item($0.id) }
      ?? page.items(Place.name, order: Query.siblings, limit: 1).first
    guard let item, let (last, provider) = try WeatherRecords.last(of: item.envelope.id, page.db) else {
      return nil
    }
    let staleAt = last.at.addingTimeInterval(WeatherCommands.staleAfter)
    if staleAt >= page.now { page.trace.expires(at: staleAt + 1) }
    let language = PeopleStyle.Language(of: page.site)
    return [
      "place": .item(item), "at": .moment(last.at), "isStale": .flag(page.now > staleAt),
      "temperature": number(last.temperature), "humidity": number(last.humidity), "wind": number(last.wind),
      "condition": .text(Conditions.text(last.code, language)),
      "icon": .text(Conditions.icon(last.code, isDay: last.isDay ?? true)),
      "days": .list(try days(of: item.envelope.id, options.days, language, page)),
      "attribution": .text(Provider.named(provider).attribution),
    ]
  }

  /// Today is the first of them; tomorrow it is another day.
  private static func days(
    of place: Int64, _ count: Int, _ language: PeopleStyle.Language, _ page: PageContext
  ) throws -> [ViewValue] {
    guard count > 0 else { return [] }
    let today = page.site.day(of: page.now)
    if let midnight = date(of: today, page.site)?.addingTimeInterval(86_400) {
      page.trace.expires(at: midnight)
    }
    return try WeatherRecords.days(of: place, from: today, count, page.db).compactMap { day in
      guard let date = date(of: day.day, page.site) else { return nil }
      return .view([
        "day": .moment(date), "weekday": .text(weekday(of: day.day, language)),
        "isToday": .flag(day.day == today), "low": number(day.low), "high": number(day.high),
        "rain": number(day.rain, decimals: 1), "condition": .text(Conditions.text(day.code, language)),
        "icon": .text(Conditions.icon(day.code, isDay: true)),
      ])
    }
  }

  /// No “-0”.
  private static func number(_ number: Double?, decimals: Int = 0) -> ViewValue {
    guard let number else { return .none }
    let unit = decimals == 0 ? 1.0 : 10
    return .number((number * unit).rounded() / unit + 0, decimals: decimals)
  }

  /// The first moment of a day, `2026-11-25`, where the site is.
  private static func date(of day: String, _ site: Site) -> Date? {
    guard let utc = Timestamp.date("\(day)T00:00:00Z") else { return nil }
    let guess = utc.addingTimeInterval(-Double(site.timeZone.secondsFromGMT(for: utc)))
    return utc.addingTimeInterval(-Double(site.timeZone.secondsFromGMT(for: guess)))
  }

  private static func weekday(of day: String, _ language: PeopleStyle.Language) -> String? {
    guard let utc = Timestamp.date("\(day)T00:00:00Z") else { return nil }
    // 1970-01-01 was a Thursday.
    let index = (Int(utc.timeIntervalSince1970 / 86_400) + 4) % 7
    switch language {
    case .vi: return ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"][index]
    case .en:
      return ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"][index]
    }
  }
}

extension PeopleStyle.Language {
  /// The language that a site's own words are in.
  fileprivate init(of site: Site) { self = site.settings.language.hasPrefix("vi") ? .vi : .en }
}
