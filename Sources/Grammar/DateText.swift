public import ContentModel
public import Foundation

/// Moments as people type them: `2026-11-24 08:00`, `24/11/2026`, RFC 3339, `+2d`, `tomorrow 08:00`, `hôm nay`,
/// `thứ hai 8h30`, `08:00`.
public enum DateText {
  /// Days are those of the Gregorian calendar; a day without a time begins at midnight, a time without a day is
  /// today's, a weekday is the next one after today. Where clocks are put forward over the time, it is as much later;
  /// where they are put back over it, it is the first of the two.
  /// - Parameter timeZone: the zone of what is typed without one.
  public static func parse(_ text: String, now: Date, timeZone: TimeZone) throws(Refusal) -> Date {
    let typed = text
    let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    if text == "now" || text == "bây giờ" { return now }
    if let date = Timestamp.date(text.uppercased()) { return date }
    if let sign = text.first, sign == "+" || sign == "-" {
      let seconds = try DurationText.parse(String(text.dropFirst()))
      let moment = now.addingTimeInterval(sign == "-" ? -seconds : seconds)
      guard Timestamp.covers(moment) else {
        throw Refusal(.invalid, "\(typed.shown) leads out of the years 0 to 9999")
      }
      return moment
    }
    var words = split(text)
    var clock: Clock?
    if let index = words.firstIndex(where: { isTime($0) }) {
      guard let found = Clock(words.remove(at: index)) else { throw wrong(typed) }
      clock = found
    }
    let today = Int(floor((now.timeIntervalSince1970 + Double(timeZone.secondsFromGMT(for: now))) / 86_400))
    guard let day = words.isEmpty && clock != nil ? today : day(words.joined(separator: " "), today) else {
      throw wrong(typed)
    }
    let local = Double(day * 86_400 + (clock?.seconds ?? 0))
    if let offset = clock?.offset { return Date(timeIntervalSince1970: local - Double(offset)) }
    return moment(local, timeZone)
  }

  /// The moment at which clocks in `timeZone` show `local` seconds since 1970.
  private static func moment(_ local: Double, _ timeZone: TimeZone) -> Date {
    func offset(at moment: Double) -> Double {
      Double(timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: moment)))
    }
    let (before, after) = (offset(at: local - 86_400), offset(at: local + 86_400))
    for candidate in [before, after].sorted(by: >) where offset(at: local - candidate) == candidate {
      return Date(timeIntervalSince1970: local - candidate)
    }
    return Date(timeIntervalSince1970: local - before)
  }

  private static func wrong(_ text: String) -> Refusal {
    Refusal(
      .invalid, "\(text.shown) is no date", hint: "Write 2026-11-24, 24/11/2026 08:00, tomorrow 08:00 or +2d."
    )
  }

  /// The words of a text, the `t` of `2026-11-24t08:00` being a space too.
  private static func split(_ text: String) -> [String] {
    var bytes = Array(text.utf8)
    if bytes.count > 11, bytes[10] == 0x74, bytes[9] >= 0x30, bytes[9] <= 0x39 { bytes[10] = 0x20 }
    return String(decoding: bytes, as: UTF8.self).split(separator: " ").map(String.init)
  }

  private static func isTime(_ word: String) -> Bool {
    guard let first = word.utf8.first, first >= 0x30, first <= 0x39 else { return false }
    return word.contains(":") || word.contains("h")
  }

  private static func numbers(_ text: String, _ separator: Character, _ counts: ClosedRange<Int>) -> [Int]? {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard counts.contains(parts.count),
      parts.allSatisfy({ (1...4).contains($0.utf8.count) && $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } })
    else { return nil }
    return parts.compactMap { Int($0) }
  }

  /// `08:00`, `08:00:30`, `8h`, `8h30`, each perhaps with `z` or `+07:00`.
  private struct Clock {
    let seconds: Int
    /// East of Greenwich, in seconds.
    var offset: Int?

    init?(_ text: String) {
      var text = text
      if text.hasSuffix("z") {
        text.removeLast()
        offset = 0
      } else if let sign = text.firstIndex(where: { $0 == "+" || $0 == "-" }) {
        let digits = text[sign...].dropFirst().replacing(":", with: "")
        guard digits.utf8.count == 4, let number = Int(digits), number >= 0, number / 100 < 24,
          number % 100 < 60
        else { return nil }
        offset = (number / 100 * 3600 + number % 100 * 60) * (text[sign] == "-" ? -1 : 1)
        text = String(text[..<sign])
      }
      if text.hasSuffix("h") { text += "00" }
      guard let parts = DateText.numbers(text.replacing("h", with: ":"), ":", 2...3), parts[0] < 24,
        parts[1] < 60, parts.count < 3 || parts[2] < 60
      else { return nil }
      seconds = parts[0] * 3600 + parts[1] * 60 + (parts.count == 3 ? parts[2] : 0)
    }
  }

  private static let weekdays = [
    "chủ nhật": 0, "thứ hai": 1, "thứ ba": 2, "thứ tư": 3, "thứ năm": 4, "thứ sáu": 5, "thứ bảy": 6,
    "sunday": 0, "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6,
  ]

  /// The day in days since 1970.
  private static func day(_ text: String, _ today: Int) -> Int? {
    switch text {
    case "today", "hôm nay": return today
    case "tomorrow", "ngày mai": return today + 1
    case "yesterday", "hôm qua": return today - 1
    default: break
    }
    if let weekday = weekdays[text] {
      let now = (today % 7 + 11) % 7  // 1970-01-01 was a Thursday
      return today + (weekday - now + 6) % 7 + 1
    }
    for separator: Character in ["/", "-", "."] {
      guard var parts = numbers(text, separator, 3...3) else { continue }
      if parts[0] < 1000, separator == "-" || parts[2] >= 1000 { parts.reverse() }
      guard parts[0] >= 1000, Timestamp.isDay(parts[0], parts[1], parts[2]) else { return nil }
      return Timestamp.days(parts[0], parts[1], parts[2])
    }
    return nil
  }
}
