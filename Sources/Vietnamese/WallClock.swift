public import Foundation

/// What a clock and a calendar on the wall of a time zone show; the Gregorian calendar.
public struct WallClock: Sendable {
  /// 0 for Sunday.
  public let weekday: Int
  public let year: String
  public let month: String
  public let day: String
  /// `02:56`.
  public let time: String

  /// What they show at a moment.
  public init(_ date: Date, _ timeZone: TimeZone) {
    // A calendar of Foundation's would do the same for a hundred times the price.
    let seconds = date.timeIntervalSince1970.rounded(.down)
    var moment =
      time_t(seconds.isFinite ? max(-6e10, min(2.5e11, seconds)) : 0) + timeZone.secondsFromGMT(for: date)
    var parts = tm()
    gmtime_r(&moment, &parts)
    func digits(_ number: Int32, _ count: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
    weekday = Int(parts.tm_wday)
    (year, month, day) = (
      digits(parts.tm_year + 1900, 4), digits(parts.tm_mon + 1, 2), digits(parts.tm_mday, 2)
    )
    time = "\(digits(parts.tm_hour, 2)):\(digits(parts.tm_min, 2))"
  }
}
