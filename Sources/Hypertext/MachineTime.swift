/// The times that `<time datetime>` may say (HTML, 4.5.14): a year, month, day, day of any year, week, time, moment, or a
/// duration of days, hours, minutes and seconds.
enum MachineTime {
  /// Whether a text is one, with its days in the calendar.
  static func isValid(_ text: String) -> Bool {
    guard text.utf8.count <= 40, text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return false }
    let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { $0 == "T" || $0 == " " }
    if parts.count == 2, !parts[0].isEmpty, parts[0].first != "P" {
      return isDay(parts[0]) && isClock(parts[1], withZone: true)
    }
    return isYear(text[...]) || isMonth(text[...]) || isDay(text[...]) || isDayOfYears(text) || isWeek(text)
      || isClock(text[...], withZone: false) || isDuration(text)
  }

  /// Others are valid, and slips of the pen.
  private static func isYear(_ text: Substring) -> Bool {
    number(text, digits: 4).map((1000...3000).contains) ?? false
  }

  private static func isMonth(_ text: Substring) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 2 && isYear(parts[0]) && isNumber(parts[1], in: 1...12)
  }

  private static func isDay(_ text: Substring) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, isYear(parts[0]), let year = Int(parts[0]), isNumber(parts[1], in: 1...12),
      let month = Int(parts[1])
    else { return false }
    let isLeap = year % 4 == 0 && year % 100 != 0 || year % 400 == 0
    return isNumber(parts[2], in: 1...(month == 2 && !isLeap ? 28 : longest[month - 1]))
  }

  /// `11-30`.
  private static func isDayOfYears(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, isNumber(parts[0], in: 1...12), let month = Int(parts[0]) else { return false }
    return isNumber(parts[1], in: 1...longest[month - 1])
  }

  /// `2026-W48`; the 53rd weeks that some years have are left out.
  private static func isWeek(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.count == 2 && isYear(parts[0]) && parts[1].first == "W"
      && isNumber(parts[1].dropFirst(), in: 1...52)
  }

  /// `15:00`, `15:00:30.5`, and with a zone `Z` or `+07:00` behind it.
  private static func isClock(_ text: Substring, withZone: Bool) -> Bool {
    var clock = text
    if withZone, clock.last == "Z" {
      clock.removeLast()
    } else if withZone, let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
      let zone = clock[clock.index(after: sign)...]
      guard zone.utf8.count == 5, zone.dropFirst(2).first == ":",
        isNumber(zone.prefix(2), in: 0...(clock[sign] == "-" ? 11 : 13)),
        ["00", "30", "45"].contains(zone.suffix(2))
      else { return false }
      clock = clock[..<sign]
    }
    let parts = clock.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, isNumber(parts[0], in: 0...23), isNumber(parts[1], in: 0...59)
    else { return false }
    guard parts.count == 3 else { return true }
    let seconds = parts[2].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard isNumber(seconds[0], in: 0...59) else { return false }
    return seconds.count == 1 || (1...3).contains(seconds[1].utf8.count) && isDigits(seconds[1])
  }

  /// `P4DT18H3M`.
  private static func isDuration(_ text: String) -> Bool {
    guard text.first == "P" else { return false }
    let parts = text.dropFirst().split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
    let hasDays = parts[0].last == "D" && isDigits(parts[0].dropLast())
    guard hasDays || parts[0].isEmpty && parts.count == 2 else { return false }
    guard parts.count == 2 else { return true }
    var rest = parts[1]
    for unit in "HMS" {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      if !digits.isEmpty, rest.dropFirst(digits.count).first == unit {
        rest = rest.dropFirst(digits.count + 1)
      }
    }
    return !parts[1].isEmpty && rest.isEmpty
  }

  private static let longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  private static func isDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  private static func number(_ text: Substring, digits: Int) -> Int? {
    text.utf8.count == digits && isDigits(text) ? Int(text) : nil
  }

  private static func isNumber(_ text: Substring, in range: ClosedRange<Int>) -> Bool {
    number(text, digits: 2).map(range.contains) ?? false
  }
}
