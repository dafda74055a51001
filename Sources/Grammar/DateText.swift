public import ContentModel
public import Foundation

/// Moments as people type them: `2026-11-24 08:00`, `24/11/2026`, RFC 3339, `+2d`, `tomorrow 08:00`, `hôm nay`.
public enum DateText {
  /// - Parameter timeZone: the zone of what is typed without one.
  public static func parse(_ text: String, now: Date, timeZone: TimeZone) throws(Refusal) -> Date {
    let text = text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    if text == "now" { return now }
    if let date = Timestamp.date(text.uppercased()) { return date }
    if let sign = text.first, sign == "+" || sign == "-" {
      let seconds = try DurationText.parse(String(text.dropFirst()))
      return now.addingTimeInterval(sign == "-" ? -seconds : seconds)
    }
    var words = text.split(separator: " ").map(String.init)
    var time = (hour: 0, minute: 0, second: 0)
    if let index = words.firstIndex(where: { $0.contains(":") }) {
      guard let clock = Self.time(words.remove(at: index)) else { throw wrong(text) }
      time = clock
    }
    let today = Int(floor((now.timeIntervalSince1970 + Double(timeZone.secondsFromGMT(for: now))) / 86_400))
    let days: Int
    switch words.joined(separator: " ") {
    case "today", "hôm nay": days = today
    case "tomorrow", "ngày mai": days = today + 1
    case "yesterday", "hôm qua": days = today - 1
    case let word:
      guard let day = Self.day(word) else { throw wrong(text) }
      days = day
    }
    let local = Double(days * 86_400 + time.hour * 3600 + time.minute * 60 + time.second)
    let guess = Date(timeIntervalSince1970: local - Double(timeZone.secondsFromGMT(for: now)))
    return Date(timeIntervalSince1970: local - Double(timeZone.secondsFromGMT(for: guess)))
  }

  private static func wrong(_ text: String) -> Refusal {
    Refusal(
      .invalid, "\(text.shown) is no date", hint: "Write 2026-11-24, 24/11/2026 08:00, tomorrow 08:00 or +2d."
    )
  }

  private static func numbers(_ text: String, _ separator: Character, _ counts: ClosedRange<Int>) -> [Int]? {
    let parts = text.split(separator: separator, omittingEmptySubsequences: false)
    guard counts.contains(parts.count),
      parts.allSatisfy({ (1...4).contains($0.utf8.count) && $0.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } })
    else { return nil }
    return parts.compactMap { Int($0) }
  }

  private static func time(_ text: String) -> (hour: Int, minute: Int, second: Int)? {
    guard let parts = numbers(text, ":", 2...3), parts[0] < 24, parts[1] < 60,
      parts.count < 3 || parts[2] < 60
    else { return nil }
    return (parts[0], parts[1], parts.count == 3 ? parts[2] : 0)
  }

  private static func day(_ text: String) -> Int? {
    let parts: [Int]
    if let european = numbers(text, "/", 3...3) {
      parts = european.reversed()
    } else if let iso = numbers(text, "-", 3...3),
      text.firstIndex(of: "-") == text.index(text.startIndex, offsetBy: 4)
    {
      parts = iso
    } else {
      return nil
    }
    guard parts[0] >= 1000, Timestamp.isDay(parts[0], parts[1], parts[2]) else { return nil }
    return Timestamp.days(parts[0], parts[1], parts[2])
  }
}
