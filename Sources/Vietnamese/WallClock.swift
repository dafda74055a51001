public import Foundation

/// What a clock and a calendar on the wall of a time zone show; the Gregorian calendar.
public struct WallClock: Sendable {
  /// 0 for Sunday.
  public let weekday: Int
  private let numbers: (year: Int32, month: Int32, day: Int32, hour: Int32, minute: Int32)

  public var year: String { Self.digits(numbers.year, 4) }
  public var month: String { Self.digits(numbers.month, 2) }
  public var day: String { Self.digits(numbers.day, 2) }
  /// `02:56`.
  public var time: String { Self.digits(numbers.hour, 2) + ":" + Self.digits(numbers.minute, 2) }

  /// What they show at a moment.
  public init(_ date: Date, _ timeZone: TimeZone) {
    // A calendar of Foundation's would do the same for a hundred times the price.
    let seconds = date.timeIntervalSince1970.rounded(.down)
    var moment =
      time_t(seconds.isFinite ? max(-6e10, min(2.5e11, seconds)) : 0) + timeZone.secondsFromGMT(for: date)
    var parts = tm()
    gmtime_r(&moment, &parts)
    weekday = Int(parts.tm_wday)
    numbers = (parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min)
  }

  /// A number that is not negative with at least so many digits. Pages show many moments, so that each digit is written
  /// where it is to stand.
  private static func digits(_ number: Int32, _ least: Int) -> String {
    var (count, rest) = (1, number / 10)
    while rest > 0 { (count, rest) = (count + 1, rest / 10) }
    return String(unsafeUninitializedCapacity: max(count, least)) { bytes in
      var rest = number
      for place in bytes[..<max(count, least)].indices.reversed() {
        bytes[place] = UInt8(ascii: "0") + UInt8(rest % 10)
        rest /= 10
      }
      return max(count, least)
    }
  }
}
