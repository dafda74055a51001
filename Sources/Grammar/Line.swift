public import ContentModel

/// One command as typed in the console or written in a script: words, then perhaps `| command`,
/// `> file` or `>> file`.
///
///     article set 12 title='Lúa được mùa' tags+=lúa   # a comment
///     article list --filter 'age>30d' | wc -l
///     article list --format csv > articles.csv
///
/// A `#`, `|` or `>` is special only where a word would begin: `id>5` is a word.
public struct Line: Sendable, Hashable {
  public var words: [Word]
  public var redirect: Redirect?

  /// The shell command that reads the output.
  public var pipe: String? {
    if case .pipe(let command) = redirect { command } else { nil }
  }

  /// The file that takes the output.
  public var file: (path: String, appends: Bool)? {
    if case .file(let path, let appends) = redirect { (path, appends) } else { nil }
  }

  /// Whether there is nothing to do: a blank line, or only a comment.
  public var isEmpty: Bool { words.isEmpty }

  /// Reads one command. Refused (`usage`): an open quote, a NUL byte, a second command after a line
  /// break, `|` or `>` without what they need.
  public static func parse(_ text: String) throws(Refusal) -> Line {
    let lexer = Lexer(text)
    if let problem = lexer.problem { throw problem.refusal(in: text) }
    return Line(words: lexer.words, redirect: lexer.redirect)
  }

  /// Whether more must come before `text` is a command: a quote is open, or the last byte is a
  /// backslash.
  public static func isIncomplete(_ text: String) -> Bool {
    switch Lexer(text).problem {
    case .openQuote, .openEscape: true
    default: false
    }
  }

  /// The commands of a script or of a paste, each with the number of the line it begins on, from 1.
  /// Quotes may run over line breaks, and a backslash at its end continues a line. Blank lines and
  /// lines of comment are left out.
  public static func commands(in text: String) -> [(text: String, number: Int)] {
    let bytes = Array(text.utf8)
    var commands: [(text: String, number: Int)] = []
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var number = 1
    while start < bytes.count {
      let end = Lexer.endOfCommand(bytes, from: start)
      let command = bytes[start..<end]
      let first = command.first { !Lexer.isBlank($0) }
      if let first, first != 0x23 { commands.append((String(decoding: command, as: UTF8.self), number)) }
      number += command.count { $0 == 0x0A } + 1
      start = end + 1
    }
    return commands
  }
}
