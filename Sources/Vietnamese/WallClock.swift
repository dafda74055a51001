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
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = timeZone
    let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .weekday], from: date)
    func digits(_ number: Int?, _ count: Int) -> String {
      let digits = String(number ?? 0)
      return String(repeating: "0", count: max(0, count - digits.count)) + digits
    }
    weekday = ((parts.weekday ?? 1) - 1) % 7
    (year, month, day) = (digits(parts.year, 4), digits(parts.month, 2), digits(parts.day, 2))
    time = "\(digits(parts.hour, 2)):\(digits(parts.minute, 2))"
  }
}
