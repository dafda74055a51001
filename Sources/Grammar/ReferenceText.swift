public import ContentModel

/// A REF: which items are meant.
public enum ReferenceText: Sendable, Hashable {
  case id(Int64)
  case slug(String)
  /// `10-20`, both ends included.
  case range(ClosedRange<Int64>)
  /// `@last`: the item that was made last.
  case last
  /// `-`: ids from standard input.
  case standardInput

  /// - Throws: a refusal for an empty REF, an unknown `@word`, a number that is too big, a range that is empty.
  public static func parse(_ text: String) throws(Refusal) -> ReferenceText {
    if text == "-" { return .standardInput }
    if text == "@last" { return .last }
    guard let first = text.first, first != "@" else {
      throw Refusal(.usage, "\(text.shown) names no item", hint: "Write an id, a slug, 10-20, @last or -.")
    }
    let digits = { (part: Substring) in !part.isEmpty && part.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }
    func number(_ part: Substring) throws(Refusal) -> Int64 {
      guard let number = Int64(part) else {
        throw Refusal(.usage, "\(part) is too big for an id", hint: "See the ids: list --fields id,title")
      }
      return number
    }
    if digits(text[...]) { return .id(try number(text[...])) }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    if parts.count == 2, digits(parts[0]), digits(parts[1]) {
      let (low, high) = (try number(parts[0]), try number(parts[1]))
      guard low <= high else {
        throw Refusal(.usage, "The range \(text) is empty", hint: "Write \(high)-\(low).")
      }
      return .range(low...high)
    }
    return .slug(text)
  }
}
