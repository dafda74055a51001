/// What Tab offers in a filter: a field, a value of the field before it, `and` and `or`.
struct FilterCompletion {
  private let before: String
  private let token: String
  private let noun: String

  /// - Parameter text: the filter as far as it is typed.
  init(_ text: String, noun: String) {
    var start = text.startIndex
    var quote: Character?
    var isEscaped = false
    for index in text.indices {
      let character = text[index]
      if let open = quote {
        if character == open, !isEscaped { quote = nil }
        isEscaped = character == "\\" && !isEscaped
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character.isWhitespace || character == "(" || character == "," {
        start = text.index(after: index)
      }
    }
    before = String(text[..<start])
    token = String(text[start...])
    self.noun = noun
  }

  /// Whole filters, each the typed one with its last part completed.
  func candidates(_ live: CommandSet.Live) -> [Candidate] {
    let lastWord = before.split { $0.isWhitespace || $0 == "(" }.last?.lowercased() ?? ""
    let operators: Set<Character> = ["=", "!", "<", ">", "~"]
    if let end = token.firstIndex(where: operators.contains) {
      let field = String(token[..<end])
      let sign = token[end...].prefix { operators.contains($0) }
      let value = token[end...].dropFirst(sign.count).drop { $0 == "\"" || $0 == "'" }
      return live(.fieldValue(noun: noun, field: field), String(value), nil).map {
        Candidate(text: before + field + sign + Self.quoted($0.text), description: $0.description)
      }
    }
    let expectsField =
      ["", "and", "or", "not"].contains(lastWord) || before.last == "("
    if expectsField {
      return live(.expression(noun: noun), token, nil).map {
        Candidate(text: before + $0.text, description: $0.description)
      }
    }
    guard !before.hasSuffix(","), (try? Filter.parse(before)) != nil else { return [] }
    return ["and", "or"].filter { $0.hasPrefix(token) }.map { Candidate(text: "\(before)\($0) ") }
  }

  private static func quoted(_ value: String) -> String {
    let isBare = !value.isEmpty && !value.contains { $0.isWhitespace || "(),\"'\\".contains($0) }
    guard !isBare else { return value }
    return "\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
