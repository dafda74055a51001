import ContentModel
public import Foundation
import Grammar

extension Site {
  /// The day of a moment where the site is, as `2026-11-24`: what counts by day count under.
  public func day(of date: Date) -> String {
    let local = date.timeIntervalSince1970 + Double(timeZone.secondsFromGMT(for: date))
    return String(Timestamp.text(Date(timeIntervalSince1970: local)).prefix(10))
  }
}

extension CommandContext {
  /// The moment from which on a flag asks: a date, or how long ago, such as `30d`.
  public func since(_ flag: String = "since") throws -> Date? {
    guard let text = invocation.flag(flag) else { return nil }
    let site = try site
    if let seconds = try? DurationText.parse(text) { return site.clock().addingTimeInterval(-seconds) }
    return try DateText.parse(text, now: site.clock(), timeZone: site.timeZone)
  }
}
