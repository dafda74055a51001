public import Foundation

/// Moments as text: `2026-11-24T09:00:00Z`, RFC 3339 in UTC, whole seconds; the form of the database,
/// of JSON and of the archive. Such texts sort by time in years 0000 to 9999.
public enum Timestamp {
  /// The moments that have a text, in seconds since 1970: the years 0000 to 9999.
  static let seconds: ClosedRange<TimeInterval> = -62_167_219_200...253_402_300_799.999

  /// Whether a moment has a text of its own, being in the years 0000 to 9999.
  public static func covers(_ date: Date) -> Bool { seconds.contains(date.timeIntervalSince1970) }

  /// The text of `date`, whole seconds (fractions are dropped towards the past).
  public static func text(_ date: Date) -> String {
    String(unsafeUninitializedCapacity: 20) { target in
      write(date, to: target)
      return 20
    }
  }

  /// Writes the 20 bytes of `date`; years outside 0000…9999 are held at those ends.
  public static func write(_ date: Date, to target: UnsafeMutableBufferPointer<UInt8>) {
    let exact = date.timeIntervalSince1970
    let seconds =
      exact.isNaN ? 0 : Int(min(max(exact, Self.seconds.lowerBound), Self.seconds.upperBound).rounded(.down))
    let days = floorDivide(seconds, 86_400)
    let second = seconds - 86_400 * days
    let (year, month, dayOfMonth) = civil(days)
    func digits(_ value: Int, _ count: Int, at index: Int) {
      var value = value
      for position in stride(from: index + count - 1, through: index, by: -1) {
        target[position] = UInt8(0x30 + value % 10)
        value /= 10
      }
    }
    digits(year, 4, at: 0)
    digits(month, 2, at: 5)
    digits(dayOfMonth, 2, at: 8)
    digits(second / 3600, 2, at: 11)
    digits(second / 60 % 60, 2, at: 14)
    digits(second % 60, 2, at: 17)
    for (index, byte) in [(4, 0x2D), (7, 0x2D), (10, 0x54), (13, 0x3A), (16, 0x3A), (19, 0x5A)] {
      target[index] = UInt8(byte)
    }
  }

  /// The moment of an RFC 3339 text: `2026-11-24T09:00:00Z`, with an offset (`+07:00`) or a fraction
  /// (dropped), with a space for the `T`; nil for anything else, impossible days and moments outside the years
  /// 0000 to 9999 included.
  public static func date(_ text: some StringProtocol) -> Date? {
    var text = String(text)
    return text.withUTF8 { date(utf8: $0) }
  }

  /// The moment of the same text in UTF-8.
  public static func date(utf8 bytes: UnsafeBufferPointer<UInt8>) -> Date? {
    guard bytes.count >= 20 else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in bytes[range] {
        guard byte >= 0x30, byte <= 0x39 else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19),
      bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[10] == 0x54 || bytes[10] == 0x20, bytes[13] == 0x3A,
      bytes[16] == 0x3A, hour < 24, minute < 60, second < 60, isDay(year, month, day)
    else { return nil }
    var rest = bytes[19...]
    if rest.first == 0x2E {
      rest = rest.dropFirst()
      guard let digit = rest.first, digit >= 0x30, digit <= 0x39 else { return nil }
      rest = rest.drop { $0 >= 0x30 && $0 <= 0x39 }
    }
    var offset = 0
    if rest.elementsEqual([0x5A]) || rest.elementsEqual([0x7A]) {
    } else if let sign = rest.first, sign == 0x2B || sign == 0x2D, rest.count == 6,
      let hours = number(rest.startIndex + 1..<rest.startIndex + 3), rest[rest.startIndex + 3] == 0x3A,
      let minutes = number(rest.startIndex + 4..<rest.startIndex + 6), hours < 24, minutes < 60
    {
      offset = (hours * 60 + minutes) * (sign == 0x2D ? -60 : 60)
    } else {
      return nil
    }
    let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
    guard Self.seconds.contains(TimeInterval(seconds)) else { return nil }
    return Date(timeIntervalSince1970: TimeInterval(seconds))
  }

  /// Whether the Gregorian calendar has this day.
  public static func isDay(_ year: Int, _ month: Int, _ day: Int) -> Bool {
    guard (1...12).contains(month), day >= 1 else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return day <= [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  }

  /// Days since 1970-01-01 of a Gregorian day (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
  public static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = floorDivide(year, 400)
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The Gregorian day of a number of days since 1970-01-01; the inverse of `days`.
  public static func civil(_ days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = floorDivide(shifted, 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }

  private static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
    value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
  }
}
