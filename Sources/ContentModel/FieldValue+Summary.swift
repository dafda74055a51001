extension FieldValue {
  /// Whether there is nothing in it: null, an empty or blank text, an empty list or map.
  public var isBlank: Bool {
    switch self {
    case .null: true
    case .text(let text): text.allSatisfy(\.isWhitespace)
    case .list(let values): values.isEmpty
    case .map(let map): map.isEmpty
    default: false
    }
  }

  /// The value as a message quotes it: one line, cut at 40 characters.
  public var summary: String {
    switch self {
    case .null: "nothing"
    case .bool(let bool): bool ? "true" : "false"
    case .integer(let integer): String(integer)
    case .real(let real): String(real)
    case .text(let text): "“\(Self.line(text))”"
    case .date(let date): Timestamp.text(date)
    case .list(let values): "a list of \(values.count)"
    case .map(let map): "an object of \(map.count)"
    }
  }

  private static func line(_ text: String) -> String {
    let start = text.prefix(41)
    let cut = start.count > 40 ? start.prefix(39) + "…" : start
    return String(
      cut.map {
        $0.isNewline || $0.unicodeScalars.contains { $0.properties.generalCategory == .control } ? " " : $0
      })
  }
}
