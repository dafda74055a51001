import ContentModel
import Foundation

/// Moments as machines read them, by the clock of a time zone and with what it is ahead of UTC.
struct ZonedClock: Sendable {
  let timeZone: TimeZone

  /// RFC 3339, which is a profile of ISO 8601: `2026-11-24T16:00:00+07:00`.
  func rfc3339(_ date: Date) -> String {
    let (local, offset) = local(date)
    return "\(local)\(offset.sign)\(offset.hours):\(offset.minutes)"
  }

  /// RFC 822 with a year of four digits, as RSS 2.0 asks: `Tue, 24 Nov 2026 16:00:00 +0700`.
  func rfc822(_ date: Date) -> String {
    let (local, offset) = local(date)
    let parts = local.split { "-T".contains($0) }
    guard parts.count == 4, let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else {
      return ""
    }
    // The first day of 1970 was a Thursday.
    let weekday = (Timestamp.days(year, month, day) % 7 + 11) % 7
    return "\(Self.weekdays[weekday]), \(parts[2]) \(Self.months[month - 1]) \(parts[0]) \(parts[3])"
      + " \(offset.sign)\(offset.hours)\(offset.minutes)"
  }

  /// What the wall clock shows, and how far it is ahead of UTC.
  private func local(_ date: Date) -> (text: Substring, (sign: String, hours: String, minutes: String)) {
    // Before there were zones, clocks differed by seconds, which neither format can say.
    let minutes = timeZone.secondsFromGMT(for: date) / 60
    func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return (
      Timestamp.text(date.addingTimeInterval(TimeInterval(minutes * 60))).dropLast(),
      (minutes < 0 ? "-" : "+", digits(abs(minutes) / 60), digits(abs(minutes) % 60))
    )
  }

  private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
}
