import Foundation

/// What a clock and a calendar on the wall of a time zone show; the Gregorian calendar.
struct WallClock {
  /// 0 for Sunday.
  let weekday: Int
  let year: String
  let month: String
  let day: String
  /// `02:56`.
  let time: String

  init(_ date: Date, _ timeZone: TimeZone) {
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
