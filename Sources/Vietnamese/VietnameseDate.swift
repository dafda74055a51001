public import Foundation

/// Moments as Vietnamese pages print them: `Thứ ba - 04/02/2020 02:56`.
public enum VietnameseDate {
  /// Sunday first.
  static let weekdays = ["Chủ nhật", "Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy"]

  /// Weekday, day, month, year and the minute of `date` in `timeZone`.
  public static func text(_ date: Date, timeZone: TimeZone) -> String {
    let clock = WallClock(date, timeZone)
    return "\(weekdays[clock.weekday]) - \(clock.day)/\(clock.month)/\(clock.year) \(clock.time)"
  }
}

/// Moments as the English form prints them: `2020-02-04 02:56`, the order of ISO 8601.
public enum PlainDate {
  /// Year, month, day and the minute of `date` in `timeZone`.
  public static func text(_ date: Date, timeZone: TimeZone) -> String {
    let clock = WallClock(date, timeZone)
    return "\(clock.year)-\(clock.month)-\(clock.day) \(clock.time)"
  }
}
