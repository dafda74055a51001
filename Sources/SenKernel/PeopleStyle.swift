public import ContentModel
public import Foundation

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

  /// The value as a cell of a table or a line of a card: `true` reads `yes`, a list `a, b`.
  public func text(_ value: FieldValue) -> String {
    switch value {
    case .date(let date): self.date(date)
    case .bool(let bool): language == .vi ? (bool ? "có" : "không") : bool ? "yes" : "no"
    case .list(let values): values.map(text).joined(separator: ", ")
    default: ValueText.text(value)
    }
  }

  /// `2020-02-04 02:56`.
  private func date(_ date: Date) -> String {
    let local = date.addingTimeInterval(TimeInterval(timeZone.secondsFromGMT(for: date)))
    let text = Timestamp.text(local)
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5))"
  }
}
