import ContentModel

/// What keeps a line from being a command, and the byte it was seen at.
enum LexicalProblem {
  case openQuote(Quote, at: Int)
  case openEscape(at: Int)
  case nul(at: Int)
  case secondCommand(at: Int)
  case nothingBefore(String, at: Int)
  case emptyPipe(at: Int)
  case doublePipe(at: Int)
  case emptyFile(at: Int)
  case afterRedirect(at: Int)

  func refusal(in text: String) -> Refusal {
    /// Columns are counted in characters, from 1, as a reader counts them.
    func column(_ byte: Int) -> Int { String(decoding: text.utf8.prefix(byte), as: UTF8.self).count + 1 }
    switch self {
    case .openQuote(let quote, let at):
      let name = quote == .single ? "single" : "double"
      return Refusal(
        .usage, "The \(name) quote at column \(column(at)) is not closed",
        hint: "Close it with \(quote.mark), or write \\\(quote.mark) for the mark itself.")
    case .openEscape:
      return Refusal(.usage, "The line ends in a backslash", hint: "Write \\\\ for a backslash itself.")
    case .nul(let at):
      return Refusal(.usage, "The line holds a NUL byte at column \(column(at))", hint: "Take it out.")
    case .secondCommand(let at):
      return Refusal(
        .usage, "A second command begins at column \(column(at))",
        hint: "Give one command a line; end a line with \\ to continue it.")
    case .nothingBefore(let mark, _):
      return Refusal(
        .usage, "There is no command before `\(mark)`", hint: "For example: article list \(mark) …")
    case .emptyPipe:
      return Refusal(.usage, "There is no command after `|`", hint: "For example: article list | head")
    case .doublePipe:
      return Refusal(.usage, "`||` is not known here", hint: "One `|` gives the output to a shell command.")
    case .emptyFile:
      return Refusal(
        .usage, "There is no file after `>`", hint: "For example: article list --format csv > articles.csv")
    case .afterRedirect(let at):
      return Refusal(
        .usage, "Nothing may follow the file that `>` names, but column \(column(at)) does",
        hint: "Put `> file` last, and quote a path with spaces.")
    }
  }
}
