/// The user's mistake, told in one sentence with what to do instead. Nothing was written.
///
/// Whatever else is thrown is a failure: ours, or the machine's, and it keeps its cause.
public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// What kind of mistake it was, which also decides the exit code.
  public enum Code: String, Sendable, CaseIterable {
    case usage, notFound, invalid, conflict, declined

    /// The exit code of the program: 2 usage, 3 not found, 4 invalid input, 5 conflict, 6 declined.
    public var exitCode: Int32 {
      switch self {
      case .usage: 2
      case .notFound: 3
      case .invalid: 4
      case .conflict: 5
      case .declined: 6
      }
    }
  }

  /// What is wrong with a value, for whoever tells it in other words: forms do in the language of their site.
  public enum Reason: Sendable, Hashable {
    case missing
    /// More characters than fit.
    case tooLong(most: Int)
    /// More answers than may be chosen.
    case tooMany(most: Int)
  }

  public var code: Code
  /// One sentence: what is wrong, and where.
  public var message: String
  /// The field that the mistake is in, where there is one.
  public var field: String?
  /// What to do instead, often an example that works.
  public var hint: String?
  /// Nil where no word but those of the message say it.
  public var reason: Reason?

  public init(
    _ code: Code, _ message: String, field: String? = nil, hint: String? = nil, reason: Reason? = nil
  ) {
    self.reason = reason
    self.code = code
    self.message = Self.line(message)
    self.field = field
    self.hint = hint.map(Self.line)
  }

  /// So much of a text is told, in bytes: what a message cites may be as long as whoever wrote it liked.
  private static let longest = 3000

  /// `text` on one line, cut where it is too long.
  private static func line(_ text: String) -> String {
    let bytes = text.utf8
    guard bytes.count > longest || bytes.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return text }
    let start = String(decoding: bytes.prefix(longest), as: UTF8.self)
    let line = start.split(whereSeparator: { $0.isNewline }).joined(separator: " ")
    return bytes.count > longest ? line + "…" : line
  }

  public var description: String { hint.map { "\(message)\n  \($0)" } ?? message }

  /// The same refusal told with its place in a source: `articles.ndjson, line 3: …`.
  public func at(_ place: String) -> Refusal {
    var refusal = self
    refusal.message = "\(place): \(message)"
    return refusal
  }
}
