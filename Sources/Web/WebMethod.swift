/// What a request wants done (RFC 9110, 9).
public enum WebMethod: Sendable, Hashable {
  case get, head, post, options
  /// Any other word; servers of Sen refuse it.
  case other(String)

  /// - Parameter word: as it was sent, such as `GET`; methods are case-sensitive.
  public init(_ word: String) {
    self =
      switch word {
      case "GET": .get
      case "HEAD": .head
      case "POST": .post
      case "OPTIONS": .options
      default: .other(word)
      }
  }

  /// As it is sent.
  public var word: String {
    switch self {
    case .get: "GET"
    case .head: "HEAD"
    case .post: "POST"
    case .options: "OPTIONS"
    case .other(let word): word
    }
  }

  /// Whether it only asks (RFC 9110, 9.2.1).
  public var isSafe: Bool {
    switch self {
    case .get, .head, .options: true
    case .post, .other: false
    }
  }
}
