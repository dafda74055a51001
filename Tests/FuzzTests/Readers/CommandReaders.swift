import ContentModel
import SenKernel

@testable import Grammar

/// What people and scripts type.
extension Reader {
  static let commands = [script, command, filter]

  private static let lineWords = [
    "'", "\"", "\\", "\\\n", "\r\n", " | ", " > ", " >> ", "#", "--", "\\n", "\\t", "\u{FEFF}", "\u{0}", "''",
  ]

  private static let script = Reader(name: "script", words: lineWords) {
    { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      _ = Line.isIncomplete(text)
      for (command, number) in Line.commands(in: text) {
        try hold(number > 0, "line \(number)")
        guard let line = try readOrRefused({ try Line.parse(command) }) else { continue }
        let typed = line.words.map { Word.quoted($0.text) }.joined(separator: " ")
        let again = try Line.parse(typed)
        try hold(again.words.map(\.text) == line.words.map(\.text), "words come back changed: \(typed)")
        try hold(again.redirect == nil, "a word became a pipe: \(typed)")
      }
    }
  }

  /// A line, read as a command, helped with and completed at several places.
  private static let command = Reader(
    name: "command",
    words: lineWords + [
      "article ", "article list ", "article create ", "--filter ", "--fields=", "--order -", "--help", "-h",
      "set ",
      "title=", "tags+=", "=@", "10-20", "@last", "help ", "import ndjson ", "--limit ", "--since ",
      "config set ",
    ], most: 4096
  ) {
    let grammar = CommandTable(try Registry(allPlugins)).grammar
    return { bytes in
      let line = String(decoding: bytes, as: UTF8.self)
      _ = grammar.hint(line: line)
      let length = line.utf8.count
      for cursor in Set([length, length - 1, length / 2, length / 3]) {
        try complete(line, cursor, grammar)
      }
      guard let words = try readOrRefused({ try Line.parse(line).words }) else { return }
      try readOrRefused { _ = try grammar.help(for: words.map(\.text)) }
      try readOrRefused { _ = try grammar.parse(words: words) }
    }
  }

  private static let filter = Reader(
    name: "filter",
    words: [
      " and ", " or ", "not ", "(", ")", " in ", " within ", "!=", "<=", "~", "!~", "age>30d", "==", "<>",
      "'", "\"", "\\",
      "((((((((", "not not not ",
    ]
  ) {
    let grammar = CommandTable(try Registry(allPlugins)).grammar
    return { bytes in
      let text = String(decoding: bytes, as: UTF8.self)
      try readOrRefused { _ = try Filter.parse(text) }
      let line = "article list --filter \(Word.quoted(text.replacing("\0", with: "")))"
      try complete(line, line.utf8.count, grammar)
      try complete(line, line.utf8.count - 1, grammar)
    }
  }

  /// Whatever Tab puts into a line, the line can be read, and says what was offered.
  private static func complete(_ line: String, _ cursor: Int, _ grammar: CommandSet) throws {
    let completion = grammar.complete(line: line, cursor: cursor) { _, prefix, _ in
      ["bản tin", "a'b\"c", "-x", "$(x)`", "a\\", "#"].map { Candidate(text: prefix + $0) }
    }
    let bytes = Array(line.utf8)
    let (lower, upper) = (completion.range.lowerBound, completion.range.upperBound)
    try hold(lower >= 0 && lower <= upper && upper <= bytes.count, "replaces \(completion.range) of \(line)")
    guard completion.appendsSpace else { return }
    for candidate in completion.candidates.prefix(20) {
      let text = String(decoding: bytes[..<lower], as: UTF8.self) + completion.replacement(for: candidate)
      let lexer = Lexer(text)
      if lexer.zone == .path { continue }
      try hold(lexer.words.last?.text == candidate.text, "\(candidate.text) became \(text)")
    }
  }
}
