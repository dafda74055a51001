public import struct Foundation.Date

/// The time as HTTP writes it, `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7), by hand: it stands in every answer.
public enum HTTPDate {
  private static let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// - Parameter date: of the years 1970 to 9999; fractions of a second are left out.
  public static func text(_ date: Date) -> String {
    let seconds = Int(min(max(date.timeIntervalSince1970, 0), 253_402_300_799).rounded(.down))
    let (year, month, day) = civil(seconds / 86400)
    let time = seconds % 86400
    return "\(days[(seconds / 86400 + 4) % 7]), \(two(day)) \(months[month - 1]) \(four(year)) "
      + "\(two(time / 3600)):\(two(time / 60 % 60)):\(two(time % 60)) GMT"
  }

  /// The time of any of the three forms that RFC 9110 lets a recipient meet; nil for all else.
  public static func date(_ text: String) -> Date? {
    let words = text.split { " ,-:".contains($0) }.map(String.init)
    switch words.count {
    case 8 where words[7] == "GMT":
      return date(words[3], words[2], words[1], Array(words[4...6]))
    case 7: return date(words[6], words[1], words[2], Array(words[3...5]))
    default: return nil
    }
  }

  private static func date(_ year: String, _ month: String, _ day: String, _ time: [String])
    -> Date?
  {
    guard var year = Int(year), let month = months.firstIndex(of: month), let day = Int(day),
      (1...31).contains(day), let hour = Int(time[0]), (0..<24).contains(hour), let minute = Int(time[1]),
      (0..<60).contains(minute), let second = Int(time[2]), (0...60).contains(second)
    else { return nil }
    // Two digits are those of RFC 850, of this century or the last.
    if (0..<100).contains(year) { year += year < 70 ? 2000 : 1900 }
    guard (1970...9999).contains(year) else { return nil }
    let days = daysSinceEpoch(year, month + 1, day)
    return Date(timeIntervalSince1970: Double(days * 86400 + hour * 3600 + minute * 60 + second))
  }

  // Howard Hinnant's "chrono-compatible low-level date algorithms".
  private static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }

  private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = year / 400
    let yearOfEra = year % 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  private static func four(_ number: Int) -> String {
    String(repeating: "0", count: max(0, 4 - "\(number)".utf8.count)) + "\(number)"
  }
}
