public import ContentModel
public import Foundation
import Vietnamese

/// How values read to people: dates in the site's time zone, in the form of a language.
///
/// Machine formats know nothing of it: their dates are RFC 3339 in UTC.
public struct PeopleStyle: Sendable {
  /// The languages that the console speaks dates and numbers in.
  public enum Language: String, Sendable, CaseIterable { case en, vi }

  public let timeZone: TimeZone
  public let language: Language

  public init(timeZone: TimeZone, language: Language) {
    (self.timeZone, self.language) = (timeZone, language)
  }

  /// The value as a cell of a table or a line of a card: `true` reads `yes` or `có`, a list `a, b`, a date
  /// `2020-02-04 02:56` or `Thứ ba - 04/02/2020 02:56`.
  /// - Parameter field: whose value it is; numbers that name things, such as ids, are not grouped.
  public func text(_ value: FieldValue, of field: String = "") -> String {
    switch (value, language) {
    case (.integer(let integer), .vi) where !Self.names.contains(field): VietnameseNumber.text(integer)
    case (.date(let date), .en): PlainDate.text(date, timeZone: timeZone)
    case (.date(let date), .vi): VietnameseDate.text(date, timeZone: timeZone)
    case (.bool(let bool), .en): bool ? "yes" : "no"
    case (.bool(let bool), .vi): bool ? "có" : "không"
    case (.real(let real), .vi): VietnameseNumber.text(real)
    case (.list(let values), _): ValueText.list(values.map { text($0) })
    default: ValueText.text(value)
    }
  }

  private static let names: Set<String> = ["id", "version", "position"]
}
