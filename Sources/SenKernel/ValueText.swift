public import ContentModel

/// A value as bare text, the same for every reader: dates in UTC, lists with commas, or with the bars that are typed
/// where a text of theirs holds a comma.
public enum ValueText {
  public static func text(_ value: FieldValue) -> String {
    switch value {
    case .null: ""
    case .bool(let bool): bool ? "true" : "false"
    case .integer(let integer): String(integer)
    case .real(let real): String(real)
    case .text(let text): text
    case .date(let date): Timestamp.text(date)
    case .list(let values): list(values.map(text))
    case .map(let map): map.entries.map { "\($0.name): \(text($0.value))" }.joined(separator: ", ")
    }
  }

  static func list(_ texts: [String]) -> String {
    texts.joined(separator: texts.contains { $0.contains(",") } ? " | " : ", ")
  }
}
